"""Records whose names stand apart from their values: columns, a heading and rows, rows in the order of the schema."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.records.json.nodes import Array, Member, Node, Object, Scalar
from console.records.pasted.envelopes.cells import cells_of
from console.records.pasted.tables.headings import matched_columns, names_fields
from console.records.pasted.tables.no_records import are_types
from console.records.schemas.schema import Schema

# Services' names for the name of a column.
NAMES = ("name", "Name")
HEADING_REPEATED = "The first row, which repeats the heading, is left out."


@dataclass(frozen=True, slots=True)
class Split:
    """Records of a heading and rows, a sentence on what was done, and the names of what stands beside both."""

    records: tuple[Node, ...]
    notes: tuple[str, ...]
    left_out: tuple[str, ...]


def columns_of(schema: Schema, node: Object) -> tuple[Node, ...]:
    """Return the records of an object that has a list for each field, or an object by the number of the row."""
    if not node.members or not names_fields(schema, [each.key for each in node.members]):
        return ()
    values = [each.value for each in node.members]
    lists = [each.items if isinstance(each, Array) else None for each in values]
    if all(isinstance(each, Object) and each.members for each in values):
        keys = [tuple(member.key for member in each.members) for each in values if isinstance(each, Object)]
        if len(set(keys)) == 1 and all(key.isdecimal() for key in keys[0]):
            lists = [[member.value for member in each.members] for each in values if isinstance(each, Object)]
    columns = [each for each in lists if each]
    if len(columns) < len(values) or len({len(each) for each in columns}) != 1:
        return ()
    names = [each.key for each in node.members]
    return tuple(_record(names, row) for row in zip(*columns, strict=True))


def under_heading(schema: Schema, node: Array) -> tuple[Node, ...]:
    """Return the records of a list of lists whose first is the heading."""
    rows = [row for each in node.items if (row := cells_of(each)) is not None]
    if len(rows) < 2 or len(rows) < node.count:
        return ()
    heading = _texts(rows[0])
    if len(rows) > 2 and are_types(_texts(rows[1])):
        # ClickHouse's JSONCompactEachRowWithNamesAndTypes.
        del rows[1]
    return _under(schema, heading, rows[1:]) if heading else ()


def in_order(node: Array, names: list[str]) -> tuple[Node, ...]:
    """Return the records of a list of lists without a heading, each with a value for each field of the schema."""
    rows = [row for each in node.items if (row := cells_of(each)) is not None]
    is_table = len(names) > 1 and 0 < len(rows) == len(node.items)
    if not is_table or any(len(row) != len(names) for row in rows):
        return ()
    if not all(isinstance(each, Scalar) for row in rows for each in row):
        return ()
    return tuple(_record(names, row) for row in rows)


def split(schema: Schema, node: Object) -> Split | None:
    """Return the records of an object that has the names of columns in one list, and rows in another, or None."""
    lists = list(_lists(node))
    headings = [(own, names) for own, each in lists if (names := _texts(each.items)) and names_fields(schema, names)]
    tables = [(own, rows) for own, each in lists if each.items and (rows := _all_cells(each))]
    if len(headings) != 1 or len(tables) != 1:
        return None
    (named, heading), (filled, rows) = headings[0], tables[0]
    # Athena repeats the heading as the first row.
    is_repeated = [name.casefold() for name in _texts(rows[0])] == [name.casefold() for name in heading]
    records = _under(schema, heading, rows[1:] if is_repeated else rows)
    if not records:
        return None
    left_out = tuple(each.key for each in node.members if each is not named and each is not filled)
    return Split(records, (HEADING_REPEATED,) if is_repeated else (), left_out)


def _lists(node: Object) -> Iterator[tuple[Member, Array]]:
    """Yield the lists of an object, each with its member, and of the objects in it: BigQuery has `schema.fields`."""
    for each in node.members:
        if isinstance(each.value, Array):
            yield each, each.value
        elif isinstance(each.value, Object):
            yield from ((each, inner.value) for inner in each.value.members if isinstance(inner.value, Array))


def _all_cells(node: Array) -> list[list[Node]]:
    """Return the rows of a list; none if it has an item that is no row."""
    rows = [row for each in node.items if (row := cells_of(each)) is not None]
    return rows if len(rows) == len(node.items) else []


def _under(schema: Schema, heading: list[str], rows: list[list[Node]]) -> tuple[Node, ...]:
    if not names_fields(schema, heading) or any(len(row) != len(heading) for row in rows):
        return ()
    names, _notes = matched_columns(schema, heading)
    return tuple(_record(names, row) for row in rows)


def _texts(items: list[Node]) -> list[str]:
    """Return texts, or the `name` of objects, if all items are such."""
    named = [
        next((each.value for each in item.members if each.key in NAMES), item) if isinstance(item, Object) else item
        for item in items
    ]
    texts = [each.value for each in named if isinstance(each, Scalar) and isinstance(each.value, str)]
    return texts if len(texts) == len(items) else []


def _record(names: list[str], values: "tuple[Node, ...] | list[Node]") -> Object:
    return Object(0, [Member(0, name, value) for name, value in zip(names, values, strict=True)])
