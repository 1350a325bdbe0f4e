"""The records of a press, each with its number in Record input, whichever of its calls has sent it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from uuid import UUID

from console.local import api as local_api
from console.records.event_parts import EventParts, event_parts
from console.records.requests import Sent, with_session
from console.records.validation.validation import Record
from console.storage.shared_clock import most_between_clocks
from console.submissions.models import Outcome, Submission

# What the local service stores of a press, by the submissions that have sent it.
type StoredOfCall = Sequence[local_api.StoredEvent | local_api.StoredRecord | None]
type StoredOfPress = Mapping[UUID, StoredOfCall]


@dataclass(frozen=True, slots=True)
class RecordResult:
    """A record of a call: its number in the text, None if it is not in there, and its id.

    `stored` is the key that the local service stores it by, where it can be asked: of a record, the one of its id. Of
    an event, `event` is what tells it from others, and `was_stored` says that an event with the same values was stored
    before this one arrived.
    """

    number: int | None
    record_id: str
    event: EventParts | None = None
    stored: int | None = None
    was_stored: bool = False


@dataclass(frozen=True, slots=True)
class CallResult:
    """A call of a press, and its records."""

    call: Submission
    records: Sequence[RecordResult]

    @property
    def stored_before(self) -> int:
        """How many of its events were stored before, so that they were not added again."""
        return sum(each.was_stored for each in self.records)


def results_of_calls(
    calls: Sequence[Submission], records: Sequence[Record], stored: StoredOfPress | None = None
) -> list[CallResult]:
    """Return the calls of a press with the numbers of their records; `records` are those of the page's text.

    One call has sent all records of its text, in their order.
    """
    if not calls:
        return []
    if not calls[0].entity.is_event:
        return [CallResult(each, _results_of_records(each, (stored or {}).get(each.pk, ()))) for each in calls]
    places: dict[Sent, list[int]] = defaultdict(list)
    for number, record in enumerate(records, 1):
        places[_as_sent(record, calls[0].press)].append(number)
    is_alone = len(calls) == 1
    return [
        CallResult(each, list(_results(each, None if is_alone else places, (stored or {}).get(each.pk, ()))))
        for each in calls
    ]


def stored_of_press(calls: Sequence[Submission]) -> StoredOfPress:
    """Return what the local service stores of the calls that it accepted: their events, or records of their ids."""
    return {each.pk: _stored_of_call(each) for each in calls if each.outcome == Outcome.CREATED}


def _stored_of_call(call: Submission) -> StoredOfCall:
    if call.entity.is_event:
        return () if call.redacted_at else local_api.find_sent_events(call.dataset_arn, call.records)
    found = local_api.find_records(call.dataset_arn, call.record_id_list)
    return [found.get(each) for each in call.record_id_list]


def _results_of_records(call: Submission, stored: StoredOfCall) -> list[RecordResult]:
    keys = [each.pk if each else None for each in stored]
    ids = zip_longest(call.record_id_list, keys)
    return [RecordResult(number, id_, stored=key) for number, (id_, key) in enumerate(ids, 1)]


def _results(call: Submission, places: dict[Sent, list[int]] | None, stored: StoredOfCall) -> Iterator[RecordResult]:
    """Yield the events of a call, each with its number; of equal ones, each number once."""
    earlier: set[int] = set()
    begun_at = call.created_at - most_between_clocks()
    for position, sent in enumerate(call.records):
        numbers = [position + 1] if places is None else places[sent]
        found = stored[position] if stored else None
        was_stored = found is not None and (found.pk in earlier or found.created_at < begun_at)
        key = found.pk if found else None
        earlier |= {key} if key else set()
        number = numbers.pop(0) if numbers else None
        yield RecordResult(number, sent[0], event_parts(call.entity, sent), key, was_stored)


def _as_sent(record: Record, press: UUID | None) -> Sent:
    """Return a record as a press sends it, whose key makes the session of an event that has none."""
    if press is None:
        return record.sent
    properties = with_session(record.entity, record.record_id, record.properties, press)
    return replace(record, properties=properties).sent
