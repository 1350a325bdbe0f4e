// Helps for the pages Create dataset and Replace schema: the editor of a new schema, its problems in their places, the validation while
// somebody types, and the question before leaving. The page works without them.

import { editorOver } from "../records/editor.js";
import { followCounts, followPlaces, hasErrors, paintProblems } from "../records/validation.js";
import { askBeforeLeaving } from "../frame/leaving.js";

const textBox = document.getElementById("schema-text");
const form = textBox?.form;
// The fields of the page that a person enters.
const ENTERED = new Set(["name", "source", "schema_name", "schema_text", "schema_arn"]);

const entered = () => JSON.stringify([...new FormData(form)].filter(([name]) => ENTERED.has(name)));

function start() {
  let isTyping = !document.querySelector("section.problems");
  let isChanged = false;
  const editor = editorOver(textBox);
  const paint = () => paintProblems(editor, { isTyping, isChanged });
  const renewCounts = followCounts();
  editor.markInvalid(!isTyping);
  paint();

  followPlaces((place) => {
    document.getElementById("source-new").checked = true;
    editor.goTo(place);
  });

  textBox.addEventListener("input", () => (isTyping = isChanged = true));
  textBox.addEventListener("blur", () => {
    isTyping = isTyping && !isChanged;
    paint();
  });

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.elt.id !== "editor-problems") return;
    editor.markInvalid(!isTyping && hasErrors());
    paint();
    renewCounts();
  });
}

function askAboutWhatIsEntered() {
  const opened = entered();
  // A page that came back with what was entered has sent none of it either.
  const isUnsaved = () => form.hasAttribute("data-unsent") || entered() !== opened;
  const renewWarning = askBeforeLeaving(form, { isUnsaved, isKept: () => false });
  renewWarning();
}

// Where no schema can be entered, there is no form.
if (form) {
  start();
  askAboutWhatIsEntered();
}
