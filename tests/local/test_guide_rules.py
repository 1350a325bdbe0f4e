"""Rules of AWS's developer guide for schemas, through real boto3: each with the page that has it."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.local.schemas import record, text
from tests.local.shop import AGE, GROUP_ARN, SCHEMA_ARN, refused

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize.literals import DomainType

USER, ITEM, ACTION = text("USER_ID"), text("ITEM_ID"), text("ACTION_ID")
TIMESTAMP, EVENT_TYPE = text("TIMESTAMP", "long"), text("EVENT_TYPE")
EVENT = [USER, ITEM, TIMESTAMP]
TEXTUAL = "which only a schema of the type ITEMS may have. Remove it."


def numbers(number: int) -> list[dict[str, Any]]:
    return [text(f"N{each}", "int") for each in range(number)]


def category(name: str) -> dict[str, Any]:
    return text(name, categorical=True)


def needs(dataset_type: str, name: str, type_: str) -> str:
    return f"The schema of the type {dataset_type} needs a field {name} of type {type_}, without null, and this one has none."


# What is refused: the page of the guide, the name of the record, its fields, and the sentence.
REFUSED: dict[str, tuple[str, list[dict[str, Any]], str]] = {
    "users-datasets: one metadata field is categorical or a number": (
        "Users",
        [USER, text("CITY")],
        "The schema of the type USERS needs a metadata field that is a categorical string or a number, and has none.",
    ),
    "custom-datasets-and-schemas: the same of actions": (
        "Actions",
        [ACTION, text("CITY"), text("VALUE", "long")],
        "The schema of the type ACTIONS needs a metadata field that is a categorical string or a number, and has none.",
    ),
    "custom-datasets-and-schemas: one of items may be textual": (
        "Items",
        [ITEM, text("CITY"), text("CREATION_TIMESTAMP", "long")],
        "The schema of the type ITEMS needs a metadata field that is a categorical string, a textual one or a number, and has none.",
    ),
    "how-it-works-dataset-schema: textual is for items": (
        "Users",
        [USER, AGE, text("BIO", textual=True)],
        f'The field BIO has "textual": true, {TEXTUAL}',
    ),
    "how-it-works-dataset-schema: and for no events": (
        "Interactions",
        [*EVENT, text("NOTE", textual=True)],
        f'The field NOTE has "textual": true, {TEXTUAL}',
    ),
    "how-it-works-dataset-schema: and for no actions": (
        "Actions",
        [ACTION, AGE, text("NOTE", textual=True)],
        f'The field NOTE has "textual": true, {TEXTUAL}',
    ),
    "how-it-works-dataset-schema: textual is a string": (
        "Items",
        [ITEM, AGE, text("NOTE", "int", textual=True)],
        "The textual field NOTE has the type int. Expected string, with or without null.",
    ),
    "how-it-works-dataset-schema: textual is not categorical": (
        "Items",
        [ITEM, AGE, text("NOTE", textual=True, categorical=True)],
        "The field NOTE is categorical and textual. Keep one of the two.",
    ),
    "how-it-works-dataset-schema: a reserved string is not textual": (
        "Items",
        [{**ITEM, "textual": True}, AGE],
        'The field ITEM_ID of the type ITEMS must not have "textual": true.',
    ),
    "limits: one textual field": (
        "Items",
        [ITEM, text("ONE", textual=True), text("TWO", textual=True)],
        "The fields ONE and TWO are textual. A schema of the type ITEMS may have one textual field.",
    ),
    "limits: five metadata fields of item interactions": (
        "Interactions",
        [*EVENT, EVENT_TYPE, *numbers(6)],
        "The schema of the type INTERACTIONS has 6 metadata fields. Expected 0 to 5 metadata fields beside USER_ID, "
        "ITEM_ID, TIMESTAMP, EVENT_TYPE, EVENT_VALUE, IMPRESSION, RECOMMENDATION_ID, EVENT_ATTRIBUTION_SOURCE.",
    ),
    "limits: and of action interactions": (
        "ActionInteractions",
        [USER, ACTION, EVENT_TYPE, TIMESTAMP, *numbers(6)],
        "The schema of the type ACTION_INTERACTIONS has 6 metadata fields. Expected 0 to 5 metadata fields beside "
        "USER_ID, ACTION_ID, EVENT_TYPE, TIMESTAMP, IMPRESSION, RECOMMENDATION_ID.",
    ),
    "actions-datasets: ACTION_EXPIRATION_TIMESTAMP is reserved": (
        "Actions",
        [ACTION, AGE, text("ACTION_EXPIRATION_TIMESTAMP", "int")],
        "The field ACTION_EXPIRATION_TIMESTAMP has the type int. Expected long, with or without null, as the type ACTIONS has it.",
    ),
    "custom-datasets-and-schemas: EXPIRATION_TIMESTAMP is reserved": (
        "Actions",
        [ACTION, AGE, text("EXPIRATION_TIMESTAMP", "string")],
        "The field EXPIRATION_TIMESTAMP has the type string. Expected long, with or without null, as the type ACTIONS has it.",
    ),
    "how-it-works-dataset-schema: the name is the type, EVENT_VALUE": (
        "Interactions",
        [*EVENT, text("EVENT_VALUE")],
        "The field EVENT_VALUE has the type string. Expected float, with or without null, as the type INTERACTIONS has it.",
    ),
    "how-it-works-dataset-schema: the name is the type, TIMESTAMP": (
        "com.amazonaws.personalize.schema.Interactions",
        [USER, ITEM, text("TIMESTAMP")],
        "The field TIMESTAMP has the type string. Expected long, without null, as the type INTERACTIONS has it.",
    ),
    "how-it-works-dataset-schema: the name is the type, no TIMESTAMP": (
        "Item_Interactions",
        [USER, ITEM, AGE],
        needs("INTERACTIONS", "TIMESTAMP", "long"),
    ),
    "how-it-works-dataset-schema: the name is the type, no ITEM_ID": (
        "Items",
        [text("ITEM_NAME"), category("CATEGORY")],
        needs("ITEMS", "ITEM_ID", "string"),
    ),
    "how-it-works-dataset-schema: the name is the type, in small letters": (
        "items",
        [USER, AGE],
        needs("ITEMS", "ITEM_ID", "string"),
    ),
    "how-it-works-dataset-schema: the name is the type, users": (
        "Users",
        [ITEM, AGE],
        needs("USERS", "USER_ID", "string"),
    ),
    "how-it-works-dataset-schema: the name is the type, actions": (
        "Actions",
        [USER, AGE],
        needs("ACTIONS", "ACTION_ID", "string"),
    ),
    "how-it-works-dataset-schema: the name is the type, action interactions": (
        "Action_Interactions",
        [USER, ACTION, TIMESTAMP],
        needs("ACTION_INTERACTIONS", "EVENT_TYPE", "string"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", REFUSED)
def test_a_schema_is_refused_by_the_rule(personalize: "PersonalizeClient", rule: str) -> None:
    name, fields, message = REFUSED[rule]
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.create_schema(name="shop-users", schema=record(*fields, name=name))
    assert refused(error)[2] == message
    assert personalize.list_schemas()["schemas"] == []


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("Items", [ITEM, text("NOTE", textual=True)]),
        ("Items", [ITEM, {"name": "NOTE", "type": ["null", "string"], "textual": True}]),
        ("Items", [ITEM, {"name": "GENRES", "type": ["string"], "categorical": True}]),
        ("Users", [USER, text("CITY"), category("CITIES")]),
        ("Users", [USER, text("VIP", "boolean"), AGE]),
        ("Users", [USER, AGE, text("CITY", categorical="true")]),
        ("Actions", [ACTION, AGE, {"name": "ACTION_EXPIRATION_TIMESTAMP", "type": ["null", "long"]}]),
        ("Interactions", [*EVENT, *numbers(5)]),
        ("Interactions", [*EVENT, EVENT_TYPE, {"name": "EVENT_VALUE", "type": ["null", "float"]}, *numbers(5)]),
        ("Action_Interactions", [USER, ACTION, EVENT_TYPE, TIMESTAMP, *numbers(5)]),
    ],
)
def test_a_schema_within_the_rules_is_taken(personalize: "PersonalizeClient", name: str, fields: Any) -> None:
    personalize.create_schema(name="shop-users", schema=record(*fields, name=name))


@pytest.mark.parametrize("mark", ["\ufeff", "\ufeff\ufeff", "\u200b", "\u2060"])
def test_a_schema_that_begins_with_what_cannot_be_seen_is_refused(personalize: "PersonalizeClient", mark: str) -> None:
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.create_schema(name="shop-users", schema=mark + record(USER, AGE, name="Users"))
    assert refused(error)[2].startswith("The schema is not JSON")
    if mark[0] == "\ufeff":
        assert refused(error)[2] == "The schema is not JSON: it begins with a byte order mark (U+FEFF). Leave it out."


def test_actions_are_of_no_domain(personalize: "PersonalizeClient") -> None:
    domain: DomainType = "ECOMMERCE"
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.create_schema(name="a", schema=record(ACTION, AGE, name="Actions"), domain=domain)
    assert refused(error)[2] == (
        "A dataset group in the domain ECOMMERCE cannot have a dataset of the type ACTIONS. "
        "Create it in a dataset group without a domain."
    )


def test_a_dataset_of_another_type_than_its_schema_names_is_refused(personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="shop")
    # Its fields would do for users, too.
    personalize.create_schema(name="shop-users", schema=record(USER, ITEM, AGE, name="Items"))
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Users")
    assert refused(error)[2] == (
        "The schema has the name “Items”, which is for the type ITEMS, and the dataset is of the type USERS. "
        'Use a schema with the name "Users".'
    )
    personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Items")


def test_an_action_interactions_dataset_has_its_event_tracker(personalize: "PersonalizeClient") -> None:
    """The developer guide, "Action interactions dataset": making the dataset makes its event tracker."""
    personalize.create_dataset_group(name="shop")
    fields = [USER, ACTION, EVENT_TYPE, TIMESTAMP]
    personalize.create_schema(name="shop-users", schema=record(*fields, name="ActionInteractions"))
    arn = personalize.create_dataset(
        name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Action_Interactions"
    )["datasetArn"]
    tracking_id = personalize.describe_dataset(datasetArn=arn)["dataset"]["trackingId"]
    assert 1 <= len(tracking_id) <= 256
    assert personalize.describe_dataset(datasetArn=arn)["dataset"]["trackingId"] == tracking_id
    personalize.create_schema(name="users", schema=record(USER, AGE, name="Users"))
    users = personalize.create_dataset(
        name="u", schemaArn=SCHEMA_ARN.replace("shop-users", "users"), datasetGroupArn=GROUP_ARN, datasetType="Users"
    )["datasetArn"]
    assert "trackingId" not in personalize.describe_dataset(datasetArn=users)["dataset"]


def test_a_replacement_keeps_what_is_textual(personalize: "PersonalizeClient") -> None:
    """The developer guide, "Replacing a dataset's schema": attributes of the fields that are there stay."""
    personalize.create_dataset_group(name="shop")
    note = {"name": "NOTE", "type": ["null", "string"]}
    for name, field in (("shop-users", note), ("textual", {**note, "textual": True})):
        personalize.create_schema(name=name, schema=record(ITEM, AGE, field, name="Items"))
    arn = personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Items")[
        "datasetArn"
    ]
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.update_dataset(datasetArn=arn, schemaArn=SCHEMA_ARN.replace("shop-users", "textual"))
    assert refused(error)[2] == "The field NOTE must keep the type and attributes that it has in the current schema."
    assert json.loads(personalize.describe_schema(schemaArn=SCHEMA_ARN)["schema"]["schema"])["name"] == "Items"
