// Beside a target's form: how addresses are built in the chosen country, and the greetings for the kind of office.
const form = document.querySelector("#target");

// A piece of the form, or null: where it cannot be had, where a later choice overtook it, and where the session is over
// and the answer is the page to sign in.
async function fetched(place, address) {
  place.dataset.wanted = address;
  const answer = await fetch(address).catch(() => null);
  const piece = answer?.ok && !answer.redirected ? await answer.text() : null;
  return place.dataset.wanted === address ? piece : null;
}

async function showFormat() {
  const place = form.querySelector("#address-format");
  const wanted = new URLSearchParams({ country: form.elements.country.value });
  const piece = await fetched(place, `${form.dataset.format}?${wanted}`);
  if (piece !== null) place.innerHTML = piece;
}

// What was typed stays: a language with a greeting keeps its fields, and the fields keep their names.
async function showGreetings() {
  const place = form.querySelector("#greetings");
  const wanted = new URLSearchParams({ office: form.elements.office.value });
  for (const tick of form.querySelectorAll("[name=languages]:checked")) wanted.append("languages", tick.value);
  for (const field of place.querySelectorAll("input")) {
    if (field.value) wanted.append("languages", field.name.replace(/^[a-z]+_/, ""));
  }
  const piece = await fetched(place, `${form.dataset.greetings}?${wanted}`);
  if (piece === null) return;
  const typed = Array.from(place.querySelectorAll("input"), (field) => [field.name, field.value]);
  const focused = place.contains(document.activeElement) ? document.activeElement.name : "";
  place.innerHTML = piece;
  for (const [name, value] of typed) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
  if (focused) form.elements.namedItem(focused)?.focus();
}

form.addEventListener("change", (event) => {
  if (event.target.name === "country") showFormat();
  if (event.target.name === "office" || event.target.name === "languages") showGreetings();
});
