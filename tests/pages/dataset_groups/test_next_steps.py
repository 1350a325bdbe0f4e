"""The next steps of a dataset group, from none of its datasets to the first events."""

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from django.conf import LazySettings
from django.test import Client

from console.local.errors import ServiceError
from console.local.operations import OPERATIONS
from tests.pages.html import text_of
from tests.records.literal_schemas import avro
from tests.support.aws_stand_in import RECORD, StandIn

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

PAGE = "/local/dataset-groups/club/"
GROUP_ARN = "arn:aws:personalize:us-east-1:000000000000:dataset-group/club"
# What a Custom dataset group with users and item interactions may have as well.
OTHERS = [
    ("Create Items dataset (optional)", f"{PAGE}datasets/items/create-dataset/"),
    ("Create Actions dataset (optional)", f"{PAGE}datasets/actions/create-dataset/"),
    ("Create Action interactions dataset (optional)", f"{PAGE}datasets/action-interactions/create-dataset/"),
]
EVENTS = avro({"name": "ITEM_ID", "type": "string"}, {"name": "TIMESTAMP", "type": "long"}).replace(
    "Users", "Interactions"
)


def steps(answer: Any) -> str:
    """Return the markup of the steps, "" where there are none."""
    found = re.search(r'<details class="container next-steps".*?</details>', answer.content.decode(), re.DOTALL)
    return found[0] if found else ""


def links(answer: Any) -> list[tuple[str, str]]:
    return [(text, address) for address, text in re.findall(r'<a href="([^"]+)">([^<]+)</a>', steps(answer))]


def make_dataset(personalize: "PersonalizeClient", dataset_type: str, schema: str) -> str:
    arn = personalize.create_schema(name=f"club-{dataset_type}", schema=schema)["schemaArn"]
    return personalize.create_dataset(
        name=f"club-{dataset_type}", schemaArn=arn, datasetGroupArn=GROUP_ARN, datasetType=dataset_type
    )["datasetArn"]


def test_an_empty_group_has_a_link_for_each_step(operator: Client, personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="club", domain="ECOMMERCE")
    answer = operator.get(PAGE)
    assert "Next step: Create datasets (0 of 4 done)" in text_of(answer)
    assert steps(answer).startswith('<details class="container next-steps" open>')
    assert links(answer) == [
        ("Create Item interactions dataset", f"{PAGE}datasets/interactions/create-dataset/"),
        ("Create Items dataset", f"{PAGE}datasets/items/create-dataset/"),
        ("Create Users dataset", f"{PAGE}datasets/users/create-dataset/"),
        ("Create event tracker", f"{PAGE}create-event-tracker/"),
    ]
    assert "This needs a dataset of items or users that is Active." in text_of(answer)
    assert "This needs an Item interactions dataset and an event tracker, both Active. " in text_of(answer)


def test_each_step_is_ticked_off_once_it_is_done(
    operator: Client, personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient"
) -> None:
    personalize.create_dataset_group(name="club")
    users = make_dataset(personalize, "Users", avro({"name": "AGE", "type": "int"}))
    make_dataset(personalize, "Interactions", EVENTS)
    answer = operator.get(PAGE)
    assert "Next step: Create records (1 of 4 done)" in text_of(answer)
    assert ("Create user record(s)", f"{PAGE}datasets/users/create-records/") in links(answer)
    needed = (
        "This needs an Item interactions dataset and an event tracker, both Active, or an Action interactions dataset"
    )
    assert needed in text_of(answer)

    personalize_events.put_users(datasetArn=users, users=[{"userId": "ada", "properties": '{"age": 36}'}])
    answer = operator.get(PAGE)
    assert "Next step: Create an event tracker (2 of 4 done)" in text_of(answer)
    assert steps(answer).startswith('<details class="container next-steps" open>')
    assert links(answer) == [*OTHERS, ("Create event tracker", f"{PAGE}create-event-tracker/")]

    tracking_id = personalize.create_event_tracker(name="club", datasetGroupArn=GROUP_ARN)["trackingId"]
    answer = operator.get(PAGE)
    assert "Next step: Create events (3 of 4 done)" in text_of(answer)
    assert links(answer) == [
        *OTHERS,
        ("Create user-item interaction record(s)", f"{PAGE}datasets/interactions/create-records/"),
    ]

    event: Any = {"eventType": "Watch", "itemId": "film-1", "sentAt": 1764410400}
    personalize_events.put_events(trackingId=tracking_id, userId="ada", sessionId="s-1", eventList=[event])
    assert steps(operator.get(PAGE)) == ""


