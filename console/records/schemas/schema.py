"""Avro schemas of datasets, as far as Amazon Personalize reads them: a flat record of primitive fields."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from console.records.entities import Entity
from console.records.event_members import SESSION_ID
from console.records.json.nodes import shortened
from console.records.property_names import match_key
from console.records.schemas.fields import Field, fields_of_events

PRIMITIVE_TYPES = ("string", "int", "long", "float", "double", "boolean")
# Avro 1.12, "Names".
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


# The way to a part of a schema: keys of objects, and positions in arrays, which count from 0.
type Path = tuple[str | int, ...]


class SchemaError(ValueError):
    """A schema that cannot be read; its text names the field and says what is expected."""


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """One thing that is wrong with a schema: where it stands, and the sentence that says what is expected.

    The way leads to the part that is wrong, or to where a part should be that is missing. `field` is the name of the
    field that it is about. `is_refused` tells what AWS's documents refuse from what AWS may take, or is known to take.
    """

    path: Path
    sentence: str
    field: str | None = None
    is_refused: bool = True


@dataclass(frozen=True, eq=False)
class AvroSchema:
    """A schema of any type of dataset: the record's name and its fields, in the schema's order."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, eq=False)
class Schema(AvroSchema):
    """The schema of a dataset: of events, with what an event may have besides, after the schema's own fields."""

    entity: Entity

    def field(self, name: str) -> Field | None:
        """Return the field that a name of any accepted spelling lands on, or None."""
        return self._fields_by_usual_name.get(name) or self.fields_by_key.get(match_key(name))

    @cached_property
    def _fields_by_usual_name(self) -> dict[str, Field]:
        """The fields by the two spellings that most texts have, which need no key."""
        names = (name for field in self.fields for name in (field.name, field.property_name))
        return {name: self.fields_by_key[match_key(name)] for name in names}

    @cached_property
    def fields_by_key(self) -> dict[str, Field]:
        """The fields by the key that names are matched on; an event's also by the names of its members."""
        of_members = {
            match_key(name): field for field in self.fields if field.member for name in field.member.member.split(".")
        }
        return of_members | {match_key(field.name): field for field in self.fields}

    @cached_property
    def id_field(self) -> Field:
        """The field that identifies a record, or the user of an event."""
        (field,) = (field for field in self.fields if field.is_id)
        return field

    @cached_property
    def metadata_fields(self) -> tuple[Field, ...]:
        """The fields of a record's properties: all but the one that identifies it."""
        return tuple(field for field in self.fields if not field.is_id)

    @cached_property
    def declared_fields(self) -> tuple[Field, ...]:
        """The fields that the schema itself has, in its order."""
        return tuple(field for field in self.fields if not field.is_added)

    @cached_property
    def template_fields(self) -> tuple[Field, ...]:
        """The fields of the template: those of the schema, and what a request cannot do without."""
        return tuple(field for field in self.fields if not (field.is_added and field.nullable))

    @cached_property
    def form_fields(self) -> tuple[Field, ...]:
        """The fields that a form always has a control for: those of the template, and the session of an event."""
        return tuple(field for field in self.fields if field in self.template_fields or field.name == SESSION_ID)

    @cached_property
    def form_field_names(self) -> frozenset[str]:
        """The names of the form's fields, since comparing fields takes longer."""
        return frozenset(field.name for field in self.form_fields)


@lru_cache(maxsize=256)
def read_entity_schema(entity: Entity, text: str) -> Schema:
    """Return the schema of a dataset of a type from its Avro JSON; raise SchemaError.

    A schema text gives one Schema object, so that what is derived from a schema can be kept beside it.
    """
    schema = read_schema(text)
    if entity.is_event:
        return Schema(schema.name, fields_of_events(entity, schema.fields), entity)
    id_field = next((field for field in schema.fields if field.name == entity.id_field), None)
    if id_field is None:
        a_schema = f"{entity.article.capitalize()} {entity.plural} schema"
        raise SchemaError(f"{a_schema} needs a field {entity.id_field} of type string, and this one has none.")
    if id_field.types != ("string",) or id_field.nullable:
        raise SchemaError(f"The field {entity.id_field} must be of type string, without null.")
    fields = tuple(replace(field, is_id=True) if field is id_field else field for field in schema.fields)
    return Schema(schema.name, fields, entity)


