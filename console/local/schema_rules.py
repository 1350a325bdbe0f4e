"""What the service asks of a schema, of the schema of each type of dataset, and of one that replaces another.

The console reads the schemas of live accounts leniently. What is created here is judged as the developer guide has
it in "Creating schema JSON files"; `dataset_types` holds what each type asks. The record's name is not judged, which
live schemas write in many ways.
"""

import json
from collections.abc import Mapping
from typing import Any

import avro.schema
from avro.errors import AvroException

from console.local.dataset_types import RULES, Keyword, TypeRules
from console.records.schema import Field, Schema, SchemaError, read_schema

# The fields that tell what a schema is for, by the type of dataset; the first of which all are there.
TELLING_FIELDS = (
    ("INTERACTIONS", {"USER_ID", "ITEM_ID"}),
    ("ACTION_INTERACTIONS", {"USER_ID", "ACTION_ID"}),
    ("ITEMS", {"ITEM_ID"}),
    ("ACTIONS", {"ACTION_ID"}),
)


def check_schema(text: str, domain: str) -> None:
    """Raise SchemaError if a text is not a flat Avro record that fits a type of dataset in a domain, "" for none.

    What is wrong is said of the type that the schema seems to be for, which a request does not tell.
    """
    schema = read_schema(text)
    _check_avro(text, schema)
    names = {field.name for field in schema.fields}
    likely_type = next((each for each, telling in TELLING_FIELDS if telling <= names), "USERS")
    if not any(_fits(text, each, domain) for each in RULES[domain]):
        check_schema_of_type(text, likely_type, domain)


def _fits(text: str, dataset_type: str, domain: str) -> bool:
    try:
        check_schema_of_type(text, dataset_type, domain)
    except SchemaError:
        return False
    return True


def _check_avro(text: str, schema: Schema) -> None:
    record = _strict_json(text)
    if "logicalType" in record:
        raise SchemaError("The schema has a logicalType. Expected a plain record.")
    # Without its fields first, then each field alone, so that the sentence can name it.
    try:
        avro.schema.parse(json.dumps({**record, "fields": []}))
    except AvroException as error:
        raise SchemaError(
            'The schema needs a "name", and may have a "namespace", of letters, digits and underscores. '
            "Dots part the names of a namespace."
        ) from error
    for field, description in zip(schema.fields, record["fields"], strict=True):
        _check_field(field, description)


def check_schema_of_type(text: str, dataset_type: str, domain: str) -> None:
    """Raise SchemaError if a schema does not fit a dataset of a type in a dataset group of a domain, "" for none."""
    rules = RULES[domain].get(dataset_type)
    if rules is None:
        raise SchemaError(
            f"A dataset group of the domain {domain} takes no dataset of the type {dataset_type}. "
            "Make it in a dataset group without a domain."
        )
    fields = {field.name: field for field in read_schema(text).fields}
    where = f"the type {dataset_type}{f' in the domain {domain}' if domain else ''}"
    for name, keyword in rules.required.items():
        if name not in fields:
            raise SchemaError(
                f"The schema of {where} needs a field {name} of type {keyword.in_words}, and this one has none."
            )
    for name, keyword in (rules.required | rules.reserved).items():
        if name in fields:
            _check_keyword(fields[name], keyword, where)
    _check_number_of_metadata_fields(rules, fields, where)


def check_replacement(before: str, after: str) -> None:
    """Raise SchemaError unless a schema can replace another one.

    It keeps all fields with their types and attributes, and what it adds allows null, as "Replacing a dataset's
    schema" in the developer guide has it: so every stored record fits it too.
    """
    old, new = _fields_by_name(before), _fields_by_name(after)
    for name, field in old.items():
        if name not in new:
            raise SchemaError(f"The new schema has no field {name}. It must keep all fields of the schema before.")
        if _meaning(new[name]) != _meaning(field):
            raise SchemaError(f"The field {name} must keep its type and attributes of the schema before.")
    for name, field in new.items():
        if name not in old and not field.nullable:
            raise SchemaError(f"The new field {name} must allow null, for the records that are without it.")


def _strict_json(text: str) -> dict[str, Any]:
    def refuse(name: str) -> None:
        raise SchemaError(f"The schema is not JSON: {name} is no value of JSON.")

    record: dict[str, Any] = json.loads(text, parse_constant=refuse)
    return record


def _check_field(field: Field, description: dict[str, Any]) -> None:
    branches = description["type"] if isinstance(description["type"], list) else [description["type"]]
    if any("logicalType" in each for each in branches if isinstance(each, dict)):
        raise SchemaError(f"The field {field.name} has a logicalType. Expected a plain {field.type_name}.")
    try:
        record: Any = avro.schema.parse(json.dumps({"type": "record", "name": "alone", "fields": [description]}))
    except AvroException as error:
        raise SchemaError(f"The field {field.name} is not one of Avro's: {error}") from error
    if "default" not in description:
        return
    default = description["default"]
    # Any branch of a union may be the default's, as since Avro 1.12. To the library a boolean is an integer too.
    is_stray_boolean = isinstance(default, bool) and "boolean" not in field.types
    if is_stray_boolean or record.fields[0].type.validate(default) is None:
        expected = f"{field.type_name}{' or null' if field.nullable and field.types else ''}"
        raise SchemaError(f"The field {field.name} has a default of another type. Expected {expected}.")


def _check_keyword(field: Field, keyword: Keyword, where: str) -> None:
    is_of_type = len(field.types) == 1 and field.types[0] in keyword.types
    if not is_of_type or (field.nullable and not keyword.nullable):
        expected = f"Expected {keyword.in_words}, as {where} has it."
        raise SchemaError(f"The field {field.name} has the type {_type_in_words(field)}. {expected}")
    if field.categorical != keyword.categorical:
        must = "must have" if keyword.categorical else "must not have"
        raise SchemaError(f'The field {field.name} of {where} {must} "categorical": true.')


def _check_number_of_metadata_fields(rules: TypeRules, fields: Mapping[str, Field], where: str) -> None:
    keywords = [name for name, keyword in (rules.required | rules.reserved).items() if not keyword.is_metadata]
    number = len(fields.keys() - set(keywords))
    if number < rules.least_metadata or (rules.most_metadata is not None and number > rules.most_metadata):
        allowed = f"{rules.least_metadata} to {rules.most_metadata} metadata fields beside {', '.join(keywords)}"
        raise SchemaError(f"The schema of {where} has {number} metadata fields. Expected {allowed}.")


def _type_in_words(field: Field) -> str:
    return f"{field.type_name}, with null" if field.nullable and field.types else field.type_name


def _fields_by_name(text: str) -> dict[str, Field]:
    return {field.name: field for field in read_schema(text).fields}


def _meaning(field: Field) -> tuple[frozenset[str], bool, bool]:
    return frozenset(field.types), field.nullable, field.categorical
