"""Timestamps that are valid but improbable."""

import math
from collections.abc import Iterator

from console.records.schemas.fields import Field
from console.records.validation.serial_dates import END as END_OF_SERIALS
from console.records.validation.serial_dates import date_of_serial
from console.records.validation.timestamps import LEAST_IN_MILLISECONDS

MOMENTS = "Improbable timestamps"
# The year 2000 began, before which nothing recorded events as they happened. No document of AWS has such a bound.
YEAR_2000 = 946_684_800
# Years as people type them in place of a time.
YEARS = range(1800, 2201)
SECONDS_OF_A_DAY = 86_400


def doubts_on_moment(field: Field, seconds: float, now: float) -> Iterator[str]:
    """Yield what is doubtful in the moment of a timestamp: its unit, or an event's being long ago or yet to happen.

    Both are in seconds since 1970.
    """
    is_of_event = field.member is not None
    if seconds >= LEAST_IN_MILLISECONDS:
        yield f"{seconds} seems to be in milliseconds. AWS's documents ask for seconds since 1970: {seconds // 1000}."
    elif is_of_event and seconds > now + SECONDS_OF_A_DAY:
        yield f"{seconds} is more than a day in the future. Check that it is when the event happened."
    elif seconds in YEARS:
        yield f"{seconds} is a moment of 1 January 1970. If it is a year, write a date: {seconds}-01-01T00:00:00Z."
    elif (date := date_of_serial(seconds)) is not None:
        yield f"{seconds} is a moment of 1 January 1970. As a spreadsheet counts days, it is {date}."
    elif seconds < 0:
        yield f"{seconds} is before 1970. AWS's documents ask for seconds since then."
    elif is_of_event and seconds < YEAR_2000:
        yield f"{seconds} is before the year 2000. Check that it is when the event happened, in seconds since 1970."


def bounds_without_doubts(field: Field, now: float) -> tuple[float, float]:
    """Return the least and the greatest moment of a timestamp between which none is doubtful, as above."""
    if field.member is not None:
        return YEAR_2000, min(now + SECONDS_OF_A_DAY, math.nextafter(LEAST_IN_MILLISECONDS, 0))
    return END_OF_SERIALS, math.nextafter(LEAST_IN_MILLISECONDS, 0)
