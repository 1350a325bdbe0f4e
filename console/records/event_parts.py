"""What tells one event from another at a glance, of events as they are kept and sent."""

import json
from dataclasses import dataclass

from console.records.entities import NO_PROPERTIES, Entity
from console.records.event_members import SESSION_ID
from console.records.property_names import match_key
from console.records.requests import Sent


@dataclass(frozen=True, slots=True)
class EventParts:
    """The parts of an event that lists show: "" is none, and the user of a session that is not known.

    `object_id` is the id of its item or action. `seconds` is when it happened, in seconds since 1970, None where that
    is not known.
    """

    user_id: str
    session_id: str = ""
    object_id: str = ""
    event_type: str = ""
    seconds: int | float | None = None

    @property
    def who(self) -> tuple[str, str]:
        """Whose event it is: its user, or the session of one who is not known."""
        return self.user_id, "" if self.user_id else self.session_id


def event_parts(entity: Entity, event: Sent) -> EventParts:
    """Return the parts of an event of a type; of one that was redacted, its user alone."""
    user_id, properties = event
    values = {match_key(name): value for name, value in json.loads(properties or NO_PROPERTIES).items()}

    def text(field: str) -> str:
        return values.get(match_key(field)) or ""

    return EventParts(
        user_id, text(SESSION_ID), text(entity.object_field), text("EVENT_TYPE"), values.get(match_key("TIMESTAMP"))
    )
