// The embassy that is offered is the one in the country the writer writes from.
const form = document.querySelector("#write");
const country = form.elements.namedItem("country");

country.addEventListener("change", () => {
  for (const label of form.querySelectorAll("#targets [data-country]")) {
    const here = label.dataset.country === country.value;
    label.hidden = !here;
    label.querySelector("input").checked = here;
  }
});

// What shows the letter by itself needs no button for it.
for (const button of document.querySelectorAll(".no-script")) button.hidden = true;
