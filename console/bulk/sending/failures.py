"""The records of an import that did not arrive, or are not known to have, with what the trail has of their calls."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched

from django.db.models import Q, QuerySet

from console.bulk.models import Import, Part
from console.bulk.sending.calls import CALLS_IN_A_PART
from console.bulk.sending.failed_calls import failed_calls
from console.bulk.sending.settled import Settled
from console.records.requests import Sent
from console.submissions.models import Submission

FAILED = (Settled.REFUSED, Settled.UNCONFIRMED)
CALLS_IN_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class FailedRecord:
    """A record, the number of its row, and the submission of its last attempt, None if the trail has none."""

    row: int
    record: Sent
    submission: Submission | None


def failed_call_numbers(bulk_import: Import) -> list[int]:
    """Return the numbers of the calls that failed, in the order in which they were sent."""
    parts = _parts_with_failures(bulk_import)
    return [
        part * CALLS_IN_A_PART + index
        for part, outcomes in parts.values_list("number", "outcomes")
        for index, outcome in enumerate(outcomes)
        if outcome in FAILED
    ]


def failed_records(bulk_import: Import) -> Iterator[FailedRecord]:
    """Yield each record of the calls that failed, a part in memory at a time."""
    for pk in list(_parts_with_failures(bulk_import).values_list("pk", flat=True)):
        for some in batched(failed_calls(bulk_import, Part.objects.get(pk=pk)), CALLS_IN_A_QUERY):
            last = last_attempts(bulk_import, [call.number for call in some])
            for call in some:
                for row, record in zip(call.rows, call.records, strict=True):
                    yield FailedRecord(row, record, last.get(call.number))


def last_attempts(bulk_import: Import, numbers: Iterable[int]) -> dict[int, Submission]:
    """Return the submissions of the last attempts of calls, by the numbers of the calls."""
    sent = Submission.objects.filter(bulk_import=bulk_import.key, bulk_call__in=list(numbers)).defer("record_input")
    return {each.bulk_call or 0: each for each in sent.order_by("created_at")}


def _parts_with_failures(bulk_import: Import) -> QuerySet[Part]:
    failures = Q(outcomes__contains=Settled.REFUSED) | Q(outcomes__contains=Settled.UNCONFIRMED)
    return Part.objects.filter(failures, bulk_import=bulk_import)
