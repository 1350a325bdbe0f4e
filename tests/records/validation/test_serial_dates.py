"""Dates as the numbers that spreadsheets keep them as, in the place of seconds since 1970."""

import json

import pytest

from console.records.pasted.suggestions import suggested, suggestions
from console.records.record_input import validate_record_input
from console.records.validation.remarks import remarks_on_values
from console.records.validation.serial_dates import date_of_serial, seconds_of_serial
from tests.records.literal_schemas import events_schema, users_schema

EVENTS = events_schema()
EVENT = '{{"userId": "u-1", "itemId": "i-1", "eventType": "View", "timestamp": {}}}'


@pytest.mark.parametrize(
    ("number", "date"),
    [
        # LibreOffice 7.4: 46320 is 25 October 2026, and 29221 is 1 January 1980.
        (46320, "2026-10-25T00:00:00Z"),
        (46320.25, "2026-10-25T06:00:00Z"),
        (46320.2708333333, "2026-10-25T06:30:00Z"),
        (29221, "1980-01-01T00:00:00Z"),
        (73050, "2099-12-31T00:00:00Z"),
        (29220, None),
        (73051, None),
        (True, None),
        ("46320", None),
    ],
)
def test_a_spreadsheet_counts_days(number: object, date: str | None) -> None:
    assert date_of_serial(number) == date
    assert (seconds_of_serial(number) is None) == (date is None)


def test_a_day_with_its_time_is_refused_with_its_date() -> None:
    (problem,) = validate_record_input(EVENTS, EVENT.format("46320.2708333333")).problems
    assert problem.sentence.endswith("As a spreadsheet counts days, it is 2026-10-25T06:30:00Z.")


@pytest.mark.parametrize("typed", ["46320", "46320.25"])
def test_its_date_is_offered(typed: str) -> None:
    text = EVENT.format(typed)
    (offered,) = suggestions(EVENTS, text)
    assert (offered.name, offered.button) == ("use-dates", "Use the date")
    assert offered.sentence.startswith(f"{typed} is 2026-10-25T0")
    changed = json.loads(suggested(EVENTS, text, "use-dates") or "")
    # By `date -ud 2026-10-25 +%s`.
    assert changed[0]["TIMESTAMP"] == 1792886400 + (21600 if typed.endswith(".25") else 0)


def test_a_whole_day_gets_a_warning_with_its_date() -> None:
    schema = users_schema(SINCE_TIMESTAMP="long")
    text = '{"USER_ID": "a", "SINCE_TIMESTAMP": 46320}'
    (remark,) = remarks_on_values(text, schema, validate_record_input(schema, text).records, 0)
    assert remark.sentence == (
        "46320 is a moment of 1 January 1970. As a spreadsheet counts days, it is 2026-10-25T00:00:00Z."
    )
