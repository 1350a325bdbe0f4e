"""Records written out as record input: an object for each, with the schema's field names."""

from collections.abc import Iterable
from typing import Any

from console.records.json.nodes import Node, Object
from console.records.json.reading import read_json
from console.records.json.writing import json_of, json_text
from console.records.property_names import match_key
from console.records.schemas.schema import Schema
from console.records.validation.matching import properties_object

# A record on its way: names, and the JSON text of each value. Equal names are kept, for the validation to name them.
type Members = list[tuple[str, str]]


def write_records(records: Iterable[Members]) -> str:
    """Return JSON text of an array of records, one member a line."""
    return "[\n" + ",\n".join(_object(members) for members in records) + "\n]"


def members_of_node(schema: Schema, node: Node) -> Members | None:
    """Return the members of a record that was read with places, or None if it is no object.

    A record in the API's shape is laid out flat, so that each value stands beside its field's name. It stays as it is
    if its properties cannot be read, or name a field that they must not.
    """
    if not isinstance(node, Object):
        return None
    members = [(member.key, member.value) for member in node.members]
    inner = _properties(schema, node)
    if inner is not None:
        members = [(key, value) for key, value in members if match_key(key) != "properties"]
        members += [(member.key, member.value) for member in inner.members]
    return [(_name(schema, key), json_of(value)) for key, value in members]


def members_of_record(schema: Schema, record: dict[Any, Any]) -> Members | None:
    """Return the members of a record that was read without places, from YAML or from rows."""
    read = read_json(json_text(record))
    return members_of_node(schema, read.root) if read.root else None


def _object(members: Members) -> str:
    return "  {\n" + ",\n".join(f"    {json_text(name)}: {value}" for name, value in members) + "\n  }"


def _name(schema: Schema, key: str) -> str:
    field = schema.field(key)
    return field.name if field else key


def _properties(schema: Schema, node: Object) -> Object | None:
    """Return the object that a record's `properties` are, read out of their text, twice if they were encoded twice."""
    named = [member.value for member in node.members if match_key(member.key) == "properties"]
    if len(named) != 1 or schema.field("properties"):
        return None
    inner = properties_object(named[0], times_encoded=2)
    if inner is None:
        return None
    fields = [schema.field(member.key) for member in inner.members]
    return None if any(field and field.is_refused_in_properties for field in fields) else inner
