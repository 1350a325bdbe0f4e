// Dates are shown in GMT, as AWS shows them; the person's own time is said where the pointer rests on one.

const format = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

export function titleDates() {
  for (const time of document.querySelectorAll("time[datetime]:not([title])")) {
    time.title = format.format(new Date(time.dateTime));
  }
}
