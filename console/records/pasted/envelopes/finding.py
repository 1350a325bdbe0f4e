"""Records within other values: requests, answers of databases and services, columns instead of rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from console.records.entities import ENTITIES
from console.records.json.nodes import Array, Member, Node, Object, Scalar, items_of, quoted, shortened
from console.records.json.reading import read_json
from console.records.pasted.detected import Refusal
from console.records.pasted.envelopes.keyed import keyed
from console.records.pasted.envelopes.other_type import records_of_other_type
from console.records.pasted.envelopes.pairs import of_pairs
from console.records.pasted.envelopes.resources import IN_BASE64, decoded, is_removal, new_image, resource, resources
from console.records.pasted.envelopes.rows import columns_of, in_order, split, under_heading
from console.records.pasted.envelopes.target import entity_of_request, records_of_request
from console.records.pasted.envelopes.tracked_events import tracked_events
from console.records.pasted.tables.headings import IN_ORDER, names_fields
from console.records.property_names import match_key
from console.records.schemas.schema import Schema

# How many brackets there may be around records.
DEEPEST_ENVELOPE = 9
MOST_ENVELOPES = 2000
BEGINNING_OF_JSON = re.compile(r"\s*[\[{]")
# The words of a log before an object.
BEFORE_OBJECT = re.compile(r"[^{\"]{0,200}?[\s:=](?=\{)")
BEFORE_LEFT_OUT = "What stands before the object in each text is left out: {} and so on."
MOST_NAMED = 10
AS_TRACKED = " as trackers have them"
NAMES_LEFT_OUT = "The list of names above the records is left out."


@dataclass(frozen=True, slots=True)
class Enveloped:
    """Records, and where they are: in words, "" where nothing is around them.

    `left_out` are the names of what stands beside them; `notes` are sentences on what else was done.
    """

    records: tuple[Node, ...]
    where: str = ""
    count: int | None = None
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def find_records(schema: Schema, target: str, root: Node) -> Enveloped | None:
    """Return the records within a value, or None; raise Refusal if there are some in two places.

    `target` is what a request must name, if it names one, "" for anything.
    """
    found = list(_found(schema, target, root, (), [MOST_ENVELOPES]))
    if len(found) > 1:
        places = " and ".join(dict.fromkeys(each.where.strip() or "at its beginning" for each in found[:2]))
        named = f": {places}" if found[0].where.strip() != found[1].where.strip() else ""
        raise Refusal(f"It has records in more than one place{named}. Paste those that you mean.")
    return replace(found[0], notes=(*found[0].notes, *note_on_left_out(found[0].left_out))) if found else None


def note_on_left_out(left_out: tuple[str, ...]) -> tuple[str, ...]:
    """Return a sentence that names what stands beside records, if there is something."""
    if not left_out:
        return ()
    named = ", ".join(shortened(name) for name in left_out[:MOST_NAMED])
    return (f"Left out around the records: {named}{' and more' if len(left_out) > MOST_NAMED else ''}.",)


def _beside(node: Object, *kept: Member) -> tuple[str, ...]:
    """Return the names of an object's members but for those that are kept: no more of them than are named, and one."""
    others = (each.key for each in node.members if not any(each is member for member in kept))
    return tuple(islice(others, MOST_NAMED + 1))


