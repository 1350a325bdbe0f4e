"""Records within other values: requests, answers of databases and services, columns instead of rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from console.records.entities import ENTITIES
from console.records.json.nodes import Array, Member, Node, Object, Scalar, items_of
from console.records.json.reading import read_json
from console.records.pasted.detected import Refusal
from console.records.pasted.envelopes.cells import cells_of
from console.records.pasted.envelopes.other_type import records_of_other_type
from console.records.pasted.envelopes.resources import IN_BASE64, decoded, is_removal, new_image, resource
from console.records.pasted.envelopes.target import entity_of_request, records_of_request
from console.records.pasted.tables.headings import IN_ORDER, matched_columns, names_fields
from console.records.property_names import match_key
from console.records.schemas.schema import Schema

# How many brackets there may be around records.
DEEPEST_ENVELOPE = 6
MOST_ENVELOPES = 2000
# As services call the name of a column.
NAMES = ("name", "Name")
BEGINNING_OF_JSON = re.compile(r"\s*[\[{]")


@dataclass(frozen=True, slots=True)
class Enveloped:
    """Records, and where they are: in words, "" where nothing is around them."""

    records: tuple[Node, ...]
    where: str = ""
    count: int | None = None
    notes: tuple[str, ...] = ()


def find_records(schema: Schema, target: str, root: Node) -> Enveloped | None:
    """Return the records within a value, or None; raise Refusal if there are some in two places.

    `target` is what a request must name, if it names one, "" for anything.
    """
    found = list(_found(schema, target, root, (), [MOST_ENVELOPES]))
    if len(found) > 1:
        places = " and ".join(each.where.strip() or "at its beginning" for each in found[:2])
        raise Refusal(f"It has records in more than one place: {places}. Paste those that you mean.")
    return found[0] if found else None


def _found(schema: Schema, target: str, node: Node, path: tuple[str, ...], left: list[int]) -> Iterator[Enveloped]:
    left[0] -= 1
    if len(path) > DEEPEST_ENVELOPE or left[0] < 0:
        return
    where = ".".join(path)
    if isinstance(node, Scalar):
        yield from _in_text(schema, target, node, path, left)
        return
    if isinstance(node, Array):
        yield from _in_array(schema, target, node, path, left)
        return
    if is_removal(node):
        return
    image = new_image(node)
    if image:
        yield from _found(schema, target, image.value, (*path, image.key), left)
        return
    entity = entity_of_request(schema, node)
    if entity and len(node.members) == 1:
        # A query or a table that is called as the records of a request are.
        deeper = (
            [] if _has_records(schema, node.members[0].value) else list(_in_members(schema, target, node, path, left))
        )
        if deeper:
            yield from deeper
            return
    if entity and not (entity is not schema.entity and _has_own_records(schema, node)):
        records = records_of_request(schema, target, entity, node)
        if records:
            yield Enveloped(tuple(records), f"of a {schema.entity.operation} request{_inside(where)}")
            return
    columns, of_resource = _columns(schema, node), resource(schema, node)
    if of_resource:
        yield Enveloped((of_resource.record,), _inside(where), notes=(of_resource.note,) if of_resource.note else ())
    elif columns:
        yield Enveloped(columns, "in columns instead of rows")
    elif is_record(schema, node):
        yield Enveloped((node,), _inside(where))
    else:
        by_key = [each.value for each in node.members]
        if len(by_key) > 1 and all(isinstance(each, Object) and is_record(schema, each) for each in by_key):
            yield Enveloped(tuple(by_key), f"by their number or id{_inside(where)}")
            return
        table = _split(schema, node)
        if table:
            yield Enveloped(table, f"as columns and rows{_inside(where)}")
            return
        yield from _in_members(schema, target, node, path, left)


def _in_members(
    schema: Schema, target: str, node: Object, path: tuple[str, ...], left: list[int]
) -> Iterator[Enveloped]:
    for member in node.members:
        yield from _found(schema, target, member.value, (*path, member.key), left)


def _in_text(schema: Schema, target: str, node: Scalar, path: tuple[str, ...], left: list[int]) -> Iterator[Enveloped]:
    """Yield the records of JSON in a text, which may be encoded in Base64, as the bodies of messages are."""
    if not isinstance(node.value, str):
        return
    notes: tuple[str, ...] = ()
    text = node.value
    if path and not BEGINNING_OF_JSON.match(text):
        text, notes = decoded(text) or "", (IN_BASE64,)
    if not BEGINNING_OF_JSON.match(text):
        return
    inner = read_json(text)
    if inner.root is None or inner.faults:
        return
    for each in _found(schema, target, inner.root, path, left):
        yield replace(each, where=each.where or "as JSON in a text", notes=(*notes, *each.notes))


def _has_records(schema: Schema, node: Node) -> bool:
    return any(is_record(schema, each) or _names_id(schema, each) for each in items_of(node))


def _names_id(schema: Schema, node: Node) -> bool:
    names = [each.key for each in node.members] if isinstance(node, Object) else []
    return any(match_key(name) in (match_key(schema.entity.id_property), "properties") for name in names)


def _inside(where: str) -> str:
    return f" in “{where}”" if where else ""


def _in_array(schema: Schema, target: str, node: Array, path: tuple[str, ...], left: list[int]) -> Iterator[Enveloped]:
    if any(is_record(schema, each) for each in node.items):
        yield Enveloped(tuple(node.items), _inside(".".join(path)), node.count)
        return
    rows = _rows(schema, node)
    if rows:
        yield Enveloped(rows, f"as a heading and rows{_inside('.'.join(path))}")
        return
    names = [field.name for field in schema.declared_fields]
    in_order = _in_order(node, names)
    if in_order:
        where = f"as rows without a heading{_inside('.'.join(path))}"
        yield Enveloped(in_order, where, node.count, (IN_ORDER.format(", ".join(names)),))
        return
    kept = [each for each in node.items if not is_removal(each)]
    removed = len(node.items) - len(kept)
    within = [list(_found(schema, target, each, path, left)) for each in kept]
    if within and all(len(each) == 1 and len(each[0].records) == 1 for each in within):
        said = dict.fromkeys(note for each in within for note in each[0].notes)
        if removed:
            events = "1 event that removed an item is" if removed == 1 else f"{removed} events that removed items are"
            said[f"{events} left out."] = None
        records = tuple(each[0].records[0] for each in within)
        yield Enveloped(records, within[0][0].where, node.count - removed, tuple(said))
        return
    for each in within:
        yield from each


def is_record(schema: Schema, node: Node) -> bool:
    """Say whether a value is a record: an object that names the id, or two fields, or a field and `properties`."""
    if not isinstance(node, Object):
        return False
    names = [member.key for member in node.members]
    return names_fields(schema, names) or (len(names) == 1 and schema.field(names[0]) is not None)


def _has_own_records(schema: Schema, node: Object) -> bool:
    """Say whether a member of an object has records of the schema alone, and is only called as another type's are."""
    if len(node.members) > 1:
        # A target, or what is the same for all events, makes it a request.
        return False
    members = {match_key(entity.member) for entity in ENTITIES.values()}
    return any(
        isinstance(each.value, Array)
        and any(is_record(schema, record) for record in each.value.items)
        and records_of_other_type(schema, each.value) is None
        for each in node.members
        if match_key(each.key) in members
    )


