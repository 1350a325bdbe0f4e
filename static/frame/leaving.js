// Asks before a page is left whose changes were not sent: by a link or by another form of the page. The browser itself
// asks before it closes the page where no draft could be kept. Without a script nothing asks.

const SIGNS_OUT = /\/(sign-out|logout)\/$/;

// `form` sends the changes; `isUnsaved` says whether there are any, `isKept` whether the browser keeps a draft of them.
// Gives a function to call when either may have changed.
export function askBeforeLeaving(form, { isUnsaved, isKept }) {
  const dialog = document.getElementById("leave-page");
  let isLeaving = false;
  // What the dialog is asking: where the focus was, and what leaves the page.
  let question = null;
  // An answer may put another page, such as the one to sign in, in the place of this one.
  const needsToAsk = () => !isLeaving && dialog.isConnected && isUnsaved();

  const ask = (from, drafts, leave) => {
    for (const each of dialog.querySelectorAll("[data-drafts]")) each.hidden = each.dataset.drafts !== drafts;
    question = { opener: openerOf(from), leave };
    dialog.returnValue = "stay";
    dialog.showModal();
  };

  // The browser tells of it a moment after the dialog was closed, when it may ask again already.
  dialog.addEventListener("close", () => {
    if (dialog.open || !question) return;
    const { opener, leave } = question;
    question = null;
    isLeaving = dialog.returnValue === "leave";
    if (isLeaving) leave();
    else opener.focus();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || !leadsAway(link, event) || !needsToAsk()) return;
    event.preventDefault();
    ask(link, isKept() ? "kept" : "lost", () => location.assign(link.href));
  });

  // Before other listeners hear of it: signing out removes drafts.
  document.addEventListener("submit", (event) => {
    const other = event.target;
    // What a button takes along to another page is not lost.
    isLeaving ||= other === form && Boolean(event.submitter?.hasAttribute("data-leads-on"));
    if (other === form || other.method === "dialog" || !needsToAsk()) return;
    event.preventDefault();
    event.stopPropagation();
    const kept = isKept() ? "kept" : "lost";
    const { submitter } = event;
    ask(submitter ?? other, SIGNS_OUT.test(other.action) ? "removed" : kept, () => other.requestSubmit(submitter));
  }, { capture: true });
  // Where htmx does not send the form the browser does, and that is no loss.
  document.addEventListener("submit", (event) => (isLeaving ||= event.target === form && !event.defaultPrevented));
  // The browser may bring the page back as it was.
  addEventListener("pageshow", () => (isLeaving = false));

  const warn = (event) => {
    if (needsToAsk()) event.preventDefault();
  };
  return () => {
    removeEventListener("beforeunload", warn);
    if (!isKept()) addEventListener("beforeunload", warn);
  };
}

// A menu is closed by the dialog; its button is there to go back to.
function openerOf(element) {
  const menu = element.closest("[popover]");
  return menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : element;
}

function leadsAway(link, event) {
  const opensElsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (opensElsewhere || (link.target && link.target !== "_self") || link.hasAttribute("download")) return false;
  const isHere = link.href.split("#")[0] === location.href.split("#")[0];
  return /^https?:$/.test(link.protocol) && !(isHere && link.href.includes("#"));
}
