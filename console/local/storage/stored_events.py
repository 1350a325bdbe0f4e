"""Pages of a dataset's events, newest first, filtered by user, item and type; AWS has no API for that.

Pages begin after an event or end before one, by their keys, so that they stay right while events come and go, and the
last page is found as fast as the first.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from console.local.models import Dataset, StoredEvent
from console.local.storage.stored_records import can_be_stored
from console.records.entities import NO_PROPERTIES
from console.records.requests import Sent


@dataclass(frozen=True, slots=True)
class EventSearch:
    """A filter for events by user, item or action, and type; "" matches all."""

    user_id: str = ""
    object_id: str = ""
    event_type: str = ""


@dataclass(frozen=True, slots=True)
class EventsPage:
    """A page of events, newest first, and whether there are pages before and after it."""

    events: Sequence[StoredEvent]
    has_previous: bool
    has_next: bool


def events_page(dataset_arn: str, search: EventSearch, after: int | None, before: int | None, size: int) -> EventsPage:
    """Return a page of the events that are looked for: the first, one after the event of a key, or one before it.

    After is what was stored earlier. Where nothing is left after the key, the last page is returned; where too little
    is left before it, the first one.
    """
    events = _events(dataset_arn, search)
    if after is not None:
        found = list(events.filter(pk__lt=after).order_by("-pk")[: size + 1])
        if found:
            return EventsPage(found[:size], events.filter(pk__gt=found[0].pk).exists(), len(found) > size)
    if after is not None or before is not None:
        earlier = events if before is None else events.filter(pk__gt=before)
        found = list(earlier.order_by("pk")[: size + 1])
        if len(found) > size or (after is not None and found):
            shown = found[:size][::-1]
            return EventsPage(shown, len(found) > size, events.filter(pk__lt=shown[-1].pk).exists())
    found = list(events.order_by("-pk")[: size + 1])
    return EventsPage(found[:size], False, len(found) > size)


def events_before(dataset_arn: str, search: EventSearch, before: int | None = None) -> QuerySet[StoredEvent]:
    """Return the events that are looked for, those that were stored before the event of a key, the newest first."""
    events = _events(dataset_arn, search)
    return (events if before is None else events.filter(pk__lt=before)).order_by("-pk")


def count_events(dataset_arn: str, search: EventSearch, most: int) -> int:
    """Return how many events match, counting up to a limit."""
    return _events(dataset_arn, search).order_by()[:most].count()


def find_event(dataset_arn: str, key: int) -> StoredEvent | None:
    """Return the event with a key, or None."""
    return _events(dataset_arn, EventSearch()).filter(pk=key).first()


def find_sent_events(dataset_arn: str, sent: Sequence[Sent]) -> list[StoredEvent | None]:
    """Return the stored event that each sent one is, None for one that is not there.

    `sent` are users and properties. The properties are compared as values: they may be in another order.
    """
    known = [(user_id, json.loads(properties or NO_PROPERTIES)) for user_id, properties in sent]
    moments = {properties.get("timestamp") for _user_id, properties in known}
    found: dict[str, list[tuple[StoredEvent, Any]]] = defaultdict(list)
    for each in _events(dataset_arn, EventSearch()).filter(
        moment__in=moments - {None}, user_id__in={user_id for user_id, _properties in sent}
    ):
        found[each.user_id].append((each, json.loads(each.properties)))
    return [
        next((each for each, stored in found[user_id] if stored == properties), None) for user_id, properties in known
    ]


def _events(dataset_arn: str, search: EventSearch) -> QuerySet[StoredEvent]:
    wanted = {name: text for name in ("user_id", "object_id", "event_type") if (text := getattr(search, name))}
    dataset = Dataset.objects.filter(arn=dataset_arn).first()
    if dataset is None or dataset.is_gone or not can_be_stored(wanted.values()):
        return StoredEvent.objects.none()
    event_type = wanted.pop("event_type", "") if len(wanted) > 1 else ""
    events = StoredEvent.objects.filter(dataset=dataset, **wanted)
    # A type has many events, a user or an item few: the expression keeps SQLite from entering the index of types.
    return events.alias(type=Concat("event_type", Value(""))).filter(type=event_type) if event_type else events
