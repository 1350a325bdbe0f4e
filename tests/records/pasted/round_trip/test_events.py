"""Events as trackers and their SDKs have them: records of interactions come back from what writers make of them.

After the documents of Segment, Mixpanel, Amplitude, PostHog and Google Analytics.
"""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from tests.records.literal_schemas import events_schema
from tests.records.pasted.round_trip.values import OF_EACH, any_texts, plain_ids, text_is_plain

type Event = tuple[str, str, int, str, str]

SCHEMA = events_schema(DEVICE="string")
KINDS = ("Viewed", "Added to cart", "Watch")
# Ten digits: a moment in seconds, of this century.
events = st.lists(
    st.tuples(
        plain_ids,
        plain_ids,
        st.integers(1_000_000_000, 1_700_000_000),
        st.sampled_from(KINDS),
        any_texts.filter(text_is_plain),
    ),
    min_size=1,
    max_size=4,
)


def own(event: Event) -> dict[str, object]:
    return {"userId": event[0], "itemId": event[1], "timestamp": event[2], "device": event[4]}


def calls(name: str) -> Callable[[list[Event]], str]:
    """Return what writes calls of a tracker, such as `analytics.track`."""
    return lambda found: "".join(
        f"{name}({json.dumps(event[3])}, {json.dumps(own(event), indent=2)});\n" for event in found
    )


def gtag(found: list[Event]) -> str:
    return "".join(f'gtag("event", {json.dumps(event[3])}, {json.dumps(own(event))});\n' for event in found)


def segment(found: list[Event]) -> str:
    return json.dumps(
        [
            {
                "type": "track",
                "event": event[3],
                "userId": event[0],
                "timestamp": event[2],
                "properties": {"itemId": event[1], "device": event[4]},
            }
            for event in found
        ]
    )


def mixpanel(found: list[Event]) -> str:
    return json.dumps(
        [
            {
                "event": event[3],
                "properties": {"distinct_id": event[0], "time": event[2], "item_id": event[1], "device": event[4]},
            }
            for event in found
        ]
    )


def amplitude(found: list[Event]) -> str:
    return json.dumps(
        {
            "events": [
                {
                    "user_id": event[0],
                    "event_type": event[3],
                    "time": event[2] * 1000,
                    "event_properties": {"item_id": event[1], "device": event[4]},
                }
                for event in found
            ]
        }
    )


FORMATS: dict[str, Callable[[list[Event]], str]] = {
    "analytics.track": calls("analytics.track"),
    "mixpanel.track": calls("mixpanel.track"),
    "posthog.capture": calls("posthog.capture"),
    "gtag": gtag,
    "events of Segment": segment,
    "events of Mixpanel": mixpanel,
    "events of Amplitude": amplitude,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(found=events)
def test_events_come_back(name: str, found: list[Event]) -> None:
    detected = detect(SCHEMA, "", FORMATS[name](found))
    assert detected is not None
    assert detected.refusal == ""
    assert validate_record_input(SCHEMA, detected.text).problems == ()
    names = ("USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE", "DEVICE")
    assert [tuple(each[name] for name in names) for each in json.loads(detected.text)] == found
