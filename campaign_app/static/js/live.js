// Keeps a piece of a page true while it is looked at: <div data-live="/where"> is filled anew from there every few seconds.

const PAUSE = 3000; // ms

async function show(element) {
  if (!document.hidden) {
    try {
      const answer = await fetch(element.dataset.live, { redirect: "error" }); // a session may have ended
      const html = answer.ok ? await answer.text() : null;
      if (answer.status === 410) return location.reload();
      if (html !== null && html !== element.dataset.shown) element.innerHTML = element.dataset.shown = html;
    } catch {
      // the next time may be better
    }
  }
  setTimeout(show, PAUSE, element);
}

for (const element of document.querySelectorAll("[data-live]")) setTimeout(show, PAUSE, element);
