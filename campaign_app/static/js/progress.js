// Keeps a job's progress true while it is looked at:
//   <div data-progress="/where">…</div> is filled anew from there each second. Who hears the page is told of every tenth
// in the element [data-said] beside it. When the job has ended, the page is loaded again to show what came of it.

const PAUSE = 1000; // ms
const STEP = 10; // per cent between two things said
const OPEN = ["queued", "running", "cancelling"];

class Progress {
  constructor(element) {
    this.element = element;
    this.said = element.parentElement.querySelector("[data-said]");
    this.step = 0;
    this.soon();
  }

  soon() {
    setTimeout(() => this.show(), PAUSE);
  }

  async show() {
    if (document.hidden) return this.soon();
    try {
      const answer = await fetch(this.element.dataset.progress, { redirect: "error" }); // a session may have ended
      if (answer.ok) this.instead(await answer.text());
    } catch {
      // the next time may be better
    }
    if (OPEN.includes(this.element.firstElementChild.dataset.state)) this.soon();
    else location.reload();
  }

  instead(html) {
    this.element.innerHTML = html;
    const step = Math.floor(Number(this.element.firstElementChild.dataset.share ?? 0) / STEP);
    if (step > this.step) this.said.textContent = this.element.innerText;
    this.step = step;
  }
}

for (const element of document.querySelectorAll("[data-progress]")) new Progress(element);
