// Helps for the page Create user record(s): the editor, places, drafts, and the keyboard. The page works without them.

import { draftOf, dropDraft, keepDraft } from "./drafts.js";
import { editorOver } from "./editor.js";

const textBox = document.getElementById("record-input");
const editor = editorOver(textBox);

// What the person is still typing is not called wrong before they leave it or press a button.
let isTyping = true;
let isChanged = false;
let openPane = null;
let lastJudgement = null;
// What the server has judged already: at first the text that it put into the page.
let judgedText = textBox.defaultValue;

// The server lists the problems in the status bar, or under Problems after a press; the editor paints them in its gutter.
function problems() {
  const underProblems = document.querySelector("#editor-problems a[href='#problems']") ? "#result .problems" : null;
  const links = document.querySelectorAll(`#editor-problems [data-line], ${underProblems} [data-line]`);
  return [...links].map((link) => ({
    line: Number(link.dataset.line),
    column: Number(link.dataset.column),
    kind: link.closest("[data-kind]")?.dataset.kind ?? "error",
    text: link.closest("li").textContent.replace(/\s+/g, " ").trim(),
  }));
}

function paint() {
  const status = document.getElementById("editor-problems");
  const isUnfinished = status.hasAttribute("data-unfinished");
  const isQuiet = ({ line }) => isTyping && (isUnfinished || !isChanged || line === editor.cursorLine?.());
  status.classList.toggle("quiet", problems().every(isQuiet));
  editor.paint(problems().map((each) => (isQuiet(each) ? { ...each, kind: "hint" } : each)));
}

function announceCounts() {
  const counts = [...document.querySelectorAll("#editor-problems [data-kind] .count")].map((count) => count.textContent);
  const announcer = document.getElementById("editor-announcer");
  if (announcer.textContent !== counts.join(", ")) announcer.textContent = counts.join(", ");
}

// The list under Problems follows what is mended.
function renewProblems() {
  const list = document.querySelector("#result .problems ul");
  if (!list || document.querySelector("#editor-problems a[href='#problems']")) return;
  const errors = document.querySelectorAll("#editor-problems [data-kind='error'] li");
  list.replaceChildren(...[...errors].map((error) => error.cloneNode(true)));
  document.getElementById("all-mended").hidden = errors.length > 0;
}

document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-line]");
  if (!place) return;
  event.preventDefault();
  editor.goTo(Number(place.dataset.line), Number(place.dataset.column));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#create-records")) {
    event.preventDefault();
    document.querySelector("#create-records button.primary")?.click();
  }
  const pane = event.key === "Escape" && event.target.closest("#editor-problems details[open]");
  if (pane) {
    pane.open = false;
    pane.querySelector("summary").focus();
  }
});

// The pane that is open stays open when the server renews the status bar.
document.addEventListener("toggle", (event) => {
  const kind = event.target.dataset?.kind;
  if (!kind) return;
  if (event.target.open) openPane = kind;
  else if (openPane === kind) openPane = null;
}, true);

function offerDraft() {
  const offer = document.getElementById("draft");
  const kept = draftOf(textBox);
  if (kept === null || kept === textBox.value) return;
  offer.hidden = false;
  offer.addEventListener("click", (event) => {
    const choice = event.target.dataset.choice;
    if (!choice) return;
    offer.hidden = true;
    if (choice === "restore") editor.setText(kept);
    else dropDraft(textBox);
    editor.focus();
  });
}

// A draft goes when what it holds was sent; a newer one stays.
function dropDraftAfterSuccess() {
  const sent = document.querySelector("#result [data-outcome='created']");
  if (sent && draftOf(textBox) === textBox.value) dropDraft(textBox);
}

// A text that a button has changed comes beside the answer.
function takeChangedText() {
  const changed = document.getElementById("changed-text");
  if (!changed) return;
  changed.remove();
  judgedText = changed.value;
  editor.setText(changed.value);
}

textBox.addEventListener("input", () => {
  isTyping = isChanged = true;
  keepDraft(textBox, textBox.value);
});
textBox.addEventListener("blur", () => {
  isTyping = isTyping && !isChanged;
  paint();
});
// A judgement of what was typed before a button was pressed must not overtake the answer to the button.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, xhr } = event.detail;
  if (elt === textBox && textBox.value === judgedText) event.preventDefault();
  else if (elt === textBox || elt.id === "create-records") judgedText = textBox.value;
  lastJudgement = elt === textBox ? xhr : null;
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig.elt === textBox && detail.xhr !== lastJudgement) detail.shouldSwap = false;
});
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, () => (judgedText = null));
}
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt.id;
  if (part === "result") {
    isTyping = !document.querySelector("#result .problems");
    editor.markInvalid(!isTyping);
    takeChangedText();
    dropDraftAfterSuccess();
  }
  if (part !== "editor-problems") return;
  const pane = openPane && document.querySelector(`#editor-problems details[data-kind='${openPane}']`);
  if (pane) pane.open = true;
  paint();
  announceCounts();
  renewProblems();
});

isTyping = !document.querySelector("#result .problems");
editor.markInvalid(!isTyping);
paint();
dropDraftAfterSuccess();
offerDraft();
// The browser may have put a text back that the person typed before they left the page.
if (textBox.value !== judgedText) textBox.dispatchEvent(new Event("input", { bubbles: true }));
