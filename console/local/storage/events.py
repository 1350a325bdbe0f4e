"""Events as they are stored, and their rows."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from console.local.storage.storing import Row
from console.records.schemas.schema import Schema
from console.records.validation.validation import properties_json

# The fields that name what an event is about.
OBJECTS = ("ITEM_ID", "ACTION_ID")
LONGEST_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Event:
    """An event, valid for its schema: its user, "" for nobody known, and all the rest by property name, as JSON text.

    `object_id` is the id of its item or action, and `moment` in seconds since 1970.
    """

    user_id: str
    object_id: str
    event_type: str
    moment: int
    properties: str


def event_of(schema: Schema, user_id: str, properties: dict[str, Any]) -> Event:
    """Return an event of a user; its properties, by property name, are valid for a schema."""
    object_name, type_name, moment_name = _searched(schema)
    return Event(
        user_id,
        properties.get(object_name) or "",
        properties.get(type_name) or "",
        properties[moment_name],
        properties_json(properties),
    )


@lru_cache(maxsize=256)
def _searched(schema: Schema) -> tuple[str, str, str]:
    """Return the property names of a schema's item or action, type of event and timestamp; "" for what it has not."""
    (an_object,) = (field for name in OBJECTS if (field := schema.field(name)))
    type_, moment = schema.field("EVENT_TYPE"), schema.field("TIMESTAMP")
    return (
        an_object.property_name,
        type_.property_name if type_ else "",
        moment.property_name if moment else "",
    )


def event_rows(dataset_id: int, events: list[Event], moment: Any, import_job: int | None) -> list[Row]:
    """Return the rows of events of a dataset in order, without duplicates.

    `moment` is when they are stored, as the database has it. They count as put individually without an import job.
    """
    rows: dict[bytes, Row] = {}
    for each in events:
        digest = blake2b(f"{each.user_id}\0{each.properties}".encode(), digest_size=LONGEST_DIGEST).digest()
        about = (each.user_id, each.object_id, each.event_type, each.moment)
        rows.setdefault(digest, (dataset_id, *about, each.properties, digest, moment, import_job))
    return list(rows.values())
