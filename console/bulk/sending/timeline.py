"""How the records of an import were answered over time, as the trail tells it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.cache import cache

from console.bulk.models import Import
from console.submissions.models import Outcome, Submission

MOST_SPANS = 30
# Lengths of spans that people are used to, in seconds.
LENGTHS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400)
SECONDS_KEPT = 3600


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time, and the records that were sent in it by the outcome of the last attempt to send them."""

    at: datetime
    length: timedelta
    records: Counter[Outcome] = field(default_factory=Counter)


def timeline(bulk_import: Import) -> list[Span]:
    """Return the spans from the first to the last call of an import, at most some tens; none before the first call.

    Of an import of many calls it is kept for a while.
    """
    key = f"timeline:{bulk_import.key}:{bulk_import.settled_count}"
    spans: list[Span] | None = cache.get(key)
    if spans is None:
        spans = _spans(bulk_import)
        cache.set(key, spans, SECONDS_KEPT)
    return spans


def _spans(bulk_import: Import) -> list[Span]:
    sent = Submission.objects.filter(bulk_import=bulk_import.key).order_by("created_at")
    # A call that was sent again counts once.
    last = {call: rest for call, *rest in sent.values_list("bulk_call", "created_at", "outcome", "record_count")}
    if not last:
        return []
    calls = sorted(last.values(), key=lambda rest: rest[0])
    first, seconds = calls[0][0], (calls[-1][0] - calls[0][0]).total_seconds()
    length = next((each for each in LENGTHS if seconds / each < MOST_SPANS), -(-int(seconds) // MOST_SPANS))
    count = int(seconds // length) + 1
    spans = [Span(first + timedelta(seconds=index * length), timedelta(seconds=length)) for index in range(count)]
    for created_at, outcome, records in calls:
        span = spans[int((created_at - first).total_seconds() // length)]
        span.records[Outcome(outcome).shown] += records
    return spans
