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
        "Nothing",
        "missing",
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
VARIABLES_OF_POWERSHELL = frozenset(("$null", "$true", "$false"))
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
LIST_CALLS = frozenset(
    (
        *("array", "list", "c", "tuple", "vec"),
        *("listOf", "mutableListOf", "arrayOf", "arrayListOf", "setOf"),
        *("of", "asList", "entry", "Array", "List", "Seq", "Vector", "Set", "ArrayBuffer", "ListBuffer", "IndexedSeq"),
    )
)
# Around a value that may be missing, in Rust, Scala, Swift and Java.
OPTION_CALLS = frozenset(("Some", "Option", "Optional", "Optional.of", "Optional.ofNullable", "String::from"))
TEXT_OF_CALLS = frozenset(
    ("dumps", "stringify", "json_encode", "to_json", "toJson", "toJSON", "generate", "jsonencode")
)
FRAMES_OF_R = frozenset(("data.frame", "data.table", "tibble", "as.data.frame"))
FRAME_OPTIONS = frozenset(
    ("stringsAsFactors", "check.names", "check.rows", "row.names", "fix.empty.names", "key", ".name_repair", ".rows")
)
WRAPPER_CALLS = frozenset(("structure", "freeze", "data"))
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
    last = last_part(name.removeprefix("$")) if name in VARIABLES_OF_POWERSHELL else last_part(name)
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


def _of_alternating(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the object of names and values in turn, as Map.of has them."""
    names = [each.value for each in values[::2] if isinstance(each, Scalar) and isinstance(each.value, str)]
    if members or len(names) * 2 != len(values):
        return None
    return Object(start, [Member(start, name, value) for name, value in zip(names, values[1::2], strict=True)])


def _entries(start: int, values: list[Node], _members: list[Member]) -> Node | None:
    return _mapping(start, [Array(start, values)], [])


def _frame(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return what a data frame is made of: rows under a heading, records or columns.

    Its index becomes a column, since it may be the ids.
    """
    if not values:
        return Object(start, members) if members else None
    named = {each.key: each.value for each in members}
    heading = next((_names(named[key]) for key in ("columns", "schema", "dtype", "names") if key in named), [])
    index = named.get("index")
    data = values[0]
    if heading and isinstance(data, Array) and all(isinstance(each, Array) for each in data.items):
        names: Node = Array(start, [Scalar(start, name) for name in heading])
        data = Array(data.start, [names, *data.items], data.more)
        index = Array(start, [Scalar(start, "index"), *index.items]) if isinstance(index, Array) else None
    return _with_index(data, index) if isinstance(index, Array) else _first(start, [data], [])


def _frame_of_spark(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return what a data frame of Spark is made of; the names of its columns may be its second argument."""
    names = [Member(start, "schema", values[1])] if len(values) > 1 else []
    return _frame(start, values[:1], [*names, *members])


def _with_index(data: Node, index: Array) -> Node | None:
    """Return rows, records or columns with their index among them."""
    match data:
        case Object(start=start, members=members):
            return Object(start, [Member(start, "index", index), *members])
        case Array(start=start, items=items) if len(items) == len(index.items):
            pairs = list(zip(index.items, items, strict=True))
            rows = [Array(row.start, [each, *row.items]) for each, row in pairs if isinstance(row, Array)]
            records = [
                Object(row.start, [Member(row.start, "index", each), *row.members])
                for each, row in pairs
                if isinstance(row, Object)
            ]
            return Array(start, [*rows, *records]) if len(items) in (len(rows), len(records)) else None
        case _:
            return None


def _names(node: Node) -> list[str]:
    """Return the names of columns: texts, pairs of a name and a type, or an object of types by their names."""
    if isinstance(node, Object):
        return [each.key for each in node.members]
    items = node.items if isinstance(node, Array) else []
    pairs = [each.items[0] if isinstance(each, Array) and each.items else each for each in items]
    return [each.value for each in pairs if isinstance(each, Scalar) and isinstance(each.value, str)]


def _array(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the array of numpy: a record array has the names of its fields in its dtype."""
    dtype = next((each.value for each in members if each.key == "dtype"), None)
    return _frame(start, values, members) if isinstance(dtype, Array) else _list(start, values, members)


def _frame_of_r(start: int, values: list[Node], members: list[Member]) -> Node | None:
    """Return the columns of a data frame of R, without what it is told of them."""
    return _first(start, values, [each for each in members if each.key not in FRAME_OPTIONS])


def _masked(_start: int, _values: list[Node], members: list[Member]) -> Node | None:
    return next((each.value for each in members if each.key == "data"), None)


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
    (lambda _last, name: name.endswith("Map.of"), _of_alternating),
    (lambda last, _name: last == "ofEntries", _entries),
    (lambda last, name: last in OPTION_CALLS or name in OPTION_CALLS, _only),
    (lambda last, _name: last in MAPPING_CALLS, _mapping),
    (lambda last, _name: last == "DataFrame", _frame),
    (lambda last, _name: last == "createDataFrame", _frame_of_spark),
    (lambda _last, name: name in FRAMES_OF_R, _frame_of_r),
    (lambda last, _name: last == "masked_array", _masked),
    (lambda last, _name: last == "array", _array),
    (lambda last, _name: last in WRAPPER_CALLS, _first),
    (lambda last, _name: last in LIST_CALLS, _list),
    (lambda last, _name: NUMBER_CALLS.fullmatch(last) is not None, _number),
)