def _columns(schema: Schema, node: Object) -> tuple[Node, ...]:
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


def _rows(schema: Schema, node: Array) -> tuple[Node, ...]:
    """Return the records of a list of lists whose first is the heading."""
    rows = [row for each in node.items if (row := cells_of(each)) is not None]
    if len(rows) < 2 or len(rows) < node.count:
        return ()
    heading = _texts(rows[0])
    return _under(schema, heading, rows[1:]) if heading else ()


def _in_order(node: Array, names: list[str]) -> tuple[Node, ...]:
    """Return the records of a list of lists without a heading, each with a value for each field of the schema."""
    rows = [row for each in node.items if (row := cells_of(each)) is not None]
    is_table = len(names) > 1 and 0 < len(rows) == len(node.items)
    if not is_table or any(len(row) != len(names) for row in rows):
        return ()
    if not all(isinstance(each, Scalar) for row in rows for each in row):
        return ()
    return tuple(_record(names, row) for row in rows)


def _split(schema: Schema, node: Object) -> tuple[Node, ...]:
    """Return the records of an object that has the names of columns in one list, and rows in another."""
    lists = list(_lists(node))
    headings = [names for each in lists if (names := _texts(each.items)) and names_fields(schema, names)]
    tables = [rows for each in lists if each.items and (rows := _all_cells(each))]
    if len(headings) != 1 or len(tables) != 1:
        return ()
    (heading,), (rows,) = headings, tables
    # Athena repeats the heading in the first row.
    return _under(schema, heading, rows[1:] if _texts(rows[0]) == heading else rows)


def _lists(node: Object) -> Iterator[Array]:
    """Yield the lists of an object, and of the objects in it: BigQuery has the names of columns in `schema.fields`."""
    for each in node.members:
        if isinstance(each.value, Array):
            yield each.value
        elif isinstance(each.value, Object):
            yield from (inner.value for inner in each.value.members if isinstance(inner.value, Array))


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
