"""Filtered Activity as a file, streamed from the database."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.activity.listing import Filters, newest_first
from console.activity.models import Kind, Outcome
from console.activity.recording import counted, record_activity
from console.activity.words import sentence
from console.pages.activity.activity import FOR_ADMINISTRATORS
from console.pages.activity.activity_filters import ActivityFilters
from console.pages.frame.decorators import console_page
from console.pages.frame.error_pages import error_page
from console.pages.frame.permissions import check_administrator
from console.pages.tables.exported import FORMATS_AND_SHEETS, NO_FORMAT_OR_SHEET, as_file
from console.pages.tables.tables import sought_in

# Entries held in memory at a time.
CHUNK = 500
COLUMNS = (
    "entry",
    "time",
    "person",
    "person_id",
    "address",
    "kind",
    "what",
    "environment",
    "dataset_group",
    "noun",
    "name",
    "outcome",
    "row_count",
    "facts",
)


@console_page("activity/export-activity/", is_file=True)
@never_cache
@require_http_methods(["GET", "HEAD"])
def export_activity(request: HttpRequest) -> HttpResponseBase:
    """Return the filtered entries as a file in the query's `format`, for administrators only.

    Raise PermissionDenied for everybody else.
    """
    check_administrator(request.user, FOR_ADMINISTRATORS)
    kind = FORMATS_AND_SHEETS.get(request.GET.get("format", ""))
    filters = ActivityFilters(request)
    chosen = filters.asked(sought_in(request))
    if kind is None or chosen is None:
        return error_page(request, 400, filters.problem or NO_FORMAT_OR_SHEET.format("Activity"))
    exported = _rows(chosen)
    if request.method == "GET":
        recorded_filters = filters.recorded | ({"search": chosen.text} if chosen.text else {})
        facts = {"format": request.GET["format"], "filters": recorded_filters}
        exported = counted(
            record_activity(Kind.EXPORTED, noun="Activity", outcome=Outcome.BEGUN, facts=facts), exported
        )
    return as_file(kind, exported, COLUMNS, "activity")


def _rows(chosen: Filters) -> Iterator[dict[str, Any]]:
    for part in newest_first(chosen.rows, CHUNK):
        for entry in part:
            yield {
                "entry": entry.pk,
                "time": entry.happened_at.astimezone(UTC).isoformat(timespec="milliseconds"),
                "person": entry.person_name or None,
                "person_id": entry.person_id,
                "address": entry.address or None,
                "kind": entry.kind,
                "what": sentence(entry),
                "environment": entry.environment or None,
                "dataset_group": entry.dataset_group or None,
                "noun": entry.noun or None,
                "name": entry.name or None,
                "outcome": entry.outcome_now.value,
                "row_count": entry.row_count,
                "facts": entry.facts,
            }
