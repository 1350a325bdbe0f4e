"""What CreateDataset asks of the schema of each type of dataset, through real boto3."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.local.schemas import record, text
from tests.local.shop import AGE, GROUP_ARN, SCHEMA_ARN, refused

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize.literals import DomainType


def create(personalize: "PersonalizeClient", type_: str, fields: Any, **of_schema: Any) -> None:
    """Create a schema and a dataset of it: what fits no type at all is refused with the schema already."""
    personalize.create_schema(name="shop-users", schema=record(*fields), **of_schema)
    personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType=type_)


def numbers(number: int) -> list[dict[str, Any]]:
    return [text(f"N{each}", "int") for each in range(number)]


ITEM = text("ITEM_ID")
USER = text("USER_ID")
EVENT = [USER, ITEM, text("TIMESTAMP", "long")]
ACTION = text("ACTION_ID")


@pytest.mark.parametrize(
    ("type_", "fields"),
    [
        ("Users", [USER, *numbers(25)]),
        ("Items", [ITEM, *numbers(100), text("CREATION_TIMESTAMP", "long")]),
        ("Actions", [ACTION, *numbers(10), text("VALUE", "long")]),
        ("Interactions", EVENT),
        ("Interactions", [*EVENT, text("EVENT_TYPE"), {"name": "EVENT_VALUE", "type": ["null", "float"]}]),
        ("Action_Interactions", [USER, ACTION, text("EVENT_TYPE"), text("TIMESTAMP", "long")]),
    ],
)
def test_takes_the_schema_of_each_type_without_a_domain(
    personalize: "PersonalizeClient", type_: str, fields: Any
) -> None:
    personalize.create_dataset_group(name="shop")
    personalize.create_schema(name="shop-users", schema=record(*fields))
    personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType=type_)


@pytest.mark.parametrize(
    ("type_", "fields", "message"),
    [
        (
            "Users",
            [AGE],
            "The schema of the type USERS needs a field USER_ID of type string, without null, and this one has none.",
        ),
        (
            "Users",
            [text("USER_ID", "long"), AGE],
            "The field USER_ID has the type long. Expected string, without null, as the type USERS has it.",
        ),
        (
            "Users",
            [text("USER_ID", categorical=True), AGE],
            'The field USER_ID of the type USERS must not have "categorical": true.',
        ),
        (
            "Users",
            [USER],
            "The schema of the type USERS has 0 metadata fields. Expected 1 to 25 metadata fields beside USER_ID.",
        ),
        (
            "Users",
            [USER, *numbers(26)],
            "The schema of the type USERS has 26 metadata fields. Expected 1 to 25 metadata fields beside USER_ID.",
        ),
        (
            "Items",
            [ITEM, text("CREATION_TIMESTAMP", "long")],
            "The schema of the type ITEMS has 0 metadata fields. Expected 1 to 100 metadata fields beside ITEM_ID, CREATION_TIMESTAMP.",
        ),
        (
            "Items",
            [ITEM, *numbers(101)],
            "The schema of the type ITEMS has 101 metadata fields. Expected 1 to 100 metadata fields beside ITEM_ID, CREATION_TIMESTAMP.",
        ),
        (
            "Items",
            [ITEM, AGE, text("CREATION_TIMESTAMP")],
            "The field CREATION_TIMESTAMP has the type string. Expected long, without null, as the type ITEMS has it.",
        ),
        (
            "Actions",
            [ACTION, *numbers(11)],
            "The schema of the type ACTIONS has 11 metadata fields. Expected 1 to 10 metadata fields beside ACTION_ID, CREATION_TIMESTAMP, VALUE, TYPE, EXPIRATION_TIMESTAMP, ACTION_EXPIRATION_TIMESTAMP, REPEAT_FREQUENCY.",
        ),
        (
            "Interactions",
            [USER, ITEM],
            "The schema of the type INTERACTIONS needs a field TIMESTAMP of type long, without null, and this one has none.",
        ),
        (
            "Interactions",
            [USER, {"name": "ITEM_ID", "type": ["null", "string"]}, text("TIMESTAMP", "long")],
            "The field ITEM_ID has the type string, with null. Expected string, without null, as the type INTERACTIONS has it.",
        ),
        (
            "Interactions",
            [*EVENT, text("EVENT_VALUE", "int")],
            "The field EVENT_VALUE has the type int. Expected float, with or without null, as the type INTERACTIONS has it.",
        ),
        (
            "Interactions",
            [*EVENT, text("EVENT_TYPE", categorical=True)],
            'The field EVENT_TYPE of the type INTERACTIONS must not have "categorical": true.',
        ),
        (
            "Action_Interactions",
            [USER, ACTION, text("TIMESTAMP", "long")],
            "The schema of the type ACTION_INTERACTIONS needs a field EVENT_TYPE of type string, without null, and this one has none.",
        ),
    ],
)
def test_refuses_a_dataset_whose_schema_does_not_fit_its_type(
    personalize: "PersonalizeClient", type_: str, fields: Any, message: str
) -> None:
    personalize.create_dataset_group(name="shop")
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        create(personalize, type_, fields)
    assert refused(error)[2] == message
    assert personalize.list_datasets()["datasets"] == []


def category(name: str, *more: str) -> dict[str, Any]:
    return {"name": name, "type": ["string", *more], "categorical": True}


PRICE = text("PRICE", "float")
CREATED = text("CREATION_TIMESTAMP", "long")


@pytest.mark.parametrize(
    ("domain", "type_", "fields"),
    [
        ("ECOMMERCE", "Users", [USER, text("MEMBERSHIP_STATUS", categorical=True)]),
        ("ECOMMERCE", "Items", [ITEM, PRICE, category("CATEGORY_L1")]),
        ("ECOMMERCE", "Items", [ITEM, PRICE, category("CATEGORY_L1"), text("CREATION_TIMESTAMP", "float")]),
        ("ECOMMERCE", "Items", [ITEM, PRICE, category("CATEGORY_L1"), CREATED, category("GENDER", "null")]),
        ("ECOMMERCE", "Items", [ITEM, PRICE, category("CATEGORY_L1"), text("PRODUCT_DESCRIPTION", textual=True)]),
        ("ECOMMERCE", "Interactions", [*EVENT, text("EVENT_TYPE")]),
        ("VIDEO_ON_DEMAND", "Users", [USER, text("SUBSCRIPTION_MODEL", categorical=True)]),
        ("VIDEO_ON_DEMAND", "Items", [ITEM, category("GENRES"), CREATED]),
        ("VIDEO_ON_DEMAND", "Items", [ITEM, category("GENRES"), CREATED, {"name": "DURATION", "type": ["float", "null"]}]),
        ("VIDEO_ON_DEMAND", "Interactions", [*EVENT, text("EVENT_TYPE"), text("DEVICE", categorical=True)]),
    ],
)  # fmt: skip
def test_takes_the_schema_of_each_type_in_a_domain(
    personalize: "PersonalizeClient", domain: "DomainType", type_: str, fields: Any
) -> None:
    personalize.create_dataset_group(name="shop", domain=domain)
    personalize.create_schema(name="shop-users", schema=record(*fields), domain=domain)
    personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType=type_)


@pytest.mark.parametrize(
    ("domain", "type_", "fields", "message"),
    [
        ("ECOMMERCE", "Items", [ITEM, PRICE], "The schema of the type ITEMS in the domain ECOMMERCE needs a field CATEGORY_L1 of type categorical string, without null, and this one has none."),
        ("ECOMMERCE", "Items", [ITEM, text("PRICE", "int"), category("CATEGORY_L1")], "The field PRICE has the type int. Expected float, without null, as the type ITEMS in the domain ECOMMERCE has it."),
        ("ECOMMERCE", "Items", [ITEM, PRICE, text("CATEGORY_L1")], 'The field CATEGORY_L1 of the type ITEMS in the domain ECOMMERCE must have "categorical": true.'),
        ("ECOMMERCE", "Items", [ITEM, PRICE, category("CATEGORY_L1", "null")], "The field CATEGORY_L1 has the type string, with null. Expected categorical string, without null, as the type ITEMS in the domain ECOMMERCE has it."),
        ("ECOMMERCE", "Items", [ITEM, PRICE, category("CATEGORY_L1"), category("PRODUCT_DESCRIPTION")], 'The field PRODUCT_DESCRIPTION of the type ITEMS in the domain ECOMMERCE must not have "categorical": true.'),
        ("ECOMMERCE", "Items", [ITEM, PRICE, category("CATEGORY_L1"), text("CREATION_TIMESTAMP", "int")], "The field CREATION_TIMESTAMP has the type int. Expected long or float, without null, as the type ITEMS in the domain ECOMMERCE has it."),
        ("ECOMMERCE", "Interactions", EVENT, "The schema of the type INTERACTIONS in the domain ECOMMERCE needs a field EVENT_TYPE of type string, without null, and this one has none."),
        ("ECOMMERCE", "Users", [USER], "The schema of the type USERS in the domain ECOMMERCE has 0 metadata fields. Expected 1 to 25 metadata fields beside USER_ID."),
        ("VIDEO_ON_DEMAND", "Items", [ITEM, category("GENRES")], "The schema of the type ITEMS in the domain VIDEO_ON_DEMAND needs a field CREATION_TIMESTAMP of type long, without null, and this one has none."),
        ("VIDEO_ON_DEMAND", "Users", [USER, text("SUBSCRIPTION_MODEL")], 'The field SUBSCRIPTION_MODEL of the type USERS in the domain VIDEO_ON_DEMAND must have "categorical": true.'),
        ("VIDEO_ON_DEMAND", "Users", [USER], "The schema of the type USERS in the domain VIDEO_ON_DEMAND has 0 metadata fields. Expected 1 to 25 metadata fields beside USER_ID."),
        ("VIDEO_ON_DEMAND", "Actions", [ACTION, AGE], "A dataset group in the domain VIDEO_ON_DEMAND cannot have a dataset of the type ACTIONS. Create it in a dataset group without a domain."),
    ],
)  # fmt: skip
def test_refuses_a_schema_that_does_not_fit_its_type_in_a_domain(
    personalize: "PersonalizeClient", domain: "DomainType", type_: str, fields: Any, message: str
) -> None:
    personalize.create_dataset_group(name="shop", domain=domain)
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        create(personalize, type_, fields, domain=domain)
    assert refused(error)[2] == message
    assert personalize.list_datasets()["datasets"] == []


def test_a_schema_of_one_type_is_none_for_another(personalize: "PersonalizeClient") -> None:
    personalize.create_dataset_group(name="shop")
    personalize.create_schema(name="shop-users", schema=record(ITEM, AGE))
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.create_dataset(name="x", schemaArn=SCHEMA_ARN, datasetGroupArn=GROUP_ARN, datasetType="Users")
    message = "The schema of the type USERS needs a field USER_ID of type string, without null, and this one has none."
    assert refused(error)[2] == message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ([AGE], "The schema of the type USERS needs a field USER_ID of type string, without null, and this one has none."),
        ([USER], "The schema of the type USERS has 0 metadata fields. Expected 1 to 25 metadata fields beside USER_ID."),
        ([USER, *numbers(26)], "The schema of the type USERS has 26 metadata fields. Expected 1 to 25 metadata fields beside USER_ID."),
        ([text("USER_ID", "int"), AGE], "The field USER_ID has the type int. Expected string, without null, as the type USERS has it."),
    ],
)  # fmt: skip
def test_refuses_a_schema_that_fits_no_type(personalize: "PersonalizeClient", fields: Any, message: str) -> None:
    with pytest.raises(personalize.exceptions.InvalidInputException) as error:
        personalize.create_schema(name="shop-users", schema=record(*fields))
    assert refused(error)[2] == message
    assert personalize.list_schemas()["schemas"] == []
