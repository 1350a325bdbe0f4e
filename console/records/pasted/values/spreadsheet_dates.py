"""Dates as spreadsheets show them, such as `11/05/2026 10:00`: a person has to say which part is the month."""

import re
from collections.abc import Sequence
from datetime import datetime

# Of the day: browsers write a narrow space before it.
HALF = r"(?:[ \u202f\xa0]?(?P<half>[AaPp])\.?[Mm]\.?)?"
DATE = re.compile(
    r"(?:(?P<year_first>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})"
    r"|(?P<one>[0-9]{1,2})(?P<mark>[./-])(?P<other>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4}|[0-9]{2}))"
    rf"(?:,?[ T]+(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}})(?:\.[0-9]+)?)?{HALF})?"
)
NOON = 12
# The century of a two-digit year, as in POSIX: 68 is 2068, and 69 is 1969.
CENTURY, LAST_OF_CENTURY = 2000, 68


def date_in(text: str, *, month_first: bool) -> str | None:
    """Return a date with its parts in an order, without an offset, as RFC 3339 has it; None if a text is none.

    With points between the parts, the day stands first.
    """
    match = DATE.fullmatch(text.strip())
    if match is None or (month_first and match["mark"] == "."):
        return None
    if match["year_first"]:
        year, month, day = match["year_first"], match["month"], match["day"]
    else:
        month, day = (match["one"], match["other"]) if month_first else (match["other"], match["one"])
        year = match["year"]
        if len(year) == 2 and match["mark"] == "-":
            # The year may stand first.
            return None
    hour = hour_of_day(match["hour"] or "0", match["half"])
    if hour is None:
        return None
    try:
        moment = datetime(
            full_year(year), int(month), int(day), hour, int(match["minute"] or 0), int(match["second"] or 0)
        )
    except ValueError:
        return None
    return moment.isoformat()


def hour_of_day(hour: str, half: str | None) -> int | None:
    """Return an hour of 0 to 24 with the half of its day, A or P, as HALF has it; None if there is no such hour."""
    number = int(hour)
    if not half:
        return number
    return number % NOON + (NOON if half in "pP" else 0) if 1 <= number <= NOON else None


def full_year(text: str) -> int:
    """Return a year of two or more digits with its century."""
    number = int(text)
    if len(text) > 2:
        return number
    return number + CENTURY if number <= LAST_OF_CENTURY else number + CENTURY - 100


def is_possible(texts: Sequence[str], *, month_first: bool) -> bool:
    """Return whether all dates can be read in this order; where both orders agree, only month-first counts."""
    ways = [(date_in(text, month_first=month_first), date_in(text, month_first=not month_first)) for text in texts]
    dates = [way for way in ways if way != (None, None)]
    if not dates or any(own is None for own, _other in dates):
        return False
    return month_first or any(own != other for own, other in dates)
