"""Time zones: those that this machine knows, and with which moments a day begins and ends in one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

GMT = "GMT"
# Names of other forms, such as US/Pacific and EST5EDT, are older ones of the same zones.
REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
# Zones without an offset and without daylight saving, by other names of theirs.
NAMES_OF_GMT = frozenset({GMT, "UTC", "Etc/GMT", "Etc/UTC", "Zulu"})


@cache
def zone_names() -> Sequence[str]:
    """Return the names of the time zones that people choose from, in alphabetical order, without GMT.

    A machine without time zone data has none.
    """
    return sorted(each for each in available_timezones() if each.partition("/")[0] in REGIONS and "/" in each)


def zone_named(name: str) -> tzinfo | None:
    """Return the time zone of a name; None where this machine knows none of that name."""
    if name in NAMES_OF_GMT:
        return UTC
    try:
        return ZoneInfo(name)
    # A name that is no path within the data, a directory there, and what is not of the form of the data.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_words(zone: tzinfo) -> str:
    """Return the name of a time zone as people read it: GMT, or Europe/Berlin."""
    return zone.key.replace("_", " ") if isinstance(zone, ZoneInfo) else GMT


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment in a time zone; in UTC if it is outside of the years 1 to 9999 there."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment.astimezone(UTC)


def offset_words(moment: datetime) -> str:
    """Return the offset of a moment's time zone at that time: UTC+01:00. Two hours of one name have different ones."""
    offset = moment.utcoffset() or timedelta()
    # At a minus sign, unlike at a hyphen, no line is broken.
    sign = "\N{MINUS SIGN}" if offset < timedelta() else "+"
    hours, seconds = divmod(round(abs(offset).total_seconds()), 3600)
    minutes, seconds = divmod(seconds, 60)
    # Before zones there was the sun's time of a place, to the second.
    return f"UTC{sign}{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def beginning(day: date, zone: tzinfo) -> datetime:
    """Return the moment in UTC with which a day begins in a zone: where midnight is left out, the one after it."""
    try:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    # Only the first day and the last one have no equal in UTC.
    except OverflowError:
        return datetime.combine(day, time(), UTC)


def end(day: date, zone: tzinfo) -> datetime:
    """Return the last microsecond of a day in a zone, in UTC: the day has 23, 24 or 25 hours, or another number."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return beginning(day + timedelta(days=1), zone) - timedelta(microseconds=1)
