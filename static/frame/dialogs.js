// Dialogs: a link to a page that is on this one as a dialog too opens that. Without a script the link leads to the page.

export function makeDialogLinks() {
  for (const link of document.querySelectorAll("a[data-opens-dialog]")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
  }
}

function open(link) {
  const dialog = document.getElementById(link.dataset.opensDialog);
  // Where to come back to: htmx changes the address while the page stays.
  dialog.querySelector("input[name=next]").value = location.pathname + location.search;
  dialog.dataset.opener = link.id;
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-opens-dialog]");
  if (link) {
    event.preventDefault();
    open(link);
  }
  event.target.closest("[data-closes-dialog]")?.closest("dialog").close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches("a[data-opens-dialog]")) return;
  event.preventDefault();
  open(event.target);
});

// What was not confirmed is undone. The link may be another one by now, with the same id.
document.addEventListener(
  "close",
  (event) => {
    if (!event.target.dataset.opener) return;
    event.target.querySelector("form").reset();
    document.getElementById(event.target.dataset.opener)?.focus();
  },
  { capture: true },
);
