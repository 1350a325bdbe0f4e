"""Remarks on records that may be sent as they are."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from console.records.json.nodes import Node, Object, items_of
from console.records.json.reading import read_json
from console.records.problems import Places, Remark
from console.records.schemas.dataset_types import RULES
from console.records.schemas.schema import Schema
from console.records.validation.moment_doubts import doubts_on_moment
from console.records.validation.text_doubts import IN_FORM, IN_JSON, Ways, doubts_on_text
from console.records.validation.validation import Record

# "Preparing action metadata for training" of the developer guide: a value, and a number of days.
RANGES = {("ACTIONS", "VALUE"): (1, 10), ("ACTIONS", "REPEAT_FREQUENCY"): (0, 30)}


@cache
def keywords(dataset_type: str) -> frozenset[str]:
    """Return the names that mean something to the service in any schema of a type of dataset."""
    return frozenset(
        name for types in RULES.values() if dataset_type in types for name in types[dataset_type].keywords
    )


def remarks_on_records(text: str, sentences: Mapping[int, str]) -> tuple[Remark, ...]:
    """Return a remark at the start of each record of a record input that a sentence is about, by its number."""
    root = read_json(text).root if sentences else None
    if root is None:
        return ()
    places = Places(text)
    records = items_of(root)
    return tuple(
        Remark(*places.at(records[number - 1].start), number, None, sentence) for number, sentence in sentences.items()
    )


def remarks_on_values(
    text: str, schema: Schema, records: Sequence[Record], now: float, *, in_form: bool = False
) -> tuple[Remark, ...]:
    """Return a remark on each valid value of a record input's records that AWS may not take, or not as it is meant.

    `now` is in seconds since 1970. `in_form` says that the person fills in a form, and writes no JSON.
    """
    ways = IN_FORM if in_form else IN_JSON
    found = [
        (number, *each)
        for number, record in enumerate(records, 1)
        for each in _doubtful_values(schema, record, now, ways)
    ]
    root = read_json(text).root if found else None
    if root is None:
        return ()
    places = Places(text)
    nodes = items_of(root)
    return tuple(
        Remark(*places.at(_start_of(schema, nodes[number - 1], field)), number, field, sentence)
        for number, field, sentence in found
    )


def _start_of(schema: Schema, record: Node, name: str) -> int:
    """Return where the value of a field stands, or its record where the value is within a text."""
    members = record.members if isinstance(record, Object) else []
    inner = [each.value for each in members if isinstance(each.value, Object)]
    for member in (*members, *(each for value in inner for each in value.members)):
        field = schema.field(member.key)
        if field and field.name == name:
            return member.value.start
    return record.start


def _doubtful_values(schema: Schema, record: Record, now: float, ways: Ways) -> Iterator[tuple[str, str]]:
    """Yield field and sentence of each value that the developer guide leaves in doubt."""
    values: list[tuple[str, Any]] = [(schema.id_field.name, record.record_id)]
    values += [(field.name, record.properties.get(field.property_name)) for field in schema.metadata_fields]
    for name, value in values:
        yield from ((name, sentence) for sentence in _doubts_on_number(name, value, schema, now))
        if isinstance(value, str) and (field := schema.field(name)):
            yield from ((name, doubt.sentence) for doubt in doubts_on_text(field, value, ways))
        if isinstance(value, str) and value in keywords(schema.entity.dataset_type):
            # "Creating schema JSON files" (how-it-works-dataset-schema).
            yield name, f"{value} is a keyword. AWS's documents say that keywords cannot be in the data."


def _doubts_on_number(name: str, value: Any, schema: Schema, now: float) -> Iterator[str]:
    """Yield what is doubtful in a number: a timestamp's unit, and the ranges of an action's reserved fields."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    field = schema.field(name)
    if field and field.is_timestamp:
        yield from doubts_on_moment(field, value, now)
    least, most = RANGES.get((schema.entity.dataset_type, name), (value, value))
    if not least <= value <= most:
        yield f"AWS's documents ask for a number from {least} to {most}."
