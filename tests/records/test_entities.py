"""Schemas and records of items and actions, which go by the same rules as those of users."""

import json
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from console.records.entities import (
    ACTION_INTERACTIONS,
    ACTIONS,
    ENTITIES,
    ITEMS,
    RECORD_TYPES,
    USERS,
    Entity,
    entity_of_operation,
    entity_of_slug,
)
from console.records.pasted.detected import Detected
from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from console.records.samples import Target, samples
from console.records.schemas.schema import SchemaError, read_entity_schema
from console.records.validation.validation import validate_properties
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
    assert [each.id_field for each in RECORD_TYPES.values()] == ["USER_ID", "ITEM_ID", "ACTION_ID"]


@pytest.mark.parametrize("entity", [USERS, ITEMS, ACTIONS])
def test_requests_are_those_of_the_service_model(entity: Entity) -> None:
    model = ServiceModel(Loader().load_service_model("personalize-events", "service-2"))
    operation = model.operation_model(entity.operation)
    assert operation.http == {"method": "POST", "requestUri": entity.path}
    request: Any = operation.input_shape
    assert request.required_members == [entity.target, entity.member]
    records = request.members[entity.member]
    assert records.metadata == {"min": 1, "max": entity.most_per_call}
    assert records.member.name == entity.shape
    assert records.member.required_members == [entity.id_property]
    assert records.member.members["properties"].metadata["max"] == entity.longest_properties


def test_an_operation_sends_the_records_of_one_type() -> None:
    assert entity_of_operation("PutItems") is ITEMS
    assert entity_of_operation("CreateDataset") is None


def test_a_slug_of_an_address_names_one_type() -> None:
    assert entity_of_slug("items") is ITEMS
    assert entity_of_slug("action-interactions") is ACTION_INTERACTIONS
    assert entity_of_slug("nonsense") is None


def test_each_type_has_its_page_of_the_developer_guide() -> None:
    assert [each.guide for each in ENTITIES.values()] == [
        "importing-users.html",
        "importing-items.html",
        "importing-actions.html",
        "importing-interactions.html",
        "recording-action-interaction-events.html",
    ]
    assert USERS.guide_title == "Importing users individually"


def test_what_is_said_of_a_type_is_in_its_own_words() -> None:
    assert [each.slug for each in ENTITIES.values()] == [
        "users",
        "items",
        "actions",
        "interactions",
        "action-interactions",
    ]
    datasets = [each.a_dataset for each in RECORD_TYPES.values()]
    assert datasets == ["a Users dataset", "an Items dataset", "an Actions dataset"]
    assert [each.iam_action for each in ENTITIES.values()] == [
        "personalize:PutUsers",
        "personalize:PutItems",
        "personalize:PutActions",
        "personalize:PutEvents",
        "personalize:PutActionInteractions",
    ]
    assert (USERS.counted(1), ITEMS.counted(2), ACTIONS.counted(0)) == ("1 user", "2 items", "0 actions")


def sentences(text: str) -> list[str]:
    return [each.sentence for each in validate_record_input(SHOP, text).problems]


def test_record_input_of_items_is_in_the_words_of_items() -> None:
    in_api_shape = validate_record_input(SHOP, '{"itemId": "i-1", "properties": {"price": 4.5, "userId": null}}')
    assert [each.as_request_member() for each in in_api_shape.records] == [
        {"itemId": "i-1", "properties": '{"price":4.5,"userId":null}'}
    ]
    flat = validate_record_input(SHOP, '{"ITEM_ID": "i", "PRICE": 1.0}')
    assert [each.as_request_member() for each in flat.records] == [{"itemId": "i", "properties": '{"price":1.0}'}]
    assert sentences("[]") == [
        "Expected 1 to 10 items at a time; found an empty array. Put an item record between the brackets."
    ]
    eleven = ", ".join(f'{{"ITEM_ID": "i-{number}", "PRICE": 1.0}}' for number in range(11))
    assert sentences(f"[{eleven}]") == [
        "Expected 1 to 10 items at a time; found 11 items. Send the first 10, then the others."
    ]
    assert sentences('["i-1"]') == ["Expected an item record, which is a JSON object; found the text “i-1”."]
    twice = '[{"ITEM_ID": "i", "PRICE": 1.0}, {"ITEM_ID": "i", "PRICE": 2.0}]'
    assert sentences(twice) == [
        "Expected each ITEM_ID once; found that of record 1 again. "
        "An item's later record replaces the earlier one: keep one."
    ]
    assert sentences('{"itemId": "i-1", "price": 1.0, "properties": {}}')[0] == (
        "Expected only itemId and properties here; found “price”. Move PRICE into properties."
    )


