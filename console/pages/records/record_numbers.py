"""The numbers of a press's records as Record input has them, whichever of its calls has sent each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from console.records.requests import Sent, with_session
from console.records.validation.validation import Record
from console.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class CallResult:
    """A call of a press, and its records, each by its number in the text, None if it is not in there, and its id."""

    call: Submission
    records: Sequence[tuple[int | None, str]]


def results_of_calls(calls: Sequence[Submission], records: Sequence[Record]) -> list[CallResult]:
    """Return the calls of a press with the numbers of their records; `records` are those of the page's text.

    One call has sent all records of its text, in their order.
    """
    if not calls:
        return []
    if len(calls) == 1:
        return [CallResult(calls[0], list(enumerate(calls[0].record_id_list, 1)))]
    places: dict[Sent, list[int]] = defaultdict(list)
    for number, record in enumerate(records, 1):
        places[_as_sent(record, calls[0].press)].append(number)
    return [CallResult(each, list(_numbered(each, places))) for each in calls]


def _numbered(call: Submission, places: dict[Sent, list[int]]) -> Iterator[tuple[int | None, str]]:
    """Give each record of a call with its number; of equal records, each number once."""
    for sent in call.records:
        numbers = places[sent]
        yield (numbers.pop(0) if numbers else None), sent[0]


def _as_sent(record: Record, press: UUID | None) -> Sent:
    """Return a record as a press sends it, whose key makes the session of an event that has none."""
    if press is None:
        return record.sent
    properties = with_session(record.entity, record.record_id, record.properties, press)
    return replace(record, properties=properties).sent
