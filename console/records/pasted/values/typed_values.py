"""Values that a database wraps in their types, as DynamoDB, MongoDB, Firestore and the Data APIs of AWS do."""

import re

from console.records.json.nodes import Array, Bare, Node, Object, Scalar, items_of
from console.records.json.scalars import number_value

# DynamoDB and MongoDB's extended JSON say the type of each value: "Attribute values" of the API reference of DynamoDB,
# and "MongoDB Extended JSON (v2)".
# Firestore: "Value" of its REST reference. RDS, Redshift: "Field" of their Data APIs. Athena: "Datum".
NUMBERS_AS_TEXT = ("N", "$numberInt", "$numberLong", "$numberDouble", "$numberDecimal", "integerValue")
TEXTS = ("S", "$oid", "$uuid", "$symbol", "stringValue", "timestampValue", "VarCharValue")
# Avro in JSON: the types of a union ("JSON Encoding" of its specification).
PLAIN = {
    **{"BOOL": bool, "booleanValue": bool, "doubleValue": int | float, "longValue": int},
    **{"int": int, "long": int, "float": int | float, "double": int | float, "boolean": bool, "string": str},
}
# A type that has a name, as Avro has those of enumerations; and what SPARQL, JSON-LD and forms have beside a value.
NAMED_TYPE = re.compile(r"[a-z]\w*(?:\.\w+)*\.[A-Z]\w*")
VALUES = ("value", "@value")
BESIDE_VALUES = frozenset(("type", "datatype", "@type"))
NO_VALUE = {"NULL": True, "isNull": True, "nullValue": None}
BOOLEANS = ("true", "false")
LISTS = ("SS", "L", "NS", "array")


def unwrapped_value(value: Node) -> Node:
    """Return a value without the type that a database wraps it in."""
    if not isinstance(value, Object):
        return value
    if len(value.members) != 1:
        return _beside_type(value)
    (member,) = value.members
    inner = member.value
    if member.key in LISTS and isinstance(inner, Array):
        return Array(value.start, [unwrapped_value(each) for each in inner.items])
    if member.key == "arrayValue" and isinstance(inner, Object):
        lists = [each.value for each in inner.members if each.key == "values"]
        return Array(value.start, [unwrapped_value(each) for each in items_of(lists[0])]) if lists else value
    if member.key == "$date":
        return _date(inner)
    if not isinstance(inner, Scalar):
        return value
    if member.key in NUMBERS_AS_TEXT and isinstance(inner.value, str):
        number = number_value(inner.value)
        return Bare(value.start, inner.value) if number is None else Scalar(value.start, number, inner.value)
    if member.key in NO_VALUE and inner.value is NO_VALUE[member.key]:
        return Scalar(value.start, None)
    if PLAIN.get(member.key) is bool and isinstance(inner, Bare) and inner.value in BOOLEANS:
        # The form that the SDK for Java prints.
        return inner
    if NAMED_TYPE.fullmatch(member.key) and isinstance(inner.value, str):
        return inner
    return inner if member.key in TEXTS or isinstance(inner.value, PLAIN.get(member.key, ())) else value


def _beside_type(value: Object) -> Node:
    """Return a value without the names of its type that stand beside it."""
    members = {each.key: each.value for each in value.members}
    own = [each for key, each in members.items() if key in VALUES]
    is_typed = len(members) == len(value.members) and BESIDE_VALUES.issuperset(members.keys() - set(VALUES))
    return own[0] if is_typed and len(own) == 1 and isinstance(own[0], Scalar) else value


def _date(inner: Node) -> Node:
    """Return the seconds or the text of a date of MongoDB."""
    milliseconds = unwrapped_value(inner)
    if isinstance(milliseconds, Scalar) and type(milliseconds.value) is int:
        seconds = milliseconds.value // 1000
        return Scalar(inner.start, seconds, str(seconds))
    return inner
