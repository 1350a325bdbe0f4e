"""What the demo's story tells: the calls of a fortnight, what was imported before, and where all of it goes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from console.local.simulation import DROPPED
from console.records.entities import Entity
from console.records.requests import Sent

THROTTLED, TIMEOUT, NO_ROOM = "ThrottlingException", "timeout", "no room"
# Outcomes of some of the calls: a simulated response, a timeout, or no disk space for the response.
FAILURES = (
    THROTTLED,
    "InvalidInputException",
    TIMEOUT,
    "ResourceInUseException",
    THROTTLED,
    NO_ROOM,
    "AccessDeniedException",
    DROPPED,
    "ResourceNotFoundException",
)


@dataclass(frozen=True, slots=True)
class MadeCall:
    """A call that one of the demo's people might have made: when, to which dataset, with which records.

    `failure` is one of FAILURES, "" for what was created.
    """

    at: datetime
    person: str
    group: str
    entity: Entity
    records: tuple[Sent, ...]
    failure: str = ""

    @property
    def has_arrived(self) -> bool:
        """Whether its records were stored; so they were where the answer came too late."""
        return self.failure in ("", TIMEOUT)


@dataclass(frozen=True, slots=True)
class Story:
    """What happened until a demo began: its calls in the order of time, and what was imported, by group and type."""

    began_at: datetime
    imported: dict[tuple[str, Entity], list[Sent]] = field(default_factory=dict)
    calls: list[MadeCall] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where calls of the demo go: the ARN of the dataset, and of events the tracking ID."""

    dataset_arn: str
    tracking_id: str | None


@dataclass(frozen=True, slots=True)
class Filled:
    """What a demo was filled with: how many records by entity, how many jobs, and the places by group and entity."""

    records: Counter[str]
    jobs: int
    places: dict[tuple[str, Entity], Place]
