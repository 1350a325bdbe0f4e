// Tables: rows are chosen by a press anywhere on them, and what htmx brings keeps the choice, and says what has settled.

const byId = (id) => document.getElementById(id);
const selected = () => document.querySelector("[data-table] input[name=selected]:checked");
const FAILURES = ["htmx:sendError", "htmx:timeout", "htmx:responseError"];

// Actions that need a row wait for one.
export function showActions() {
  for (const button of document.querySelectorAll("[data-needs-row]")) button.disabled = !selected();
}

// What Back brings has its choice already.
addEventListener("pageshow", showActions);

document.addEventListener("change", (event) => {
  if (event.target.closest("[data-table] input[name=selected]")) showActions();
});

document.addEventListener("click", (event) => {
  clearFilter(event);
  const row = event.target.closest("[data-table] tbody tr");
  // A press that ends the marking of text is none on the row.
  if (!row || event.target.closest("a, button, input") || getSelection().type === "Range") return;
  row.querySelector("input[name=selected]")?.click();
});

function clearFilter(event) {
  if (!event.target.closest("[data-clears-filter]")) return;
  event.preventDefault();
  const field = byId("filter");
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

// The words of the statuses that are not final, by the row that has them.
function changing() {
  const rows = document.querySelectorAll("[data-table] tr[data-changing]");
  return new Map([...rows].map((row) => [row.dataset.row, row.dataset.status]));
}

let before = { id: undefined, changing: new Map(), isWaiting: false };

function isOfTable(event) {
  return event.detail.target?.id === "table-rows";
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isOfTable(event)) return;
  const isWaiting = event.detail.requestConfig.path.includes("seen=");
  before = { id: selected()?.id, changing: changing(), isWaiting };
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (!isOfTable(event)) return;
  const radio = before.id && byId(before.id);
  if (radio) radio.checked = true;
  showActions();
  if (before.isWaiting) sayWhatHasSettled();
});

function sayWhatHasSettled() {
  const now = new Map([...document.querySelectorAll("[data-table] tr[data-row]")].map((row) => [row.dataset.row, row]));
  const news = [];
  for (const [name, status] of before.changing) {
    const row = now.get(name);
    if (row && !("changing" in row.dataset)) news.push(`${row.dataset.name ?? name}: ${row.dataset.status}.`);
    if (!row && status.startsWith("Delete")) news.push(`${name}: deleted.`);
  }
  if (news.length) byId("table-news").textContent = news.join(" ");
}

// A table whose request had no answer says so until the next one has.
function isAskedBy(event) {
  return event.detail.elt?.closest?.("[data-table], #table-refresh");
}
for (const name of FAILURES) {
  document.addEventListener(name, (event) => {
    if (isAskedBy(event)) byId("table-no-answer").hidden = false;
  });
}
document.addEventListener("htmx:afterOnLoad", (event) => {
  const note = byId("table-no-answer");
  if (note && event.detail.successful && isAskedBy(event)) note.hidden = true;
});