def test_requests_for_items_are_detected() -> None:
    request = '{"datasetArn": "arn", "items": [{"itemId": "i", "properties": "{\\"price\\": 1.0}"}]}'
    assert detect(SHOP, "arn", request) == Detected(
        "1 item of a PutItems request", '[\n  {\n    "ITEM_ID": "i",\n    "PRICE": 1.0\n  }\n]'
    )
    command = "aws personalize-events put-items --dataset-arn arn --items itemId=i"
    assert detect(SHOP, "arn", command) == Detected(
        "1 item of an AWS CLI command", '[\n  {\n    "ITEM_ID": "i"\n  }\n]'
    )
    users = detect(SHOP, "arn", "aws personalize-events put-users --dataset-arn arn --users userId=u")
    assert users is not None
    assert users.refusal == "This is a different AWS CLI command. Expected aws personalize-events put-items."


def test_the_request_of_items_as_code() -> None:
    target = Target(ITEMS, "us-east-1", "arn:aws:personalize:us-east-1:123456789012:dataset/shop/ITEMS")
    by_name = {each.name: each.code for each in samples(target, [("i-1", '{"price":1.0}')])}
    assert "aws personalize-events put-items \\\n" in by_name["AWS CLI"]
    assert "  --items '[" in by_name["AWS CLI"]
    assert "personalize_events.put_items(\n" in by_name["Python (boto3)"]
    assert "    items=[\n" in by_name["Python (boto3)"]
    assert "personalizeEvents.putItems(PutItemsRequest.builder()\n" in by_name["Java"]
    assert '                Item.builder()\n                    .itemId("i-1")' in by_name["Java"]
    assert "new PutItemsCommand({\n" in by_name["JavaScript"]
    assert "https://personalize-events.us-east-1.amazonaws.com/items " in by_name["HTTP"]


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


def test_validates_an_item() -> None:
    assert validate_properties(SHOP, "i", '{"price": "1.5", "USER_ID": "u"}') == {"price": 1.5, "userId": "u"}


@pytest.mark.parametrize(
    ("item_id", "properties", "field", "sentence"),
    [
        ("i", '{"price": 1, "item_id": "i"}', "ITEM_ID", "Expected metadata fields only; found itemId inside properties. Write itemId beside properties, not inside."),
        ("", '{"price": 1}', "ITEM_ID", "Expected text in double quotes, 1 to 256 characters (string); found text. Put a value into it."),
        ("i\n", '{"price": 1}', "ITEM_ID", "Expected text in double quotes, 1 to 256 characters (string); found text with control characters. Remove the control characters."),
        ("i", None, "PRICE", "Expected a number (float); found none. Add it: the schema requires PRICE."),
        ("i", '{"price": true}', "PRICE", "Expected a number (float); found true."),
    ],
)  # fmt: skip
def test_says_what_is_wrong_with_an_item(item_id: str, properties: str | None, field: str, sentence: str) -> None:
    faults = validate_properties(SHOP, item_id, properties)
    assert isinstance(faults, list)
    (fault,) = faults
    assert (fault.field, fault.sentence(reveal=False)) == (field, sentence)


def test_a_users_schema_is_read_as_before() -> None:
    schema = read_entity_schema(USERS, avro(typed("AGE", "int")))
    assert (schema.id_field.name, schema.id_field.property_name) == ("USER_ID", "userId")
    assert validate_properties(schema, "u", '{"age": 7}') == {"age": 7}


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
        assert isinstance(validate_properties(schema, "i", longest), dict)
        longer = validate_properties(schema, "i", json.dumps({"note": character * (number + 1)}, ensure_ascii=False))
        assert isinstance(longer, list)
        assert longer[0].sentence(reveal=False).endswith(f"found text of {number + 1} characters.")
