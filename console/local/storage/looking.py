"""Searches and sorts the stored records of a dataset by any field, without an index.

So many rows are read that a page has its answer in seconds, and of them the keys of those found are kept, and what
they are sorted by.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from console.local.models import StoredEvent, StoredRecord
from console.local.storage.stored_events import EventSearch, events_before
from console.local.storage.stored_records import records_from

# Most rows read; fewer where their properties have this many characters.
MOST_READ = 100_000
MOST_CHARACTERS = 100_000_000
CHUNK = 500
# Characters of a text that count when sorting.
LONGEST_COMPARED = 256
# Keys for a row's own columns, used in place of a property's name.
ID, CREATED, REPLACED = ":id", ":created", ":replaced"
COLUMNS = {ID: "record_id", CREATED: "created_at", REPLACED: "replaced_at"}
COLUMNS_OF_EVENTS = {ID: "user_id", CREATED: "created_at"}


@dataclass(frozen=True, slots=True)
class Look:
    """A search: part of a value, ignoring case, of a property by name or of the ID; without a name, of any of them.

    `sort` is the name of a property, or ID, CREATED or REPLACED. Without it, and where values are equal, records are
    in the order of their ids, and events newest first; those without a value come last.
    """

    text: str = ""
    name: str = ""
    sort: str = ""
    is_descending: bool = False

    @property
    def reads_properties(self) -> bool:
        """Whether it takes the properties of each row."""
        return (bool(self.text) and self.name != ID) or (bool(self.sort) and self.sort not in COLUMNS)


@dataclass(frozen=True, slots=True)
class Seen:
    """The keys of the rows found, in order, the number of rows read, and whether those are all."""

    keys: Sequence[int]
    read_count: int
    is_all: bool


@dataclass(slots=True)
class Reading:
    """Rows as they are read, within the limits, of which the last column is the properties as text, or "".

    It says how many there have been, and whether they were all.
    """

    rows: "QuerySet[Any, tuple[Any, ...]]"
    read_count: int = 0
    is_all: bool = True

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows."""
        characters = 0
        for row in self.rows[: MOST_READ + 1].iterator():
            if self.read_count == MOST_READ or characters > MOST_CHARACTERS:
                self.is_all = False
                return
            self.read_count += 1
            characters += len(row[-1])
            yield row


def look_into_records(dataset_arn: str, prefix: str, look: Look) -> Seen:
    """Return the matching records among the first whose IDs begin with a prefix."""
    return _look(records_from(dataset_arn, prefix), COLUMNS, look)


def look_into_events(dataset_arn: str, search: EventSearch, look: Look) -> Seen:
    """Return the matching events among the newest of a search."""
    return _look(events_before(dataset_arn, search), COLUMNS_OF_EVENTS, look)


def reading_records(dataset_arn: str) -> Reading:
    """Return the first records of a dataset: the id and the properties, as text, of each."""
    return Reading(records_from(dataset_arn, "").values_list("record_id", "properties"))


def reading_events(dataset_arn: str) -> Reading:
    """Return the newest events of a dataset: the user and the properties, as text, of each."""
    return Reading(events_before(dataset_arn, EventSearch()).values_list("user_id", "properties"))


def records_of(keys: Sequence[int]) -> Iterator[StoredRecord]:
    """Yield the records with some keys that still exist, in the order of the keys."""
    return _in_order(StoredRecord.objects.all(), keys)


def events_of(keys: Sequence[int]) -> Iterator[StoredEvent]:
    """Yield the events with some keys that still exist, in the order of the keys."""
    return _in_order(StoredEvent.objects.all(), keys)


def _in_order[Row: (StoredRecord, StoredEvent)](rows: QuerySet[Row], keys: Sequence[int]) -> Iterator[Row]:
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        found = rows.in_bulk(some)
        yield from (found[key] for key in some if key in found)


def _look(rows: QuerySet[Any], columns: Mapping[str, str], look: Look) -> Seen:
    own_id = columns[ID]
    beside = columns.get(look.sort, own_id)
    reading = Reading(rows.values_list("pk", own_id, beside, "properties" if look.reads_properties else own_id))
    found: list[tuple[Any, int]] = []
    matches, compared = _matcher(look), _compared(look)
    for key, record_id, value_beside, text in reading:
        properties = json.loads(text) if look.reads_properties else {}
        if matches(record_id, properties):
            found.append((compared(value_beside, properties), key))
    if look.sort:
        found = _sorted(found, look)
    return Seen([key for _value, key in found], reading.read_count, reading.is_all)


def _matcher(look: Look) -> Callable[[str, Mapping[str, Any]], bool]:
    """Return a function that tells whether a row, given its ID and properties, matches the search."""
    sought = look.text.casefold()
    if not sought:
        return lambda record_id, properties: True
    if look.name == ID:
        return lambda record_id, properties: sought in record_id.casefold()
    if look.name:
        return lambda record_id, properties: sought in value_text(properties.get(look.name)).casefold()
    return lambda record_id, properties: (
        sought in record_id.casefold() or any(sought in value_text(value).casefold() for value in properties.values())
    )


def value_text(value: Any) -> str:
    """Return a property's value as shown to people: text as is, "" for none, and JSON for other types."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _compared(look: Look) -> Callable[[Any, Mapping[str, Any]], Any]:
    """Return a function that gives the sort key of a row, or None if it has no value: numbers before texts."""
    if not look.sort:
        return lambda beside, properties: None
    if look.sort in COLUMNS:
        return lambda beside, properties: beside
    return lambda beside, properties: _comparable(properties.get(look.sort))


def _comparable(value: Any) -> tuple[int, Any] | None:
    if value is None:
        return None
    if isinstance(value, int | float):
        return 0, value
    return 1, value_text(value)[:LONGEST_COMPARED].casefold()


def _sorted(found: list[tuple[Any, int]], look: Look) -> list[tuple[Any, int]]:
    """Return the results sorted by value; the sort is stable, and results without a value come last."""
    having = [each for each in found if each[0] is not None]
    having.sort(key=lambda each: each[0], reverse=look.is_descending)
    return having + [each for each in found if each[0] is None]
