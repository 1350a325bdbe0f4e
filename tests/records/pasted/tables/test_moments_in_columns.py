"""Days with a time in aligned columns, as data frames print them: one cell, where nothing else keeps columns apart."""

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import events_schema

EVENTS = events_schema()
PRINTED = (
    "  USER_ID ITEM_ID EVENT_TYPE                 TIMESTAMP\n"
    "0     u-1     i-1       View 2026-11-29 10:00:00+00:00\n"
    "1     u-2     i-2   Purchase 2026-11-29 10:01:00+00:00\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_moments_of_a_data_frame_are_read(end: str) -> None:
    detected = detect(EVENTS, "", PRINTED.replace("\n", end))
    assert detected is not None
    assert detected.words == "2 rows of a table with aligned columns"
    assert '"EVENT_TYPE": "Purchase",\n    "TIMESTAMP": "2026-11-29 10:01:00+00:00"' in detected.text


def test_moments_in_columns_that_are_aligned_to_the_left_are_read() -> None:
    text = (
        "USER_ID ITEM_ID TIMESTAMP            EVENT_TYPE\n"
        "u-1     i-1     2026-11-29 10:00:00Z View\n"
        "u-2     i-2     2026-11-29 10:01:00Z Purchase\n"
    )
    detected = detect(EVENTS, "", text)
    assert detected is not None
    assert '"TIMESTAMP": "2026-11-29 10:01:00Z",\n    "EVENT_TYPE": "Purchase"' in detected.text


def test_a_day_and_a_time_in_columns_of_their_own_are_two_cells() -> None:
    text = (
        "USER_ID ITEM_ID EVENT_TYPE DAY        TIME     TIMESTAMP\n"
        "u-1     i-1     View       2026-11-29 10:00:00 1795946400\n"
        "u-2     i-2     View       2026-11-29 10:01:00 1795946460\n"
    )
    detected = detect(events_schema(DAY="string", TIME="string"), "", text)
    assert detected is not None
    assert '"DAY": "2026-11-29",\n    "TIME": "10:01:00"' in detected.text


def test_a_text_beside_moments_that_is_no_table_is_left_alone() -> None:
    assert detect(EVENTS, "", "Seen at 2026-11-29 10:00:00 by Ana\nand at 2026-11-29 10:01:00 by Ben\n") is None
