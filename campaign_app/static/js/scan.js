// Rows of a scan are answered by one key each (f, e, s); the next uncertain row is then in reach, at last the button.

const form = document.querySelector("[data-scan]");
const waiting = [...form.querySelectorAll("[data-answers]")];

function reach(place) {
  const next = waiting[place] ?? form.querySelector("button.next");
  (next.querySelector?.("input:checked, input") ?? next).focus();
  next.closest(".piece")?.scrollIntoView({ block: "nearest" });
}

function count() {
  for (const [name, key] of [["filled", "f"], ["struck", "s"]]) {
    form.querySelector(`[data-${name}]`).textContent = form.querySelectorAll(`input[value=${key}]:checked`).length;
  }
}

form.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-answers]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const answer = row.querySelector(`input[value="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!answer) return;
  event.preventDefault();
  answer.checked = true;
  count();
  reach(waiting.indexOf(row) + 1);
});
form.addEventListener("change", count);
if (waiting.length) reach(0);
count();
