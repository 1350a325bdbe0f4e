"""One item interaction, as the local service stores it."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, EventTracker, Schema, StoredEvent, StoredRecord
from console.submissions.models import Submission
from tests.pages.html import rows_of, text_of

if TYPE_CHECKING:
    from mypy_boto3_personalize_events import PersonalizeEventsClient

DATASET = "/local/dataset-groups/video-streaming/datasets/interactions/"
PAGE = f"{DATASET}stored-event/"


@pytest.fixture(autouse=True)
def stored(demo: None, personalize_events: "PersonalizeEventsClient") -> None:
    tracker = EventTracker.objects.get(group__name="video-streaming", dataset=None)
    for user in ({"userId": "ü/1"}, {}):
        personalize_events.put_events(
            trackingId=tracker.tracking_id,
            sessionId="visit",
            eventList=[
                {"eventType": "Watch", "itemId": "film <1>", "sentAt": datetime.fromtimestamp(1764410400, UTC)}
            ],
            **user,
        )


def event(client: Client, user_id: str = "ü/1") -> Any:
    return client.get(PAGE, {"event": StoredEvent.objects.get(user_id=user_id).pk})


def test_shows_every_field_and_the_timestamp_as_a_date(operator: Client) -> None:
    answer = event(operator)
    assert rows_of(answer)[:4] == [
        ["USER_ID", "ü/1", "userId"],
        ["ITEM_ID", "film <1>", "itemId"],
        ["EVENT_TYPE", "Watch", "eventType"],
        ["TIMESTAMP", "1764410400 Sat, 29 Nov 2025 10:00:00 GMT", "sentAt"],
    ]
    text = text_of(answer)
    assert "Stored item interaction" in text
    assert "Event type Watch Timestamp Sat, 29 Nov 2025 10:00:00 GMT Created" in text
    assert 'Event as JSON { "userId": "ü/1", "itemId": "film <1>"' in text
    assert '"sentAt": 1764410400' in text
    assert '"timestamp"' not in text


def test_leads_to_its_user_its_item_and_its_submission(operator: Client) -> None:
    text = text_of(event(operator))
    assert "Submission Not sent from this environment of the console" in text
    assert "stored-record" not in event(operator).content.decode()
    datasets = Dataset.objects.filter(group__name="video-streaming")
    for dataset_type, record_id in (("USERS", "ü/1"), ("ITEMS", "film <1>")):
        dataset = datasets.get(dataset_type=dataset_type)
        now = timezone.now()
        StoredRecord.objects.create(
            dataset=dataset, record_id=record_id, properties="{}", created_at=now, replaced_at=now
        )
    typed = {"USER_ID": "ü/1", "ITEM_ID": "film <1>", "EVENT_TYPE": "Click", "TIMESTAMP": 1764410400}
    operator.post(f"{DATASET}create-records/", {"record_input": json.dumps(typed), "intent": "create"})
    click = StoredEvent.objects.get(event_type="Click")
    html = operator.get(PAGE, {"event": click.pk}).content.decode()
    group = "/local/dataset-groups/video-streaming"
    assert f'<a href="{group}/datasets/users/stored-record/?record_id=%C3%BC%2F1">' in html
    assert f'<a href="{group}/datasets/items/stored-record/?record_id=film%20%3C1%3E">' in html
    assert f'<a href="{group}/submissions/{Submission.objects.get().pk}/">View submission</a>' in html


def test_a_user_who_is_not_known_is_left_out(operator: Client) -> None:
    answer = event(operator, "")
    assert "User ID Anonymous" in text_of(answer)
    assert rows_of(answer)[0] == ["USER_ID", "Left out", "userId"]


def test_shows_json_alone_where_the_schema_cannot_be_read(operator: Client) -> None:
    Schema.objects.filter(name="video-streaming-interactions-schema").update(text="{")
    words = "The schema of this dataset cannot be read, so the item interaction is shown only as JSON."
    assert words in text_of(event(operator))


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30, "-1", "²"])
def test_says_that_an_event_is_not_there(viewer: Client, key: str) -> None:
    answer = viewer.get(PAGE, {"event": key})
    assert answer.status_code == 404
    assert "The dataset has no such item interaction. It may have been deleted." in text_of(answer)
    assert f'href="{DATASET}#events"' in answer.content.decode()


def test_the_event_of_another_dataset_is_not_there(viewer: Client) -> None:
    key = StoredEvent.objects.get(user_id="ü/1").pk
    other = f"/local/dataset-groups/newsroom/datasets/interactions/stored-event/?event={key}"
    assert viewer.get(other).status_code == 404


def test_leads_there_from_the_dataset_and_back(viewer: Client) -> None:
    key = StoredEvent.objects.get(user_id="ü/1").pk
    assert f'href="{PAGE}?event={key}"' in viewer.get(DATASET).content.decode()
    assert f'href="{DATASET}#events"' in event(viewer).content.decode()


def test_a_viewer_sees_whose_event_it_is_and_not_its_fields(viewer: Client) -> None:
    answer = event(viewer)
    text = text_of(answer)
    assert "You see IDs and outcomes." in text
    assert "ü/1" in text
    assert [each for each in ("Event as JSON", "Event type", "Timestamp", "Item ID") if each in text] == []
    assert "<tbody>" not in answer.content.decode()
