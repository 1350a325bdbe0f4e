"""The quick way to records that are plainly right, as most are: no place of anything is kept.

The standard library's reader in C reads the text, and whatever it takes beyond RFC 8259, or is not at once seen to be
right, is left to the reading with places, which says what is wrong. Both ways give the same records.
"""

import json
from functools import lru_cache
from typing import Any, NoReturn

from console.records.json.characters import BYTE_ORDER_MARK
from console.records.json.strings import SURROGATE
from console.records.property_names import match_key
from console.records.schemas.schema import Schema
from console.records.template import placeholder
from console.records.validation.rules import is_valid, properties_of

SINGLE = frozenset([str, int, float, bool, type(None)])

# An object as it was read, with all of its members; an array is read as a list.
type Members = tuple[tuple[str, Any], ...]


class _NotPlain(Exception):
    """Something is not plainly right, and is to be read with places."""


def _refuse_constant(_word: str) -> NoReturn:
    # NaN, Infinity and -Infinity are no JSON.
    raise _NotPlain


# RFC 8259, section 2.
SPACE = " \t\n\r"
DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_constant=_refuse_constant)


def quick_properties(schema: Schema, record_id: str, properties: str | None) -> dict[str, Any] | None:
    """Return the properties of a member of a request as `validate_properties` does, or None if not plainly right."""
    return quick_member(schema, {schema.id_field.name: record_id}, properties)


def quick_member(schema: Schema, beside: dict[str, Any], properties: str | None) -> dict[str, Any] | None:
    """Return the properties of a member of a request as `validate_member` does, or None if not plainly right."""
    try:
        members = () if properties is None else _object(_read(properties))
        inside = _values(schema, members)
        if not inside.keys().isdisjoint(_refused_inside(schema)) or not inside.keys().isdisjoint(beside):
            return None
        return _validated(schema, inside | beside)
    except _NotPlain:
        return None


@lru_cache(maxsize=256)
def _refused_inside(schema: Schema) -> frozenset[str]:
    return frozenset(field.name for field in schema.fields if field.is_refused_in_properties)


def quick_records(schema: Schema, text: str) -> list[tuple[str, dict[str, Any]]] | None:
    """Return each record's id and properties of a record input, or None if they are not plainly right.

    What no record alone can tell, such as an id that stands twice, is left to the caller.
    """
    try:
        root = _read(text.removeprefix(BYTE_ORDER_MARK))
        records = root if isinstance(root, list) else [root]
        if not 1 <= len(records) <= schema.entity.most_per_call:
            return None
        return [_record(schema, _object(record)) for record in records]
    except _NotPlain:
        return None


def _record(schema: Schema, members: Members) -> tuple[str, dict[str, Any]]:
    values = _values_in_the_shape_of_the_api(schema, members)
    if values is None:
        values = _values(schema, members)
    if any(values.get(name) == word for name, word in _placeholders(schema)):
        raise _NotPlain
    properties = _validated(schema, values)
    return values.get(schema.id_field.name) or "", properties


def _values_in_the_shape_of_the_api(schema: Schema, members: Members) -> dict[str, Any] | None:
    """Return the values of a record that is its id and `properties`, or None if it is another object."""
    if len(members) != 2:
        return None
    id_name = schema.id_field.name
    (key, record_id), (name, properties) = members if match_key(members[0][0]) != "properties" else reversed(members)
    if match_key(name) != "properties" or _names(schema)[key] != id_name:
        return None
    if isinstance(properties, str):
        if schema.field(name):
            return None
        properties = _read(properties.removeprefix(BYTE_ORDER_MARK))
    values = _values(schema, _object(properties))
    if id_name in values:
        raise _NotPlain
    return values | {id_name: record_id}


def _validated(schema: Schema, values: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a record's values, which the schema's rules must let through."""
    if not SINGLE.issuperset(map(type, values.values())) or not is_valid(schema, values):
        raise _NotPlain
    if any(type(value) is str and not value.isascii() and SURROGATE.search(value) for value in values.values()):
        raise _NotPlain
    return properties_of(schema, values)


def _values(schema: Schema, members: Members) -> dict[str, Any]:
    """Return the values of members by field name; each of them must name a field of its own."""
    names = _names(schema)
    values = {names[key]: value for key, value in members}
    if len(values) < len(members):
        raise _NotPlain
    return values


class _Names(dict[str, str]):
    """The names of a schema's fields by the usual spellings; others are looked for and not kept."""

    def __init__(self, schema: Schema) -> None:
        super().__init__({name: each.name for each in schema.fields for name in (each.name, each.property_name)})
        self.schema = schema

    def __missing__(self, key: str) -> str:
        field = self.schema.field(key)
        if field is None:
            raise _NotPlain
        return field.name


@lru_cache(maxsize=256)
def _names(schema: Schema) -> _Names:
    return _Names(schema)


@lru_cache(maxsize=256)
def _placeholders(schema: Schema) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, placeholder(field)) for field in schema.fields)


def _object(value: Any) -> Members:
    if not isinstance(value, tuple):
        raise _NotPlain
    return value


def _read(text: str) -> Any:
    """Return what the standard library reads of a text; half of a surrogate pair is left in it."""
    plain = text.strip(SPACE)
    try:
        value, end = DECODER.raw_decode(plain)
    except (ValueError, RecursionError) as error:
        raise _NotPlain from error
    if end < len(plain):
        raise _NotPlain
    return value
