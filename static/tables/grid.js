// The grid: its cells have the keys of a spreadsheet, and rows that are pasted spread over them. Before the page is left,
// the browser asks whether cells of rows that are saved one by one, and were edited, are to be lost.

const CELLS = "input:not([type=hidden], [type=checkbox]), textarea, select[name^=value]";
const EDITED = ".grid:not([data-most-rows]) :is(input:not([type=hidden]), textarea)";

// The rows that have something to save: what was typed into them here, or before the form or the session had expired.
const isEdited = (cell) => cell.value !== cell.defaultValue || cell.closest("[data-typed]") !== null;
const editedRows = () => [...new Set([...document.querySelectorAll(EDITED)].filter(isEdited).map((cell) => cell.closest("tr")))];
let isSaving = false;

// Where htmx does not send a row the browser does, with the page after it.
document.addEventListener("submit", (event) => {
  isSaving = event.target.closest(".grid, [data-saves-rows]") !== null && !event.defaultPrevented;
});
addEventListener("pageshow", () => (isSaving = false));
addEventListener("beforeunload", (event) => {
  if (!isSaving && editedRows().length) event.preventDefault();
});

// Several rows that were edited, such as by what was pasted, are saved in one request. Their cells can be changed again
// once it has an answer: that brings what was typed, or leaves it.
function offerToSaveRows() {
  const form = document.querySelector("[data-saves-rows]");
  if (!form) return;
  const count = editedRows().length;
  form.hidden = count < 2;
  form.querySelector("[data-count]").textContent = count;
}
document.addEventListener("input", ({ target }) => {
  if (target.closest?.(".grid")) offerToSaveRows();
});
for (const name of ["htmx:afterSettle", "pageshow"]) addEventListener(name, offerToSaveRows);
offerToSaveRows();

const NOT_OF_ROWS = ["csrfmiddlewaretoken", "typed_by", "intent"];
const typedInto = (row) => Object.fromEntries([...new FormData(row.querySelector("form"))].filter(([name]) => !NOT_OF_ROWS.includes(name)));

document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-saves-rows]")) target.elements.rows.value = JSON.stringify(editedRows().map(typedInto));
}, { capture: true });
for (const [name, isUnderWay] of [["htmx:beforeRequest", true], ["htmx:afterRequest", false]]) {
  document.addEventListener(name, ({ detail }) => {
    if (detail.elt.matches("[data-saves-rows]")) for (const grid of document.querySelectorAll(".grid")) grid.inert = isUnderWay;
  });
}

const bodyOf = (control) => control.closest(".grid").tBodies[0];
const controlIn = (row, column) => row?.querySelector(`td[data-column="${CSS.escape(column)}"]`)?.querySelector(CELLS);
const columnsOf = (row) => [...row.querySelectorAll("td[data-column]")].map((cell) => cell.dataset.column);
const cellOf = (target) => (target.matches?.(`.grid :is(${CELLS})`) ? target : null);

// Where a press of a key leads from a cell: by rows and by columns; null if the cell itself takes it.
function step(control, event) {
  const { key, altKey, shiftKey, ctrlKey, metaKey, isComposing } = event;
  if (isComposing || ctrlKey || metaKey || altKey) return null;
  // A row that is saved by itself is saved by Enter.
  if (key === "Enter") return bodyOf(control).parentElement.dataset.mostRows ? [shiftKey ? -1 : 1, 0] : null;
  if (shiftKey || control.tagName === "SELECT") return null;
  const { value, selectionStart: start, selectionEnd: end } = control;
  if (key === "ArrowUp" && !value.slice(0, start).includes("\n")) return [-1, 0];
  if (key === "ArrowDown" && !value.slice(end).includes("\n")) return [1, 0];
  // A cell that was come to is selected as a whole, and nothing was typed into it yet.
  const isWhole = start === 0 && end === value.length;
  if (key === "ArrowLeft" && (isWhole || end === 0)) return [0, -1];
  if (key === "ArrowRight" && (isWhole || start === value.length)) return [0, 1];
  return null;
}

function move(control, [down, right]) {
  const row = control.closest("tr");
  const column = control.closest("td").dataset.column;
  const rows = [...bodyOf(control).rows];
  const columns = columnsOf(row);
  const next = controlIn(rows[rows.indexOf(row) + down], columns[columns.indexOf(column) + right] ?? "");
  next?.focus();
  if (next?.select) next.select();
}

document.addEventListener("keydown", (event) => {
  const control = cellOf(event.target);
  if (!control) return;
  if (event.key === "." && event.ctrlKey) return chooseNoValue(control, event);
  if (event.key === "Enter" && event.altKey) return breakLine(control, event);
  const led = step(control, event);
  if (!led) return;
  event.preventDefault();
  move(control, led);
});

