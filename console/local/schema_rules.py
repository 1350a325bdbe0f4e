"""What the service asks of a schema, and of the schema of each type of dataset.

The console reads the schemas of live accounts leniently. What is created here is judged as the developer guide has
it in "Creating schema JSON files" and "Custom datasets and schemas". Its further tables for the two domains are not
judged, nor the record's name, which live schemas write in many ways.
"""

import json
from dataclasses import dataclass
from typing import Any

import avro.schema
from avro.errors import AvroException

from console.records.schema import Field, SchemaError, read_schema, read_users_schema


@dataclass(frozen=True, slots=True)
class Keyword:
    """A field whose name means something to the service: the types that it may have, and whether null is one more."""

    types: tuple[str, ...]
    nullable: bool = False

    @property
    def in_words(self) -> str:
        """The types as a person reads them."""
        return f"{' or '.join(self.types)}{', with or without null' if self.nullable else ', without null'}"


@dataclass(frozen=True, slots=True)
class TypeRules:
    """What a type of dataset needs, what it reserves, and how many other fields, its metadata, it may have."""

    required: dict[str, Keyword]
    reserved: dict[str, Keyword]
    least_metadata: int = 0
    most_metadata: int | None = None


STRING = Keyword(("string",))
NULLABLE_STRING = Keyword(("string",), nullable=True)
LONG = Keyword(("long",))
NULLABLE_LONG = Keyword(("long",), nullable=True)
# The guide has a long, and for the items of a shop a float.
CREATION_TIME = Keyword(("long", "float"))

RULES = {
    "INTERACTIONS": TypeRules(
        required={"USER_ID": STRING, "ITEM_ID": STRING, "TIMESTAMP": LONG},
        reserved={
            "EVENT_TYPE": STRING,
            "EVENT_VALUE": Keyword(("float",), nullable=True),
            "IMPRESSION": NULLABLE_STRING,
            "RECOMMENDATION_ID": NULLABLE_STRING,
            "EVENT_ATTRIBUTION_SOURCE": NULLABLE_STRING,
        },
    ),
    "USERS": TypeRules(required={"USER_ID": STRING}, reserved={}, least_metadata=1, most_metadata=25),
    "ITEMS": TypeRules(
        required={"ITEM_ID": STRING},
        reserved={"CREATION_TIMESTAMP": CREATION_TIME},
        least_metadata=1,
        most_metadata=100,
    ),
    "ACTIONS": TypeRules(
        required={"ACTION_ID": STRING},
        reserved={
            "CREATION_TIMESTAMP": LONG,
            "VALUE": NULLABLE_LONG,
            "TYPE": NULLABLE_STRING,
            "EXPIRATION_TIMESTAMP": NULLABLE_LONG,
            "REPEAT_FREQUENCY": NULLABLE_LONG,
        },
        least_metadata=1,
        most_metadata=10,
    ),
    "ACTION_INTERACTIONS": TypeRules(
        required={"USER_ID": STRING, "ACTION_ID": STRING, "EVENT_TYPE": STRING, "TIMESTAMP": LONG},
        reserved={"IMPRESSION": NULLABLE_STRING, "RECOMMENDATION_ID": NULLABLE_STRING},
    ),
}


def check_schema(text: str) -> None:
    """Raise SchemaError if a text is not a flat Avro record of the types that the service reads."""
    schema = read_schema(text)
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


def check_schema_of_type(text: str, dataset_type: str) -> None:
    """Raise SchemaError if a schema does not fit a dataset of a type."""
    schema = read_users_schema(text) if dataset_type == "USERS" else read_schema(text)
    rules = RULES[dataset_type]
    fields = {field.name: field for field in schema.fields}
    for name in rules.required:
        if name not in fields:
            needed = f"a field {name} of type {rules.required[name].in_words}"
            raise SchemaError(f"The schema of the type {dataset_type} needs {needed}, and this one has none.")
    keywords = rules.required | rules.reserved
    for name, keyword in keywords.items():
        if name in fields:
            _check_keyword(fields[name], keyword, dataset_type)
    metadata = len(fields.keys() - keywords.keys())
    if metadata < rules.least_metadata or (rules.most_metadata is not None and metadata > rules.most_metadata):
        allowed = f"{rules.least_metadata} to {rules.most_metadata} metadata fields beside {', '.join(keywords)}"
        raise SchemaError(f"The schema of the type {dataset_type} has {metadata} metadata fields. Expected {allowed}.")


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


def _check_keyword(field: Field, keyword: Keyword, dataset_type: str) -> None:
    is_of_type = len(field.types) == 1 and field.types[0] in keyword.types
    if not is_of_type or (field.nullable and not keyword.nullable):
        expected = f"Expected {keyword.in_words}, as the type {dataset_type} has it."
        raise SchemaError(f"The field {field.name} has the type {_type_in_words(field)}. {expected}")
    if field.categorical:
        raise SchemaError(f"The field {field.name} of the type {dataset_type} must not be categorical.")


def _type_in_words(field: Field) -> str:
    return f"{field.type_name}, with null" if field.nullable and field.types else field.type_name


def _fields_by_name(text: str) -> dict[str, Field]:
    return {field.name: field for field in read_schema(text).fields}


def _meaning(field: Field) -> tuple[frozenset[str], bool, bool]:
    return frozenset(field.types), field.nullable, field.categorical
