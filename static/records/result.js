// What an answer to a press of a button leads to: the first problem, why a known record was not loaded, the name that
// confirms, what else was said of the press, or the Response.

import { controlAt } from "./record_form.js";

export function leadToResult() {
  const result = document.getElementById("result");
  if (result.hasAttribute("data-leads-to-editor")) return;
  const notLoaded = document.querySelector("#loaded .alert");
  if (notLoaded) {
    notLoaded.focus({ preventScroll: true });
    notLoaded.scrollIntoView({ block: "nearest" });
    return;
  }
  const unconfirmed = document.querySelector("#confirmation[aria-invalid]");
  if (unconfirmed && !result.querySelector("[tabindex='-1']")) {
    unconfirmed.focus();
    return;
  }
  const place = result.querySelector(".problems .place");
  // In the form a problem stands beside its control; in a text its place leads there.
  const problem = controlAt(place?.dataset.anchor ?? "") ?? place;
  const said = result.querySelector("[tabindex='-1']") ?? document.getElementById("response-panel");
  const first = result.querySelector(".alert:not(.problems, #all-fixed), .detected") ? said : (problem ?? said);
  first.focus({ preventScroll: true });
  (result.contains(first) ? said : first).scrollIntoView({ block: "nearest" });
}
