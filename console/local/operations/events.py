"""Operations that add events to datasets of interactions."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from console.local.caller import Caller
from console.local.errors import ServiceError, as_modelled, invalid_input, not_found, throttled
from console.local.operations import datasets, event_trackers
from console.local.operations.entities import place_in_member
from console.local.operations.resources import check_active
from console.local.storage import put_rate, statements
from console.local.storage.events import Event, event_of
from console.local.storage.statements import FoundDataset
from console.records.entities import ACTION_INTERACTIONS, INTERACTIONS, Entity
from console.records.json.scalars import number_value
from console.records.problems import Fault
from console.records.requests import LIST_SEPARATOR
from console.records.schemas.schema import Schema, read_entity_schema
from console.records.validation.validation import validate_member

# "Maximum size of an event" in "Amazon Personalize endpoints and quotas" (developer guide): 10 KB.
MOST_BYTES_OF_EVENT = 10 * 1024


def put_events(caller: Caller, parameters: Mapping[str, Any]) -> dict[str, str]:
    """Store the events of a user's session, or none if one is invalid: API reference, PutEvents.

    The response has no members. Raise ThrottlingException above CONSOLE_LOCAL_EVENT_RATE calls a second, and
    InvalidInputException for all else: the service's model has no other error. So it is for a tracking id that no
    event tracker has, one whose tracker or Item interactions dataset is not ACTIVE, or whose dataset group has no such
    dataset, and for events that are not valid.
    """
    try:
        return _put(INTERACTIONS, caller, parameters)
    except ServiceError as error:
        raise as_modelled(INTERACTIONS.operation, error) from error


def put_action_interactions(caller: Caller, parameters: Mapping[str, Any]) -> dict[str, str]:
    """Store events of any users, or none if one is invalid: API reference, PutActionInteractions.

    The response has no members. Raise ResourceNotFoundException for a tracking id that no Action interactions dataset
    has, ResourceInUseException while the dataset is not ACTIVE, ThrottlingException above CONSOLE_LOCAL_EVENT_RATE
    calls a second, and InvalidInputException for events that are not valid.
    """
    return _put(ACTION_INTERACTIONS, caller, parameters)


def _put(entity: Entity, caller: Caller, parameters: Mapping[str, Any]) -> dict[str, str]:
    dataset = _dataset(entity, caller, parameters["trackingId"])
    if not put_rate.allows(dataset.group_id, entity.dataset_type, settings.CONSOLE_LOCAL_EVENT_RATE):
        raise throttled()
    store(dataset, _validated(entity, dataset, parameters))
    return {}


def store(dataset: FoundDataset, events: list[Event]) -> None:
    """Add valid events to a dataset; raise ResourceNotFoundException."""
    try:
        statements.put_events(dataset.pk, events, timezone.now())
    except IntegrityError as error:
        # The dataset was removed in the meantime.
        raise not_found(datasets.KIND, dataset.arn) from error


def _dataset(entity: Entity, caller: Caller, tracking_id: str) -> FoundDataset:
    """Return the ACTIVE dataset that the events of a tracking id go to."""
    tracker = statements.find_tracked(caller, tracking_id)
    if entity.has_own_tracker:
        if tracker is None or tracker.is_of_group or tracker.dataset is None:
            raise not_found(f"{entity.name} {event_trackers.KIND}", tracking_id)
    elif tracker is None or not tracker.is_of_group:
        raise not_found(event_trackers.KIND, tracking_id)
    else:
        check_active(tracker, event_trackers.KIND)
        if tracker.dataset is None:
            raise invalid_input(
                f"The dataset group of the event tracker {tracker.arn} has no {entity.plural} dataset. Create one "
                "first."
            )
    check_active(tracker.dataset, datasets.KIND)
    return tracker.dataset


def _validated(entity: Entity, dataset: FoundDataset, parameters: Mapping[str, Any]) -> list[Event]:
    """Return the events of a request; raise InvalidInputException with all their problems."""
    schema = read_entity_schema(entity, dataset.schema_text)
    of_call, of_event = _readers(schema)
    beside_all = dict(_values(of_call, parameters))
    id_name = schema.id_field.name
    events: list[Event] = []
    wrong: list[str] = []
    for position, member in enumerate(parameters[entity.member], 1):
        beside = beside_all | dict(_values(of_event, member))
        validated = validate_member(schema, beside, member.get("properties"))
        if isinstance(validated, list):
            wrong += [_sentence(entity, position, fault) for fault in validated]
        elif _is_too_long(member):
            wrong.append(f"{entity.name.capitalize()} {position} is longer than {MOST_BYTES_OF_EVENT} bytes.")
        else:
            events.append(event_of(schema, beside.get(id_name) or "", dict(validated)))
    if wrong:
        raise invalid_input(" ".join(wrong))
    return events


@dataclass(frozen=True, slots=True)
class _Reader:
    """The path of a field's value in a call or an event."""

    field: str
    name: str
    inner_names: tuple[str, ...]
    is_list: bool
    is_moment: bool


@lru_cache(maxsize=256)
def _readers(schema: Schema) -> tuple[tuple[_Reader, ...], tuple[_Reader, ...]]:
    """Return the readers of the members of a call, and those of the members of each of its events."""
    found: tuple[list[_Reader], list[_Reader]] = ([], [])
    for field in schema.fields:
        if field.member:
            name, *inner = field.member.member.split(".")
            reader = _Reader(field.name, name, tuple(inner), field.member.is_list, field.member.type == "long")
            found[0 if field.member.is_of_call else 1].append(reader)
    return tuple(found[0]), tuple(found[1])


def _values(readers: tuple[_Reader, ...], members: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the values that a call or an event has beside its properties, by the names of the schema's fields."""
    for reader in readers:
        value: Any = members.get(reader.name)
        for name in reader.inner_names:
            value = None if value is None else value.get(name)
        if value is None:
            # Null is the same as left out.
            continue
        if reader.is_list:
            value = LIST_SEPARATOR.join(value)
        elif reader.is_moment:
            value = _seconds(value)
        yield reader.field, value


def _seconds(moment: Any) -> Any:
    """Return a timestamp in whole seconds; clients send fractions, and some send text.

    The field TIMESTAMP is a long. What is no number is returned as it is.
    """
    number = number_value(moment) if isinstance(moment, str) else moment
    return moment if number is None or not math.isfinite(number) else math.floor(number)


def _sentence(entity: Entity, position: int, fault: Fault) -> str:
    """Return what is wrong with an event, and where; what is no JSON object begins as the live service says it."""
    begins = "" if fault.field else "Error parsing properties json. "
    return f"{begins}{entity.name.capitalize()} {position}, {place_in_member(fault)}: {fault.sentence(reveal=False)}"


def _is_too_long(event: Mapping[str, Any]) -> bool:
    """Return whether an event is longer, as JSON in UTF-8, than the service takes; none can be without impressions."""
    if "impression" not in event:
        return False
    return len(json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()) > MOST_BYTES_OF_EVENT
