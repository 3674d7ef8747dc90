// Puts a field into the text where the cursor is: each `[data-insert]` holds what to write.

const form = document.querySelector("#editor");
let target = form.elements.namedItem("body");

form.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea, input[type=text]")) target = event.target;
});

for (const code of form.querySelectorAll("[data-insert]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  button.append(...code.childNodes);
  button.addEventListener("click", () => insert(code.dataset.insert));
  code.replaceChildren(button);
}

function insert(text) {
  const [start, end] = [target.selectionStart, target.selectionEnd];
  const written = target.matches("textarea") ? fitted(text, target.value.slice(0, start), target.value.slice(end)) : text.trim();
  target.setRangeText(written, start, end, "end");
  target.focus();
  target.dispatchEvent(new Event("input", { bubbles: true }));
}

// What comes with empty lines around it shares those that are there already.
function fitted(text, before, after) {
  if (text === text.trim()) return text;
  const above = before.trim() ? "\n".repeat(2 - before.match(/\n{0,2}$/)[0].length) : "";
  const below = after.trim() ? "\n".repeat(2 - after.match(/^\n{0,2}/)[0].length) : "";
  return above + text.trim() + below;
}
