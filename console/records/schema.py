"""Avro schemas of datasets, as far as Amazon Personalize reads them: a flat record of primitive fields."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from console.records.entities import USERS, Entity
from console.records.property_names import match_key, property_name

PRIMITIVE_TYPES = ("string", "int", "long", "float", "double", "boolean")
USER_ID = USERS.id_field
# Avro 1.12, "Names".
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class SchemaError(ValueError):
    """A schema that cannot be read; its text names the field and says what is expected."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a schema: its Avro name, its types other than null, and what the schema says of it.

    `is_id` tells the field that identifies a record of the dataset.
    """

    name: str
    types: tuple[str, ...]
    nullable: bool
    categorical: bool
    is_id: bool = False

    @property
    def property_name(self) -> str:
        """The field's name in the properties of PutUsers."""
        return property_name(self.name)

    @property
    def type_name(self) -> str:
        """The field's data type as a person reads it, without null."""
        return " or ".join(self.types) or "null"


@dataclass(frozen=True, eq=False)
class Schema:
    """A dataset's schema: the record's name and its fields, in the schema's order."""

    name: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Return the field that a name of any accepted spelling lands on, or None."""
        return self.fields_by_key.get(match_key(name))

    @cached_property
    def fields_by_key(self) -> dict[str, Field]:
        """The fields by the key that names are matched on."""
        return {match_key(field.name): field for field in self.fields}

    @cached_property
    def id_field(self) -> Field:
        """The field that identifies a record; the schema of a dataset of users, items or actions has one."""
        (field,) = (field for field in self.fields if field.is_id)
        return field

    @property
    def metadata_fields(self) -> tuple[Field, ...]:
        """The fields that travel in properties: all but the one that identifies a record."""
        return tuple(field for field in self.fields if not field.is_id)


def read_users_schema(text: str) -> Schema:
    """Return the schema of a Users dataset from its Avro JSON; raise SchemaError."""
    return read_entity_schema(USERS, text)


@lru_cache(maxsize=256)
def read_entity_schema(entity: Entity, text: str) -> Schema:
    """Return the schema of a dataset of users, items or actions from its Avro JSON; raise SchemaError.

    A schema text gives one Schema object, so that what is derived from a schema can be kept beside it.
    """
    schema = read_schema(text)
    id_field = next((field for field in schema.fields if field.name == entity.id_field), None)
    if id_field is None:
        a_schema = f"{entity.article.capitalize()} {entity.plural} schema"
        raise SchemaError(f"{a_schema} needs a field {entity.id_field} of type string, and this one has none.")
    if id_field.types != ("string",) or id_field.nullable:
        raise SchemaError(f"The field {entity.id_field} must be of type string, without null.")
    fields = tuple(replace(field, is_id=True) if field is id_field else field for field in schema.fields)
    return Schema(schema.name, fields)


def read_schema(text: str) -> Schema:
    """Return the schema that an Avro JSON text describes; raise SchemaError.

    Read leniently where live schemas differ: any order in a union, one-element unions, `default`, no `version`,
    any record name, and attributes of other kinds are all accepted.
    """
    record = _record(text)
    fields = tuple(_fields(record["fields"]))
    first_with_key: dict[str, Field] = {}
    for field in fields:
        first = first_with_key.setdefault(match_key(field.name), field)
        if first is not field:
            raise SchemaError(
                f"The fields {first.name} and {field.name} have the same letters and digits. "
                "Field names must differ in more than case and underscores."
            )
    return Schema(str(record.get("name", "")), fields)


def _record(text: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"The schema is not JSON: {error}") from error
    if not isinstance(record, dict) or record.get("type") != "record":
        raise SchemaError('The schema must be a JSON object with "type": "record".')
    if not isinstance(record.get("fields"), list) or not record["fields"]:
        raise SchemaError('The schema must have "fields": a list of at least one field.')
    return record


def _fields(descriptions: list[Any]) -> Iterator[Field]:
    for position, description in enumerate(descriptions, 1):
        if not isinstance(description, dict) or not isinstance(description.get("name"), str):
            raise SchemaError(f'Field {position} of the schema must be an object with a "name".')
        name = description["name"]
        if not NAME.fullmatch(name) or not match_key(name):
            raise SchemaError(
                f"The field name {name!r} must be of letters, digits and underscores, and start with a letter."
            )
        types = _types(name, description.get("type"))
        yield Field(
            name=name,
            types=tuple(each for each in types if each != "null"),
            nullable="null" in types,
            categorical=description.get("categorical") is True,
        )


def _types(name: str, description: Any) -> tuple[str, ...]:
    branches = description if isinstance(description, list) else [description]
    named = [each.get("type") if isinstance(each, dict) else each for each in branches]
    types = tuple(each for each in named if each in (*PRIMITIVE_TYPES, "null"))
    if not types or len(types) < len(named):
        raise SchemaError(
            f"The field {name} has the type {json.dumps(description)}. "
            f"Expected {', '.join(PRIMITIVE_TYPES)}, or a union of these with null."
        )
    if len(set(types)) < len(types):
        raise SchemaError(f"The field {name} has a union that names a type twice.")
    return types
