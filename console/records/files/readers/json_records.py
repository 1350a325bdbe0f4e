"""Records of JSON as rows: in any of the shapes of record input, to the same columns."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from console.records.files.heading_fields import WITHIN, fields_of_columns, inner_field
from console.records.files.readers.headings import MOST_COLUMNS
from console.records.files.readers.separated_rows import LONGEST_TEXT_SHOWN
from console.records.files.source import BadCell, Batch, BrokenRow, Cell, NoRecordsError
from console.records.json.nodes import Array, Member, Node, Object, Scalar, Unreadable, quoted
from console.records.pasted.envelopes.tracked_events import times_of_transport
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.values.typed_values import unwrapped_value
from console.records.property_names import match_key
from console.records.schemas.schema import Schema

RECORDS_LOOKED_AT = 1000
PROPERTIES = "properties"
# Around each record that DynamoDB exports to S3.
ITEM = "Item"
# The time of an event in a request, which trackers keep alongside other times.
SENT_AT = "sentAt"
OF_TRACKER = "{} (of the tracker)"
# An object of one name that is no field's is hardly a record.
LEAST_NAMES = 2
OTHER_NAMES = "Its objects do not name the record as the schema does: choose the fields of the columns."
# Objects within one another that are opened.
DEEPEST = 3
# MongoDB's extended JSON nests the type of a date in two objects.
DEEPEST_TYPE = 3
AN_OBJECT = "a JSON object"
ONE_ROW_EACH = "A row is one record: write a row for each of them."
NOT_PROPERTIES = "properties that are neither an object nor the text of one"
OF_PYTHON = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
PLAIN = frozenset((str, bool, int, float, Decimal, type(None), BadCell))


def _no_number(name: str) -> BadCell:
    return BadCell(name, "JSON has no such number: write null, or leave the name out.")


# Numbers that are not whole stay as they are written; a double has fewer digits.
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_number)


def read_value(text: str) -> Any:
    """Return the value of a JSON text with all digits of its numbers; raise ValueError or RecursionError."""
    return _DECODER.decode(text)


class RecordTable:
    """Gathers records of JSON as the columns of a batch: values of one field are in one column, whatever its name."""

    def __init__(self, schema: Schema, heading: Iterable[str]) -> None:
        self._schema = schema
        heading = tuple(heading)
        self._width = len(heading)
        self._places: dict[str, int | None] = {}
        # The objects whose members are columns.
        self._opened = {name.partition(WITHIN)[0] for name in heading if WITHIN in name}
        self._by_key = {_key(schema, name): place for place, name in reversed(list(enumerate(heading)))}
        self._start()

    def _start(self) -> None:
        self._numbers: list[int] = []
        self._rows: list[list[Cell]] = []
        self._broken: list[BrokenRow] = []
        self._others: set[str] = set()

    def __len__(self) -> int:
        return len(self._rows) + len(self._broken)

    def add(self, number: int, value: Any, text: str = "") -> None:
        """Add a value as a row, or as one that is broken if it is no record."""
        record = _flat(self._schema, value)
        if isinstance(record, str):
            self.add_broken(BrokenRow(number, AN_OBJECT, record, text=text[:LONGEST_TEXT_SHOWN]))
        elif record:
            self._numbers.append(number)
            self._rows.append(self._cells(_opened(record, self._opened) if self._opened else record))

    def add_broken(self, row: BrokenRow) -> None:
        """Add a row that cannot be read."""
        self._broken.append(row)

    def batch(self) -> Batch:
        """Return what was added since the last batch."""
        columns = list(zip(*self._rows, strict=True)) or [()] * self._width
        batch = Batch(self._numbers, columns, self._broken, self._others)
        self._start()
        return batch

    def _cells(self, record: Iterable[tuple[str, Any]]) -> list[Cell]:
        cells: list[Cell] = [None] * self._width
        taken: dict[int, str] = {}
        places = self._places
        for name, value in record:
            place = places[name] if name in places else self._place(name)
            if place is None:
                self._others.add(name)
            elif place in taken:
                found = f"both {quoted(taken[place])} and {quoted(name)}"
                cells[place] = BadCell(found, "They are one field: keep one of them.")
            else:
                taken[place] = name
                cells[place] = value if type(value) in PLAIN else _unwrapped(value)
        return cells

    def _place(self, name: str) -> int | None:
        place = self._by_key.get(_key(self._schema, name))
        # Names that never repeat, such as ids, are kept up to a limit.
        if len(self._places) < 10 * MOST_COLUMNS:
            self._places[name] = place
        return place


def heading_of(schema: Schema, values: Iterable[Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names in some records in their order with the fields that none of them names, and notes on them.

    Where a field stands nowhere, the members of objects are named as well: `traits.age`. Where the records are not
    named as the schema does, their own names are all. Raise NoRecordsError if none of them has several names.
    """
    found = (_flat(schema, value) for value in values)
    records: list[Collection[tuple[str, Any]]] = [record for record in found if not isinstance(record, str)]
    names = _names(schema, records)
    has_own_names = names_fields(schema, names)
    if opened := _objects_to_open(schema, records, names):
        records = [_opened(record, opened) for record in records]
        names = _names(schema, records)
    fields = set(fields_of_columns(schema, names))
    if not has_own_names and not fields.issuperset(
        field.name for field in schema.declared_fields if not field.nullable
    ):
        if max(map(len, records), default=0) < LEAST_NAMES:
            raise NoRecordsError(no_records(schema))
        return tuple(names), (OTHER_NAMES,)
    # Of several names within objects that could be a field, a person chooses one.
    fields.update(inner_field(schema, name) for name in names)
    missing = [field.property_name for field in schema.declared_fields if field.name not in fields]
    return (*names, *missing), ()


