// Dates are shown in the time zone of a person's settings. Where that is GMT, as AWS shows them, the browser's own time
// is said where the pointer rests on one, and beside timestamps of records.

const format = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

export function titleDates() {
  for (const time of document.querySelectorAll("time[datetime]:not([title])")) {
    time.title = format.format(new Date(time.dateTime));
  }
  for (const beside of document.querySelectorAll("[data-local-time]:empty")) {
    // That is GMT there: it was said.
    if (new Date(beside.previousElementSibling.dateTime).getTimezoneOffset() === 0) continue;
    beside.textContent = ` (in this browser's time zone: ${beside.previousElementSibling.title})`;
  }
}
