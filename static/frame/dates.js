// Dates are shown in GMT, as AWS shows them; the person's own time is said where the pointer rests on one, and beside
// those that are about to be sent.

const format = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

export function titleDates() {
  for (const time of document.querySelectorAll("time[datetime]:not([title])")) {
    time.title = format.format(new Date(time.dateTime));
  }
  for (const beside of document.querySelectorAll("[data-local-time]:empty")) {
    beside.textContent = ` (in your time zone: ${beside.previousElementSibling.title})`;
  }
}
