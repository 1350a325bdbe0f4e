// The frame of every page: closing and opening the side navigation and the help panel, and dismissing messages.
// Without a script, links to fragments open and close them.

const root = document.documentElement;
const ICON = ".icon";

export function makeShell() {
  makeNavigationToggle();
  makeHelpPanel();
  announceMessages();
}

// A button in the place of links, with their icon.
function buttonFor(links, { controls }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-button";
  button.setAttribute("aria-controls", controls);
  const words = document.createElement("span");
  words.className = "visually-hidden";
  button.append(links[0].querySelector(ICON).cloneNode(true), words);
  links[0].before(button);
  for (const link of links) link.remove();
  return {
    button,
    say(text, isExpanded) {
      words.textContent = text;
      button.setAttribute("aria-expanded", String(isExpanded));
    },
  };
}

// On a wide screen what was chosen is kept in a cookie, so that the server shows the next page so at once.
function makeNavigationToggle() {
  const navigation = document.getElementById("side-navigation");
  if (!navigation) return;
  const links = document.querySelectorAll(".close-navigation, .open-navigation");
  const { button, say } = buttonFor([...links], { controls: navigation.id });
  const narrow = matchMedia("(max-width: 48rem)");
  const show = () => {
    const isOpen = navigation.checkVisibility();
    say(isOpen ? "Close side navigation" : "Open side navigation", isOpen);
  };
  button.addEventListener("click", () => {
    root.dataset.navigation = navigation.checkVisibility() ? "closed" : "open";
    if (!narrow.matches) {
      document.cookie = `side_navigation=${root.dataset.navigation}; path=/; max-age=31536000; samesite=lax`;
    }
    show();
  });
  // A narrow screen begins without it, however it was on the wide one.
  narrow.addEventListener("change", () => {
    if (narrow.matches) root.dataset.navigation = "closed";
    else if (!document.cookie.includes("side_navigation=closed")) root.dataset.navigation = "open";
    show();
  });
  show();
}

function makeHelpPanel() {
  const panel = document.getElementById("help");
  if (!panel) return;
  let opener = null;
  const closing = buttonFor([panel.querySelector("[data-closes-help]")], { controls: panel.id });
  const toggle = buttonFor([document.querySelector(".page-toolbar [data-opens-help]")], { controls: panel.id });
  const show = (isOpen) => {
    root.dataset.help = isOpen ? "open" : "closed";
    toggle.say(isOpen ? "Close help panel" : "Open help panel", isOpen);
  };
  const open = (from) => {
    opener = from;
    show(true);
    closing.button.focus();
  };
  const close = () => {
    show(false);
    opener?.focus();
  };
  closing.say("Close help panel", true);
  closing.button.addEventListener("click", close);
  toggle.button.addEventListener("click", () => (root.dataset.help === "open" ? close() : open(toggle.button)));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  for (const link of document.querySelectorAll("a[data-opens-help]")) {
    link.setAttribute("role", "button");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      open(link);
    });
  }
  show(location.hash === "#help");
}

// A screen reader says what is put into the list later, not what came with the page. So the latter is put there again.
function announceMessages() {
  const list = document.getElementById("flash-list");
  if (list.children.length) setTimeout(() => list.append(...list.children), 500);
}

// Messages can be dismissed where a script can do so. The next one gets the focus, or the page if it was the last.
export function showDismissButtons() {
  for (const each of document.querySelectorAll("[data-dismiss], [data-needs-script]")) each.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  if (!button) return;
  const message = button.closest("li");
  const next = message.nextElementSibling ?? message.previousElementSibling;
  message.remove();
  (next?.querySelector("[data-dismiss]") ?? document.getElementById("main")).focus();
});
