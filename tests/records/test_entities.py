"""Schemas and records of items and actions, which go by the same rules as those of users."""

import json
from typing import Any

import pytest

from console.records.entities import ACTIONS, ENTITIES, ITEMS, USERS, Entity
from console.records.schemas.schema import SchemaError, read_entity_schema, read_users_schema
from console.records.validation.validation import judge_properties
from tests.records.literal_schemas import avro

ITEM_ID = {"name": "ITEM_ID", "type": "string"}
ACTION_ID = {"name": "ACTION_ID", "type": "string"}


def text(*fields: dict[str, Any]) -> str:
    return json.dumps({"type": "record", "name": "Any", "fields": fields})


def typed(name: str, type_: Any) -> dict[str, Any]:
    return {"name": name, "type": type_}


SHOP = read_entity_schema(ITEMS, text(ITEM_ID, typed("PRICE", "float"), typed("USER_ID", ["null", "string"])))


def test_the_id_is_the_field_of_the_type() -> None:
    assert [field.name for field in SHOP.metadata_fields] == ["PRICE", "USER_ID"]
    assert SHOP.id_field.name == "ITEM_ID"
    assert SHOP.id_field.property_name == "itemId"


def test_each_kind_has_its_own_id() -> None:
    assert [each.id_name for each in ENTITIES.values()] == ["user_id", "item_id", "action_id"]
    assert [each.id_field for each in ENTITIES.values()] == ["USER_ID", "ITEM_ID", "ACTION_ID"]


def test_one_text_may_be_the_schema_of_two_types() -> None:
    both = text(ITEM_ID, ACTION_ID)
    assert read_entity_schema(ITEMS, both).id_field.name == "ITEM_ID"
    assert read_entity_schema(ACTIONS, both).id_field.name == "ACTION_ID"
    assert read_entity_schema(ITEMS, both) is read_entity_schema(ITEMS, both)


@pytest.mark.parametrize(
    ("entity", "schema", "message"),
    [
        (
            USERS,
            text(ITEM_ID),
            "A Users schema needs a field USER_ID of type string, and this one has none.",
        ),
        (
            ITEMS,
            text(ACTION_ID),
            "An Items schema needs a field ITEM_ID of type string, and this one has none.",
        ),
        (
            ACTIONS,
            text(ITEM_ID),
            "An Actions schema needs a field ACTION_ID of type string, and this one has none.",
        ),
        (ITEMS, text(typed("ITEM_ID", "long")), "The field ITEM_ID must be of type string, without null."),
        (ACTIONS, text(typed("ACTION_ID", ["null", "string"])), "The field ACTION_ID must be of type string, without null."),
    ],
)  # fmt: skip
def test_refuses_a_schema_without_its_id(entity: Entity, schema: str, message: str) -> None:
    with pytest.raises(SchemaError) as error:
        read_entity_schema(entity, schema)
    assert str(error.value) == message


def test_judges_an_item() -> None:
    assert judge_properties(SHOP, "i", '{"price": "1.5", "USER_ID": "u"}') == {"price": 1.5, "userId": "u"}


@pytest.mark.parametrize(
    ("item_id", "properties", "field", "sentence"),
    [
        ("i", '{"price": 1, "item_id": "i"}', "ITEM_ID", "Expected metadata fields only; found itemId inside properties. Write itemId beside properties, not inside."),
        ("", '{"price": 1}', "ITEM_ID", "Expected text in double quotes, 1 to 256 characters (string); found text."),
        ("i\n", '{"price": 1}', "ITEM_ID", "Expected text in double quotes, 1 to 256 characters (string); found text with control characters. Remove the control characters."),
        ("i", None, "PRICE", "Expected a number from -3.4028235e38 to 3.4028235e38 (float); found none. Add it: the schema does not let PRICE be left out."),
        ("i", '{"price": true}', "PRICE", "Expected a number from -3.4028235e38 to 3.4028235e38 (float); found true."),
    ],
)  # fmt: skip
def test_says_what_is_wrong_with_an_item(item_id: str, properties: str | None, field: str, sentence: str) -> None:
    faults = judge_properties(SHOP, item_id, properties)
    assert isinstance(faults, list)
    (fault,) = faults
    assert (fault.field, fault.sentence(reveal=False)) == (field, sentence)


def test_a_users_schema_is_read_as_before() -> None:
    schema = read_users_schema(avro(typed("AGE", "int")))
    assert (schema.id_field.name, schema.id_field.property_name) == ("USER_ID", "userId")
    assert judge_properties(schema, "u", '{"age": 7}') == {"age": 7}


@pytest.mark.parametrize(
    ("field", "most"),
    [
        ({"name": "NOTE", "type": "string"}, {"x": 1000, "東": 1000}),
        ({"name": "NOTE", "type": ["null", "string"], "textual": True}, {"x": 20_000, "é": 20_000, "東": 7000, "ひ": 7000}),
    ],
)  # fmt: skip
def test_a_text_of_an_item_has_as_many_characters_as_the_guide_says(
    field: dict[str, Any], most: dict[str, int]
) -> None:
    """The developer guide, "Endpoints and quotas" (limits)."""
    schema = read_entity_schema(
        ITEMS,
        json.dumps({"type": "record", "name": "Items", "fields": [{"name": "ITEM_ID", "type": "string"}, field]}),
    )
    for character, number in most.items():
        longest = json.dumps({"note": character * number}, ensure_ascii=False)
        assert isinstance(judge_properties(schema, "i", longest), dict)
        longer = judge_properties(schema, "i", json.dumps({"note": character * (number + 1)}, ensure_ascii=False))
        assert isinstance(longer, list)
        assert longer[0].sentence(reveal=False).endswith(f"found text of {number + 1} characters.")
