// Requests of htmx that have no answer.

const isOfTyping = ({ detail }) => ["while-typing", "known-record"].includes(detail.elt?.id);

// A request without an answer that can be shown: the text stays where it is, and a sentence says what is known.
function showNoAnswer(event) {
  // What is asked while somebody types and has no answer is not worth an interruption: the next one may have.
  if (isOfTyping(event)) return;
  const refused = [400, 413].includes(event.detail.xhr?.status);
  const note = document.getElementById(refused ? "too-long" : "no-answer");
  if (!note) return;
  note.hidden = false;
  note.focus();
}
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, showNoAnswer);
}
// A page that asks again by itself says whether it is answered; as soon as it is, the sentence goes.
document.addEventListener("htmx:afterRequest", (event) => {
  const note = document.getElementById("asks-in-vain");
  if (note && event.detail.elt?.id === "asks-again") note.hidden = Boolean(event.detail.successful);
});
// A database that cannot be used: what the console says of that has a place of its own on each page. It is told from
// what a proxy may answer with the same status.
const isTrouble = (event) => event.detail.xhr?.status === 503 && event.detail.target?.id === "database-trouble";
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isTrouble(event)) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (isTrouble(event)) event.detail.target.querySelector("[tabindex]").focus();
});
document.addEventListener("htmx:beforeRequest", (event) => {
  // Typing says nothing new of what was pressed; and what is below a sentence would move from under the pointer.
  if (isOfTyping(event)) return;
  document.getElementById("database-trouble")?.replaceChildren();
  for (const note of document.querySelectorAll("#no-answer, #too-long")) note.hidden = true;
});
