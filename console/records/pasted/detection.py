"""Detect what a pasted text is by its content, and turn it into record input."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from console.records.entities import ENTITIES, Entity
from console.records.json.nodes import Array, Member, Node, Object, Scalar, describe, quoted, shortened
from console.records.json.reading import Reading, read_json
from console.records.pasted.commands.reading import read_command
from console.records.pasted.fixes import fix
from console.records.pasted.other_type import OtherType, records_of_other_type, rows_of_other_type
from console.records.pasted.rows import read_rows
from console.records.pasted.writing import Members, members_of_node, members_of_record, write_records
from console.records.pasted.yaml_input import read_yaml
from console.records.property_names import match_key
from console.records.record_input import LONGEST_INPUT, read_records, up_to_most
from console.records.requests import members_of_call
from console.records.schemas.schema import Schema


@dataclass(frozen=True, slots=True)
class Detected:
    """What a text was detected as, in words, and the record input that it becomes; `refusal` says why it is none.

    `other` is the type of dataset that it is for, where that is another one.
    """

    words: str
    text: str = ""
    refusal: str = ""
    other: Entity | None = None


def detect(schema: Schema, target: str, text: str, reading: Reading | None = None) -> Detected | None:
    """Return what a text is if it is not record input as it stands, or None; `reading` is its validation's, if known.

    `target` is what a request names as its own: a dataset's ARN or a tracking id, "" where it is not known.

    Record input is an object or an array of objects. Detected are whole requests as JSON, YAML or a command of
    the AWS CLI, JSON Lines, rows with a heading, and text that is nearly JSON.
    """
    if len(text) > LONGEST_INPUT or not text.strip():
        return None
    lines = _json_lines(schema, text)
    if lines:
        return lines
    reading = reading or read_records(schema.entity, text)
    if reading.root is not None and not reading.faults:
        return (
            _request(schema, target, reading.root)
            or _encoded_twice(schema, reading.root)
            or _other_type(schema, records_of_other_type(schema, reading.root))
        )
    return (
        _command(schema, target, text)
        or _rows(schema, text)
        or _other_type(schema, rows_of_other_type(schema, text))
        or _fixed(schema, target, text)
        or _yaml(schema, target, text)
    )


def _count(schema: Schema, records: Sequence[Any], of: str) -> str:
    return f"{schema.entity.counted(len(records))} of {of}"


def _request_members(entity: Entity) -> set[str]:
    return {match_key(name) for name in (entity.member, entity.target, *members_of_call(entity))}


def _made[Record](
    schema: Schema,
    words: str,
    records: Sequence[Record],
    members_of: Callable[[Record], Members | None],
    count: int | None = None,
) -> Detected | None:
    """Return records written out as record input, or a refusal if there are too many; None if one is no record.

    `count` is their number if not all of them were read.
    """
    count = len(records) if count is None else count
    if count > schema.entity.most_per_call:
        return Detected(words, refusal=f"Expected {up_to_most(schema.entity)}; found {count}.")
    members = [members_of(record) for record in records]
    if not members or None in members:
        return None
    return Detected(words, write_records(record for record in members if record is not None))


def _wrong_target(entity: Entity, words: str, named: Any, target: str) -> Detected | None:
    if named is None or named == target or not target:
        return None
    other = "event tracker" if entity.is_event else "dataset"
    return Detected(words, refusal=f"It is for another {other}, {quoted(str(named))}. Expected {target}.")


def _request(schema: Schema, target: str, root: Node) -> Detected | None:
    """Read a whole request, such as `{"users": […]}`, with or without `datasetArn`.

    One for another dataset type is refused.
    """
    if not isinstance(root, Object):
        return None
    members = {match_key(member.key): member.value for member in root.members}
    entity = _entity_of_request(schema, members.keys())
    if entity is None or len(members) < len(root.members):
        return None
    records = members[match_key(entity.member)]
    if not isinstance(records, Array) or not records.items:
        return None
    words = f"{entity.counted(len(records.items))} of a {entity.operation} request"
    named = members.get(match_key(entity.target))
    wrong = _wrong_target(entity, words, _named(named), target) if named else None
    of_call = {match_key(name) for name in members_of_call(entity)}
    beside = [member for member in root.members if match_key(member.key) in of_call]
    own = [_with_members(record, beside) for record in records.items]
    return wrong or _wrong_type(schema, words, entity) or _made(schema, words, own, partial(members_of_node, schema))


def _with_members(record: Node, beside: list[Member]) -> Node:
    """Return a record with what its request has beside all of them."""
    return Object(record.start, [*beside, *record.members]) if beside and isinstance(record, Object) else record


def _entity_of_request(schema: Schema, names: Collection[str]) -> Entity | None:
    """Return the dataset type for whose operation an object's member names, as `match_key` gives them, are a request.

    None if they are no request, or if one of them is a field of the schema.
    """
    for entity in (schema.entity, *ENTITIES.values()):
        if match_key(entity.member) in names and set(names) <= _request_members(entity):
            return None if schema.field(entity.member) else entity
    return None


def _wrong_type(schema: Schema, words: str, entity: Entity) -> Detected | None:
    if entity is schema.entity:
        return None
    expected = f"This is {schema.entity.a_dataset}, so paste a {schema.entity.operation} request."
    return Detected(words, refusal=f"It is for {entity.a_dataset}. {expected}", other=entity)


def _other_type(schema: Schema, found: OtherType | None) -> Detected | None:
    if found is None:
        return None
    words = f"what looks like {found.entity.counted(found.count)}"
    return Detected(words, refusal=f"This page creates {schema.entity.nouns}.", other=found.entity)


def _named(node: Node) -> Any:
    return node.value if isinstance(node, Scalar) else describe(node).text


def _encoded_twice(schema: Schema, root: Node) -> Detected | None:
    """Read records whose `properties` are the text of a text."""
    records, count = (root.items, root.count) if isinstance(root, Array) else ([root], 1)
    if not any(_is_encoded_twice(record) for record in records):
        return None
    return _made(schema, "properties that are encoded twice", records, partial(members_of_node, schema), count)


def _is_encoded_twice(record: Node) -> bool:
    if not isinstance(record, Object):
        return False
    for member in record.members:
        if match_key(member.key) == "properties" and isinstance(member.value, Scalar):
            inner = read_json(str(member.value.value)).root
            return isinstance(inner, Scalar) and isinstance(inner.value, str)
    return False


def _json_lines(schema: Schema, text: str) -> Detected | None:
    lines = [line for line in text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").split("\n") if line.strip()]
    if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
        return None
    # Of more lines than can be sent, the first ones tell what the others are.
    first = lines[: schema.entity.most_per_call]
    if not all(_may_be_json(line) for line in first):
        return None
    readings = [read_json(line) for line in first]
    if any(reading.faults for reading in readings):
        return None
    nodes = [reading.root for reading in readings if reading.root]
    other = _other_type(schema, records_of_other_type(schema, Array(0, nodes, more=len(lines) - len(nodes))))
    if other:
        return other
    return _made(schema, f"{len(lines)} lines of JSON Lines", nodes, partial(members_of_node, schema), len(lines))


def _may_be_json(text: str) -> bool:
    """Say whether the standard library reads a text: it is quick, and takes a little more than is JSON."""
    try:
        json.loads(text, parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True


def _command(schema: Schema, target: str, text: str) -> Detected | None:
    command = read_command(schema.entity, text)
    if command is None:
        return None
    if command.refusal:
        return Detected(command.words, refusal=command.refusal)
    words = _count(schema, command.nodes, command.words)
    if command.target_variable:
        taken_for = "event tracker" if schema.entity.is_event else "dataset"
        words = f"{words}; {shortened(command.target_variable)} is taken for this {taken_for}"
    words = "; ".join([words, *command.notes])
    wrong = _wrong_target(schema.entity, words, command.target, target)
    return wrong or _made(schema, words, command.nodes, partial(members_of_node, schema))


def _rows(schema: Schema, text: str) -> Detected | None:
    rows = read_rows(schema, text)
    if rows is None:
        return None
    if rows.refusal:
        return Detected(rows.words, refusal=rows.refusal)
    return _made(schema, rows.words, rows.records, lambda record: record, rows.count)


def _fixed(schema: Schema, target: str, text: str) -> Detected | None:
    fixed = fix(text)
    if fixed is None:
        return None
    words = f"nearly JSON: {', '.join(fixed.fixes)}"
    root = read_records(schema.entity, fixed.text).root
    request = _request(schema, target, root) if root else None
    return replace(request, words=f"{request.words}, {words}") if request else Detected(words, fixed.text)


def _yaml(schema: Schema, target: str, text: str) -> Detected | None:
    content = read_yaml(text)
    records, entity = content, schema.entity
    if isinstance(content, dict):
        records = content.get(entity.member, [content])
        names = {match_key(str(key)) for key in content}
        if entity.member in content and not names <= _request_members(entity):
            return None
        of_request = (
            _entity_of_request(schema, names) if any(isinstance(each, list) for each in content.values()) else None
        )
        wrong = _wrong_target(entity, "YAML", content.get(entity.target), target)
        wrong = wrong or (_wrong_type(schema, "YAML", of_request) if of_request else None)
        if wrong:
            return wrong
        beside = {
            name: content[name] for name in members_of_call(entity) if entity.member in content and name in content
        }
        if beside and isinstance(records, list):
            records = [{**beside, **each} if isinstance(each, dict) else each for each in records]
    if not isinstance(records, list) or not any(_names_a_field(schema, record) for record in records):
        return None
    return _plain(schema, _count(schema, records, "YAML"), records)


def _names_a_field(schema: Schema, record: Any) -> bool:
    """Say whether what YAML made of a text is a record: nearly any text with a colon is YAML."""
    return isinstance(record, dict) and any(schema.field(str(key)) for key in record)


def _plain(schema: Schema, words: str, records: list[Any]) -> Detected | None:
    if not all(isinstance(record, dict) for record in records):
        entity = schema.entity
        refusal = f"Expected a list of {entity.nouns}, each with {entity.id_property} and properties."
        return Detected(words, refusal=refusal)
    try:
        return _made(schema, words, records, partial(members_of_record, schema))
    except (TypeError, ValueError, RecursionError):
        return Detected(words, refusal="It has values that JSON cannot express.")
