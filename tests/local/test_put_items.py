"""PutItems and PutActions, through real boto3 and both endpoints; what is stored is read back by `manage.py local_records`."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from tests.local import over_http
from tests.local.test_put_users import stored
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient

pytestmark = pytest.mark.usefixtures("demo")

ARN = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset/loyalty-programme/"
ITEMS = ARN + "ITEMS"
ACTIONS = ARN + "ACTIONS"
GROUP = f"arn:aws:personalize:{REGION}:{ACCOUNT}:dataset-group/loyalty-programme"
ACTION_FIELDS: list[dict[str, Any]] = [
    {"name": "ACTION_ID", "type": "string"},
    {"name": "VALUE", "type": ["null", "long"]},
    {"name": "TYPE", "type": ["null", "string"]},
    {"name": "LEVEL", "type": ["null", "string"], "categorical": True},
    {"name": "EXPIRATION_TIMESTAMP", "type": "long"},
]


def schema_of(*fields: dict[str, Any]) -> str:
    return json.dumps({"type": "record", "name": "Any", "fields": fields, "version": "1.0"})


@pytest.fixture(params=["without a network", "over HTTP"])
def events(request: pytest.FixtureRequest, personalize_events: "PersonalizeEventsClient") -> Any:
    """A real boto3 client of Personalize Events, through each of the two endpoints."""
    if request.param == "without a network":
        return personalize_events
    return over_http.client("personalize-events", "AKIALOCALDEMOEXAMPLE", "local-demo-secret-key")


@pytest.fixture
def actions(personalize: "PersonalizeClient") -> str:
    """An Actions dataset."""
    schema = personalize.create_schema(name="actions", schema=schema_of(*ACTION_FIELDS))["schemaArn"]
    made = personalize.create_dataset(name="actions", schemaArn=schema, datasetGroupArn=GROUP, datasetType="Actions")
    return made["datasetArn"]


def refusal(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int, str]:
    details, metadata = error.value.response["Error"], error.value.response["ResponseMetadata"]
    return details["Code"], metadata["HTTPStatusCode"], details["Message"]


def item(item_id: str, price: Any = 1.5, category: Any = "Tea|Green tea") -> Any:
    return {"itemId": item_id, "properties": json.dumps({"price": price, "categoryL1": category})}


def action(action_id: str, **properties: Any) -> Any:
    return {"actionId": action_id, "properties": json.dumps({"expirationTimestamp": 1700000000, **properties})}


def test_stores_items_in_order_of_their_ids(events: "PersonalizeEventsClient") -> None:
    answer = events.put_items(datasetArn=ITEMS, items=[item("i-2", "7"), item("i-1", category="Ünïcode 😀")])
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert stored(ITEMS) == [
        {"itemId": "i-1", "properties": {"price": 1.5, "categoryL1": "Ünïcode 😀"}},
        {"itemId": "i-2", "properties": {"price": 7, "categoryL1": "Tea|Green tea"}},
    ]


def test_stores_actions_as_the_schema_has_them(events: "PersonalizeEventsClient", actions: str) -> None:
    events.put_actions(
        datasetArn=actions, actions=[action("a-1", VALUE="100", type="Deluxe|Premium"), action("a-2", value=None)]
    )
    assert stored(actions) == [
        {
            "actionId": "a-1",
            "properties": {"value": 100, "type": "Deluxe|Premium", "expirationTimestamp": 1700000000},
        },
        {"actionId": "a-2", "properties": {"value": None, "expirationTimestamp": 1700000000}},
    ]


def test_replaces_the_whole_record_with_the_same_id(events: "PersonalizeEventsClient", actions: str) -> None:
    events.put_actions(datasetArn=actions, actions=[action("a", value=1)])
    events.put_actions(datasetArn=actions, actions=[action("a", type="b"), action("a", type="c")])
    assert stored(actions) == [{"actionId": "a", "properties": {"type": "c", "expirationTimestamp": 1700000000}}]


def test_stores_none_if_one_is_not_valid(events: "PersonalizeEventsClient", actions: str) -> None:
    with pytest.raises(events.exceptions.InvalidInputException) as error:
        events.put_items(datasetArn=ITEMS, items=[item("i-1"), item("i-2", "cheap"), {"itemId": "i-3"}])
    category = "text in double quotes (categorical string)"
    price = "a number (float)"
    assert refusal(error) == (
        "InvalidInputException",
        400,
        f"Item 2 (“i-2”), field PRICE: Expected {price}; found text. "
        f"Item 3 (“i-3”), field PRICE: Expected {price}; found none. Add it: the schema requires PRICE. "
        f"Item 3 (“i-3”), field CATEGORY_L1: Expected {category}; found none. "
        "Add it: the schema requires CATEGORY_L1.",
    )
    with pytest.raises(events.exceptions.InvalidInputException) as error:
        events.put_actions(datasetArn=actions, actions=[action("a-1"), action("a-2", actionId="a-2")])
    assert refusal(error)[2] == (
        "Action 2 (“a-2”), field ACTION_ID: Expected metadata fields only; found actionId inside properties. "
        "Write actionId beside properties, not inside."
    )
    assert stored(ITEMS) == stored(actions) == []


def test_keeps_the_limits_of_the_model(events: "PersonalizeEventsClient", actions: str) -> None:
    longest = item("x" * 256, category="|".join(["y" * 999] * 31))
    events.put_items(datasetArn=ITEMS, items=[longest] + [item(f"i-{number}") for number in range(9)])
    assert len(stored(ITEMS)) == 10
    failed = "1 validation error detected: Value at '{}' failed to satisfy constraint: Member must have length less than or equal to {}"
    calls: list[tuple[Any, str, int]] = [
        (lambda: events.put_items(datasetArn=ITEMS, items=[item("i")] * 11), "items", 10),
        (lambda: events.put_items(datasetArn=ITEMS, items=[item("x" * 257)]), "items.1.member.itemId", 256),
        (lambda: events.put_items(datasetArn=ITEMS, items=[item("i", category="x" * 32000)]), "items.1.member.properties", 32000),
        (lambda: events.put_actions(datasetArn=actions, actions=[action("a")] * 11), "actions", 10),
        (lambda: events.put_actions(datasetArn=actions, actions=[action("a", type="x" * 32000)]), "actions.1.member.properties", 32000),
    ]  # fmt: skip
    for call, path, most in calls:
        with pytest.raises(ClientError) as error:
            call()
        assert refusal(error) == ("InvalidInputException", 400, failed.format(path, most))


def test_refuses_a_dataset_of_another_type(events: "PersonalizeEventsClient") -> None:
    with pytest.raises(events.exceptions.InvalidInputException) as error:
        events.put_items(datasetArn=ARN + "USERS", items=[item("i")])
    assert refusal(error)[2] == f"PutItems takes an Items dataset; {ARN}USERS is of the type USERS."
    with pytest.raises(events.exceptions.InvalidInputException) as error:
        events.put_actions(datasetArn=ITEMS, actions=[action("a")])
    assert refusal(error)[2] == f"PutActions takes an Actions dataset; {ARN}ITEMS is of the type ITEMS."
    with pytest.raises(events.exceptions.ResourceNotFoundException) as error:
        events.put_actions(datasetArn=ACTIONS, actions=[action("a")])
    assert refusal(error)[1:] == (404, f"The given dataset does not exist: {ACTIONS}")
