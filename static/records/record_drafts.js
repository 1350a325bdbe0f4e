// The drafts of Record input: kept at every change, offered on return, gone once their text was sent.

import { draftOf, dropDraft, keepDraft } from "./drafts.js";
import { typedFields } from "./typed_fields.js";

const offer = document.getElementById("draft");

// Keep what was typed, and say whether the browser does.
export function keepTyped(form, textBox) {
  const isOlderOffered = !offer.hidden;
  return keepDraft(textBox.dataset.draft, typedFields(form), { isOlderOffered });
}

// Say whether the page shows that its text was sent, by the last press or by an earlier one, and accepted.
export const isSent = () => document.querySelector("#response-panel [data-sent]") !== null;

// A draft goes when its text was sent; a newer one stays.
export function dropSentDraft(textBox, sent) {
  if (isSent() && draftOf(textBox.dataset.draft) === sent) dropDraft(textBox.dataset.draft);
}

export function offerDraft(form, textBox, editor) {
  const kept = draftOf(textBox.dataset.draft);
  if (kept === null || kept === typedFields(form)) return;
  offer.hidden = false;
  offer.addEventListener("click", (event) => {
    const choice = event.target.dataset.choice;
    if (!choice) return;
    offer.hidden = true;
    dropDraft(textBox.dataset.draft);
    if (choice === "restore") restore(form, editor, Object.fromEntries(JSON.parse(kept)));
    else editor.focus();
  });
}

function restore(form, editor, fields) {
  if (fields.view === "json" && editor.setText) {
    editor.setText(fields.record_input);
    return;
  }
  // The cards are made on the server: the page is asked for anew, with the draft's fields.
  const request = document.createElement("form");
  request.method = "post";
  request.action = form.getAttribute("action");
  request.hidden = true;
  const token = document.querySelector("[name=csrfmiddlewaretoken][form=create-records]").value;
  const sent = { ...fields, csrfmiddlewaretoken: token, intent: fields.view, typed_by: form.elements.typed_by.value };
  for (const [name, value] of Object.entries(sent)) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    request.append(field);
  }
  document.body.append(request);
  request.submit();
}
