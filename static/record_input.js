// Helps for the page Create user record(s): the editor, places, drafts, and the keyboard. The page works without them.

import { draftOf, dropDraft, keepDraft } from "./drafts.js";
import { editorOver } from "./editor.js";

// The text box that is sent, and the editor over it; switching between JSON and Form renews both.
let textBox;
let editor;
// What the person is still typing is not called wrong before they leave it or press a button.
let isTyping;
let isChanged;
// What the server has judged already, and the request for the last judgement that counts.
let judgedText;
let lastJudgement = null;
let openPane = null;
// The button that was pressed last, by what it sends.
let pressed = "";

function open() {
  textBox = document.getElementById("record-input");
  editor = editorOver(textBox);
  isTyping = !document.querySelector("#result .problems");
  isChanged = false;
  judgedText = textBox.defaultValue;
  textBox.addEventListener("input", () => {
    isTyping = isChanged = true;
    keepDraft(textBox, textBox.value);
  });
  textBox.addEventListener("blur", () => {
    isTyping = isTyping && !isChanged;
    paint();
  });
  editor.markInvalid(!isTyping);
  paint();
}

// The server lists the problems in the status bar, or under Problems after a press; the editor shows them in place.
function problems() {
  const underProblems = document.querySelector("#editor-problems a[href='#problems']") ? "#result .problems" : null;
  const links = document.querySelectorAll(`#editor-problems .place, ${underProblems} .place`);
  return [...links].map((link) => ({
    ...placeOf(link),
    kind: link.closest("[data-kind]")?.dataset.kind ?? "error",
    text: link.closest("li").textContent.replace(/\s+/g, " ").trim(),
    sentence: link.closest("li").querySelector(".sentence").textContent,
  }));
}

function placeOf({ dataset }) {
  return { line: Number(dataset.line), column: Number(dataset.column), anchor: dataset.anchor ?? "" };
}

function paint() {
  const status = document.getElementById("editor-problems");
  const isUnfinished = status.hasAttribute("data-unfinished");
  const isQuiet = (problem) => isTyping && (isUnfinished || !isChanged || editor.isUnfinished(problem));
  const found = problems();
  status.classList.toggle("quiet", found.every(isQuiet));
  editor.paint(found.map((each) => (isQuiet(each) ? { ...each, kind: quietKind(each) } : each)));
}

// The form has its own way of being quiet: it knows which control the person is in.
function quietKind({ kind, anchor }) {
  return anchor ? kind : "hint";
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

function offerDraft() {
  const offer = document.getElementById("draft");
  const kept = draftOf(textBox);
  if (kept === null || kept === textBox.value) return;
  offer.hidden = false;
  offer.addEventListener("click", (event) => {
    const choice = event.target.dataset.choice;
    if (!choice) return;
    offer.hidden = true;
    if (choice === "discard") dropDraft(textBox);
    else restore(kept);
    editor.focus();
  });
}

function restore(text) {
  if (editor.setText) return editor.setText(text);
  // The cards are made on the server: they are those of this text once the view is chosen anew.
  textBox.value = text;
  document.querySelector("#record-editor [name=view]").value = "json";
  document.querySelector("#record-editor [name=intent][value=form]").click();
}

// A draft goes when what it holds was sent; a newer one stays.
function dropDraftAfterSuccess() {
  const sent = document.querySelector("#result [data-outcome='created']");
  const text = document.getElementById("text-of-form")?.value ?? textBox.value;
  if (sent && draftOf(textBox) === text) dropDraft(textBox);
}

// A text that a button has changed comes beside the answer.
function takeChangedText() {
  const changed = document.getElementById("changed-text");
  if (!changed) return;
  changed.remove();
  judgedText = changed.value;
  editor.setText(changed.value);
}

function takeTextOfForm() {
  const text = document.getElementById("text-of-form");
  if (text && text.value !== textBox.defaultValue) keepDraft(textBox, text.value);
}

document.addEventListener("click", (event) => {
  const place = event.target.closest(".place");
  if (!place) return;
  event.preventDefault();
  editor.goTo(placeOf(place));
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

document.addEventListener("left", () => setTimeout(paint));
document.addEventListener("input", (event) => {
  if (event.target.closest("#cards")) isTyping = isChanged = true;
});

// A judgement of what was typed before a button was pressed must not overtake the answer to the button.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, xhr } = event.detail;
  const isJudgement = "judges" in elt.dataset;
  if (!elt.isConnected || (elt === textBox && textBox.value === judgedText)) event.preventDefault();
  else if (isJudgement || elt.id === "create-records") judgedText = textBox.value;
  lastJudgement = isJudgement ? xhr : null;
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { elt } = detail.requestConfig;
  if ("judges" in elt.dataset && (detail.xhr !== lastJudgement || !elt.isConnected)) detail.shouldSwap = false;
});
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.id === "create-records") pressed = detail.parameters.intent;
});
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, () => (judgedText = null));
}
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt.id;
  if (part === "record-editor") {
    open();
    editor.focus(pressed);
  }
  if (part === "result") {
    isTyping = !document.querySelector("#result .problems");
    editor.markInvalid(!isTyping);
    takeChangedText();
    dropDraftAfterSuccess();
    paint();
  }
  if (part === "live") takeTextOfForm();
  if (part !== "editor-problems") return;
  const pane = openPane && document.querySelector(`#editor-problems details[data-kind='${openPane}']`);
  if (pane) pane.open = true;
  paint();
  announceCounts();
  renewProblems();
});

open();
dropDraftAfterSuccess();
offerDraft();
// The person may have typed before the scripts were there, or the browser put back what they typed before they left.
document.addEventListener("DOMContentLoaded", () => {
  if (textBox.value !== judgedText) textBox.dispatchEvent(new Event("input", { bubbles: true }));
});
