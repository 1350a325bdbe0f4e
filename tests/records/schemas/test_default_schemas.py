"""The schemas that Create dataset begins with."""

import json

import pytest

from console.records.entities import ACTION_INTERACTIONS, ACTIONS, INTERACTIONS, ITEMS, USERS, Entity
from console.records.schemas.default_schemas import default_schema
from console.records.schemas.schema_input import validate_schema_input

OF_DOMAINS = [
    (USERS, "", ["USER_ID", "AGE", "GENDER"]),
    (USERS, "ECOMMERCE", ["USER_ID", "MEMBERSHIP_STATUS"]),
    (USERS, "VIDEO_ON_DEMAND", ["USER_ID", "SUBSCRIPTION_MODEL"]),
    (USERS, "A_NEW_DOMAIN", ["USER_ID", "AGE", "GENDER"]),
    (ITEMS, "", ["ITEM_ID", "GENRES", "CREATION_TIMESTAMP", "DESCRIPTION"]),
    (ITEMS, "ECOMMERCE", ["ITEM_ID", "PRICE", "CATEGORY_L1"]),
    (ITEMS, "VIDEO_ON_DEMAND", ["ITEM_ID", "CREATION_TIMESTAMP", "GENRES"]),
    (ACTIONS, "", ["ACTION_ID", "VALUE", "MEMBERSHIP_LEVEL", "CREATION_TIMESTAMP", "REPEAT_FREQUENCY"]),
    (INTERACTIONS, "", ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE", "EVENT_VALUE"]),
    (INTERACTIONS, "ECOMMERCE", ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE"]),
    (INTERACTIONS, "VIDEO_ON_DEMAND", ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE"]),
    (ACTION_INTERACTIONS, "", ["USER_ID", "ACTION_ID", "EVENT_TYPE", "TIMESTAMP"]),
]


@pytest.mark.parametrize(("entity", "domain", "names"), OF_DOMAINS)
def test_each_type_begins_with_a_schema_that_is_valid(entity: Entity, domain: str, names: list[str]) -> None:
    text = default_schema(entity, domain)
    assert [field["name"] for field in json.loads(text)["fields"]] == names
    validation = validate_schema_input(entity, text, domain)
    assert (validation.problems, validation.warnings) == ((), ())


def test_a_type_without_rules_of_its_own_begins_with_its_id() -> None:
    widgets = Entity("WIDGETS", "widget", "a", "Widgets", "WIDGET_ID", "PutWidgets", 4000, "widgets", ("SIZES", "S|M"))
    assert [field["name"] for field in json.loads(default_schema(widgets, ""))["fields"]] == ["WIDGET_ID"]
