"""The schemas that Create dataset begins with."""

import json
from typing import Any

import pytest

from console.records.entities import ACTION_INTERACTIONS, ACTIONS, INTERACTIONS, ITEMS, USERS, Entity
from console.records.schemas.default_schemas import default_schema
from console.records.schemas.schema_input import validate_schema_input

# As the developer guide has them: name, type, and what else is said of a field.
OF_DOMAINS = [
    (USERS, "", "USER_ID string; AGE int; GENDER string categorical"),
    (USERS, "ECOMMERCE", "USER_ID string; MEMBERSHIP_STATUS string categorical"),
    (USERS, "VIDEO_ON_DEMAND", "USER_ID string; SUBSCRIPTION_MODEL string categorical"),
    (USERS, "A_NEW_DOMAIN", "USER_ID string; AGE int; GENDER string categorical"),
    (
        ITEMS,
        "",
        "ITEM_ID string; GENRES null|string categorical; CREATION_TIMESTAMP long; DESCRIPTION null|string textual",
    ),
    (ITEMS, "ECOMMERCE", "ITEM_ID string; PRICE float; CATEGORY_L1 string categorical"),
    (ITEMS, "VIDEO_ON_DEMAND", "ITEM_ID string; GENRES string categorical; CREATION_TIMESTAMP long"),
    (
        ACTIONS,
        "",
        "ACTION_ID string; VALUE null|long; MEMBERSHIP_LEVEL null|string categorical; CREATION_TIMESTAMP long; "
        "REPEAT_FREQUENCY long|null",
    ),
    (
        INTERACTIONS,
        "",
        "USER_ID string; ITEM_ID string; EVENT_TYPE string; EVENT_VALUE float|null; TIMESTAMP long",
    ),
    (INTERACTIONS, "ECOMMERCE", "USER_ID string; ITEM_ID string; EVENT_TYPE string; TIMESTAMP long"),
    (INTERACTIONS, "VIDEO_ON_DEMAND", "USER_ID string; ITEM_ID string; EVENT_TYPE string; TIMESTAMP long"),
    (ACTION_INTERACTIONS, "", "USER_ID string; ACTION_ID string; EVENT_TYPE string; TIMESTAMP long"),
]


def words(field: dict[str, Any]) -> str:
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    attributes = [name for name in field if name not in ("name", "type") and field[name] is True]
    return " ".join([field["name"], "|".join(types), *attributes])


@pytest.mark.parametrize(("entity", "domain", "fields"), OF_DOMAINS)
def test_each_type_begins_with_the_guide_s_schema_which_is_valid(entity: Entity, domain: str, fields: str) -> None:
    text = default_schema(entity, domain)
    assert "; ".join(map(words, json.loads(text)["fields"])) == fields
    validation = validate_schema_input(entity, text, domain)
    assert (validation.problems, validation.warnings) == ((), ())


def test_a_type_without_rules_of_its_own_begins_with_its_id() -> None:
    widgets = Entity("WIDGETS", "widget", "a", "Widgets", "WIDGET_ID", "PutWidgets", 4000, "widgets", ("SIZES", "S|M"))
    assert [field["name"] for field in json.loads(default_schema(widgets, ""))["fields"]] == ["WIDGET_ID"]
