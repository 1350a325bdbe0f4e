"""Dates in the cells of files, as seconds since 1970: a date without its offset from UTC is taken as UTC.

The developer guide asks for Unix time in seconds. That a date is taken as UTC is said to the person who imports it.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

from console.records.pasted.values.named_months import date_of_named_month
from console.records.pasted.values.spreadsheet_dates import HALF, full_year, hour_of_day

SECOND = r"(?::(?P<second>[0-9]{2})(?P<fraction>[.,][0-9]+)?)?"
TIME = rf"(?:(?:T|,? )(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}}){SECOND}{HALF})?"
ZONE = r"(?: ?(?P<zone>[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?"
ISO = re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}}){TIME}{ZONE}")
YEAR_FIRST = re.compile(rf"(?P<year>[0-9]{{4}})/(?P<month>[0-9]{{1,2}})/(?P<day>[0-9]{{1,2}}){TIME}{ZONE}")
# With points the day is always first.
POINTS = re.compile(rf"(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.(?P<year>[0-9]{{4}}|[0-9]{{2}}){TIME}{ZONE}")
# With lines between them, a year of two digits may be first.
SLASHES = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<mark>[/-])(?P<other>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4}|(?<=/)[0-9]{2})"
    rf"{TIME}{ZONE}"
)
MOST_MONTHS = 12


class DateOrder(StrEnum):
    """Which number of a date such as 5/6/2024 is its month."""

    MONTH_FIRST = "month/day/year"
    DAY_FIRST = "day/month/year"


def order_of(cells: Iterable[object]) -> DateOrder | None:
    """Return the order of the dates with slashes among some cells; None if they do not tell it, or contradict."""
    dates = [found for cell in cells if isinstance(cell, str) and (found := SLASHES.fullmatch(cell.strip()))]
    is_day_first = any(int(each["first"]) > MOST_MONTHS for each in dates)
    is_month_first = any(int(each["other"]) > MOST_MONTHS for each in dates)
    if is_day_first == is_month_first:
        return None
    return DateOrder.DAY_FIRST if is_day_first else DateOrder.MONTH_FIRST


def has_order(cell: object) -> bool:
    """Return whether a cell is a date that may have its day or its month first."""
    return isinstance(cell, str) and SLASHES.fullmatch(cell.strip()) is not None


def seconds_of_text(text: str, order: DateOrder | None) -> int | float | None:
    """Return the seconds since 1970 of a date that a text is; None of any other text, and of a day that is none."""
    match = _match(text) or _match(date_of_named_month(text) or "")
    if match is None:
        return None
    parts = match.groupdict()
    hour = hour_of_day(parts["hour"] or "0", parts["half"])
    if hour is None:
        return None
    if "first" in parts:
        if order is None:
            return None
        day, month = (1, 2) if order is DateOrder.DAY_FIRST else (2, 1)
        parts["day"], parts["month"] = match[1 if day == 1 else 3], match[1 if month == 1 else 3]
    fraction = float(f"0.{(parts['fraction'] or '0')[1:] or '0'}")
    try:
        moment = datetime(
            full_year(parts["year"]),
            int(parts["month"]),
            int(parts["day"]),
            hour,
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
            tzinfo=_zone(parts["zone"]),
        )
    except ValueError:
        return None
    return int(moment.timestamp()) + fraction if fraction else int(moment.timestamp())


def _match(text: str) -> re.Match[str] | None:
    return next((found for form in (ISO, POINTS, YEAR_FIRST, SLASHES) if (found := form.fullmatch(text))), None)


def seconds_of_date(moment: date) -> int | float:
    """Return the seconds since 1970 of a date, or of a date and time, in UTC where it has no offset."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    seconds = aware.timestamp()
    return int(seconds) if seconds.is_integer() else seconds


def _zone(text: str | None) -> timezone:
    if text is None or not text.startswith(("+", "-")):
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if text.startswith("-") else offset)
