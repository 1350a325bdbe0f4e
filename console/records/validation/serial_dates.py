"""Dates as the numbers that spreadsheets keep them as: days since 1900, with the time of day as a fraction."""

from datetime import UTC, datetime

# The days of 1 January 1970, 1980 and 2100: as seconds since 1970, they are all moments of one day.
DAY_OF_1970, FIRST, END = 25_569, 29_221, 73_051
SECONDS_OF_A_DAY = 86_400


def seconds_of_serial(number: object) -> int | None:
    """Return the seconds since 1970, in UTC, of a date that a spreadsheet has as a number; None of other values."""
    if isinstance(number, bool) or not isinstance(number, int | float) or not FIRST <= number < END:
        return None
    return round((number - DAY_OF_1970) * SECONDS_OF_A_DAY)


def date_of_serial(number: object) -> str | None:
    """Return a date that a spreadsheet has as a number as RFC 3339 has it, in UTC; None of other values."""
    seconds = seconds_of_serial(number)
    return None if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
