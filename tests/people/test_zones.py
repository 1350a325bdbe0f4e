"""Time zones: days of 23 and 25 hours, hours that exist twice, midnights that do not exist, and lost zones."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from console.people.zones import beginning, end, in_zone, offset_words, zone_named, zone_names, zone_words
from tests.pages.html import text_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("zone", "day", "begins", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 28), "2026-03-27T23:00", 24),
        ("Europe/Berlin", date(2026, 3, 29), "2026-03-28T23:00", 23),
        ("Europe/Berlin", date(2026, 10, 25), "2026-10-24T22:00", 25),
        # At midnight clocks went to one.
        ("America/Santiago", date(2024, 9, 8), "2024-09-08T04:00", 23),
        # At one they went back to midnight: the first of both is meant.
        ("America/Havana", date(2024, 11, 3), "2024-11-03T04:00", 25),
        # Samoa left this day out.
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-30T10:00", 0),
        ("Australia/Lord_Howe", date(2026, 4, 5), "2026-04-04T13:00", 24.5),
    ],
)
def test_a_day_has_the_hours_that_its_zone_gives_it(zone: str, day: date, begins: str, hours: float) -> None:
    begun, ended = beginning(day, ZoneInfo(zone)), end(day, ZoneInfo(zone))
    assert begun.isoformat(timespec="minutes") == f"{begins}+00:00"
    assert ended - begun == timedelta(hours=hours, microseconds=-1)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue", "GMT"])
def test_the_ends_of_the_calendar_have_moments(zone: str) -> None:
    found = zone_named(zone)
    assert found
    assert beginning(date.min, found) <= datetime(1, 1, 2, tzinfo=UTC)
    assert end(date.max, found) == datetime.max.replace(tzinfo=UTC)
    assert in_zone(datetime.min.replace(tzinfo=UTC), ZoneInfo("Pacific/Niue")).year == 1


def test_the_hour_that_exists_twice_has_two_offsets() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).astimezone(BERLIN)
    second = first.astimezone(UTC) + timedelta(hours=1)
    assert offset_words(first) == "UTC+02:00"
    assert offset_words(second.astimezone(BERLIN)) == "UTC+01:00"
    assert (first.hour, second.astimezone(BERLIN).hour) == (2, 2)


@pytest.mark.parametrize(
    ("zone", "at", "words"),
    [
        ("America/St_Johns", datetime(2026, 1, 1, tzinfo=UTC), "UTC\N{MINUS SIGN}03:30"),
        ("Asia/Kathmandu", datetime(2026, 1, 1, tzinfo=UTC), "UTC+05:45"),
        ("Europe/Berlin", datetime(1880, 1, 1, tzinfo=UTC), "UTC+00:53:28"),
    ],
)
def test_offsets_are_exact(zone: str, at: datetime, words: str) -> None:
    assert offset_words(at.astimezone(ZoneInfo(zone))) == words


@pytest.mark.parametrize("name", ["Mars/Base", "", "../zoneinfo/GMT", "/etc/passwd", "Europe", "Europe/Berlin\0"])
def test_there_is_no_zone_of_a_name_that_is_none(name: str) -> None:
    assert zone_named(name) is None


def test_gmt_is_one_of_them_and_has_one_name() -> None:
    assert zone_named("GMT") is zone_named("Etc/UTC") is UTC
    assert zone_words(UTC) == "GMT"
    assert zone_words(ZoneInfo("America/New_York")) == "America/New York"
    assert {"America/Argentina/Buenos_Aires", "Europe/Berlin", "Asia/Kolkata"} <= {*zone_names()}
    assert not {"GMT", "Etc/GMT+5", "US/Pacific", "localtime", "Factory"} & {*zone_names()}


def test_a_machine_without_time_zone_data_has_gmt(viewer: Client) -> None:
    known = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[])
    ZoneInfo.clear_cache()
    zone_names.cache_clear()
    try:
        assert list(zone_names()) == []
        assert zone_named("GMT") is UTC
        assert zone_named("Europe/Berlin") is None
        assert "This machine has no time zone data, so there is only GMT" in text_of(viewer.get("/settings/"))
    finally:
        zoneinfo.reset_tzpath(to=known)
        zone_names.cache_clear()
    assert zone_named("Europe/Berlin") is not None
    # The page did not keep that there were none.
    assert "Europe/Berlin" in text_of(viewer.get("/settings/"))
