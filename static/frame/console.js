// What every page has on top of what works without scripts. No framework: listeners on the document, found by attributes.

import "./answers.js";
import "./back.js";
import "../records/drafts.js";
import "./presses.js";
import { showCopyButtons } from "./copy.js";
import { titleDates } from "./dates.js";
import { makeDialogLinks } from "./dialogs.js";
import { makeMenu } from "./menus.js";
import { makeShell, showDismissButtons } from "./shell.js";
import { showActions } from "../tables/tables.js";
import { makeTabs } from "./tabs.js";

function enhance() {
  showCopyButtons();
  showDismissButtons();
  showActions();
  titleDates();
  makeDialogLinks();
  for (const menu of document.querySelectorAll("[data-menu]:not([role=menu])")) makeMenu(menu);
  for (const group of document.querySelectorAll("[data-tabs]:not(:has([role=tablist]))")) makeTabs(group);
}

makeShell();
document.addEventListener("htmx:afterSettle", enhance);
enhance();
