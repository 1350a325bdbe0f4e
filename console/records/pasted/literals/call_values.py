"""Calls that stand for values in the literals of programming languages."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar
from console.records.json.scalars import number_value
from console.records.pasted.literals.frames import (
    FRAMES_OF_R,
    first_of,
    frame,
    frame_of_r,
    frame_of_spark,
    items_of_list,
    list_of,
    masked,
    numpy_array,
    series,
)
from console.records.pasted.literals.words import last_part, number_of

NUMBER_CALLS = re.compile(
    r"(?:decimal|bigdecimal|tonumber|bigint|biginteger|number(?:int|long|decimal|double)?|int(?:32|64)?|long|float|double|decimal128|integer|as_integer"
    r"|u?int(?:8|16|32|64)|float(?:16|32|64|_)|int_)",
    re.IGNORECASE,
)
TEXT_CALLS = frozenset(
    ("UUID", "ObjectId", "ObjectID", "oid", "str", "str_", "string", "String", "Text", "Symbol", "tostring")
)
BOOLEAN_CALLS = frozenset(("bool", "tobool", "bool_", "Boolean"))
MOMENT_CALLS = frozenset(
    ("Timestamp", "ISODate", "Date", "datetime64", "parse", "DateTime", "Instant", "fromisoformat")
)
# Whose one argument is one item, as in List.of(new User("u-1", 34)) of Java.
LISTS_OF = frozenset(("of", "asList", "listOf", "mutableListOf"))
LIST_CALLS = frozenset(
    (
        *("array", "list", "c", "tuple", "vec"),
        *("listOf", "mutableListOf", "arrayOf", "arrayListOf", "setOf"),
        *("of", "asList", "entry", "Array", "List", "Seq", "Vector", "Set", "ArrayBuffer", "ListBuffer", "IndexedSeq"),
    )
)
# Around a value that may be missing, in Rust, Scala, Swift and Java.
OPTION_CALLS = frozenset(("Some", "Just", "Option", "Optional", "Optional.of", "Optional.ofNullable", "String::from"))
TEXT_OF_CALLS = frozenset(
    ("dumps", "stringify", "json_encode", "to_json", "toJson", "toJSON", "generate", "jsonencode")
)
WRAPPER_CALLS = frozenset(("structure", "freeze", "data", "bless"))
# Classes that Python and psycopg2 print as their pairs of names and values.
MAPPING_CALLS = frozenset(("dict", "OrderedDict", "RealDictRow", "odict"))
NEW_DATE_IN_MILLISECONDS = 1000
# From the year to the microseconds.
MOST_PARTS_OF_MOMENT = 7

type Arguments = tuple[list[Node], list[Member]]


def call_value(start: int, name: str, arguments: Arguments) -> Node | None:
    """Return the value that a call stands for, or None if only its program knows it."""
    values, members = arguments
    last = last_part(name)
    for is_one, make in CALLS:
        if is_one(last, name):
            return make(start, values, members)
    if members and not values:
        return Object(start, members)
    return values[0] if len(values) == 1 and not members and isinstance(values[0], Object | Array) else None


def _number(start: int, values: list[Node], _members: list[Member]) -> Node | None:
    if not values or not isinstance(values[0], Scalar):
        return None
    value = values[0]
    if isinstance(value, Bare) or not isinstance(value.value, str):
        return value
    return (
        number_of(start, value.value.strip())
        if number_value(value.value.strip()) is not None
        else Bare(start, value.value)
    )


def _text(_start: int, values: list[Node], _members: list[Member]) -> Node | None:
    return values[0] if len(values) == 1 and isinstance(values[0], Scalar) else None


def _moment(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the text of a moment that is given as a text; of one in milliseconds, its seconds."""
    if not values or not isinstance(values[0], Scalar):
        return None
    value = values[0].value
    if isinstance(value, int) and not isinstance(value, bool):
        seconds, rest = divmod(value, NEW_DATE_IN_MILLISECONDS)
        return Scalar(start, value, str(value)) if rest else Scalar(start, seconds, str(seconds))
    zone = next((each.value for each in members if each.key in ("tz", "tzinfo")), None)
    if isinstance(value, str) and isinstance(zone, Scalar) and zone.value == "UTC" and not value.endswith("Z"):
        return Scalar(start, value if "+" in value else f"{value}Z")
    return values[0]


