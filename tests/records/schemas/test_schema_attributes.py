"""The attributes `categorical` and `textual`, from "Creating schema JSON files" and "Endpoints and quotas" of AWS's guide."""

from typing import Any

import pytest

from console.records.schemas.schema import SchemaError
from console.records.schemas.schema_rules import advice_on_schema, check_schema, faults_of_schema
from tests.records.literal_schemas import avro

CATEGORY = {"name": "GENRE", "type": "string", "categorical": True}
TEXTUAL = {"name": "DESCRIPTION", "type": ["null", "string"], "textual": True}


def items(*fields: dict[str, Any], name: str = "Items") -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": [{"name": "ITEM_ID", "type": "string"}, *fields]}


def users(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "record", "name": "Users", "fields": [{"name": "USER_ID", "type": "string"}, *fields]}


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (
            {**TEXTUAL, "type": "int"},
            "The textual field DESCRIPTION has the type int. Expected string, with or without null.",
        ),
        (
            {**TEXTUAL, "type": ["string", "int"]},
            "The textual field DESCRIPTION has the type string or int. Expected string, with or without null.",
        ),
        ({**TEXTUAL, "categorical": True}, "The field DESCRIPTION is categorical and textual. Keep one of the two."),
        (
            {"name": "CREATION_TIMESTAMP", "type": "string", "textual": True},
            'The field CREATION_TIMESTAMP of the type ITEMS must not have "textual": true.',
        ),
    ],
)
def test_a_textual_field_that_aws_would_not_take(field: dict[str, Any], sentence: str) -> None:
    assert sentence in [fault.sentence for fault in faults_of_schema(items(CATEGORY, field), "ITEMS", "")]


def test_a_schema_of_items_has_one_textual_field() -> None:
    assert faults_of_schema(items(CATEGORY, TEXTUAL), "ITEMS", "") == []
    (fault,) = faults_of_schema(items(CATEGORY, TEXTUAL, {**TEXTUAL, "name": "PLOT"}), "ITEMS", "")
    assert fault.sentence == (
        "The fields DESCRIPTION and PLOT are textual. A schema of the type ITEMS may have one textual field."
    )


def test_only_a_schema_of_items_has_textual_fields() -> None:
    (fault,) = faults_of_schema(users(CATEGORY, TEXTUAL), "USERS", "")
    assert fault.sentence == (
        'The field DESCRIPTION has "textual": true, which only a schema of the type ITEMS may have. Remove it.'
    )


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (
            {"name": "A", "type": "string", "Categorical": True},
            'The field A has the attribute “Categorical”, which AWS does not know. Write "categorical": true.',
        ),
        (
            {"name": "A", "type": "string", "categorical": "true"},
            'The field A has "categorical": "true", which is neither true nor false: AWS does not treat the field as '
            'categorical. Write "categorical": true.',
        ),
        (
            {"name": "A", "type": "boolean"},
            "The field A is boolean, which AWS uses neither in training nor in filters. Use a categorical string, or "
            "an int of 0 and 1: a schema cannot be changed.",
        ),
    ],
)
def test_advice_on_what_will_not_do_what_is_meant(field: dict[str, Any], sentence: str) -> None:
    assert [each.sentence for each in advice_on_schema(users(CATEGORY, field), "USERS", "")] == [sentence]


def test_advice_on_a_description_that_is_not_textual() -> None:
    description = {"name": "PRODUCT_DESCRIPTION", "type": ["null", "string"]}
    (advice,) = advice_on_schema(items(description), "ITEMS", "ECOMMERCE")
    assert advice.sentence == (
        'In AWS\'s documents, PRODUCT_DESCRIPTION is textual. Write "textual": true, so that its text is used.'
    )


def test_advice_on_how_many_event_types_are_left() -> None:
    keys = [
        {"name": "USER_ID", "type": "string"},
        {"name": "ITEM_ID", "type": "string"},
        {"name": "TIMESTAMP", "type": "long"},
        {"name": "EVENT_TYPE", "type": "string"},
    ]
    schema = {"type": "record", "name": "Interactions", "fields": [*keys, {"name": "PRICE", "type": "float"}]}
    (advice,) = advice_on_schema(schema, "USERS", "")
    assert advice.sentence == (
        "With 1 metadata field the data may have 9 different event types: AWS takes 10 of both together."
    )
    assert list(advice_on_schema({**schema, "fields": keys}, "USERS", "")) == []


def test_there_is_no_advice_on_a_type_that_a_domain_does_not_have() -> None:
    boolean = {"name": "A", "type": "boolean"}
    schema = {**users(CATEGORY, boolean), "name": "Anything"}
    assert list(advice_on_schema(schema, "ACTIONS", "ECOMMERCE")) == []
    assert len(list(advice_on_schema(schema, "USERS", "ECOMMERCE"))) == 1


def test_a_schema_without_a_name_of_a_type_is_refused_as_the_type_that_it_seems_to_be_for() -> None:
    check_schema(avro(CATEGORY, name="Anything"), "")
    with pytest.raises(SchemaError, match="The schema of the type USERS "):
        check_schema(avro(name="Anything"), "")
