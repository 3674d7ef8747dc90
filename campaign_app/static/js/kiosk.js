// Leaves nothing of a writer on a shared laptop:
//   <form data-kiosk="/first-page"> is sent without an entry in the browser's history, and its page gives way to the one that
// follows, so that "back" leads to no words of anybody. It is wiped when nobody has touched it for a while.

const IDLE = 5 * 60_000; // ms

const form = document.querySelector("[data-kiosk]");
let idle = 0;

function leave(where = form.dataset.kiosk) {
  form.reset();
  location.replace(where);
}

function stay() {
  clearTimeout(idle);
  idle = setTimeout(leave, IDLE);
}

async function send() {
  const button = form.querySelector("button.next");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (answer.redirected) return leave(answer.url);
    return instead(await answer.text());
  } catch {
    form.submit(); // the browser says what is wrong
  } finally {
    button.disabled = false;
  }
}

// What is wrong stands above the form, and at its fields.
function instead(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const sent = page.querySelector("#write > div:first-child");
  if (!sent) return leave();
  form.querySelector(":scope > div:first-child").replaceWith(document.adoptNode(sent));
  form.querySelector("[role=alert]")?.focus();
}

for (const sign of ["input", "keydown", "pointerdown"]) addEventListener(sign, stay);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
document.querySelector("[data-leave]").addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) leave(); // kept in memory by the browser, with what was typed
});
stay();
