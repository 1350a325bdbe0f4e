// Answers that htmx puts into a page, and requests that have none.

// What htmx swaps in gets the focus, so that the eye and a screen reader are led to it.
document.addEventListener("htmx:afterSettle", (event) => {
  const result = document.getElementById("result");
  if (!result?.contains(event.detail.elt)) return;
  if (result.hasAttribute("data-leads-to-editor")) return;
  const first = result.querySelector("[tabindex='-1']");
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "nearest" });
});

// A request without an answer that can be shown: the text stays where it is, and a sentence says what is known.
function showNoAnswer(event) {
  // A judgement while typing that has no answer is not worth an interruption: the next one may have.
  if (event.detail.elt?.id === "judge") return;
  const refused = [400, 413].includes(event.detail.xhr?.status);
  const note = document.getElementById(refused ? "too-long" : "no-answer");
  if (!note) return;
  note.hidden = false;
  note.focus();
}
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, showNoAnswer);
}
document.addEventListener("htmx:beforeRequest", () => {
  for (const note of document.querySelectorAll("#no-answer, #too-long")) note.hidden = true;
});