def _datetime(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the text of a moment that is given by its year, month, day and so on."""
    first = values[:MOST_PARTS_OF_MOMENT]
    parts = [each.value for each in first if isinstance(each, Scalar) and type(each.value) is int]
    if len(parts) < max(3, len(first)):
        return None
    zone = next((each.value for each in members if each.key == "tzinfo"), None)
    if len(values) > MOST_PARTS_OF_MOMENT:
        zone = values[MOST_PARTS_OF_MOMENT]
    try:
        year, month, day, hour, minute, second, microsecond = [*parts, 0, 0, 0, 0][:MOST_PARTS_OF_MOMENT]
        moment = datetime(year, month, day, hour, minute, second, microsecond, _zone(zone))
    except (ValueError, OverflowError):
        return None
    return Scalar(start, moment.isoformat())


def _zone(node: Node | None) -> timezone | None:
    if isinstance(node, Scalar) and node.value == "UTC":
        return UTC
    seconds = node.value if isinstance(node, Scalar) else None
    return timezone(timedelta(seconds=seconds)) if isinstance(seconds, int) else None


def _only(_start: int, values: list[Node], members: list[Member]) -> Node | None:
    every = [*values, *(each.value for each in members)]
    return every[0] if len(every) == 1 else None


def _mapping(start: int, values: list[Node], members: list[Member]) -> Node | None:
    pairs = values[0] if len(values) == 1 and not members else None
    if not isinstance(pairs, Array):
        return first_of(start, values, members)
    found = [_pair(each) for each in pairs.items]
    return None if None in found else Object(start, [each for each in found if each])


def _of_alternating(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the object of names and values in turn, as Map.of has them."""
    names = [each.value for each in values[::2] if isinstance(each, Scalar) and isinstance(each.value, str)]
    if members or len(names) * 2 != len(values):
        return None
    return Object(start, [Member(start, name, value) for name, value in zip(names, values[1::2], strict=True)])


def _entries(start: int, values: list[Node], _members: list[Member]) -> Node | None:
    return _mapping(start, [Array(start, values)], [])


def _pair(node: Node) -> Member | None:
    match node:
        case Array(items=[Scalar(value=str(name)), value]):
            return Member(node.start, name, value)
        case _:
            return None


def joined_texts(start: int, values: list[Node], _members: list[Member]) -> Node | None:
    """Return the text of those behind the first one, with that between them; None if one of them is no text."""
    texts = [each.value for each in values if isinstance(each, Scalar) and isinstance(each.value, str)]
    return Scalar(start, texts[0].join(texts[1:])) if texts and len(texts) == len(values) else None


type Make = Callable[[int, list[Node], list[Member]], Node | None]
type IsOne = Callable[[str, str], bool]

CALLS: tuple[tuple[IsOne, Make], ...] = (
    (lambda _last, name: name == "String.join", joined_texts),
    (lambda last, _name: last in ("datetime", "date"), _datetime),
    (lambda last, _name: last in ("timezone", "TzInfo", "timedelta", "ZoneInfo", "tzutc", "ofEpochSecond"), _only),
    (lambda last, _name: last in MOMENT_CALLS, _moment),
    (lambda last, _name: last in TEXT_CALLS, _text),
    (lambda last, _name: last in BOOLEAN_CALLS, _text),
    (lambda last, _name: last in TEXT_OF_CALLS, lambda _start, values, _members: values[0] if values else None),
    (lambda _last, name: name.endswith("Map.of"), _of_alternating),
    (lambda last, _name: last == "ofEntries", _entries),
    (lambda last, name: last in OPTION_CALLS or name in OPTION_CALLS, _only),
    (lambda last, _name: last in MAPPING_CALLS, _mapping),
    (lambda last, _name: last == "DataFrame", frame),
    (lambda last, _name: last == "Series", series),
    (lambda last, _name: last == "createDataFrame", frame_of_spark),
    (lambda _last, name: name in FRAMES_OF_R, frame_of_r),
    (lambda last, _name: last == "masked_array", masked),
    (lambda last, _name: last == "array", numpy_array),
    (lambda last, _name: last in WRAPPER_CALLS, first_of),
    (lambda last, _name: last in LISTS_OF, items_of_list),
    (lambda last, _name: last in LIST_CALLS, list_of),
    (lambda last, _name: NUMBER_CALLS.fullmatch(last) is not None, _number),
)
