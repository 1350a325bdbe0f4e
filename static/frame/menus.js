// The menu of a button, as WAI-ARIA's "Menu Button" pattern has it. Without a script it is a popover of links.

import { indexAfter } from "./roving.js";

export function makeMenu(menu) {
  const trigger = document.querySelector(`[popovertarget="${menu.id}"]`);
  const items = [...menu.querySelectorAll("a, button")];
  trigger.setAttribute("aria-haspopup", "menu");
  menu.setAttribute("role", "menu");
  for (const each of menu.querySelectorAll("li, form, .menu-reason")) each.setAttribute("role", "none");
  for (const item of items) {
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
  }
  trigger.setAttribute("aria-expanded", "false");
  menu.addEventListener("toggle", (event) => {
    trigger.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "open" && !menu.contains(document.activeElement)) items[0].focus();
  });
  trigger.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    menu.showPopover({ source: trigger });
    items.at(event.key === "ArrowDown" ? 0 : -1).focus();
  });
  menu.addEventListener("keydown", (event) => {
    const current = items.indexOf(document.activeElement);
    const index = indexAfter(event, { current, count: items.length, keys: ["ArrowUp", "ArrowDown"] });
    if (index !== undefined) {
      items[index].focus();
    } else if (event.key === " ") {
      event.preventDefault();
      document.activeElement.click();
    } else if (event.key === "Tab") {
      menu.hidePopover();
    }
  });
}
