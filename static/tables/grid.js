// The grid: before the page is left, the browser asks whether cells that were edited and not saved are to be lost.

const EDITED = ".grid :is(input:not([type=hidden]), textarea)";

const isUnsaved = () => [...document.querySelectorAll(EDITED)].some((cell) => cell.value !== cell.defaultValue);
let isSaving = false;

// Where htmx does not send a row the browser does, with the page after it.
document.addEventListener("submit", (event) => {
  isSaving = event.target.closest(".grid") !== null && !event.defaultPrevented;
});
addEventListener("pageshow", () => (isSaving = false));
addEventListener("beforeunload", (event) => {
  if (!isSaving && isUnsaved()) event.preventDefault();
});
