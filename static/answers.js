// Requests of htmx that have no answer.

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
