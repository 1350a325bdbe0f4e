"""Values that a database wraps in their types: DynamoDB's attribute values, and extended JSON of MongoDB."""

from console.records.json.nodes import Array, Bare, Node, Object, Scalar
from console.records.json.scalars import number_value

# DynamoDB and MongoDB's extended JSON say the type of each value: "Attribute values" of the API reference of DynamoDB,
# and "MongoDB Extended JSON (v2)".
NUMBERS_AS_TEXT = ("N", "$numberInt", "$numberLong", "$numberDouble", "$numberDecimal")
TEXTS = ("S", "$oid", "$uuid", "$symbol")
LISTS = ("SS", "L", "NS")


def unwrapped_value(value: Node) -> Node:
    """Return a value without the type that a database wraps it in."""
    if not isinstance(value, Object) or len(value.members) != 1:
        return value
    (member,) = value.members
    inner = member.value
    if member.key in LISTS and isinstance(inner, Array):
        return Array(value.start, [unwrapped_value(each) for each in inner.items])
    if member.key == "$date":
        return _date(inner)
    if not isinstance(inner, Scalar):
        return value
    if member.key in NUMBERS_AS_TEXT and isinstance(inner.value, str):
        number = number_value(inner.value)
        return Bare(value.start, inner.value) if number is None else Scalar(value.start, number, inner.value)
    if member.key == "NULL" and inner.value is True:
        return Scalar(value.start, None)
    return inner if member.key in TEXTS or (member.key == "BOOL" and isinstance(inner.value, bool)) else value


def _date(inner: Node) -> Node:
    """Return the seconds or the text of a date of MongoDB."""
    milliseconds = unwrapped_value(inner)
    if isinstance(milliseconds, Scalar) and type(milliseconds.value) is int:
        seconds = milliseconds.value // 1000
        return Scalar(inner.start, seconds, str(seconds))
    return inner
