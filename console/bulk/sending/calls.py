"""The calls that a part of an import is sent by, always the same ones for the same part."""

import json
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched

from console.bulk.models import Difference, Import, Part
from console.records import requests
from console.records.entities import Entity
from console.records.requests import Sent
from console.records.validation.validation import properties_json

# The calls of a part have numbers of their own: a part has no more rows than that.
CALLS_IN_A_PART = 1_000_000
PARTS_THAT_TELL = 5


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A call by its number in the import, its records, and the numbers of their rows."""

    number: int
    records: tuple[Sent, ...]
    rows: tuple[int, ...]


def calls_of(bulk_import: Import, part: Part) -> list[PlannedCall]:
    """Return the calls of a part in their order, without what a later row replaces, and what is to be left out."""
    chosen = chosen_records(bulk_import, part)
    entity = bulk_import.entity
    sent = [_as_sent(entity, bulk_import, record) for _number, record in chosen]
    # Equal records of several rows are as good as one another.
    rows: dict[Sent, deque[int]] = defaultdict(deque)
    for (number, _record), record in zip(chosen, sent, strict=True):
        rows[record].append(number)
    return [
        PlannedCall(part.number * CALLS_IN_A_PART + index, each, tuple(rows[record].popleft() for record in each))
        for index, each in enumerate(_grouped(entity, sent))
    ]


def chosen_records(bulk_import: Import, part: Part) -> list[tuple[int, Sent]]:
    """Return the records of a part that are sent, each after the number of its row."""
    records = part.records
    superseded = set(part.superseded)
    left_out = _left_out(bulk_import)
    return [
        (number, (record_id, properties))
        for index, (number, record_id, properties) in enumerate(
            zip(records["numbers"], records["ids"], records["properties"], strict=True)
        )
        if number not in superseded and part.differences[index : index + 1] not in left_out
    ]


def calls_per_record(bulk_import: Import) -> float:
    """Return how many calls a record takes; of events, which share calls by user and session, some parts tell it."""
    if not bulk_import.entity.is_event:
        return 1 / bulk_import.entity.most_per_call
    keys = list(Part.objects.filter(bulk_import=bulk_import, valid_count__gt=0).values_list("pk", flat=True))
    calls = records = 0
    for pk in keys[:: max(1, len(keys) // PARTS_THAT_TELL)][:PARTS_THAT_TELL]:
        found = calls_of(bulk_import, Part.objects.get(pk=pk))
        calls += len(found)
        records += sum(len(call.records) for call in found)
    return calls / records if records else 1.0


def _left_out(bulk_import: Import) -> set[str]:
    """Return the differences whose records are left out; "" is one that is not known."""
    left_out = {Difference.SAME} if bulk_import.leaves_out_same else set()
    return left_out | ({Difference.NEWER} if bulk_import.leaves_out_newer else set())


def _grouped(entity: Entity, records: Sequence[Sent]) -> list[tuple[Sent, ...]]:
    if not entity.is_event:
        return list(batched(records, entity.most_per_call))
    return [some for group in requests.calls(entity, records) for some in batched(group, entity.most_per_call)]


def _as_sent(entity: Entity, bulk_import: Import, record: Sent) -> Sent:
    """Return a record as it is sent: an event without a session gets the one that the import has for its user."""
    if not entity.is_event:
        return record
    record_id, properties = record
    whole = requests.with_session(entity, record_id, json.loads(properties), bulk_import.key)
    return record_id, properties_json(whole)
