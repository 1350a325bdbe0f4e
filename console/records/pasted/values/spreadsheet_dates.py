"""Dates as spreadsheets show them, such as `11/05/2026 10:00`: a person has to say which part is the month."""

import re
from collections.abc import Sequence
from datetime import datetime

DATE = re.compile(
    r"(?:(?P<year_first>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})"
    r"|(?P<one>[0-9]{1,2})(?P<mark>[./-])(?P<other>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4}|[0-9]{2}))"
    r"(?:,?[ T]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?)?"
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
    hour = int(match["hour"] or 0)
    if match["half"]:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if match["half"] in "pP" else 0)
    try:
        moment = datetime(
            _year(year), int(month), int(day), hour, int(match["minute"] or 0), int(match["second"] or 0)
        )
    except ValueError:
        return None
    return moment.isoformat()


def _year(text: str) -> int:
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
