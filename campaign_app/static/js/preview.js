// Shows what a form would make, while it is being filled in:
//   <form data-preview="/where" data-preview-into="#preview"> posts itself there after a pause in typing, and the answer
// takes the place of the element's content. An answer 422 is what is wrong: it is shown above the pages that were right.
// Where nothing comes back, the last pages stay, under the text in the element's data-failed.

const PAUSE = 250; // ms

class Preview {
  constructor(form) {
    this.form = form;
    this.into = document.querySelector(form.dataset.previewInto);
    this.timer = 0;
    this.request = null;
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("submit", () => this.stop());
    if (!this.into.querySelector(".page-image, .notice")) this.soon();
  }

  soon() {
    this.stop();
    this.timer = setTimeout(() => this.show(), PAUSE);
  }

  stop() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.into.removeAttribute("aria-busy");
  }

  async show() {
    const request = (this.request = new AbortController());
    this.into.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(this.form.dataset.preview, {
        method: "POST",
        body: new FormData(this.form),
        redirect: "error", // a session that ended would answer with the sign-in page
        signal: request.signal,
      });
      if (answer.ok) this.instead(await answer.text());
      else if (answer.status === 422) this.above(await answer.text());
      else this.failed();
    } catch {
      if (!request.signal.aborted) this.failed();
    }
    if (request === this.request) this.into.removeAttribute("aria-busy");
  }

  // On a phone the pages stand in a row: the one that is looked at stays in sight.
  instead(pages) {
    const at = this.into.querySelector(".pages")?.scrollLeft ?? 0;
    this.into.innerHTML = pages;
    this.into.querySelector(".pages")?.scrollTo(at, 0);
  }

  above(notice) {
    const pages = [...this.into.querySelectorAll(".page-image")];
    this.into.innerHTML = notice;
    this.into.append(...pages);
  }

  failed() {
    if (this.into.querySelector("[data-notice=failed]")) return;
    const notice = document.createElement("p");
    notice.className = "notice warning";
    notice.dataset.notice = "failed";
    notice.textContent = this.into.dataset.failed;
    this.into.prepend(notice);
  }
}

for (const form of document.querySelectorAll("form[data-preview]")) new Preview(form);
