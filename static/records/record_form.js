// The form of Record input: what is wrong stands beside its control, once the person is done with it.

import { withLines } from "../tables/grid.js";

const CONTROLS = "textarea, input:not([type=hidden]), select";
const TEXTS = "[data-kind=text], [data-kind=categories]";
// What the controls had, by their ids, when the cards were replaced.
let before = new Map();
// The cards that a person has folded, by their ids: a button brings all of them anew.
const folded = new Set();

// An editor as `editor.js` has it, over the cards.
export function formEditor() {
  const cards = document.getElementById("cards");
  // Controls that the person has typed in; after a press of a button all of them count.
  const typed = new Set();
  let areAllTyped = false;
  // Since the press of a button nothing was typed.
  let isPressed = false;

  const controls = () => [...cards.querySelectorAll(CONTROLS)];
  const controlOf = (key) => document.getElementById(`value-${key}`);
  const isQuiet = (key) => {
    const control = controlOf(key);
    if (!control) return false;
    // A person who fixes a problem sees when it is right.
    const isMended = control.getAttribute("aria-invalid") === "true";
    if (!isPressed && !isMended && control.closest(".field").contains(document.activeElement)) return true;
    const state = document.getElementById(`state-${key}`)?.value ?? "value";
    const isChosen = document.getElementById(`null-${key}`)?.checked || !["value", "absent"].includes(state);
    return !areAllTyped && !typed.has(control.id) && !control.value && !isChosen;
  };

  cards.addEventListener("input", ({ target }) => {
    typed.add(target.id);
    isPressed = false;
    const [, kind, key] = target.name.match(/^(value|state)-(.*)$/) ?? [];
    if (kind === "value") typeValue(target, key);
    if (kind === "value") renewTitle(target);
    if (kind === "state") chooseState(target, controlOf(key));
  });

  // An input of one line drops line breaks in silence: what has some goes into a control that keeps them.
  cards.addEventListener("paste", (event) => {
    const { target } = event;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!text.trimEnd().includes("\n") || (target.tagName === "TEXTAREA" && !text.includes("\t"))) return;
    const takesText = target.matches(TEXTS) && (!target.value || !text.includes("\t"));
    const keeping = takesText ? target : [...target.closest(".card").querySelectorAll(TEXTS)].find(({ value }) => !value);
    if (!keeping) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = keeping;
    const box = withLines(keeping);
    if (takesText) box.setRangeText(text, selectionStart, selectionEnd, "end");
    else box.value = text;
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });

  for (const card of cards.querySelectorAll("details.card")) if (folded.has(card.id)) card.open = false;
  cards.addEventListener("toggle", ({ target }) => {
    if (!target.matches("details.card")) return;
    if (target.open) folded.delete(target.id);
    else if (hasProblems(target)) target.open = true;
    else folded.add(target.id);
  }, { capture: true });
  cards.addEventListener("click", ({ target }) => {
    const { folds } = target.dataset;
    if (folds) for (const card of cards.querySelectorAll("details.card")) card.open = folds === "open" || hasProblems(card);
  });

  cards.addEventListener("focusout", () => cards.dispatchEvent(new CustomEvent("left", { bubbles: true })));

  return {
    destroy() {
      before = new Map(controls().map(({ id, value }) => [id, value]));
    },
    // After a button of a card: the card that is new, or the one that stands in the place of one that is gone. After one
    // that changes values: the first of these.
    focus(pressed = "") {
      const [name, number] = pressed.split(" ");
      const all = [...cards.querySelectorAll(".card")];
      const index = { "": 0, form: 0, table: 0, add: all.length - 1, duplicate: Number(number), remove: Number(number) - 1 }[name];
      const card = all[Math.min(index ?? 0, all.length - 1)];
      const changed = index === undefined && controls().find(({ id, value }) => before.has(id) && before.get(id) !== value);
      (changed || card?.querySelector(CONTROLS) || cards).focus();
    },
    isUnfinished: () => false,
    markInvalid(isInvalid) {
      areAllTyped ||= isInvalid;
      isPressed = isInvalid;
    },
    paint(problems) {
      const sentences = Map.groupBy(problems, ({ anchor }) => anchor.replace(/^(value|record)-/, ""));
      for (const slot of cards.querySelectorAll("[data-problem]")) {
        const key = slot.dataset.problem.replace(/-$/, "");
        const isOfCard = controlOf(key) === null;
        const isShown = (problem) => problem.kind === "error" && !(isOfCard && problem.isUnfilled && problem.isQuiet);
        const found = isQuiet(key) ? [] : (sentences.get(key) ?? []).filter(isShown);
        slot.replaceChildren(...found.map(({ sentence }) => paragraph(sentence)));
        if (found.length > 0) controlOf(key)?.setAttribute("aria-invalid", "true");
        else controlOf(key)?.removeAttribute("aria-invalid");
        if (found.length > 0) slot.closest("details")?.setAttribute("open", "");
      }
    },
    goTo: ({ anchor }) => controlAt(anchor)?.focus(),
  };
}

const hasProblems = (card) => card.querySelector("[data-problem]:not(:empty)") !== null;

// A folded card is told by its id, which its first control has.
function renewTitle(control) {
  const card = control.closest("details.card");
  if (!card || control !== card.querySelector("[data-is-id]")) return;
  card.querySelector("[data-title]").textContent = control.value ? `: ${control.value}` : "";
}

// Typing says that there is a value.
function typeValue(control, key) {
  const state = document.getElementById(`state-${key}`);
  if (state && control.value) state.value = "value";
  const noValue = document.getElementById(`null-${key}`);
  if (noValue && control.value) noValue.checked = false;
}

// What is chosen instead of a value leaves none; choosing a value again brings back what stood there.
function chooseState(state, control) {
  if (!control) return;
  const hasValue = state.type === "checkbox" ? !state.checked : ["value", "kept"].includes(state.value);
  if (hasValue && !control.value) control.value = state.dataset.before ?? "";
  if (hasValue || !control.value) return;
  state.dataset.before = control.value;
  control.value = "";
}

// The control that an anchor leads to: of a card, its first one.
export function controlAt(anchor) {
  const found = document.getElementById(anchor);
  found?.closest("details.card")?.setAttribute("open", "");
  return (found?.matches(".card") && found.querySelector(CONTROLS)) || found;
}

function paragraph(sentence) {
  const made = document.createElement("p");
  const icon = document.querySelector("#editor-problems [data-kind='error'] .icon").cloneNode(true);
  made.append(icon, ` ${sentence}`);
  return made;
}