def _names(schema: Schema, records: Iterable[Iterable[tuple[str, Any]]]) -> list[str]:
    names: dict[str, str] = {}
    for record in records:
        for name, _value in record:
            if len(names) < MOST_COLUMNS:
                names.setdefault(_key(schema, name), name)
    return list(names.values())


def _objects_to_open(schema: Schema, records: Sequence[Collection[tuple[str, Any]]], names: Sequence[str]) -> set[str]:
    """Return the names of objects in records, if there are fields that the records do not name.

    Of lists of objects, only those that have such a field are among them.
    """
    fields = fields_of_columns(schema, names)
    missing = {field.name for field in schema.declared_fields} - {field for field in fields if field}
    others = {name for name, field in zip(names, fields, strict=True) if field is None} if missing else set()
    values = [(name, value) for record in records for name, value in record if name in others]
    objects = {name for name, value in values if isinstance(value, dict) and not _is_typed(value)}
    lists = {name for name, value in values if isinstance(value, list) and _has_members(value)}
    inner = _names(schema, [_opened(record, lists) for record in records]) if lists else ()
    return objects | {
        name.partition(WITHIN)[0] for name in inner if WITHIN in name and inner_field(schema, name) in missing
    }


def _opened(record: Iterable[tuple[str, Any]], objects: Collection[str]) -> list[tuple[str, Any]]:
    """Return the members of a record, with those of some objects and of what is in them by their whole names.

    A list of one object is opened as well, such as the items of an event of Google Analytics; of several objects, a
    row can have none.
    """
    members: list[tuple[str, Any]] = []
    for name, value in record:
        is_object = (_has_members(value) and not _is_typed(value)) or (name in objects and value == [])
        is_opened = is_object and name.partition(WITHIN)[0] in objects and name.count(WITHIN) < DEEPEST
        inner = ((f"{name}{WITHIN}{each}", deeper) for each, deeper in _members(value)) if is_opened else ()
        members += _opened(inner, objects) if is_opened else [(name, value)]
    return members


def _has_members(value: Any) -> bool:
    """Return whether a value is an object, or a list of nothing but objects."""
    is_list = isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)
    return is_list or isinstance(value, dict)


def _members(value: Any) -> Iterable[tuple[str, Any]]:
    """Return the members of an object, or of the one object in a list; of several, what is said of their members."""
    if isinstance(value, dict):
        return value.items()
    if len(value) < 2:
        return value[0].items() if value else ()
    names = dict.fromkeys(name for each in value for name in each)
    return [(name, BadCell(f"{len(value)} objects", ONE_ROW_EACH)) for name in names]


def _is_typed(value: Any) -> bool:
    """Return whether an object is what a database writes for one value: `{"$oid": …}`, `{"S": …}`."""
    return (
        isinstance(value, dict) and len(value) == 1 and all(name.startswith("$") or name.isupper() for name in value)
    )


def no_records(schema: Schema) -> str:
    """Return the sentence on JSON in which no object names fields of the schema."""
    names = ", ".join(field.property_name for field in schema.declared_fields)
    return f"No objects in it have names of the schema's fields. Expected objects with names such as {names}."


def _key(schema: Schema, name: str) -> str:
    field = schema.field(name)
    return field.name if field else name


@lru_cache(maxsize=4096)
def _is_properties(name: str) -> bool:
    return match_key(name) == PROPERTIES


def _flat(schema: Schema, value: Any) -> Collection[tuple[str, Any]] | str:
    """Return the names and values of a record, those of its properties among them, or what is there instead."""
    if not isinstance(value, dict):
        return OF_PYTHON.get(type(value), "a number")
    is_wrapped = len(value) == 1 and isinstance(value.get(ITEM), dict)
    record: dict[str, Any] = value[ITEM] if is_wrapped else value
    if SENT_AT in record and (transport := times_of_transport(record)):
        # Kept as columns under other names: a person may choose one of them.
        record = {OF_TRACKER.format(name) if name in transport else name: inner for name, inner in record.items()}
    if not any(map(_is_properties, record)):
        return record.items()
    members: list[tuple[str, Any]] = []
    for name, inner in record.items():
        is_field = schema.field(name) is not None and not isinstance(inner, dict)
        if is_field or not _is_properties(name):
            members.append((name, inner))
            continue
        found = _properties(inner)
        if found is None:
            return NOT_PROPERTIES
        members += found.items()
    return members


def _properties(value: Any) -> dict[str, Any] | None:
    if isinstance(value, str):
        try:
            value = read_value(value)
        except (ValueError, RecursionError):
            return None
    return {} if value is None else value if isinstance(value, dict) else None


def _unwrapped(value: Any) -> Cell:
    """Return what an object or a list is as a cell: the value that a database wraps in its type, or none."""
    node = unwrapped_value(_node(value, DEEPEST_TYPE))
    if isinstance(node, Array):
        return BadCell("a list", "Write a text; several categories are one text, with | between them.")
    if isinstance(node, Object) or isinstance(node.value, Unreadable):
        return BadCell("an object", "Write its values beside the others, each under a name of its own.")
    return Decimal(node.literal) if isinstance(node.value, float) and node.literal else node.value


def _node(value: Any, depth: int) -> Node:
    if isinstance(value, dict):
        members = list(value.items()) if depth else []
        return Object(0, [Member(0, name, _node(inner, depth - 1)) for name, inner in members])
    return Array(0, []) if isinstance(value, list) else Scalar(0, value)


def first_of(values: Iterator[Any]) -> list[Any]:
    """Return the first values, as many as are looked at."""
    return [value for value, _number in zip(values, range(RECORDS_LOOKED_AT), strict=False)]
