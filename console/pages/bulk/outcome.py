"""The result of an import: its records over time by outcome, and the failed calls."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from console.bulk.models import Import
from console.bulk.sending.failures import failed_call_numbers, last_attempts
from console.bulk.sending.timeline import Span, timeline
from console.pages.bulk.words import duration_words
from console.pages.frame.chart import OUTCOMES, Bar, Chart, draw
from console.pages.frame.zones import current_zone
from console.people.zones import in_zone
from console.submissions.models import Outcome, Submission

CALLS_ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The result of a finished import: numbers of records, duration, chart, and failed calls."""

    not_sent: int
    duration: str
    chart: Chart | None
    spans: Sequence[tuple[str, list[int], int]]
    outcomes: Sequence[Outcome]
    page: Page[int]
    failed: Sequence[Submission]


def import_outcome(request: HttpRequest, bulk_import: Import) -> ImportOutcome:
    """Return the result of an import."""
    spans = timeline(bulk_import) if bulk_import.sending_began_at else []
    bars = [Bar(_at(span), span.records) for span in spans]
    page = Paginator(failed_call_numbers(bulk_import), CALLS_ON_A_PAGE).get_page(request.GET.get("calls"))
    last = last_attempts(bulk_import, page.object_list)
    return ImportOutcome(
        not_sent=max(0, bulk_import.to_send_count - bulk_import.settled_count) if bulk_import.sending_began_at else 0,
        duration=duration_words(bulk_import.seconds_sending) if bulk_import.settled_count else "",
        chart=draw(bars) if bars else None,
        spans=[(bar.text, [bar.records.get(outcome, 0) for outcome in OUTCOMES], bar.total) for bar in bars],
        outcomes=OUTCOMES,
        page=page,
        failed=[last[number] for number in page.object_list if number in last],
    )


def _at(span: Span) -> str:
    """Return the start of a time span, with seconds or the day if the span's length requires it."""
    at = in_zone(span.at, current_zone())
    if span.length.total_seconds() < 60:
        return f"{at:%H:%M:%S}"
    return f"{at:%H:%M}" if span.length.total_seconds() < 3600 else f"{at:%d %b %H:%M}"
