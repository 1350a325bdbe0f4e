"""Dates whose month has a name, such as `Sat, 29 Nov 2025 10:00:00 GMT`: its order is certain, whatever the program.

Mail and HTTP have them (RFC 9110, section 5.6.7), logs of Apache, Java and C, SQL Server and Oracle, and people.
"""

import re
from datetime import datetime

from console.records.pasted.values.spreadsheet_dates import HALF, full_year, hour_of_day

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAME = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
DAY = r"(?P<day>[0-9]{1,2})"
YEAR = r"(?P<year>[0-9]{4})"
DAY_FIRST = rf"{DAY}(?P<mark>[ /-]){NAME}(?P=mark)(?P<year>[0-9]{{4}}|(?<=-)[0-9]{{2}})"
CLOCK = (
    rf"(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}})(?P<fraction>\.[0-9]{{1,6}})?)?{HALF}"
)
# JavaScript writes the name of the zone behind its offset.
ZONE = r"(?: ?(?P<zone>(?:GMT|UTC)?[+-][0-9]{2}:?[0-9]{2}|GMT|UTC|Z)(?: \([^()]*\))?)?"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{WEEKDAY}{DAY_FIRST}(?:(?:,| at)? {CLOCK}{ZONE})?",
        rf"{DAY}/{NAME}/{YEAR}:{CLOCK}{ZONE}",
        rf"{WEEKDAY}{NAME} +{DAY},? {YEAR}(?:(?:,| at)? +{CLOCK}{ZONE})?",
        rf"{WEEKDAY}{NAME} +{DAY} {CLOCK}{ZONE} {YEAR}",
    )
)


def date_of_named_month(text: str) -> str | None:
    """Return a date whose month has a name as RFC 3339 has it, with its offset from UTC if it has one.

    None of any other text, of a date that does not exist, and of one in a zone that has a name alone.
    """
    match = next((found for form in FORMS if (found := form.fullmatch(text.strip()))), None)
    if match is None:
        return None
    hour = hour_of_day(match["hour"] or "0", match["half"])
    if hour is None:
        return None
    month = MONTHS.index(match["name"][:3].lower()) + 1
    try:
        moment = datetime(
            full_year(match["year"]),
            month,
            int(match["day"]),
            hour,
            int(match["minute"] or 0),
            int(match["second"] or 0),
        )
    except ValueError:
        return None
    return f"{moment.isoformat()}{match['fraction'] or ''}{_offset(match['zone'] or '')}"


def _offset(zone: str) -> str:
    digits = zone.upper().removeprefix("GMT").removeprefix("UTC").replace(":", "")
    return f"{digits[:3]}:{digits[3:]}" if len(digits) > 1 else "Z" if zone else ""
