"""The table of submissions, which grows without limit: a page begins after a row or at a day, or ends before a row."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest

from console.pages.frame.requests import uuid_of
from console.pages.frame.table_kinds import Kind
from console.pages.tables.days import asked_for, moment_before
from console.pages.tables.tables import Table, preferences_for
from console.submissions.lists.found import Found
from console.submissions.lists.listing import (
    AnyFound,
    first_page,
    last_page,
    page_after,
    page_before,
    place_after,
    place_of,
)
from console.submissions.lists.places import Listed, Order, Place
from console.submissions.lists.search import Search
from console.submissions.lists.several import SearchInSeveral

# Query parameters for the position in the list; the first usable one counts. `page` comes from old addresses.
POSITIONS = ("after", "before", "date", "end", "page")

type AnySearch = Search | SearchInSeveral
type Position = tuple[dict[str, str], Listed]


def arrange_submissions(
    request: HttpRequest, kind: Kind, search: AnySearch | None, conditions: dict[str, str], everything: AnySearch
) -> tuple[Table, str]:
    """Return the table of a search's submissions, by the request's `filter`, `sort` and position; empty without one.

    With it comes a sentence on what is wrong with the position, or "". `everything` finds the submissions that the
    page's heading counts.
    """
    asked = asked_for(request, kind)
    preferences = preferences_for(request, kind)
    count = everything.found.count
    if search is None:
        none = Listed([], False, False)
        return Table(kind, preferences, none, count, 0, asked.text, asked.sort, conditions), asked.problem
    position, page = _page(request, search.found, asked.by, preferences.page_size, asked.day)
    found = search.found if search != everything else everything.found
    table = Table(
        kind, preferences, page, count, found.count, asked.text, asked.sort, conditions, position, found.most_counted
    )
    return table, asked.problem


def _page(request: HttpRequest, found: AnyFound, by: Order, size: int, day: date | None) -> Position:
    given = {name: request.GET.get(name, "") for name in POSITIONS}
    ways: tuple[tuple[str, Callable[[AnyFound, Order, int, Place], Listed]], ...] = (
        ("after", page_after),
        ("before", page_before),
    )
    for name, page in ways:
        place = _place(found, by, given[name])
        if place is not None:
            return {name: given[name]}, page(found, by, size, place)
    if day is not None:
        return {"date": day.isoformat()}, page_after(found, by, size, Place(None, moment_before(day, by), None))
    if given["end"] == "last":
        return {"end": "last"}, last_page(found, by, size)
    return _numbered(found, by, size, given["page"]) or ({}, first_page(found, by, size))


def _place(found: AnyFound, by: Order, text: str) -> Place | None:
    key = uuid_of(text)
    return place_of(found, by, key) if key else None


def _numbered(found: AnyFound, by: Order, size: int, number: str) -> Position | None:
    """Return the page of a number, from an address of an older version; None for the first."""
    if not isinstance(found, Found):
        return None
    if not number.isascii() or not number.isdigit() or len(number) > 9 or int(number) < 2:
        return None
    place = place_after(found, by, (int(number) - 1) * size)
    return ({"after": str(place.pk)}, page_after(found, by, size, place)) if place else None
