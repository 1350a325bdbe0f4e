// The editor of Record input: Ace where it has loaded, over the textarea that the form sends. Without Ace the textarea
// itself is the editor, and in the view Form the cards are. Lines and columns are the server's: they count from 1,
// columns in characters.

import { completions } from "./completion.js";
import { formEditor } from "./record_form.js";

const DARK = matchMedia("(prefers-color-scheme: dark)");
const FEWEST_LINES = 8;
const MOST_OF_WINDOW = 0.6;
// Until it is measured.
const LINE_HEIGHT = 16;

// A character may be two units of a JavaScript string.
const unitsBefore = (line, column) => Array.from(line).slice(0, column - 1).join("").length;
const columnAt = (line, units) => Array.from(line.slice(0, units)).length + 1;

export function editorOver(textarea) {
  if (textarea.dataset.view === "form") return formEditor();
  return window.ace ? aceEditor(textarea) : plainEditor(textarea);
}

// An editor has: `focus`, `goTo` the place of a problem, `paint` problems, `markInvalid` after a press of a button,
// `isUnfinished` for a problem where the person still types, and, over a text, `setText` so that it can be undone.
// A problem has `line`, `column`, `text`, `sentence`, `anchor` in the form, `kind`: error or warning, and `isQuiet` where
// the person may not be finished.
function plainEditor(textarea) {
  return {
    focus: () => textarea.focus(),
    destroy() {},
    paint() {},
    isUnfinished: () => false,
    markInvalid: (isInvalid) => markInvalid(textarea, isInvalid),
    goTo({ line, column }) {
      const lines = textarea.value.split("\n");
      const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      const offset = start + unitsBefore(lines[line - 1] ?? "", column);
      textarea.focus();
      textarea.setSelectionRange(offset, offset);
      textarea.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(textarea).lineHeight));
    },
    setText(text) {
      textarea.focus();
      textarea.select();
      // It is typed in, so that it can be undone.
      document.execCommand("insertText", false, text);
      textarea.setSelectionRange(0, 0);
      textarea.scrollTop = 0;
    },
  };
}

function aceEditor(textarea) {
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const ace = makeAce(textarea, label.textContent);
  const input = ace.textInput.getElement();
  input.id = `${textarea.id}-editor`;
  input.setAttribute("aria-describedby", `${textarea.getAttribute("aria-describedby")} editor-help`);
  document.getElementById("editor-help").hidden = false;
  label.htmlFor = input.id;
  keepInStep(ace, textarea);
  standForTheWholeText(ace, input);
  showCursor(ace, document.querySelector("[data-cursor]"));
  const followWindow = growWithText(ace);
  keepCursorInSight(ace);
  const followTheme = () => ace.setTheme(theme());
  DARK.addEventListener("change", followTheme);
  ace.on("guttermousedown", (event) => goToProblemOfRow(ace, event));

  return {
    focus: () => ace.focus(),
    destroy() {
      DARK.removeEventListener("change", followTheme);
      removeEventListener("resize", followWindow);
      ace.destroy();
    },
    isUnfinished: ({ line }) => line === ace.getCursorPosition().row + 1,
    markInvalid(isInvalid) {
      ace.container.classList.toggle("invalid", isInvalid);
      markInvalid(input, isInvalid);
    },
    paint(problems) {
      ace.session.setAnnotations(
        problems.map(({ line, column, text, kind, isQuiet }) => ({
          row: line - 1,
          column: column - 1,
          text,
          type: isQuiet ? "hint" : kind,
        })),
      );
    },
    goTo({ line, column }) {
      ace.gotoLine(line, unitsBefore(ace.session.getLine(line - 1), column), false);
      ace.focus();
    },
    setText(text) {
      ace.setValue(text, -1);
      ace.focus();
    },
  };
}

