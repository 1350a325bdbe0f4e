"""Moments as mail, logs, commands and JavaScript write them, as RFC 3339 has them."""

import re
from datetime import date

from console.records.validation.timestamps import DAY as DAY_OF_ISO

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAY, MONTH = f"(?P<weekday>{'|'.join(DAYS)})", f"(?P<month>{'|'.join(MONTHS)})"
DAY, YEAR, TIME = r"(?P<day>[0-9]{1,2})", r"(?P<year>[0-9]{4})", r"(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)"
ZONE = r"(?:GMT|UTC|Z|(?P<offset>[+-][0-9]{2}:?[0-9]{2}))"
FORMS = (
    # RFC 1123, as HTTP and mail have it.
    re.compile(rf"(?:{WEEKDAY}, )?{DAY}[ -]{MONTH}[ -]{YEAR} {TIME} {ZONE}"),
    # The command date, and Ruby.
    re.compile(rf"{WEEKDAY} {MONTH} +{DAY} {TIME} {ZONE} {YEAR}"),
    # Date of JavaScript.
    re.compile(rf"{WEEKDAY} {MONTH} {DAY} {YEAR} {TIME} GMT(?P<offset>[+-][0-9]{{4}})(?: \([^()]*\))?"),
)
# ISO 8601 without its marks.
COMPACT = re.compile(
    r"(?P<day>[0-9]{8})T(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?(?P<fraction>\.[0-9]+)?"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})"
)

# With a fraction as JavaScript and Python write them, and offsets as PostgreSQL, BigQuery and Ruby do; Java and Go
# have the name of the zone behind its offset.
MOMENT = re.compile(
    rf"(?P<moment>{DAY_OF_ISO}[Tt ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?)(?P<fraction>\.[0-9]+)?"
    r" ?(?:(?P<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2})(?P<name> [A-Z]{3,4})?|(?P<zone>UTC|GMT)|(?P<hours>[+-][0-9]{2}))"
    r"(?P<place>\[[A-Z][\w/+-]*\])?"
)
# In a second, of what BigQuery and Spark count from 1970, and of what pandas and Go do.
PARTS_OF_SECOND = {"microseconds": 1_000_000, "nanoseconds": 1_000_000_000}
# The years 1990 to 2099, which no two units have in common.
LEAST_SECONDS, END_SECONDS = 631_152_000, 4_102_444_800


def seconds_of_smaller(parts: int, number: object) -> int | None:
    """Return the seconds of a moment counted in parts of a second, or None if that would be improbable."""
    if type(number) is not int or not LEAST_SECONDS <= number // parts < END_SECONDS:
        return None
    return number // parts


def in_rfc_3339(text: str) -> str:
    """Return a moment as RFC 3339 writes it, or the text where it is none of these forms or no day that there is."""
    compact = COMPACT.fullmatch(text)
    if compact:
        day, time = compact["day"], f"{compact['hour']}:{compact['minute']}:{compact['second'] or '00'}"
        return f"{day[:4]}-{day[4:6]}-{day[6:]}T{time}{compact['fraction'] or ''}{compact['zone']}"
    match = next((found for form in FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        return text
    year, month, day_of_month = int(match["year"]), MONTHS.index(match["month"]) + 1, int(match["day"])
    try:
        moment = date(year, month, day_of_month)
    except ValueError:
        return text
    if match["weekday"] not in (None, DAYS[moment.weekday()]):
        return text
    return f"{moment.isoformat()}T{match['time']}{match['offset'] or 'Z'}"


def plain_moment(text: str, *, keeps_fraction: bool) -> str | None:
    """Return a moment with an offset as RFC 3339 has it, None of one that has it so already and of other texts."""
    written = in_rfc_3339(text)
    match = MOMENT.fullmatch(written)
    if match is None:
        return None
    kept = match["fraction"] or "" if keeps_fraction else ""
    is_kept = kept == (match["fraction"] or "") and not match["place"] and not match["name"]
    if written == text and is_kept and match["offset"]:
        return None
    offset = f"{match['hours']}:00" if match["hours"] else match["offset"] or "Z"
    return f"{match['moment']}{kept}{offset}"
