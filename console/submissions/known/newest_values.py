"""The properties of what was sent to a dataset and accepted: of each record the newest version, read within limits."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from console.submissions.known.dataset_events import IDS_IN_A_QUERY, ending_after, endings
from console.submissions.models import Outcome, SentRecord

# Most versions read; fewer where their properties have this many characters.
MOST_READ = 100_000
MOST_CHARACTERS = 100_000_000
FIELDS = (
    "record_id",
    "properties",
    "submission__outcome",
    "submission__origin",
    "submission__created_at",
    "submission__origin__began_at",
)


@dataclass(frozen=True, slots=True)
class _Accepted:
    record_id: str
    properties: str
    known_from: datetime


@dataclass(slots=True)
class ReadingSent:
    """What was sent to a dataset from origins by their keys, as it is read in the order of ids.

    `dataset` is as `dataset_key` has it, and `made_at` is when the dataset was made that is there now, if AWS says so.
    It says how many versions there have been, and whether they were all. Events replace no others.
    """

    dataset: str
    made_at: datetime | None
    origins: Collection[int]
    are_events: bool
    read_count: int = 0
    is_all: bool = True

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield the id and the properties, as JSON text, of each record that nothing has ended since it was sent."""
        for some in batched(self._accepted(), IDS_IN_A_QUERY):
            yield from self._lasting(some)

    def _accepted(self) -> Iterator[_Accepted]:
        last_id, characters = None, 0
        sent = SentRecord.objects.filter(dataset=self.dataset).order_by("record_id", "-pk").values_list(*FIELDS)
        for record_id, properties, outcome, origin, sent_at, began_at in sent[: MOST_READ + 1].iterator():
            if self.read_count == MOST_READ or characters > MOST_CHARACTERS:
                self.is_all = False
                return
            self.read_count += 1
            characters += len(properties)
            is_older = record_id == last_id and not self.are_events
            if is_older or outcome != Outcome.CREATED or origin not in self.origins:
                continue
            last_id = record_id
            # Nothing is left of what was redacted.
            if properties:
                yield _Accepted(record_id, properties, max(sent_at, began_at or sent_at))

    def _lasting(self, some: Sequence[_Accepted]) -> Iterator[tuple[str, str]]:
        found = endings(self.dataset, {each.record_id for each in some}, self.made_at)
        for each in some:
            if ending_after(found[each.record_id], each.known_from) is None:
                yield each.record_id, each.properties
