// Tabs, as WAI-ARIA's pattern has them. Without a script each is a disclosure of its own. The value of `data-tabs`
// tells a page's tabs from others: which of them is chosen is remembered under it.

import { indexAfter } from "./roving.js";

export function makeTabs(group) {
  const key = `chosen-tab:${group.dataset.tabs}`;
  const list = document.createElement("div");
  list.className = "tab-list";
  list.setAttribute("role", "tablist");
  const tabs = [...group.querySelectorAll(":scope > details")].map((details, index) => {
    const summary = details.querySelector("summary");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `tab-${group.dataset.tabs}-${index}`;
    tab.textContent = summary.textContent;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `panel-${group.dataset.tabs}-${index}`);
    const panel = document.createElement("div");
    panel.id = `panel-${group.dataset.tabs}-${index}`;
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
    remember(key, tabs[chosen].tab.textContent);
  };
  list.addEventListener("click", (event) => {
    const index = tabs.findIndex(({ tab }) => tab === event.target);
    if (index >= 0) choose(index);
  });
  list.addEventListener("keydown", (event) => {
    const current = tabs.findIndex(({ tab }) => tab === document.activeElement);
    const index = indexAfter(event, { current, count: tabs.length, keys: ["ArrowLeft", "ArrowRight"] });
    if (index === undefined) return;
    choose(index);
    tabs[index].tab.focus();
  });
  group.prepend(list);
  const remembered = recall(key);
  choose(Math.max(0, tabs.findIndex(({ tab }) => tab.textContent === remembered)));
}

// The tab that was chosen last is a convenience: a browser that keeps nothing has the first.
function remember(key, name) {
  try {
    sessionStorage.setItem(key, name);
  } catch {
    // It has no room, or keeps nothing.
  }
}

function recall(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
