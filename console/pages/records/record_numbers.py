"""The records of a press with their numbers in Record input, regardless of which call sent them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from uuid import UUID

from console.local import api as local_api
from console.records.event_parts import EventParts, event_parts
from console.records.requests import Sent, with_session
from console.records.validation.validation import Record
from console.storage.shared_clock import most_between_clocks
from console.submissions.known.versions import replaced_by
from console.submissions.models import Outcome, Submission

# What the local service stores for each record of a press, by the submission that sent it.
type StoredOfCall = Sequence[local_api.StoredEvent | local_api.StoredRecord | None]
type StoredOfPress = Mapping[UUID, StoredOfCall]
# By submission and record id: when the record that was replaced had been sent; None if there was none.
type ReplacedByPress = Mapping[UUID, Mapping[str, datetime | None]]


@dataclass(frozen=True, slots=True)
class RecordResult:
    """A record of a call: its number in the text, None if it is not in the text, and its id.

    `stored` is its key in the local service, if that can be asked. For an event, `event` identifies it, and
    `was_stored` tells whether an event with the same values was already stored. `replaced_at` is when the replaced
    record was sent; `replaced_stored`: it replaced one in the local service that this console had not sent; `is_new`:
    it replaced neither. These three are unknown for events, and for records that were not accepted.
    """

    number: int | None
    record_id: str
    event: EventParts | None = None
    stored: int | None = None
    was_stored: bool = False
    is_new: bool = False
    replaced_stored: bool = False
    replaced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallResult:
    """A call of a press, and its records."""

    call: Submission
    records: Sequence[RecordResult]

    @property
    def stored_before(self) -> int:
        """The number of events that were already stored and so not added again."""
        return sum(record.was_stored for record in self.records)

    @property
    def news(self) -> str:
        """How many of its records are new to this console, and how many replaced others, in words; "" if unknown."""
        counts = [(sum(map(is_so, self.records)), words) for is_so, words in NEWS]
        counted = [(count, words) for count, words in counts if count]
        if len(counted) == 1:
            [(count, words)] = counted
            return words.one if count == 1 else words.all
        parts = ", ".join(words.some(count) for count, words in counted)
        return f"{parts}." if parts else ""


@dataclass(frozen=True, slots=True)
class News:
    """The sentences for records that all had one effect, and for records with several effects."""

    one: str
    all: str
    rest: str
    verb: tuple[str, str] = ("", "")

    def some(self, count: int) -> str:
        """Return the sentence for a number of records, without a full stop."""
        return " ".join(filter(None, (str(count), self.verb[count != 1], self.rest)))


NEWS: Sequence[tuple[Callable[[RecordResult], bool], News]] = (
    (
        lambda record: record.is_new,
        News("It is new to this console.", "All are new to this console.", "new to this console", ("is", "are")),
    ),
    (
        lambda record: record.replaced_at is not None,
        News(
            "It replaced the record that was sent before.",
            "All replaced records that were sent before.",
            "replaced what was sent before",
        ),
    ),
    (
        lambda record: record.replaced_stored,
        News(
            "It replaced the record that was stored before.",
            "All replaced records that were stored before.",
            "replaced what was stored before",
        ),
    ),
)


def results_of_calls(
    calls: Sequence[Submission],
    records: Sequence[Record],
    stored: StoredOfPress | None = None,
    replaced: ReplacedByPress | None = None,
) -> list[CallResult]:
    """Return the calls of a press with the numbers of their records; `records` are those of the page's text.

    A single call sends all records of its text, in order.
    """
    if not calls:
        return []
    if not calls[0].entity.is_event:
        return [
            CallResult(
                call, _results_of_records(call, (stored or {}).get(call.pk, ()), (replaced or {}).get(call.pk, {}))
            )
            for call in calls
        ]
    places: dict[Sent, list[int]] = defaultdict(list)
    for number, record in enumerate(records, 1):
        places[_as_sent(record, calls[0].press)].append(number)
    is_alone = len(calls) == 1
    return [
        CallResult(call, list(_results(call, None if is_alone else places, (stored or {}).get(call.pk, ()))))
        for call in calls
    ]


def stored_of_press(calls: Sequence[Submission]) -> StoredOfPress:
    """Return what the local service stores of the accepted calls: events, or records by id."""
    return {call.pk: _stored_of_call(call) for call in calls if call.outcome == Outcome.CREATED}


def _stored_of_call(call: Submission) -> StoredOfCall:
    if call.entity.is_event:
        return () if call.redacted_at else local_api.find_sent_events(call.dataset_arn, call.records)
    records = local_api.find_records(call.dataset_arn, call.record_id_list)
    return [records.get(record_id) for record_id in call.record_id_list]


def replaced_by_press(calls: Sequence[Submission], made_at: datetime | None) -> ReplacedByPress:
    """Return what the accepted and recorded calls of a press replaced; nothing for events.

    `made_at` is when the dataset was created, if that is known.
    """
    return {
        call.pk: replaced_by(call, made_at)
        for call in calls
        if call.outcome == Outcome.CREATED and call.is_recorded and not call.entity.is_event
    }


def _results_of_records(
    call: Submission, stored: StoredOfCall, replaced: Mapping[str, datetime | None]
) -> list[RecordResult]:
    begun_at = call.created_at - most_between_clocks()
    return [
        _result_of_record(number, record_id, record, replaced, begun_at)
        for number, (record_id, record) in enumerate(zip_longest(call.record_id_list, stored), 1)
    ]


def _result_of_record(
    number: int,
    record_id: str,
    record: local_api.StoredEvent | local_api.StoredRecord | None,
    replaced: Mapping[str, datetime | None],
    begun_at: datetime,
) -> RecordResult:
    is_first = record_id in replaced and replaced[record_id] is None
    was_stored = record is not None and record.created_at < begun_at
    return RecordResult(
        number,
        record_id,
        stored=record.pk if record else None,
        is_new=is_first and not was_stored,
        replaced_stored=is_first and was_stored,
        replaced_at=replaced.get(record_id),
    )


def _results(call: Submission, places: dict[Sent, list[int]] | None, stored: StoredOfCall) -> Iterator[RecordResult]:
    """Yield the events of a call with their numbers; equal events get different numbers."""
    earlier: set[int] = set()
    begun_at = call.created_at - most_between_clocks()
    for position, sent in enumerate(call.records):
        numbers = [position + 1] if places is None else places[sent]
        event = stored[position] if stored else None
        was_stored = event is not None and (event.pk in earlier or event.created_at < begun_at)
        key = event.pk if event else None
        earlier |= {key} if key else set()
        number = numbers.pop(0) if numbers else None
        yield RecordResult(number, sent[0], event_parts(call.entity, sent), key, was_stored)


def _as_sent(record: Record, press: UUID | None) -> Sent:
    """Return a record as a press sends it: an event without a session gets one made from the press's key."""
    if press is None:
        return record.sent
    properties = with_session(record.entity, record.record_id, record.properties, press)
    return replace(record, properties=properties).sent
