"""Activity: what people did other than sending records, for administrators."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.activity.listing import Filters, count, first_page, last_page, page_after, page_before, place_of
from console.activity.models import Entry
from console.activity.models import Kind as EntryKind
from console.activity.words import sentence
from console.pages.activity.activity_filters import FIELDS, ActivityFilters
from console.pages.frame.decorators import console_page
from console.pages.frame.permissions import check_administrator
from console.pages.frame.requests import key_of
from console.pages.frame.table_kinds import Column, Kind
from console.pages.tables.days import Asked, asked_for, moment_before
from console.pages.tables.table_page import show_table
from console.pages.tables.tables import Table, preferences_for, sought_in
from console.submissions.lists.places import Listed, Order, Place

POSITIONS = ("after", "before", "date", "end")
TABLE = Kind(
    "activity",
    "entries",
    (
        Column("created", "Time", "created"),
        Column("outcome", "Outcome", "outcome"),
        Column("person", "Person", "person"),
        Column("kind", "Kind", "kind"),
        Column("name", "What was done", "name"),
        Column("environment", "Environment", "environment"),
        Column("address", "Address", "address"),
    ),
    conditions=FIELDS,
    positions=POSITIONS,
)
FOR_ADMINISTRATORS = "Only administrators can see Activity."


@console_page("activity/", title="Activity", tables=(TABLE,))
@never_cache
@require_http_methods(["GET", "HEAD"])
def activity(request: HttpRequest) -> HttpResponse:
    """List what was done in the console, newest first; raise PermissionDenied for all but administrators."""
    check_administrator(request.user, FOR_ADMINISTRATORS)
    filters = ActivityFilters(request)
    asked = asked_for(request, TABLE)
    table = _table(request, filters, asked)
    context: dict[str, Any] = {
        "entries": [(entry, EntryKind(entry.kind).label, sentence(entry)) for entry in table.page.object_list],
        "filters": filters,
        "kinds": EntryKind.choices,
        "address_days": round(settings.CONSOLE_ACTIVITY_ADDRESS_DAYS),
        "selection_problem": " ".join(filter(None, (filters.problem, asked.problem))),
    }
    return show_table(request, "activity/activity.html", table, **context)


def _table(request: HttpRequest, filters: ActivityFilters, asked: Asked) -> Table:
    preferences = preferences_for(request, TABLE)
    chosen = filters.asked(sought_in(request))
    number = count(Filters().rows)
    if chosen is None:
        none = Listed([], False, False)
        return Table(TABLE, preferences, none, number, 0, asked.text, asked.sort, filters.conditions)
    position, page = _page(request, chosen.rows, asked.by, preferences.page_size, asked.day)
    counted = number if chosen == Filters() else count(chosen.rows)
    return Table(TABLE, preferences, page, number, counted, asked.text, asked.sort, filters.conditions, position)


def _page(
    request: HttpRequest, rows: "QuerySet[Entry]", by: Order, size: int, day: date | None
) -> tuple[dict[str, str], Listed]:
    """Return the requested page and its position in the query; of several positions the first counts."""
    for name, page in (("after", page_after), ("before", page_before)):
        key = key_of(request.GET.get(name, ""))
        place = None if key is None else place_of(by, key)
        if place:
            return {name: str(place.pk)}, page(rows, by, size, place)
    if day is not None:
        return {"date": day.isoformat()}, page_after(rows, by, size, Place(None, moment_before(day, by), None))
    if request.GET.get("end") == "last":
        return {"end": "last"}, last_page(rows, by, size)
    return {}, first_page(rows, by, size)
