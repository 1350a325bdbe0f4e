// Helps for the page Create user record(s): places, drafts, and the keyboard. The page works without them.
"use strict";

const DRAFT = "draft ";

function editor() {
  return document.getElementById("record-input");
}

// Lines and columns as the server counts them: columns in characters, which may be two units of a JavaScript string.
function offsetOf(text, line, column) {
  const breaks = [...text.matchAll(/\r\n|\r|\n/g)];
  const start = line > 1 ? breaks[line - 2].index + breaks[line - 2][0].length : 0;
  const characters = Array.from(text.slice(start, breaks[line - 1]?.index ?? text.length));
  return start + characters.slice(0, column - 1).join("").length;
}

function goTo(line, column) {
  const input = editor();
  const offset = offsetOf(input.value, line, column);
  input.focus();
  input.setSelectionRange(offset, offset);
  const height = parseFloat(getComputedStyle(input).lineHeight);
  input.scrollTop = Math.max(0, (line - 4) * height);
}

document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-line]");
  if (!place) return;
  event.preventDefault();
  goTo(Number(place.dataset.line), Number(place.dataset.column));
});

document.addEventListener("keydown", (event) => {
  if (event.target !== editor() || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  document.querySelector("#create-records button.primary")?.click();
});

// A draft is kept for each person, environment and dataset. Signing out removes all of them.
function draftKey() {
  return editor()?.dataset.draft && `${DRAFT}${editor().dataset.draft}`;
}

function keepDraft() {
  const key = draftKey();
  if (!key) return;
  try {
    localStorage.setItem(key, editor().value);
  } catch {
    // The browser has no room for it, or keeps nothing: the text is still on the page.
  }
}

function offerDraft() {
  const offer = document.getElementById("draft");
  const kept = draftKey() && localStorage.getItem(draftKey());
  if (!offer || kept === null || kept === editor().value) return;
  offer.hidden = false;
  offer.addEventListener("click", (event) => {
    const choice = event.target.dataset.choice;
    if (!choice) return;
    if (choice === "restore") {
      editor().value = kept;
      editor().dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      localStorage.removeItem(draftKey());
    }
    offer.hidden = true;
    editor().focus();
  });
}

// A draft goes when what it holds was sent; a newer one stays.
function dropDraftAfterSuccess() {
  const sent = document.querySelector("#result [data-outcome='created']");
  if (!sent || !draftKey() || localStorage.getItem(draftKey()) !== editor().value) return;
  localStorage.removeItem(draftKey());
}

// A text that a button has changed comes beside the answer. It is typed in, so that it can be undone.
function takeChangedText() {
  const changed = document.getElementById("changed-text");
  if (!changed) return;
  editor().focus();
  editor().select();
  document.execCommand("insertText", false, changed.value);
  changed.remove();
  editor().setSelectionRange(0, 0);
  editor().scrollTop = 0;
}

document.addEventListener("input", (event) => {
  if (event.target === editor()) keepDraft();
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id !== "result") return;
  takeChangedText();
  dropDraftAfterSuccess();
});
document.addEventListener("submit", (event) => {
  if (!/\/(sign-out|logout)\/$/.test(event.target.getAttribute("action"))) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(DRAFT)) localStorage.removeItem(key);
});

dropDraftAfterSuccess();
offerDraft();
