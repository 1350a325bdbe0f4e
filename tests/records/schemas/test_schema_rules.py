"""What a schema must be to be created, used in a dataset, and replaced: see tests/local for the same through boto3."""

from typing import Any

import pytest

from console.records.schemas.schema import SchemaError
from console.records.schemas.schema_rules import added_fields, check_replacement, check_schema, check_schema_of_type
from tests.records.literal_schemas import avro

AGE = {"name": "AGE", "type": "int"}
CITY = {"name": "CITY", "type": ["null", "string"]}
ITEM_ALONE = '{"type": "record", "name": "Items", "fields": [{"name": "ITEM_ID", "type": "string"}]}'


@pytest.mark.parametrize("domain", ["", "ECOMMERCE"])
def test_a_schema_that_fits_any_type_of_dataset_is_taken(domain: str) -> None:
    membership = {"name": "MEMBERSHIP_STATUS", "type": "string", "categorical": True}
    check_schema(avro(AGE, membership), domain)
    check_schema_of_type(avro(AGE, membership), "USERS", domain)


@pytest.mark.parametrize(
    ("schema", "domain", "sentence"),
    [
        (avro(AGE, type="enum"), "", 'The schema must be a JSON object with "type": "record".'),
        (avro(AGE, logicalType="decimal"), "", "The schema has a logicalType. Expected a plain record."),
        (
            avro({"name": "A", "type": "double", "default": float("nan")}),
            "",
            "The schema is not JSON, line 1, column 130: Expected a JSON value; found “NaN”. "
            "JSON has only finite numbers. Write null for no value, if the field is nullable.",
        ),
        (
            ITEM_ALONE,
            "",
            "The schema of the type ITEMS has 0 metadata fields. Expected 1 to 100 metadata fields beside ITEM_ID, CREATION_TIMESTAMP.",
        ),
        (
            ITEM_ALONE,
            "ECOMMERCE",
            "The schema of the type ITEMS in the domain ECOMMERCE needs a field PRICE of type float, without null, and this one has none.",
        ),
        (
            avro(),
            "",
            "The schema of the type USERS has 0 metadata fields. Expected 1 to 25 metadata fields beside USER_ID.",
        ),
    ],
)
def test_what_is_wrong_is_said_of_the_type_that_it_seems_to_be_for(schema: str, domain: str, sentence: str) -> None:
    with pytest.raises(SchemaError) as error:
        check_schema(schema, domain)
    assert str(error.value) == sentence


@pytest.mark.parametrize("attribute", [{"optional": True}, {"doc": "From 0 to 1."}, {"order": "ascending"}])
def test_a_field_may_have_attributes_that_mean_nothing_to_personalize(attribute: dict[str, Any]) -> None:
    """Avro 1.12, "Schema Declaration": attributes that a document does not define are metadata."""
    check_schema_of_type(avro({"name": "SCORE", "type": "float", **attribute}), "USERS", "")


def test_a_domain_takes_its_own_types_of_datasets_alone() -> None:
    with pytest.raises(SchemaError) as error:
        check_schema_of_type(avro(AGE), "ACTIONS", "ECOMMERCE")
    assert (
        str(error.value) == "A dataset group in the domain ECOMMERCE cannot have a dataset of the type ACTIONS. "
        "Create it in a dataset group without a domain."
    )


def test_a_schema_may_be_replaced_by_one_that_adds_fields_with_null() -> None:
    check_replacement(avro(AGE), avro(AGE, CITY))
    check_replacement(avro(CITY), avro({**CITY, "type": ["string", "null"]}))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ([CITY], "The new schema has no field AGE. It must keep all fields of the current schema."),
        (
            [{**AGE, "type": "long"}],
            "The field AGE must keep the type and attributes that it has in the current schema.",
        ),
        (
            [{**AGE, "categorical": True}],
            "The field AGE must keep the type and attributes that it has in the current schema.",
        ),
        (
            [AGE, {"name": "CITY", "type": "string"}],
            "The new field CITY must allow null, because existing records do not have it.",
        ),
    ],
)
def test_a_schema_is_replaced_by_nothing_that_a_stored_record_may_not_fit(
    fields: list[dict[str, Any]], sentence: str
) -> None:
    with pytest.raises(SchemaError) as error:
        check_replacement(avro(AGE), avro(*fields))
    assert str(error.value) == sentence


def test_the_fields_that_a_schema_adds_are_known_as_far_as_they_can_be_read() -> None:
    assert [field.name for field in added_fields(avro(AGE), avro(CITY, AGE))] == ["CITY"]
    assert added_fields(avro(AGE), "{") == ()
    assert [field.name for field in added_fields(avro(AGE), avro(AGE, CITY, {"name": "X"}))] == ["CITY"]
