// Enter goes to the first number of the next sheet; after the last sheet it stores the counts.
const form = document.querySelector("form.counting");

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input.count")) return;
  const rows = [...form.querySelectorAll("tr.entry")];
  const next = rows[rows.indexOf(event.target.closest("tr")) + 1];
  if (!next) return;
  event.preventDefault();
  next.querySelector("input.count").focus();
});
