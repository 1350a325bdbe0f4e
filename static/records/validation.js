// What the server says of a text while it is typed: the problems in their places, their counts in the status bar, and the
// list under Problems. The pages with an editor share this.

// The counts lead to Problems where the last press of a button has listed them there.
const LISTED_ELSEWHERE = "#editor-problems a[href='#problems']";
const UNDER_PROBLEMS = "section.problems";

// The server lists the problems in the status bar, or under Problems after a press; the editor shows them in place.
function problems() {
  const isListedElsewhere = document.querySelector(LISTED_ELSEWHERE);
  const places = `#editor-problems .place${isListedElsewhere ? `, ${UNDER_PROBLEMS} .place` : ""}`;
  return [...document.querySelectorAll(places)].map((link) => ({
    ...placeOf(link),
    kind: link.closest("[data-kind]")?.dataset.kind ?? "error",
    isUnfilled: link.closest("li").hasAttribute("data-unfilled"),
    text: link.closest("li").textContent.replace(/\s+/g, " ").trim(),
    sentence: link.closest("li").querySelector(".sentence").textContent,
  }));
}

function placeOf({ dataset }) {
  return { line: Number(dataset.line), column: Number(dataset.column), anchor: dataset.anchor ?? "" };
}

// Show the problems in the editor. What the person is still typing is not called wrong before they leave it or press a
// button, and neither is a text that they have not touched. What they have yet to fill in is, once a button was pressed.
export function paintProblems(editor, { isTyping, isChanged }) {
  const status = document.getElementById("editor-problems");
  if (!status) return;
  const isUnfinished = status.hasAttribute("data-unfinished");
  const isAsked = document.querySelector(UNDER_PROBLEMS) !== null;
  const isOfTyping = (problem) => isTyping && (isUnfinished || !isChanged || editor.isUnfinished(problem));
  const isQuiet = (problem) => (problem.isUnfilled && !isAsked) || isOfTyping(problem);
  const found = problems();
  status.classList.toggle("quiet", found.every(isQuiet));
  editor.paint(found.map((each) => ({ ...each, isQuiet: isQuiet(each) })));
}

export const hasErrors = () => problems().some(({ kind }) => kind === "error");

// Let a press of a problem's place lead there.
export function followPlaces(goTo) {
  document.addEventListener("click", (event) => {
    const place = event.target.closest(".place");
    if (!place) return;
    event.preventDefault();
    goTo(placeOf(place));
  });
}

// Let Escape close the pane of a count. Gives a function to call when the server has renewed the status bar: the pane
// that was open is opened again, the counts are read aloud, and the list under Problems follows what is fixed.
export function followCounts() {
  let openPane = document.querySelector("#editor-problems details[open]")?.dataset.kind ?? null;

  document.addEventListener("keydown", (event) => {
    const pane = event.key === "Escape" && event.target.closest("#editor-problems details[open]");
    if (!pane) return;
    pane.open = false;
    pane.querySelector("summary").focus();
  });

  document.addEventListener("toggle", (event) => {
    const kind = event.target.dataset?.kind;
    if (!kind) return;
    if (event.target.open) openPane = kind;
    else if (openPane === kind) openPane = null;
  }, true);

  return () => {
    const pane = openPane && document.querySelector(`#editor-problems details[data-kind='${openPane}']`);
    if (pane) pane.open = true;
    announceCounts();
    renewProblems();
  };
}

function announceCounts() {
  const counts = [...document.querySelectorAll("#editor-problems [data-kind] .count")].map((count) => count.textContent);
  const announcer = document.getElementById("editor-announcer");
  if (announcer.textContent !== counts.join(", ")) announcer.textContent = counts.join(", ");
}

function renewProblems() {
  const box = document.querySelector(UNDER_PROBLEMS);
  if (!box || document.querySelector(LISTED_ELSEWHERE)) return;
  const errors = document.querySelectorAll("#editor-problems [data-kind='error'] li");
  const listed = box.querySelector(".listed");
  listed.querySelector("ul").replaceChildren(...[...errors].map((error) => error.cloneNode(true)));
  // What the text is while it is typed stands beside the editor.
  box.querySelector(".detected")?.remove();
  listed.hidden = false;
  box.hidden = errors.length === 0;
  document.getElementById("all-fixed").hidden = errors.length > 0;
}
