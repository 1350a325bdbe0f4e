// The form of Record input: what is wrong stands beside its control, once the person is done with it.

// An editor as `editor.js` has it, over the cards. The text box behind it holds the text that they were made of.
export function formEditor(textBox) {
  const cards = document.getElementById("cards");
  // Controls that the person has typed in; after a press of a button all of them count.
  const typed = new Set();
  let areAllTyped = false;

  const controlOf = (key) => document.getElementById(`value-${key}`);
  const isQuiet = (key) => {
    const control = controlOf(key);
    if (!control) return false;
    if (control.closest(".field").contains(document.activeElement)) return true;
    return !areAllTyped && !typed.has(control.id) && !control.value;
  };

  cards.addEventListener("input", ({ target }) => {
    typed.add(target.id);
    // Typing says that there is a value.
    const state = target.name.startsWith("value-") && cards.querySelector(`[name="state-${target.name.slice(6)}"]`);
    if (state && target.value) state.value = "value";
  });

  const editor = {
    // After a button of a card: the card that is new, or the one that stands in the place of one that is gone.
    focus(pressed = "") {
      const [name, number] = pressed.split(" ");
      const all = [...cards.querySelectorAll(".card")];
      const index = { add: all.length - 1, duplicate: Number(number), remove: Number(number) - 1 }[name] ?? 0;
      const card = all[Math.min(index, all.length - 1)];
      card?.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    },
    isUnfinished: () => false,
    markInvalid(isInvalid) {
      areAllTyped ||= isInvalid;
    },
    paint(problems) {
      const sentences = Map.groupBy(problems, ({ anchor }) => anchor.replace(/^(value|record)-/, ""));
      for (const slot of cards.querySelectorAll("[data-problem]")) {
        const key = slot.dataset.problem.replace(/-$/, "");
        const found = isQuiet(key) ? [] : (sentences.get(key) ?? []).filter(({ kind }) => kind === "error");
        slot.replaceChildren(...found.map(({ sentence }) => paragraph(sentence)));
        if (found.length > 0) controlOf(key)?.setAttribute("aria-invalid", "true");
        else controlOf(key)?.removeAttribute("aria-invalid");
      }
    },
    goTo: ({ anchor }) => document.getElementById(anchor)?.focus(),
  };
  cards.addEventListener("focusout", () => cards.dispatchEvent(new CustomEvent("left", { bubbles: true })));
  return editor;
}

function paragraph(sentence) {
  const made = document.createElement("p");
  const icon = document.querySelector("#editor-problems [data-kind='error'] .icon").cloneNode(true);
  made.append(icon, ` ${sentence}`);
  return made;
}