def read_schema(text: str) -> AvroSchema:
    """Return the schema that an Avro JSON text describes; raise SchemaError.

    Read leniently where live schemas differ: any order in a union, one-element unions, `default`, no `version`,
    any record name, and attributes of other kinds are all accepted.
    """
    description = schema_json(text)
    raise_first(faults_of_shape(description))
    return AvroSchema(str(description.get("name", "")), tuple(readable_fields(description).values()))


def schema_json(text: str) -> Any:
    """Return the value of a schema's text; raise SchemaError if it is not JSON."""
    check_no_mark(text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SchemaError(f"The schema is not JSON: {error}") from error


def check_no_mark(text: str) -> None:
    """Raise SchemaError if a schema's text begins with a byte order mark."""
    if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"):
        raise SchemaError("The schema is not JSON: it begins with a byte order mark (U+FEFF). Leave it out.")


def raise_first(faults: Iterable[SchemaFault]) -> None:
    """Raise SchemaError with the first of some faults, if there is one."""
    for fault in faults:
        raise SchemaError(fault.sentence)


def faults_of_shape(description: Any) -> Iterator[SchemaFault]:
    """Yield what keeps the value of a schema's JSON from being read as a flat record of primitive fields."""
    is_object = isinstance(description, dict)
    if not is_object or description.get("type") != "record":
        yield SchemaFault(("type",), 'The schema must be a JSON object with "type": "record".')
    if not is_object:
        return
    fields = description.get("fields")
    if not isinstance(fields, list) or not fields:
        yield SchemaFault(("fields",), 'The schema must have "fields": a list of at least one field.')
        return
    for position, each in enumerate(fields):
        fault = _fault_of_field(position, each)
        if fault:
            yield fault
    first_with_key: dict[str, Field] = {}
    for position, field in readable_fields(description).items():
        first = first_with_key.setdefault(match_key(field.name), field)
        if first is not field:
            yield SchemaFault(("fields", position, "name"), _repeated(first.name, field.name), shortened(field.name))


def _repeated(first: str, second: str) -> str:
    if first == second:
        return f"The field {shortened(first)} is there twice. Remove one of the two."
    return (
        f"The fields {shortened(first)} and {shortened(second)} have the same letters and digits. "
        "Field names must differ in more than case and underscores."
    )


def readable_fields(description: Any) -> dict[int, Field]:
    """Return the fields of the value of a schema's JSON that can be read, by their position in it."""
    fields = description.get("fields") if isinstance(description, dict) else None
    return {
        position: _field(each)
        for position, each in enumerate(fields if isinstance(fields, list) else [])
        if _fault_of_field(position, each) is None
    }


def type_names(description: Any) -> list[Any]:
    """Return the names of the types that the `type` of a field stands for; what has no name stays as it is."""
    branches = description if isinstance(description, list) else [description]
    return [each.get("type") if isinstance(each, dict) else each for each in branches]


def _field(description: dict[str, Any]) -> Field:
    types = type_names(description["type"])
    return Field(
        name=description["name"],
        types=tuple(each for each in types if each != "null"),
        nullable="null" in types,
        categorical=description.get("categorical") is True,
        textual=description.get("textual") is True,
    )


def _fault_of_field(position: int, description: Any) -> SchemaFault | None:
    if not isinstance(description, dict) or not isinstance(description.get("name"), str):
        sentence = f'Field {position + 1} of the schema must be an object with a "name".'
        return SchemaFault(("fields", position, "name"), sentence)
    name, types = description["name"], type_names(description.get("type"))
    if not NAME.fullmatch(name) or not match_key(name):
        # The representation writes what cannot be seen as an escape.
        sentence = (
            f"The field name {shortened(name)!r} must consist of letters, digits and underscores, "
            "and start with a letter."
        )
        return SchemaFault(("fields", position, "name"), sentence)
    unknown = [branch for branch, each in enumerate(types) if each not in (*PRIMITIVE_TYPES, "null")]
    if unknown or not types:
        # The way to a branch of a union leads to the whole type where that is no union.
        return SchemaFault(
            ("fields", position, "type", *unknown[:1]),
            f"The field {shortened(name)} has the type {shortened(json.dumps(description.get('type')))}. "
            f"Expected {', '.join(PRIMITIVE_TYPES)}, or a union of these with null.",
            shortened(name),
        )
    if len(set(types)) < len(types):
        sentence = f"The field {shortened(name)} has a union that names a type twice."
        return SchemaFault(("fields", position, "type"), sentence, shortened(name))
    return None
