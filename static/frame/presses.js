// A press is not lost where an answer replaces what is being pressed: a browser clicks only what was there from the
// beginning of the press to its end.

const BY_SPACE = "button, summary, input[type=radio], input[type=checkbox]";

let pressed = null;

// What stands for an element after an answer: what has its id, its row, or its address.
function replacementOf(element) {
  const known = element.closest("[id], [data-row], a[href]");
  if (!known) return null;
  if (known.id) return document.getElementById(known.id);
  const name = known.matches("a") ? "href" : "data-row";
  return document.querySelector(`${known.localName}[${name}="${CSS.escape(known.getAttribute(name))}"]`);
}

// Ends a press, and gives what replaced the pressed element meanwhile, if anything did.
function replaced() {
  const element = pressed;
  pressed = null;
  return element && !element.isConnected ? replacementOf(element) : null;
}

document.addEventListener("pointerdown", (event) => (pressed = event.button === 0 ? event.target : null));
document.addEventListener("pointerup", (event) => {
  // Where the rows have moved, the pointer may be on another one, which nobody meant.
  if (!replaced()?.contains(event.target)) return;
  // A browser clicks after the press has ended, and so do others that listen for its end.
  setTimeout(() => event.target.dispatchEvent(new MouseEvent("click", event)));
});

document.addEventListener("keydown", (event) => {
  if (event.key === " " && !event.repeat && event.target.matches(BY_SPACE)) pressed = event.target;
});
document.addEventListener("keyup", (event) => {
  if (event.key !== " ") return;
  const replacement = replaced();
  if (!replacement || replacement !== document.activeElement) return;
  event.preventDefault();
  replacement.click();
});

document.addEventListener("pointercancel", () => (pressed = null));
window.addEventListener("blur", () => (pressed = null));

// What a page that waits asks by itself has time until the press has ended: it asks again.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (pressed && detail.requestConfig.elt.id === "asks-again") detail.shouldSwap = false;
});
