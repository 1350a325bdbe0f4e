"""The table of submissions, which grows without an end: its pages begin after a row, end before one, or at a day."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest

from console.pages.frame.requests import uuid_of
from console.pages.frame.table_kinds import Kind
from console.pages.tables.days import asked_day, moment_before
from console.pages.tables.tables import DEFAULT_SORT, Table, asked, preferences_for
from console.submissions.lists.listing import (
    AnyFound,
    Listed,
    Order,
    Place,
    first_page,
    last_page,
    order,
    page_after,
    page_before,
    place_after,
    place_of,
)
from console.submissions.lists.search import Found, Search, SearchInSeveral
from console.submissions.orders import TIME

# What the address says of the page; of these the first that can be followed counts. `page` is of older addresses.
POSITIONS = ("after", "before", "date", "end", "page")

type AnySearch = Search | SearchInSeveral
type Position = tuple[dict[str, str], Listed]


def arrange_submissions(
    request: HttpRequest, kind: Kind, search: AnySearch | None, conditions: dict[str, str], everything: AnySearch
) -> tuple[Table, str]:
    """Return the submissions of a search as the request's `filter`, `sort` and position ask for; without one, none.

    And what is wrong with the position, in a sentence; "" if nothing is. `everything` finds the submissions that the
    page's heading counts.
    """
    text, sort = asked(request, kind)
    preferences = preferences_for(request, kind)
    day, problem = asked_day(request)
    if day is not None and sort.removeprefix("-") != TIME:
        # A day is a place in the order of time alone.
        sort = ""
    count = everything.found.count
    if search is None:
        return Table(kind, preferences, Listed([], False, False), count, 0, text, sort, conditions), problem
    shown = sort or DEFAULT_SORT
    by = order(shown.removeprefix("-"), is_descending=shown.startswith("-"))
    position, page = _page(request, search.found, by, preferences.page_size, day)
    found = search.found if search != everything else everything.found
    return (
        Table(kind, preferences, page, count, found.count, text, sort, conditions, position, found.most_counted),
        problem,
    )


def _page(request: HttpRequest, found: AnyFound, by: Order, size: int, day: date | None) -> Position:
    said = {name: request.GET.get(name, "") for name in POSITIONS}
    ways: tuple[tuple[str, Callable[[AnyFound, Order, int, Place], Listed]], ...] = (
        ("after", page_after),
        ("before", page_before),
    )
    for name, page in ways:
        place = _place(found, by, said[name])
        if place is not None:
            return {name: said[name]}, page(found, by, size, place)
    if day is not None:
        return {"date": day.isoformat()}, page_after(found, by, size, Place(None, moment_before(day, by), None))
    if said["end"] == "last":
        return {"end": "last"}, last_page(found, by, size)
    return _numbered(found, by, size, said["page"]) or ({}, first_page(found, by, size))


def _place(found: AnyFound, by: Order, text: str) -> Place | None:
    key = uuid_of(text)
    return place_of(found, by, key) if key else None


def _numbered(found: AnyFound, by: Order, size: int, number: str) -> Position | None:
    """Return the page of a number, as addresses of older versions have it; None for the first."""
    if not isinstance(found, Found):
        return None
    if not number.isascii() or not number.isdigit() or len(number) > 9 or int(number) < 2:
        return None
    place = place_after(found, by, (int(number) - 1) * size)
    return ({"after": str(place.pk)}, page_after(found, by, size, place)) if place else None
