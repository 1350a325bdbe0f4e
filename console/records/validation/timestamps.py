"""Timestamps of record input: a moment may be typed as a date, and is sent as seconds since 1970.

The developer guide asks for Unix time in seconds. A date is read as RFC 3339 has it (section 5.6), with its offset
from UTC: without one it could be a moment of any of two days.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from console.records.json.nodes import Member, Scalar, Unreadable
from console.records.problems import Fault, Found
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.records.validation.rules_in_words import in_words

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,6})?)?"
DATE = re.compile(rf"{DAY}(?:[Tt ]{TIME}(?P<offset> ?(?:[Zz]|[+-][0-9]{{2}}:?[0-9]{{2}}))?)?")
# A moment after the year 5138, which nobody means.
LEAST_IN_MILLISECONDS = 100_000_000_000
# The years 1 to 9999, which dates have.
LEAST, MOST = -62_135_596_800, 253_402_300_799
LENGTH_OF_DAY = len("2026-11-29")


@dataclass(frozen=True, slots=True)
class Moment:
    """A timestamp of a record, which counts from 1: its field, its seconds since 1970, and its date in UTC.

    There is no date outside of the years 1 to 9999.
    """

    record: int
    field: str
    seconds: int | float
    date: datetime | None


def with_seconds(field: Field, member: Member) -> Member:
    """Return a member of a record input whose value is a date as seconds.

    A date that does not exist, or has no offset, cannot be read.
    """
    value = member.value
    if not field.is_timestamp or not isinstance(value, Scalar) or not isinstance(value.value, str):
        return member
    match = DATE.fullmatch(value.value.strip())
    if match is None:
        return member
    if match["offset"] is None:
        return replace(member, value=Scalar(value.start, Unreadable((_without_offset(field, value),))))
    try:
        moment = datetime.fromisoformat(match[0].upper().replace(" Z", "Z").replace(" +", "+").replace(" -", "-"))
        seconds = moment.timestamp()
    except (ValueError, OverflowError):
        return replace(member, value=Scalar(value.start, Unreadable((_not_there(field, value),))))
    whole = int(seconds)
    return replace(member, value=Scalar(value.start, whole if whole == seconds else seconds, value.value))


def moments(schema: Schema, records: Sequence[Mapping[str, object]]) -> Iterator[Moment]:
    """Yield the timestamps of records, given by their properties: numbers are seconds."""
    fields = [field for field in schema.metadata_fields if field.is_timestamp]
    for number, properties in enumerate(records, 1):
        for field in fields:
            seconds = properties.get(field.property_name)
            if isinstance(seconds, int | float) and not isinstance(seconds, bool):
                yield Moment(number, field.name, seconds, date_of(seconds))


def moment_of(property_name: str, value: object) -> datetime | None:
    """Return the date in UTC of a property that is a timestamp by its name; None of any other, or without a date."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return date_of(value) if property_name.lower().endswith("timestamp") else None


def seconds_of_milliseconds(number: object) -> int | None:
    """Return the seconds of a moment in milliseconds, or None if that would be improbable."""
    if type(number) is not int or not LEAST_IN_MILLISECONDS <= number <= MOST * 1000:
        return None
    return number // 1000


def date_of(seconds: float) -> datetime | None:
    """Return the date in UTC of a number of seconds since 1970; None outside of the years 1 to 9999."""
    return datetime.fromtimestamp(seconds, UTC) if LEAST <= seconds <= MOST else None


def _not_there(field: Field, value: Scalar) -> Fault:
    found = Found(f"the date “{value.value}”, which does not exist", "a date that does not exist")
    return Fault(value.start, in_words(field, reads_dates=True), found, "Correct it.", field=field.name)


def _without_offset(field: Field, value: Scalar) -> Fault:
    found = Found(f"the date “{value.value}” without its offset from UTC", "a date without its offset from UTC")
    has_time = len(str(value.value).strip()) > LENGTH_OF_DAY
    advice = f"{'Add' if has_time else 'Write it with a time, and'} Z for UTC or an offset such as +01:00."
    return Fault(value.start, in_words(field, reads_dates=True), found, advice, field=field.name)
