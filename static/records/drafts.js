// Drafts: what a person typed, kept in their browser for each person, environment and dataset until it is sent.
// Signing out removes all of them, since the next person at the machine could read them.

const PREFIX = "draft ";
const NEWER = "draft (newer) ";

// A draft is the page's fields with typed text, as JSON. What is typed while an older draft is offered is
// kept beside it. `name` says whose it is, and of what. Says whether the browser keeps it.
export function keepDraft(name, draft, { isOlderOffered }) {
  return write((isOlderOffered ? NEWER : PREFIX) + name, draft);
}

// The draft that waits to be offered, or null.
export function draftOf(name) {
  return read(PREFIX + name) ?? read(NEWER + name);
}

// Forget the draft; one that is newer takes its place.
export function dropDraft(name) {
  const newer = read(PREFIX + name) === null ? null : read(NEWER + name);
  for (const prefix of [PREFIX, NEWER]) forget(prefix + name);
  if (newer !== null) write(PREFIX + name, newer);
}

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    // The browser keeps nothing.
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    // The browser has no room for it, or keeps nothing: the text is still on the page.
    return false;
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // The browser keeps nothing.
  }
}

document.addEventListener("submit", (event) => {
  if (!/\/(sign-out|logout)\/$/.test(event.target.getAttribute("action"))) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft ")) localStorage.removeItem(key);
});

// What was typed before somebody of the dataset was redacted may have that person: drafts of another name go.
const box = document.querySelector("[data-earlier-draft]");
if (box) {
  const { draft, earlierDraft } = box.dataset;
  for (const prefix of [PREFIX, NEWER]) {
    const earlier = prefix + earlierDraft;
    for (const key of stored()) {
      if (key !== prefix + draft && (key === earlier || key.startsWith(`${earlier} after `))) forget(key);
    }
  }
}

function stored() {
  try {
    return Object.keys(localStorage);
  } catch {
    // The browser keeps nothing.
    return [];
  }
}
