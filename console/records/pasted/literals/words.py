"""Words and calls that stand for values in the literals of programming languages."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar
from console.records.json.scalars import number_value

# By their last part: np.nan, math.nan, pd.NA, float.nan.
NO_VALUE = frozenset(
    (
        "None",
        "nil",
        "undefined",
        "NULL",
        "Null",
        "undef",
        "nothing",
        "nan",
        "NaN",
        "NA",
        "NaT",
        "NA_character_",
        "NA_integer_",
        "NA_real_",
    )
)
WORDS = {"null": None, "true": True, "false": False, "True": True, "False": False, "TRUE": True, "FALSE": False}
WORDS |= {"True_": True, "False_": False, "T": True, "F": False}
NUMBER_CALLS = re.compile(
    r"(?:decimal|bigdecimal|bigint|biginteger|number(?:int|long|decimal|double)?|int(?:32|64)?|long|float|double|decimal128|integer|as_integer"
    r"|u?int(?:8|16|32|64)|float(?:16|32|64|_)|int_)",
    re.IGNORECASE,
)
TEXT_CALLS = frozenset(("UUID", "ObjectId", "ObjectID", "oid", "str", "str_", "string", "String", "Text", "Symbol"))
BOOLEAN_CALLS = frozenset(("bool", "bool_", "Boolean"))
MOMENT_CALLS = frozenset(
    ("Timestamp", "ISODate", "Date", "datetime64", "parse", "DateTime", "Instant", "fromisoformat")
)
LIST_CALLS = frozenset(("array", "list", "c", "tuple", "Array", "listOf", "of", "asList", "vec", "List", "setOf"))
TEXT_OF_CALLS = frozenset(
    ("dumps", "stringify", "json_encode", "to_json", "toJson", "toJSON", "generate", "jsonencode")
)
WRAPPER_CALLS = frozenset(("structure", "DataFrame", "freeze", "tibble", "data"))
# What Python and psycopg2 show as its pairs of a name and a value.
MAPPING_CALLS = frozenset(("dict", "OrderedDict", "RealDictRow", "odict"))
NEW_DATE_IN_MILLISECONDS = 1000
# From the year to the microseconds.
MOST_PARTS_OF_MOMENT = 7

type Arguments = tuple[list[Node], list[Member]]


def last_part(name: str) -> str:
    """Return the last part of a name with dots, or with colons as C++, Ruby and PHP have them."""
    return re.split(r"[.]|::", name)[-1]


def word_value(start: int, name: str) -> Scalar | None:
    """Return the value that a word stands for, or None if it is none: a variable's name."""
    last = last_part(name)
    if last in WORDS:
        return Scalar(start, WORDS[last])
    if last in ("utc", "UTC"):
        return Scalar(start, "UTC")
    return Bare(start, name) if last in NO_VALUE else None


def number_of(start: int, text: str) -> Scalar:
    """Return the number of a token; one that JSON writes another way, such as `007`, is text without quotes."""
    bare = text.rstrip("LlnNfFdDmM").replace("_", "").removeprefix("+")
    if bare.startswith(".") or bare.startswith("-."):
        bare = bare.replace(".", "0.", 1)
    if bare.endswith("."):
        bare += "0"
    number = number_value(bare)
    return Bare(start, text) if number is None else Scalar(start, number, bare)


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


def _list(start: int, values: list[Node], members: list[Member]) -> Node | None:
    if members and not values:
        return Object(start, members)
    if members and not isinstance(values[0], Array):
        return None
    is_only_array = len(values) == 1 and isinstance(values[0], Array)
    return values[0] if is_only_array else Array(start, values)


def _first(start: int, values: list[Node], members: list[Member]) -> Node | None:
    if members and not values:
        return Object(start, members)
    return values[0] if values and not isinstance(values[0], Scalar) else None


def _mapping(start: int, values: list[Node], members: list[Member]) -> Node | None:
    pairs = values[0] if len(values) == 1 and not members else None
    if not isinstance(pairs, Array):
        return _first(start, values, members)
    found = [_pair(each) for each in pairs.items]
    return None if None in found else Object(start, [each for each in found if each])


def _pair(node: Node) -> Member | None:
    match node:
        case Array(items=[Scalar(value=str(name)), value]):
            return Member(node.start, name, value)
        case _:
            return None


def _joined(start: int, values: list[Node], _members: list[Member]) -> Node | None:
    texts = [each.value for each in values if isinstance(each, Scalar) and isinstance(each.value, str)]
    return Scalar(start, texts[0].join(texts[1:])) if texts and len(texts) == len(values) else None


type Make = Callable[[int, list[Node], list[Member]], Node | None]
type IsOne = Callable[[str, str], bool]

CALLS: tuple[tuple[IsOne, Make], ...] = (
    (lambda _last, name: name == "String.join", _joined),
    (lambda last, _name: last in ("datetime", "date"), _datetime),
    (lambda last, _name: last in ("timezone", "timedelta", "ZoneInfo", "tzutc", "ofEpochSecond"), _only),
    (lambda last, _name: last in MOMENT_CALLS, _moment),
    (lambda last, _name: last in TEXT_CALLS, _text),
    (lambda last, _name: last in BOOLEAN_CALLS, _text),
    (lambda last, _name: last in TEXT_OF_CALLS, lambda _start, values, _members: values[0] if values else None),
    (lambda last, _name: last in MAPPING_CALLS, _mapping),
    (lambda last, _name: last in WRAPPER_CALLS, _first),
    (lambda last, _name: last in LIST_CALLS, _list),
    (lambda last, _name: NUMBER_CALLS.fullmatch(last) is not None, _number),
)
