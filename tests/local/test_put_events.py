"""PutEvents and PutActionInteractions, through real boto3; what is stored is read back by `manage.py local_records`."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from django.conf import LazySettings

from console.local.models import Dataset, DatasetGroup, EventTracker, StoredEvent
from tests.local import over_http
from tests.local.conftest import Clock
from tests.local.event_requests import (
    ACTION_INTERACTIONS_ARN,
    EVENT,
    INTERACTIONS_ARN,
    Tracked,
    create_shop,
    create_tracked,
)
from tests.local.schemas import text
from tests.local.shop import GROUP_ARN, refused
from tests.local.test_put_users import stored

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

VIEW: Any = {"eventType": "view", "sentAt": 1746100800, "itemId": "film"}
TAKEN: Any = {"eventType": "Taken", "timestamp": 1746100800, "actionId": "join", "sessionId": "s", "userId": "u"}


@pytest.fixture
def tracked(personalize: "PersonalizeClient") -> Tracked:
    """The tracking ids of a shop with both kinds of interactions."""
    return create_tracked(personalize)


class Events:
    """The operations that add events, each in its least form."""

    def __init__(self, client: Any, tracked: Tracked) -> None:
        self.client = client
        self.tracked = tracked

    def put(self, *events: Any, **more: Any) -> Any:
        return self.client.put_events(
            **{"trackingId": self.tracked.items, "userId": "u", "sessionId": "s", "eventList": events, **more}
        )

    def put_actions(self, *events: Any, **more: Any) -> Any:
        return self.client.put_action_interactions(
            **{"trackingId": self.tracked.actions, "actionInteractions": events, **more}
        )

    def refusal(self, *events: Any, **more: Any) -> tuple[str, int, str]:
        with pytest.raises(ClientError) as error:
            self.put(*events, **more)
        return refused(error)


@pytest.fixture
def events(personalize_events: "PersonalizeEventsClient", tracked: Tracked) -> Events:
    return Events(personalize_events, tracked)


def test_an_event_is_stored_by_the_names_of_its_fields(events: Events) -> None:
    """The developer guide, "Recording a single item interaction event"."""
    answer = events.put(
        {
            "eventId": "e-1",
            "eventType": "rating",
            "eventValue": 4.5,
            "itemId": "film",
            "sentAt": datetime(2025, 5, 1, 12, tzinfo=UTC),
            "recommendationId": "RID-1",
            "impression": ["film", "other", "third"],
            "metricAttribution": {"eventAttributionSource": "newsletter"},
            "properties": json.dumps({"numRatings": "12", "device": "phone|app"}),
        }
    )
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert stored(INTERACTIONS_ARN) == [
        {
            "userId": "u",
            "itemId": "film",
            "eventType": "rating",
            "timestamp": 1746100800,
            "eventValue": 4.5,
            "impression": "film|other|third",
            "recommendationId": "RID-1",
            "numRatings": 12,
            "device": "phone|app",
            "sessionId": "s",
            "eventId": "e-1",
            "eventAttributionSource": "newsletter",
        }
    ]


def test_action_interactions_of_several_users_are_stored(events: Events) -> None:
    events.put_actions(
        {**TAKEN, "properties": '{"cost": 7}'}, {**TAKEN, "userId": "v", "sessionId": "t", "eventType": "not taken"}
    )
    assert stored(ACTION_INTERACTIONS_ARN) == [
        {
            "userId": "u",
            "actionId": "join",
            "eventType": "Taken",
            "timestamp": 1746100800,
            "cost": 7,
            "sessionId": "s",
        },
        {"userId": "v", "actionId": "join", "eventType": "not taken", "timestamp": 1746100800, "sessionId": "t"},
    ]


def test_members_of_action_interactions_are_stored(events: Events) -> None:
    beside = {"eventId": "e-1", "recommendationId": "RID-1", "impression": ["join", "stay"]}
    events.put_actions({**TAKEN, **beside})
    assert stored(ACTION_INTERACTIONS_ARN) == [
        {
            "userId": "u",
            "actionId": "join",
            "eventType": "Taken",
            "timestamp": 1746100800,
            "sessionId": "s",
            "impression": "join|stay",
            "recommendationId": "RID-1",
            "eventId": "e-1",
        }
    ]


def test_events_of_one_event_id_are_all_kept_and_none_is_made(events: Events) -> None:
    """API reference, Event: Amazon Personalize makes the one that is left out, and trains with the first of an ID."""
    events.put({**VIEW, "eventId": "e-1"}, {**VIEW, "eventId": "e-1", "itemId": "other"}, VIEW)
    assert [each.get("eventId") for each in stored(INTERACTIONS_ARN)] == ["e-1", "e-1", None]


def test_events_are_added_in_their_order_and_replace_nothing(events: Events) -> None:
    events.put(VIEW, {**VIEW, "sentAt": 1746100801}, {**VIEW, "sentAt": 1})
    events.put({**VIEW, "eventType": "buy"})
    assert [(each["eventType"], each["timestamp"]) for each in stored(INTERACTIONS_ARN)] == [
        ("view", 1746100800),
        ("view", 1746100801),
        ("view", 1),
        ("buy", 1746100800),
    ]


def test_of_identical_events_one_is_kept(events: Events) -> None:
    """The developer guide, "Importing training data into Amazon Personalize datasets"."""
    events.put(VIEW, VIEW)
    events.put(VIEW, {**VIEW, "itemId": "other"})
    events.put_actions(TAKEN, TAKEN)
    assert [each["itemId"] for each in stored(INTERACTIONS_ARN)] == ["film", "other"]
    assert len(stored(ACTION_INTERACTIONS_ARN)) == 1
    # The user tells events apart, as does any property.
    events.put(VIEW, userId="v")
    events.put({**VIEW, "properties": '{"device": "phone"}'})
    assert StoredEvent.objects.filter(dataset__arn=INTERACTIONS_ARN).count() == 4


def test_nobody_need_be_known(events: Events) -> None:
    """The developer guide, "Recording events for anonymous users"."""
    events.client.put_events(trackingId=events.tracked.items, sessionId="s", eventList=[VIEW])
    events.put_actions({name: value for name, value in TAKEN.items() if name != "userId"})
    for arn in (INTERACTIONS_ARN, ACTION_INTERACTIONS_ARN):
        (event,) = stored(arn)
        assert "userId" not in event
        assert event["sessionId"] == "s"
    assert set(StoredEvent.objects.values_list("user_id", flat=True)) == {""}


@pytest.mark.parametrize(
    "properties",
    [
        {"itemId": "film", "eventValue": 4},
        {"ITEM_ID": "film", "eventValue": "4.0"},
        {"item_id": "film", "Event_Value": "4"},
    ],
)
def test_item_and_value_may_be_among_the_properties(events: Events, properties: Any) -> None:
    """API reference, Event: they are not among the names that properties may not have, and once had to be there."""
    events.put({"eventType": "view", "sentAt": 1, "properties": json.dumps(properties)})
    assert stored(INTERACTIONS_ARN) == [
        {"userId": "u", "itemId": "film", "eventType": "view", "timestamp": 1, "eventValue": 4.0, "sessionId": "s"}
    ]
    assert StoredEvent.objects.get().object_id == "film"


@pytest.mark.parametrize(
    ("moment", "expected"), [(1746100800.999, 1746100800), (1746100800000, 1746100800000), ("1746100800", 1746100800)]
)
def test_a_timestamp_is_whole_seconds(tracked: Tracked, moment: Any, expected: int, demo: None) -> None:
    """JavaScript and boto3 1.44 send fractions; no range is modelled, so milliseconds are a moment far away."""
    event = {"trackingId": tracked.items, "sessionId": "s", "eventList": [{**VIEW, "sentAt": moment}]}
    body = json.dumps(event).encode()
    client = over_http.unchecked("personalize-events", "AKIALOCALDEMOEXAMPLE", "local-demo-secret-key", body)
    client.put_events()
    assert StoredEvent.objects.get().moment == expected


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (
            {**VIEW, "properties": "{'device': 'phone'}"},
            "Error parsing properties json. Item interaction 1, properties, character 2: Expected a name in double "
            "quotes; found “'”. Write text in double quotes.",
        ),
        (
            {**VIEW, "properties": '"text"'},
            "Error parsing properties json. Item interaction 1, properties, character 1: Expected properties that are "
            "the text of a JSON object; found text. Encode the object as JSON once, not twice.",
        ),
        (
            {**VIEW, "properties": '{"colour": "red"}'},
            "Item interaction 1, field colour: Expected a field of the schema; found a name that is not one of them. "
            "Remove it, or write the name of the field that it is for.",
        ),
        (
            {**VIEW, "properties": '{"numRatings": "many"}'},
            "Item interaction 1, field NUM_RATINGS: Expected a whole number (int), or null; found text.",
        ),
        (
            {"eventType": "view", "sentAt": 1},
            "Item interaction 1, field ITEM_ID: Expected text in double quotes, 1 to 256 characters (string); found "
            "none. Add it: the schema requires ITEM_ID.",
        ),
        (
            {**VIEW, "properties": '{"itemId": "film"}'},
            "Item interaction 1, field ITEM_ID: Expected each field once; found it again. Keep one.",
        ),
        (
            {**VIEW, "impression": ["x" * 250] * 4},
            "Item interaction 1, field IMPRESSION: Expected text in double quotes, 1 to 25 IDs separated by |, at most "
            "1000 characters in all, or null; found text of 1003 characters.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(events: Events, event: Any, message: str) -> None:
    assert events.refusal(event) == ("InvalidInputException", 400, message)
    assert not StoredEvent.objects.exists()


@pytest.mark.parametrize(
    "name", ["userId", "USERID", "sessionId", "session_id", "eventType", "timestamp", "recommendationId", "Impression"]
)
def test_properties_may_not_have_what_stands_beside_them(events: Events, name: str) -> None:
    """API reference, Event and ActionInteraction: whatever the case."""
    code, status, message = events.refusal({**VIEW, "properties": json.dumps({name: "x"})})
    assert (code, status) == ("InvalidInputException", 400)
    assert message.startswith("Item interaction 1, field ")
    assert "Expected metadata fields only; found " in message
    with pytest.raises(events.client.exceptions.InvalidInputException):
        events.put_actions({**TAKEN, "properties": json.dumps({name: "x"})})
    assert not StoredEvent.objects.exists()


def test_all_events_of_a_call_are_stored_or_none(events: Events) -> None:
    code, _status, message = events.refusal(VIEW, {**VIEW, "itemId": "\x07"}, {**VIEW, "properties": "{"})
    assert code == "InvalidInputException"
    assert "Item interaction 2, field ITEM_ID: " in message
    assert "Item interaction 3, properties, character 2: " in message
    assert not StoredEvent.objects.exists()


@pytest.mark.parametrize("spelling", ["Taken", "TAKEN", "Not Taken", "Not taken", "Viewed", "viewed"])
def test_types_of_action_interactions_are_taken_in_any_case(events: Events, spelling: str) -> None:
    events.put_actions({**TAKEN, "eventType": spelling})
    assert StoredEvent.objects.get().event_type == spelling


def test_other_types_of_action_interactions_are_refused(events: Events) -> None:
    with pytest.raises(events.client.exceptions.InvalidInputException) as error:
        events.put_actions({**TAKEN, "eventType": "clicked"})
    assert refused(error)[2] == (
        "Action interaction 1, field EVENT_TYPE: Expected text in double quotes: Taken, Not Taken or Viewed, in any "
        "case; found text."
    )


def test_a_field_that_the_schema_requires_may_not_be_left_out(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient"
) -> None:
    value = text("EVENT_VALUE", "float")
    tracked = Tracked(create_shop(personalize, *EVENT, value, text("SEASON")), "")
    events = Events(personalize_events, tracked)
    assert events.refusal(VIEW)[2] == (
        "Item interaction 1, field EVENT_VALUE: Expected a number (float); found "
        "none. Add it: the schema requires EVENT_VALUE. Item interaction 1, field SEASON: Expected "
        "text in double quotes (string); found none. Add it: the schema requires SEASON."
    )
    events.put({**VIEW, "eventValue": 1, "properties": '{"season": "summer"}'})
    assert stored(INTERACTIONS_ARN)[0]["eventValue"] == 1


def test_the_type_of_an_event_is_kept_though_the_schema_has_none(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient"
) -> None:
    """The developer guide, "Recording a single item interaction event": a placeholder satisfies the requirement."""
    tracking_id = create_shop(personalize, *(each for each in EVENT if each["name"] != "EVENT_TYPE"))
    Events(personalize_events, Tracked(tracking_id, "")).put(VIEW)
    assert stored(INTERACTIONS_ARN)[0]["eventType"] == "view"
    assert StoredEvent.objects.get().event_type == "view"


def test_an_event_may_be_long_and_not_longer(events: Events) -> None:
    """The developer guide, "Amazon Personalize endpoints and quotas": 10 KB."""
    long = {**VIEW, "itemId": "\N{GRINNING FACE}" * 256, "eventId": "\N{GRINNING FACE}" * 256}
    events.put({**long, "recommendationId": "r"})
    message = "Item interaction 1 is longer than 10240 bytes."
    longer = {
        **long,
        "eventType": "\N{GRINNING FACE}" * 256,
        "impression": ["\N{GRINNING FACE}" * 249] * 4,
        "properties": json.dumps({"device": "\N{GRINNING FACE}" * 1000}, ensure_ascii=False),
    }
    assert events.refusal(longer) == ("InvalidInputException", 400, message)


MISSING = "00000000-0000-0000-0000-000000000000"


def test_a_tracking_id_that_nobody_has_is_not_taken(events: Events) -> None:
    """Of PutEvents, the model has InvalidInputException alone."""
    for tracking_id in (MISSING, events.tracked.actions):
        assert events.refusal(VIEW, trackingId=tracking_id) == (
            "InvalidInputException",
            400,
            f"The given event tracker does not exist: {tracking_id}",
        )
    for tracking_id in (MISSING, events.tracked.items):
        with pytest.raises(events.client.exceptions.ResourceNotFoundException) as error:
            events.put_actions(TAKEN, trackingId=tracking_id)
        assert refused(error)[1:] == (
            404,
            f"The given action interaction event tracker does not exist: {tracking_id}",
        )


def test_each_account_and_region_has_event_trackers_of_its_own(events: Events) -> None:
    EventTracker.objects.update(region="eu-west-1")
    assert events.refusal(VIEW)[2] == f"The given event tracker does not exist: {events.tracked.items}"


def test_a_group_without_an_interactions_dataset_takes_no_events(
    personalize: "PersonalizeClient", events: Events
) -> None:
    Dataset.objects.get(arn=INTERACTIONS_ARN).delete()
    (tracker,) = personalize.list_event_trackers()["eventTrackers"]
    assert events.refusal(VIEW) == (
        "InvalidInputException",
        400,
        f"The dataset group of the event tracker {tracker['eventTrackerArn']} has no Item interactions dataset. "
        "Create one first.",
    )


def test_events_are_taken_once_all_is_active(
    personalize: "PersonalizeClient", events: Events, settings: LazySettings, clock: Clock
) -> None:
    """CreateEventTracker: "the event tracker must be in the ACTIVE state before using the tracking ID"."""
    (old,) = personalize.list_event_trackers()["eventTrackers"]
    personalize.delete_event_tracker(eventTrackerArn=old["eventTrackerArn"])
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 10
    made = personalize.create_event_tracker(name="events", datasetGroupArn=GROUP_ARN)
    message = f"The event tracker {made['eventTrackerArn']} has the status CREATE PENDING; it must be ACTIVE."
    assert events.refusal(VIEW, trackingId=made["trackingId"]) == ("InvalidInputException", 400, message)
    clock.go_on(10)
    events.put(VIEW, trackingId=made["trackingId"])
    personalize.delete_dataset(datasetArn=ACTION_INTERACTIONS_ARN)
    with pytest.raises(events.client.exceptions.ResourceInUseException) as error:
        events.put_actions(TAKEN)
    message = f"The dataset {ACTION_INTERACTIONS_ARN} has the status DELETE PENDING; it must be ACTIVE."
    assert refused(error) == ("ResourceInUseException", 409, message)
    clock.go_on(10)
    with pytest.raises(events.client.exceptions.ResourceNotFoundException):
        events.put_actions(TAKEN)


@pytest.mark.usefixtures("tracked")
@pytest.mark.parametrize("client", ["boto3", "over HTTP"])
def test_boto3_refuses_an_object_and_the_service_takes_its_text(
    client: str, personalize_events: "PersonalizeEventsClient", tracked: Tracked, demo: None
) -> None:
    made = personalize_events
    if client == "over HTTP":
        made = over_http.client("personalize-events", "AKIALOCALDEMOEXAMPLE", "local-demo-secret-key")
    own = Events(made, tracked)
    with pytest.raises(Exception, match="Invalid type for parameter eventList"):
        own.put({**VIEW, "properties": {"device": "phone"}})
    own.put({**VIEW, "properties": json.dumps({"device": "phone"})})
    assert stored(INTERACTIONS_ARN)[0]["device"] == "phone"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_of_json_is_no_json(tracked: Tracked, number: str, demo: None) -> None:
    body = json.dumps({"trackingId": tracked.items, "sessionId": "s", "eventList": [VIEW]})
    body = body.replace('"film"', f'"film", "eventValue": {number}')
    client = over_http.unchecked("personalize-events", "AKIALOCALDEMOEXAMPLE", "local-demo-secret-key", body.encode())
    with pytest.raises(ClientError) as error:
        client.put_events()
    assert refused(error)[:2] == ("SerializationException", 400)


def test_calls_are_throttled(events: Events, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_context: 0)
    settings.CONSOLE_LOCAL_EVENT_RATE = 2
    for each in (1, 2):
        events.put({**VIEW, "sentAt": each})
    assert events.refusal(VIEW) == ("ThrottlingException", 400, "Rate exceeded")
    # Each operation has a rate of its own.
    events.put_actions(TAKEN)
    assert StoredEvent.objects.count() == 3


def test_events_go_with_their_dataset_and_stay_with_their_tracker_gone(
    personalize: "PersonalizeClient", events: Events
) -> None:
    """DeleteEventTracker "does not delete the dataset from the dataset group"."""
    events.put(VIEW)
    events.put_actions(TAKEN)
    (tracker,) = personalize.list_event_trackers()["eventTrackers"]
    personalize.delete_event_tracker(eventTrackerArn=tracker["eventTrackerArn"])
    assert events.refusal(VIEW)[2] == f"The given event tracker does not exist: {events.tracked.items}"
    assert StoredEvent.objects.count() == 2
    Dataset.objects.all().delete()
    assert DatasetGroup.objects.exists()
    assert not StoredEvent.objects.exists()