// Tab leads from cell to cell: that one has no value is said by its key, or by a pointer.
document.addEventListener("focusin", ({ target }) => {
  if (!cellOf(target)) return;
  for (const box of bodyOf(target).querySelectorAll(".no-value input[tabindex='0'], .no-value input:not([tabindex])")) box.tabIndex = -1;
});

function chooseNoValue(control, event) {
  const box = control.closest("td").querySelector("input[type=checkbox]");
  if (!box) return;
  event.preventDefault();
  box.click();
}

function breakLine(control, event) {
  if (control.tagName === "SELECT" || !control.closest("[data-most-rows]")) return;
  event.preventDefault();
  const { selectionStart, selectionEnd } = control;
  const box = withLines(control);
  box.focus();
  box.setRangeText("\n", selectionStart, selectionEnd, "end");
  tell(box);
}

// The control, or in its place one for more than one line.
export function withLines(control) {
  if (control.tagName === "TEXTAREA") return control;
  const box = document.createElement("textarea");
  for (const { name, value } of control.attributes) if (name !== "value") box.setAttribute(name, value);
  box.rows = 2;
  box.value = control.value;
  control.replaceWith(box);
  return box;
}

const tell = (control) => control.dispatchEvent(new Event("input", { bubbles: true }));

// What is pasted comes first to the grid: a row or a column of several cells is for several cells.
document.addEventListener("paste", (event) => {
  const control = cellOf(event.target);
  const text = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!control || !/[\t\n]/.test(text)) return;
  const isOfTable = text.includes("\t") || /<t[dr]\b/i.test(event.clipboardData.getData("text/html"));
  if (control.tagName === "TEXTAREA" && !isOfTable) return;
  event.preventDefault();
  event.stopPropagation();
  spread(control, rowsOf(text));
}, { capture: true });

// The cells of a text as spreadsheets copy them: a cell with a tab, a line break or a quote at its beginning stands in
// quotes, which are doubled within.
function rowsOf(text) {
  const rows = [[]];
  const cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
  for (let at = 0; at <= text.length; at = cell.lastIndex + 1) {
    cell.lastIndex = at;
    const [, quoted, plain] = cell.exec(text);
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (text[cell.lastIndex] === "\n") rows.push([]);
  }
  return rows;
}

function spread(control, pasted) {
  const refusal = control.closest(".table-scroll").nextElementSibling;
  const all = columnsOf(control.closest("tr"));
  const named = pasted[0].map((name) => all.find((each) => each.toLowerCase() === name.trim().toLowerCase()));
  const hasHeading = pasted.length > 1 && named.every((each) => each !== undefined);
  const columns = hasHeading ? named : all.slice(all.indexOf(control.closest("td").dataset.column));
  const rows = hasHeading ? pasted.slice(1) : pasted;
  const table = control.closest(".grid");
  const first = [...table.tBodies[0].rows].indexOf(control.closest("tr"));
  const room = Math.max(Number(table.dataset.mostRows ?? 0), table.tBodies[0].rows.length) - first;
  const width = Math.max(...rows.map((row) => row.length));
  refusal.hidden = rows.length <= room && width <= columns.length;
  if (!refusal.hidden) {
    refusal.textContent = `Nothing was pasted: there are ${counted(rows.length, "row")} of ${counted(width, "cell")}, and from this cell on there is room for ${counted(room, "row")} of ${counted(columns.length, "cell")}.`;
    return;
  }
  while (table.tBodies[0].rows.length < first + rows.length) addRow(table);
  rows.forEach((cells, index) => cells.forEach((text, position) => {
    const found = controlIn(table.tBodies[0].rows[first + index], columns[position]);
    if (found) fill(found, text);
  }));
}

const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

function addRow(table) {
  const template = table.parentElement.querySelector("template[data-new-row]");
  const made = document.createElement("template");
  made.innerHTML = template.innerHTML.replaceAll(template.dataset.newRow, table.tBodies[0].rows.length + 1);
  table.tBodies[0].append(made.content);
}

function fill(control, text) {
  const box = control.tagName === "INPUT" && text.includes("\n") ? withLines(control) : control;
  const said = control.tagName === "SELECT" ? text.trim().toLowerCase() : text;
  // What is no choice is one, so that what is wrong with it is said.
  if (control.tagName === "SELECT" && ![...control.options].some(({ value }) => value === said)) control.add(new Option(text, said));
  box.value = said;
  tell(box);
}
