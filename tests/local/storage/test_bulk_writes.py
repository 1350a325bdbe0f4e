"""Imports of so many rows that PostgreSQL copies them: they are stored as few rows are."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from console.local.models import StoredEvent
from tests.local.event_requests import INTERACTIONS_ARN, create_tracked
from tests.local.jobs.job_requests import came_in_bulk, import_job, outcome, put_object, stored
from tests.local.shop import DATASET_ARN

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

pytestmark = pytest.mark.usefixtures("data_directory")
# The last of them are in a batch of a thousand.
NUMBERS = range(2200)


def ids_in_file() -> list[str]:
    """Return ids in an order that is not theirs, with what COPY has a meaning for."""
    return [f"ü\\N{number * 7 % 2200}" for number in NUMBERS]


def test_what_was_put_stays_or_is_replaced_as_the_mode_has_it(
    personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient", dataset: str
) -> None:
    first, last = ids_in_file()[0], ids_in_file()[-1]
    for user_id in (first, last):
        user: Any = {"userId": user_id, "properties": '{"age": 9}'}
        personalize_events.put_users(datasetArn=DATASET_ARN, users=[user])
    put_object("users.csv", "USER_ID,AGE\n" + "".join(f"{user_id},1\n" for user_id in ids_in_file()))
    assert outcome(import_job(personalize, "full", "s3://bucket/users.csv")) == ("ACTIVE", "")
    assert stored() == dict.fromkeys(ids_in_file(), '{"age":1}') | {first: '{"age":9}', last: '{"age":9}'}
    assert came_in_bulk() == {*ids_in_file()} - {first, last}
    job = import_job(personalize, "more", "s3://bucket/users.csv", importMode="INCREMENTAL")
    assert outcome(job) == ("ACTIVE", "")
    assert stored() == dict.fromkeys(ids_in_file(), '{"age":1}')
    assert came_in_bulk() == {*ids_in_file()}


def test_events_are_stored_in_the_order_of_their_rows_and_identical_ones_once(
    personalize: "PersonalizeClient",
) -> None:
    create_tracked(personalize)
    rows = [f"{user_id},film,view,{2_000_000_000 - number}" for number, user_id in enumerate(ids_in_file())]
    put_object("events.csv", "USER_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP\n" + "\n".join([*rows, *rows[1900:]]))
    job = import_job(personalize, "first", "s3://bucket/events.csv", datasetArn=INTERACTIONS_ARN)
    assert outcome(job) == ("ACTIVE", "")
    events = StoredEvent.objects.order_by("pk").values_list("user_id", "moment", "properties")
    assert [(user_id, moment) for user_id, moment, _properties in events] == [
        (user_id, 2_000_000_000 - number) for number, user_id in enumerate(ids_in_file())
    ]
    assert json.loads(events[2199][2]) == {"itemId": "film", "eventType": "view", "timestamp": 1_999_997_801}
