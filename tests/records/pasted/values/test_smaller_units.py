"""Moments in microseconds and nanoseconds, as BigQuery, Spark, pandas and Go count them, become seconds by a press."""

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import events_schema
from tests.records.pasted.pressing import read, values

EVENTS = events_schema(EVENT_VALUE=["null", "float"])


@pytest.mark.parametrize(
    ("moment", "unit"), [("1795946400000000", "microseconds"), ("1795946400123456789", "nanoseconds")]
)
def test_a_moment_in_a_smaller_unit_becomes_seconds(moment: str, unit: str) -> None:
    text = f"user_id,event_name,item_id,event_timestamp,value\nu-1,View,i-1,{moment},\nu-2,Buy,i-2,1795946460,59.5\n"
    assert read(text, EVENTS).changes == (
        "event_name is taken for EVENT_TYPE.",
        "event_timestamp is taken for TIMESTAMP.",
        "value is taken for EVENT_VALUE.",
        f"{moment} becomes 1795946400: {unit} become seconds.",
    )
    assert [each[0] for each in values(text, EVENTS)] == ["u-1", "u-2"]
    assert '"TIMESTAMP": 1795946400,\n' in read(text, EVENTS).text


@pytest.mark.parametrize("moment", ["100000000000000000", "4102444800000000", "99999999999999999999"])
def test_numbers_that_are_no_moment_of_these_years_stay_as_they_are(moment: str) -> None:
    detected = detect(EVENTS, "", f"USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP\nu-1,i-1,View,{moment}\n")
    assert detected is not None
    assert f'"TIMESTAMP": {moment}\n' in detected.text
