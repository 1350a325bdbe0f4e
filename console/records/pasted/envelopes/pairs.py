"""Records as lists of names and values: `[{"field": "AGE", "value": "34"}]`, or `[["AGE", 34]]` of programs."""

from console.records.json.nodes import Array, Member, Node, Object, Scalar
from console.records.schemas.schema import Schema

# Services' names for the name and the value of a pair, in lower case.
NAMES = ("name", "field", "key", "column", "attribute", "property", "label", "id", "k")
VALUES = ("value", "val", "v", "text")


def of_pairs(schema: Schema, node: Array) -> Object | None:
    """Return the record of a list of names and their values, or None if a list is none.

    Half of the names must be fields, so that a list of options is no record; a list of two of them is a heading.
    """
    pairs = [pair_of(each) for each in node.items]
    members = [each for each in pairs if each]
    names = [each.key for each in members]
    if len(members) < max(len(pairs), 2) or len(set(names)) < len(names):
        return None
    first = members[0].value
    if isinstance(first, Scalar) and isinstance(first.value, str) and schema.field(first.value):
        return None
    is_record = 2 * sum(schema.field(name) is not None for name in names) >= len(names)
    return Object(node.start, members) if is_record else None


def pair_of(node: Node) -> Member | None:
    """Return the name and the value that an array or an object is, or None if it is none."""
    if isinstance(node, Array):
        name, value = node.items if len(node.items) == 2 else (None, None)
    else:
        by_name = {each.key.lower(): each.value for each in node.members} if isinstance(node, Object) else {}
        name = next((by_name[key] for key in NAMES if key in by_name), None)
        value = next((by_name[key] for key in VALUES if key in by_name), None)
    if value is None or not isinstance(name, Scalar) or not isinstance(name.value, str):
        return None
    return Member(node.start, name.value, value)
