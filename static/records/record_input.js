// Helps for the page Create record(s): the editor, places, the validation while somebody types, and the keyboard.
// The page works without them.

import { dropSentDraft, isSent, keepTyped, offerDraft } from "./record_drafts.js";
import { editorOver } from "./editor.js";
import { followCounts, followPlaces, hasErrors, paintProblems } from "./validation.js";
import { askBeforeLeaving } from "../frame/leaving.js";
import { leadToResult } from "./result.js";
import { typedFields } from "./typed_fields.js";

const form = document.getElementById("create-records");
// The buttons that leave the text as it is. After another one nothing may be typed until the answer is there, since the
// answer brings a new text.
const LEAVES_TEXT = new Set(["create", "validate"]);

// The text box that is sent, and the editor over it; switching between JSON and Form renews both.
let textBox;
let editor;
// What the person is still typing is not called wrong before they leave it or press a button.
let isTyping;
let isChanged;
// What was sent last, what the server has validated already, and the request for the last validation that counts.
let sent;
let validated;
let lastJudgement = null;
// What needs no sending: the text as the page came, or as it was sent. Whether it was changed since, and whether the
// browser keeps a draft of that.
let saved;
let isDirty = false;
let isKept = true;
// Whether the text that comes into the editor is a known record, and not what somebody typed.
let isLoading = false;
// The button that was pressed last, by what it sends.
let pressed = "";
// Between the press of a pointer and its click nothing may move, or the click would miss.
let isPointerDown = false;

function open() {
  editor?.destroy();
  textBox = document.getElementById("record-input");
  editor = editorOver(textBox);
  // A step of the tour opens the list: its text is there to be called wrong.
  isTyping = !document.querySelector("#result .problems, #editor-problems details[open]");
  isChanged = false;
  validated = typedFields(form);
  // The other view of a text that nobody changed is no change.
  if (!isDirty) saved = validated;
  textBox.addEventListener("blur", leave);
  editor.markInvalid(!isTyping && hasErrors());
  paint();
}

// The person left the editor, or a control of the form: what they typed there is finished.
function leave() {
  isTyping = isTyping && !isChanged;
  validate();
  paint();
}

function validate() {
  const validate = document.getElementById("while-typing");
  if (validate) window.htmx.trigger(validate, "left-editor");
}

function paint() {
  if (!isPointerDown) paintProblems(editor, { isTyping, isChanged });
}

// A text that a button has changed comes beside the answer.
function takeChangedText() {
  const changed = document.getElementById("changed-text");
  if (!changed) return;
  changed.remove();
  // A known record that replaces nothing typed is no draft.
  isLoading = pressed.startsWith("load") && !isDirty;
  editor.setText(changed.value);
  if (pressed === "add") goToLastRecord(changed.value.split("\n"));
  const { line } = document.getElementById("loaded")?.dataset ?? {};
  if (pressed.startsWith("load") && Number(line)) editor.goTo({ line: Number(line), column: 1 });
  isLoading = false;
  validated = typedFields(form);
  if (!isDirty) saved = validated;
}

// A record that was added is the last one, and a template, whose fields each have a line.
function goToLastRecord(lines) {
  const row = lines.findLastIndex((line) => line.trim() === "{");
  if (row >= 0) editor.goTo({ line: row + 1, column: lines[row].indexOf("{") + 1 });
}

followPlaces((place) => editor.goTo(place));
const renewCounts = followCounts();

document.addEventListener("keydown", (event) => {
  const isSending = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat;
  if (!isSending || !event.target.closest("#create-records") || event.target.closest(".ace_search")) return;
  event.preventDefault();
  form.querySelector("button.primary")?.click();
});

// The second click of a double click is none, also where the answer to the first one has come in between.
let isSecondClick = false;
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[value='create']");
  if (event.detail < 2) isSecondClick = button !== null;
  else if (button && isSecondClick) event.preventDefault();
});

