// Small helps on top of pages that work without them. No framework: listeners on the document, found by attributes.
"use strict";

// Copy buttons are there only where copying works.
function showCopyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy], [data-copy-code]")) button.hidden = false;
}

async function copy(button) {
  const status = button.parentElement.querySelector("[role=status]");
  try {
    const text = button.dataset.copy ?? button.closest("p").previousElementSibling.textContent;
    await navigator.clipboard.writeText(text);
    status.textContent = "Copied";
  } catch {
    status.textContent = "Failed to copy: select the text, and copy it";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-copy-code]");
  if (button) copy(button);
});

// The menu of a button, as WAI-ARIA's "Menu Button" pattern has it. Without a script it is a popover of links.
function makeMenu(menu) {
  const trigger = document.querySelector(`[popovertarget="${menu.id}"]`);
  const items = [...menu.querySelectorAll("a, button")];
  trigger.setAttribute("aria-haspopup", "menu");
  menu.setAttribute("role", "menu");
  for (const item of items) {
    item.parentElement.setAttribute("role", "none");
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
  }
  const focusItem = (index) => items[(index + items.length) % items.length].focus();
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open" && !menu.contains(document.activeElement)) focusItem(0);
  });
  trigger.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    menu.showPopover();
    focusItem(event.key === "ArrowDown" ? 0 : -1);
  });
  menu.addEventListener("keydown", (event) => {
    const current = items.indexOf(document.activeElement);
    const target = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: -1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      focusItem(target);
    } else if (event.key === " ") {
      event.preventDefault();
      document.activeElement.click();
    } else if (event.key === "Tab") {
      menu.hidePopover();
    }
  });
}

// What htmx swaps in gets the focus, so that the eye and a screen reader are led to it.
document.addEventListener("htmx:afterSettle", (event) => {
  const result = document.getElementById("result");
  if (!result?.contains(event.detail.elt)) return;
  if (result.hasAttribute("data-leads-to-editor")) return;
  const first = result.querySelector("[tabindex='-1']");
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "nearest" });
});

// A request without an answer that can be shown: the text stays where it is, and a sentence says what is known.
function showNoAnswer(event) {
  // A judgement while typing that has no answer is not worth an interruption: the next one may have.
  if (event.detail.elt?.id === "judge") return;
  const refused = [400, 413].includes(event.detail.xhr?.status);
  const note = document.getElementById(refused ? "too-long" : "no-answer");
  if (!note) return;
  note.hidden = false;
  note.focus();
}
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, showNoAnswer);
}
document.addEventListener("htmx:beforeRequest", () => {
  for (const note of document.querySelectorAll("#no-answer, #too-long")) note.hidden = true;
});

for (const menu of document.querySelectorAll("[data-menu]")) makeMenu(menu);

// Tabs, as WAI-ARIA's pattern has them. Without a script each is a disclosure of its own.
function makeTabs(group) {
  const list = document.createElement("div");
  list.className = "tab-list";
  list.setAttribute("role", "tablist");
  const tabs = [...group.querySelectorAll(":scope > details")].map((details, index) => {
    const summary = details.querySelector("summary");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `tab-${index}`;
    tab.textContent = summary.textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `tab-panel-${index}`);
    const panel = document.createElement("div");
    panel.id = `tab-panel-${index}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    summary.remove();
    panel.append(...details.childNodes);
    details.replaceWith(panel);
    list.append(tab);
    return { tab, panel };
  });
  const choose = (chosen) => {
    tabs.forEach(({ tab, panel }, index) => {
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      panel.hidden = index !== chosen;
    });
    sessionStorage.setItem("chosen-tab", tabs[chosen].tab.textContent);
  };
  list.addEventListener("click", (event) => {
    const index = tabs.findIndex(({ tab }) => tab === event.target);
    if (index >= 0) choose(index);
  });
  list.addEventListener("keydown", (event) => {
    const current = tabs.findIndex(({ tab }) => tab === document.activeElement);
    const target = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: -1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const index = (target + tabs.length) % tabs.length;
    choose(index);
    tabs[index].tab.focus();
  });
  group.prepend(list);
  const remembered = sessionStorage.getItem("chosen-tab");
  choose(Math.max(0, tabs.findIndex(({ tab }) => tab.textContent === remembered)));
}

function enhance(root) {
  showCopyButtons(root);
  for (const group of root.querySelectorAll("[data-tabs]:not(:has([role=tablist]))")) makeTabs(group);
}

document.addEventListener("htmx:afterSettle", () => enhance(document));
enhance(document);