def test_each_dataset_without_records_has_a_link_until_all_have_some(
    operator: Client, personalize: "PersonalizeClient", personalize_events: "PersonalizeEventsClient"
) -> None:
    personalize.create_dataset_group(name="club")
    make_dataset(personalize, "Interactions", EVENTS)
    users = make_dataset(personalize, "Users", avro({"name": "AGE", "type": "int"}))
    of_items = avro({"name": "GENRE", "type": "string", "categorical": True}).replace("Users", "Items")
    make_dataset(personalize, "Items", of_items.replace("USER_ID", "ITEM_ID"))
    personalize_events.put_users(datasetArn=users, users=[{"userId": "ada", "properties": '{"age": 36}'}])
    answer = operator.get(PAGE)
    assert "Next step: Create records (1 of 4 done)" in text_of(answer)
    assert links(answer) == [
        *OTHERS[1:],
        ("Create item record(s)", f"{PAGE}datasets/items/create-records/"),
        ("Create event tracker", f"{PAGE}create-event-tracker/"),
    ]

    # Also once there are events: closed, since the dataset group is in use.
    tracking_id = personalize.create_event_tracker(name="club", datasetGroupArn=GROUP_ARN)["trackingId"]
    event: Any = {"eventType": "Watch", "itemId": "film-1", "sentAt": 1764410400}
    personalize_events.put_events(trackingId=tracking_id, userId="ada", sessionId="s-1", eventList=[event])
    answer = operator.get(PAGE)
    assert "Next step: Create records (3 of 4 done)" in text_of(answer)
    assert steps(answer).startswith('<details class="container next-steps">')


def test_action_interactions_alone_need_no_event_tracker(operator: Client, personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="club")
    of_actions = avro({"name": "COST", "type": "int"})
    make_dataset(personalize, "Actions", of_actions.replace("Users", "Actions").replace("USER_ID", "ACTION_ID"))
    fields = [{"name": each, "type": "string"} for each in ("ACTION_ID", "EVENT_TYPE")]
    of_events = avro(*fields, {"name": "TIMESTAMP", "type": "long"}).replace("Users", "ActionInteractions")
    make_dataset(personalize, "Action_Interactions", of_events)
    answer = operator.get(PAGE)
    assert "Next step: Create records (1 of 3 done)" in text_of(answer)
    assert links(answer) == [
        ("Create Item interactions dataset (optional)", f"{PAGE}datasets/interactions/create-dataset/"),
        ("Create Items dataset (optional)", f"{PAGE}datasets/items/create-dataset/"),
        ("Create Users dataset (optional)", f"{PAGE}datasets/users/create-dataset/"),
        ("Create action record(s)", f"{PAGE}datasets/actions/create-records/"),
        ("Create action interaction record(s)", f"{PAGE}datasets/action-interactions/create-records/"),
    ]


def test_somebody_who_may_create_nothing_has_no_steps(viewer: Client, personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="club")
    assert steps(viewer.get(PAGE)) == ""


def test_a_group_that_is_being_created_has_the_first_without_links_to_it(
    operator: Client, personalize: "PersonalizeClient", settings: LazySettings
) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 60
    personalize.create_dataset_group(name="club")
    page = operator.get(PAGE)
    assert "Next step: Create datasets" in steps(page)
    assert "Once the dataset group is Active, its datasets can be created here." in steps(page)
    assert "<a " not in steps(page)


def test_event_trackers_that_are_not_known_are_looked_at(
    operator: Client, personalize: "PersonalizeClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(_caller: object, _parameters: object) -> NoReturn:
        raise ServiceError("AccessDeniedException", "Not today.", HTTPStatus.FORBIDDEN)

    personalize.create_dataset_group(name="club")
    monkeypatch.setitem(OPERATIONS, "ListEventTrackers", deny)
    assert links(operator.get(PAGE))[-1] == ("View event trackers", f"{PAGE}event-trackers/")


def test_of_aws_it_is_known_what_was_sent_from_here(operator: Client, aws: StandIn) -> None:
    page = "/staging/dataset-groups/loyalty/"
    assert "Next step: Create datasets (1 of 4 done)" in text_of(operator.get(page))
    record = {"record_input": RECORD % "ada", "intent": "create"}
    assert operator.post(f"{page}datasets/users/create-records/", record).status_code == 302
    answer = operator.get(page)
    assert "Next step: Create datasets (2 of 4 done)" in text_of(answer)
    assert steps(answer).startswith('<details class="container next-steps" open>')