// Enter presses the first button of a form, which is Validate only. In this field the button beside it is meant.
document.addEventListener("keydown", (event) => {
  const isEnter = event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.isComposing;
  if (!isEnter || !event.target.matches("#known-record")) return;
  event.preventDefault();
  form.querySelector('button[value="load"]').click();
});

document.addEventListener("pointerdown", () => (isPointerDown = true));
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => {
    // The click comes after this.
    setTimeout(() => {
      isPointerDown = false;
      paint();
      validate();
    });
  });
}

const isUnsaved = () => isDirty && typedFields(form) !== saved;
const renewWarning = askBeforeLeaving(form, { isUnsaved, isKept: () => isKept });

// A button that leads to another page with the text is the browser's own: htmx would put that page into this one.
document.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("data-leads-on")) event.stopImmediatePropagation();
}, { capture: true });

form.addEventListener("input", (event) => {
  if (!event.target.closest("#record-editor")) return;
  isTyping = isChanged = true;
  // What was announced of a press is not true of another text.
  document.getElementById("announcer").textContent = "";
  if (isLoading) return;
  isDirty = true;
  isKept = keepTyped(form, textBox);
  renewWarning();
});
form.addEventListener("left", () => setTimeout(paint));

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt !== form) return;
  pressed = detail.parameters.intent ?? "";
  // Where the page opens without a script, it is not to scroll to with one.
  detail.path = form.getAttribute("hx-post");
});
// A validation of what was typed before a button was pressed must not overtake the answer to the button.
document.addEventListener("htmx:beforeRequest", (event) => {
  const isValidation = event.detail.elt.id === "while-typing";
  if (!isValidation && event.detail.elt !== form) return;
  const typed = typedFields(form);
  if (isValidation && typed === validated) return event.preventDefault();
  validated = typed;
  if (!isValidation) sent = validated;
  if (!isValidation && pressed === "create") keepKeyInAddress();
  lastJudgement = isValidation ? event.detail.xhr : null;
  document.getElementById("record-editor").inert = !isValidation && !LEAVES_TEXT.has(pressed);
});
// Where the answer is lost, a reload must not bring a page that knows nothing of the press.
function keepKeyInAddress() {
  const address = new URL(location.href);
  address.searchParams.set("key", form.elements.key.value);
  history.replaceState(history.state, "", address);
}
const allowTyping = () => (document.getElementById("record-editor").inert = false);
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  // What the answer brings may change the text, and lead to it.
  if (detail.requestConfig.elt === form) allowTyping();
  if (detail.requestConfig.elt.id !== "while-typing") return;
  if (isPointerDown) validated = null;
  if (isPointerDown || detail.xhr !== lastJudgement) detail.shouldSwap = false;
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt === form) allowTyping();
  if (!detail.successful) validated = null;
});
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt.id;
  if (part === "record-editor") {
    open();
    editor.focus(pressed);
  }
  if (part === "result") {
    isTyping = !document.querySelector("#result .problems");
    editor?.markInvalid(!isTyping);
    // The counts that came with the answer are those of what was sent, whatever has been typed and validated since.
    if (LEAVES_TEXT.has(pressed)) validated = sent;
    takeChangedText();
    if (isSent()) saved = sent;
    dropSentDraft(textBox, sent);
    paint();
    leadToResult();
    // What was typed while the answer was on its way is not validated yet.
    validate();
  }
  if (part !== "editor-problems") return;
  if (!hasErrors()) editor.markInvalid(false);
  paint();
  renewCounts();
});

function isTouched(field) {
  if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((each) => each.defaultSelected));
  return field.type === "checkbox" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

// The page has no editor where what was entered into the form waits for a schema that could not be read.
if (document.getElementById("record-input")) {
  open();
  dropSentDraft(textBox, validated);
  offerDraft(form, textBox, editor);
  // The person may have typed before the scripts were there, or the browser puts back what they typed before they left.
  addEventListener("pageshow", () => {
    const fields = [...form.querySelectorAll("#record-editor :is(input, select, textarea)[name]")];
    if (isChanged || !fields.some(isTouched)) return;
    validated = null;
    textBox.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
