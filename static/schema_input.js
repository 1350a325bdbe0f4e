// Helps for the page Create dataset: the editor of a new schema, its problems in their places, and the judgement while
// somebody types. The page works without them.

import { editorOver } from "./editor.js";

const form = document.getElementById("create-dataset");
const textBox = document.getElementById("schema-text");
const announcer = document.getElementById("editor-announcer");
const problemsOfPress = document.querySelector("section.problems");

// What the person is still typing is not called wrong before they leave it or press the button.
let isTyping = !problemsOfPress;
let isChanged = false;
let openPane = null;

function problems() {
  const isUnderProblems = document.querySelector("#editor-problems a[href='#problems']");
  const links = document.querySelectorAll(`#editor-problems .place${isUnderProblems ? ", section.problems .place" : ""}`);
  return [...links].map((link) => ({
    ...placeOf(link),
    kind: link.closest("[data-kind]")?.dataset.kind ?? "error",
    text: link.closest("li").textContent.replace(/\s+/g, " ").trim(),
  }));
}

function placeOf({ dataset }) {
  return { line: Number(dataset.line), column: Number(dataset.column) };
}

function paint(editor) {
  const status = document.getElementById("editor-problems");
  const isUnfinished = status.hasAttribute("data-unfinished");
  const isQuiet = (problem) => isTyping && isChanged && (isUnfinished || editor.isUnfinished(problem));
  const found = problems();
  status.classList.toggle("quiet", found.length > 0 && found.every(isQuiet));
  editor.paint(found.map((each) => ({ ...each, isQuiet: isQuiet(each) })));
}

function announceCounts() {
  const counts = [...document.querySelectorAll("#editor-problems [data-kind] .count")].map((count) => count.textContent);
  if (announcer.textContent !== counts.join(", ")) announcer.textContent = counts.join(", ");
}

// The list under Problems follows what is mended.
function renewProblems() {
  const list = problemsOfPress?.querySelector("ul");
  const errors = document.querySelectorAll("#editor-problems [data-kind='error'] li");
  list?.replaceChildren(...[...errors].map((error) => error.cloneNode(true)));
}

function start() {
  const editor = editorOver(textBox);
  editor.markInvalid(!isTyping);
  paint(editor);

  document.addEventListener("click", (event) => {
    const place = event.target.closest(".place");
    if (!place) return;
    event.preventDefault();
    document.getElementById("source-new").checked = true;
    editor.goTo(placeOf(place));
  });

  document.addEventListener("keydown", (event) => {
    const pane = event.key === "Escape" && event.target.closest("#editor-problems details[open]");
    if (!pane) return;
    pane.open = false;
    pane.querySelector("summary").focus();
  });

  // The pane that is open stays open when the server renews the status bar.
  document.addEventListener("toggle", (event) => {
    const kind = event.target.dataset?.kind;
    if (!kind) return;
    if (event.target.open) openPane = kind;
    else if (openPane === kind) openPane = null;
  }, true);

  textBox.addEventListener("input", () => (isTyping = isChanged = true));
  textBox.addEventListener("blur", () => {
    isTyping = false;
    paint(editor);
  });

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.elt.id !== "editor-problems") return;
    const pane = openPane && document.querySelector(`#editor-problems details[data-kind='${openPane}']`);
    if (pane) pane.open = true;
    editor.markInvalid(!isTyping && Boolean(document.querySelector("#editor-problems [data-kind='error'] li")));
    paint(editor);
    announceCounts();
    renewProblems();
  });
}

// A group that can have no Users dataset has no form.
if (form) start();