def _all_of(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return names, each once."""
    return tuple(dict.fromkeys(name for each in names for name in each))


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
        yield from _in_member(schema, target, node, image, path, left)
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
    if entity and (entity.is_type_of(schema.entity) or not _has_own_records(schema, node)):
        records = records_of_request(schema, target, entity, node)
        if records:
            yield Enveloped(tuple(records), f"of a {schema.entity.operation} request{_inside(where)}")
            return
    events = tracked_events(schema, node) if schema.entity.is_event else None
    if events:
        yield from _found(schema, target, Array(node.start, list(events)), path, left)
        return
    columns, of_resource = columns_of(schema, node), resource(schema, node)
    if of_resource:
        notes = (of_resource.note,) if of_resource.note else ()
        where = f"{AS_TRACKED if schema.entity.is_event else ''}{_inside(where)}"
        yield Enveloped((of_resource.record,), where, notes=notes, left_out=of_resource.left_out)
    elif columns:
        yield Enveloped(columns, "in columns instead of rows")
    elif is_record(schema, node):
        yield Enveloped((node,), _inside(where))
    else:
        by_key = keyed(schema, node, [each for each in node.members if is_record(schema, each.value)])
        if by_key:
            where = f"by their number or id{_inside(where)}"
            yield Enveloped(by_key.records, where, notes=by_key.notes, left_out=by_key.left_out)
            return
        table = split(schema, node)
        if table:
            where = f"as columns and rows{_inside(where)}"
            yield Enveloped(table.records, where, notes=table.notes, left_out=table.left_out)
            return
        yield from _in_members(schema, target, node, path, left)


def _in_members(
    schema: Schema, target: str, node: Object, path: tuple[str, ...], left: list[int]
) -> Iterator[Enveloped]:
    for member in node.members:
        yield from _in_member(schema, target, node, member, path, left)


def _in_member(
    schema: Schema, target: str, node: Object, member: Member, path: tuple[str, ...], left: list[int]
) -> Iterator[Enveloped]:
    for each in _found(schema, target, member.value, (*path, member.key), left):
        yield replace(each, left_out=_all_of((_beside(node, member), each.left_out)))


def _in_text(schema: Schema, target: str, node: Scalar, path: tuple[str, ...], left: list[int]) -> Iterator[Enveloped]:
    """Yield the records of JSON in a text, which may be encoded in Base64, as the bodies of messages are."""
    if not isinstance(node.value, str):
        return
    notes: tuple[str, ...] = ()
    text = node.value
    if path and not BEGINNING_OF_JSON.match(text):
        text, notes = _in_message(text) or (decoded(text) or "", (IN_BASE64,))
    if not BEGINNING_OF_JSON.match(text):
        return
    inner = read_json(text)
    if inner.root is None or inner.faults:
        return
    for each in _found(schema, target, inner.root, path, left):
        yield replace(each, where=each.where or "as JSON in a text", notes=(*notes, *each.notes))


def _in_message(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the object that a message ends with, and a sentence on the words before it; None if there is none."""
    match = BEFORE_OBJECT.match(text)
    if match is None or not text.rstrip().endswith("}"):
        return None
    return text[match.end() :], (BEFORE_LEFT_OUT.format(quoted(" ".join(match[0].split()))),)


def _has_records(schema: Schema, node: Node) -> bool:
    return any(is_record(schema, each) or _names_id(schema, each) for each in items_of(node))


def _names_id(schema: Schema, node: Node) -> bool:
    names = [each.key for each in node.members] if isinstance(node, Object) else []
    return any(match_key(name) in (match_key(schema.entity.id_property), "properties") for name in names)


def _inside(where: str) -> str:
    return f" in “{where}”" if where else ""


def _in_array(schema: Schema, target: str, node: Array, path: tuple[str, ...], left: list[int]) -> Iterator[Enveloped]:
    entries = _entries(schema, node)
    if entries:
        yield from _found(schema, target, entries, path, left)
        return
    if _is_below_names(schema, node):
        where = f"below their names{_inside('.'.join(path))}"
        yield Enveloped(tuple(node.items[1:]), where, node.count - 1, (NAMES_LEFT_OUT,))
        return
    tracked = resources(schema, node) if schema.entity.is_event else []
    if tracked:
        where, left_out = f"{AS_TRACKED}{_inside('.'.join(path))}", _all_of(each.left_out for each in tracked)
        notes = tuple(dict.fromkeys(each.note for each in tracked))
        yield Enveloped(tuple(each.record for each in tracked), where, node.count, notes, left_out)
        return
    if any(is_record(schema, each) for each in node.items):
        yield Enveloped(tuple(node.items), _inside(".".join(path)), node.count)
        return
    record = of_pairs(schema, node)
    if record:
        yield Enveloped((record,), f"as names and values{_inside('.'.join(path))}")
        return
    rows = under_heading(schema, node)
    if rows:
        yield Enveloped(rows, f"as a heading and rows{_inside('.'.join(path))}")
        return
    names = [field.name for field in schema.declared_fields]
    ordered = in_order(node, names)
    if ordered:
        where = f"as rows without a heading{_inside('.'.join(path))}"
        yield Enveloped(ordered, where, node.count, (IN_ORDER.format(", ".join(names)),))
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
        left_out = _all_of(each[0].left_out for each in within)
        yield Enveloped(records, within[0][0].where, node.count - removed, tuple(said), left_out)
        return
    left_out = _items_without_records(sum(not each for each in within))
    for found in within:
        yield from (replace(each, left_out=_all_of((left_out, each.left_out))) for each in found)


def _entries(schema: Schema, node: Array) -> Object | None:
    """Return pairs of a key and a record, as JavaScript lists those of a map, as an object; None if they are none."""
    members = [
        Member(each.start, each.items[0].value, each.items[1])
        for each in node.items
        if isinstance(each, Array) and len(each.items) == 2
        if isinstance(each.items[0], Scalar)
        and isinstance(each.items[0].value, str)
        and is_record(schema, each.items[1])
    ]
    return Object(node.start, members) if members and len(members) == node.count else None


def _is_below_names(schema: Schema, node: Array) -> bool:
    """Return whether the first item of a list is the names of all others, as PrettyTable writes JSON."""
    first, *records = node.items or [node]
    names = {each.value for each in first.items if isinstance(each, Scalar)} if isinstance(first, Array) else set()
    return bool(records) and all(
        is_record(schema, each) and isinstance(each, Object) and {member.key for member in each.members} == names
        for each in records
    )


def _items_without_records(count: int) -> tuple[str, ...]:
    return (f"{count} items without records" if count > 1 else "1 item without records",) if count else ()


def is_record(schema: Schema, node: Node) -> bool:
    """Return whether a value is a record: an object that names the id, or two fields, or a field and `properties`."""
    if not isinstance(node, Object):
        return False
    names = [member.key for member in node.members]
    return names_fields(schema, names) or (len(names) == 1 and schema.field(names[0]) is not None)


def _has_own_records(schema: Schema, node: Object) -> bool:
    """Return whether a member has records of the schema's own type under another type's name."""
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