function markInvalid(input, isInvalid) {
  if (isInvalid) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

function makeAce(textarea, name) {
  const script = document.getElementById("ace-script");
  window.ace.config.set("useStrictCSP", true);
  window.ace.config.setModuleUrl("ace/ext/searchbox", script.dataset.searchBox);
  const element = document.createElement("div");
  element.className = "code-editor";
  textarea.before(element);
  textarea.classList.add("behind-editor");
  textarea.setAttribute("aria-hidden", "true");
  textarea.tabIndex = -1;
  const ace = window.ace.edit(element, {
    // Before the mode, which would start the worker: the server validates, by the same rules as when it sends.
    useWorker: false,
    mode: "ace/mode/json",
    theme: theme(),
    value: textarea.value,
    newLineMode: "unix",
    tabSize: 2,
    useSoftTabs: true,
    wrap: true,
    // A quote or bracket over a selection replaces it, as any other text does.
    wrapBehavioursEnabled: false,
    indentedSoftWrap: false,
    showPrintMargin: false,
    highlightActiveLine: false,
    useSvgGutterIcons: true,
    fontSize: 13,
    readOnly: textarea.readOnly,
    textInputAriaLabel: name,
    // Esc leaves the editor, so that Tab can be typed in it and nobody is trapped.
    enableKeyboardAccessibility: true,
    enableBasicAutocompletion: true,
  });
  ace.textInput.setAriaLabel();
  ace.completers = [completions];
  // These ask for files that are not here.
  for (const name of ["showSettingsMenu", "gotoline", "openCommandPalette", "openCommandPallete"]) {
    ace.commands.removeCommand(name);
  }
  return ace;
}

// The mode that the person has chosen in Settings, or else the system's.
function theme() {
  const { mode } = document.documentElement.dataset;
  const isDark = mode ? mode === "dark" : DARK.matches;
  return isDark ? "ace/theme/cloud_editor_dark" : "ace/theme/cloud_editor";
}

// The editor is as high as its text, within bounds: some lines, and most of the window. Gives what follows the window.
function growWithText(ace) {
  const follow = () => {
    const fitting = Math.floor((innerHeight * MOST_OF_WINDOW) / (ace.renderer.lineHeight || LINE_HEIGHT));
    ace.setOptions({ minLines: FEWEST_LINES, maxLines: Math.max(FEWEST_LINES, fitting) });
  };
  follow();
  addEventListener("resize", follow);
  return follow;
}

// What is typed is in the window, above the buttons that stick to its edge.
function keepCursorInSight(ace) {
  const follow = () => {
    if (!ace.isFocused()) return;
    const { row, column } = ace.getCursorPosition();
    // By its name it is a place in the page; it is one in the window.
    const top = ace.renderer.textToScreenCoordinates(row, column).pageY;
    const bottom = top + ace.renderer.lineHeight;
    const edge = document.querySelector(".sticky-actions")?.getBoundingClientRect().top ?? innerHeight;
    if (bottom > Math.min(edge, innerHeight)) scrollBy(0, bottom - Math.min(edge, innerHeight));
    else if (top < 0) scrollBy(0, top);
  };
  // Ace has scrolled to the cursor, and has its height, once it has drawn them.
  let isDue = false;
  const followSoon = () => {
    isDue = true;
    requestAnimationFrame(follow);
  };
  ace.renderer.on("afterRender", () => {
    if (isDue) requestAnimationFrame(follow);
    isDue = false;
  });
  ace.session.on("change", followSoon);
  ace.selection.on("changeCursor", followSoon);
}

// The textarea is what is sent, and what every other script reads. A tool that fills it fills the editor.
function keepInStep(ace, textarea) {
  ace.session.on("change", () => {
    if (textarea.value === ace.getValue()) return;
    textarea.value = ace.getValue();
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  });
  ace.on("blur", () => textarea.dispatchEvent(new Event("blur")));
  textarea.addEventListener("focus", () => takeFocus(ace, textarea));
  // Somebody may have been in the text box before Ace was there.
  if (document.activeElement === textarea) takeFocus(ace, textarea);
  textarea.addEventListener("input", () => {
    if (textarea.value !== ace.getValue()) ace.setValue(textarea.value, -1);
  });
}

function takeFocus(ace, textarea) {
  const position = (offset) => ace.session.doc.indexToPosition(offset);
  ace.selection.setRange({ start: position(textarea.selectionStart), end: position(textarea.selectionEnd) });
  ace.focus();
}

// Ace's own input has the line of the cursor alone. While it is not focused it has the whole text here, for screen
// readers to read; and a tool that selects all of it and types, as dictation and tests do, replaces the whole text.
function standForTheWholeText(ace, input) {
  const isAllSelected = () => input.value && input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const holdAll = () => {
    if (!ace.isFocused()) ace.textInput.lastValue = input.value = ace.getValue();
  };
  const selectAll = () => {
    if (!isAllSelected()) return;
    ace.selectAll();
    ace.textInput.resetSelection();
  };
  ace.container.addEventListener("focus", (event) => event.target === input && selectAll(), { capture: true });
  input.addEventListener("beforeinput", selectAll);
  ace.on("blur", holdAll);
  ace.session.on("change", holdAll);
  holdAll();
}

function showCursor(ace, status) {
  const show = () => {
    const { row, column } = ace.getCursorPosition();
    status.textContent = `Ln ${row + 1}, Col ${columnAt(ace.session.getLine(row), column)}`;
  };
  ace.selection.on("changeCursor", show);
  show();
}

function goToProblemOfRow(ace, event) {
  const row = event.getDocumentPosition().row;
  const problem = ace.session.getAnnotations().find((each) => each.row === row);
  if (!problem || !event.domEvent.target.closest(".ace_gutter_annotation, .ace_gutter-cell_svg-icons")) return;
  if (event.domEvent.target.closest(".ace_fold-widget")) return;
  event.stop();
  ace.gotoLine(row + 1, unitsBefore(ace.session.getLine(row), problem.column + 1), false);
  ace.focus();
}
