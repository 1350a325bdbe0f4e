// Drafts: what a person typed, kept in their browser for each person, environment and dataset until it is sent.
// Signing out removes all of them, since the next person at the machine could read them.

const PREFIX = "draft ";

// The draft of a text box that names its own in `data-draft`; one that names none keeps none.
export function keepDraft(textBox, text) {
  if (!textBox.dataset.draft) return;
  try {
    localStorage.setItem(PREFIX + textBox.dataset.draft, text);
  } catch {
    // The browser has no room for it, or keeps nothing: the text is still on the page.
  }
}

export function draftOf(textBox) {
  return textBox.dataset.draft ? localStorage.getItem(PREFIX + textBox.dataset.draft) : null;
}

export function dropDraft(textBox) {
  localStorage.removeItem(PREFIX + textBox.dataset.draft);
}

document.addEventListener("submit", (event) => {
  if (!/\/(sign-out|logout)\/$/.test(event.target.getAttribute("action"))) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
});
