"""Pages of a list of submissions, each starting after or ending before one of them.

Pages therefore stay correct while others are sent, and the last page is as fast as the first. Ties in an order other
than time are newest first in both directions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import batched, groupby
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from console.submissions.lists.conditions import between
from console.submissions.lists.found import Found
from console.submissions.lists.places import Listed, Order, Place, after_in_time, directed, turned
from console.submissions.lists.several import FoundInSeveral
from console.submissions.models import Submission
from console.submissions.orders import TIME

type AnyFound = Found | FoundInSeveral

# Rows read for an old address with a page number, which no index can count.
MOST_READ = 1_000


def first_page(found: AnyFound, by: Order, size: int) -> Listed:
    """Return the first page of a list."""
    return _page(found, by, size, _take(found, by, None, size + 1), is_first=True)


def last_page(found: AnyFound, by: Order, size: int) -> Listed:
    """Return the last page of a list."""
    back = _page(found, by.reversed, size, _take(found, by.reversed, None, size + 1), is_first=True)
    return turned(back)


def page_after(found: AnyFound, by: Order, size: int, place: Place) -> Listed:
    """Return the page after a position; the last page if there is none."""
    taken = _take(found, by, place, size + 1)
    return _page(found, by, size, taken, is_first=False) if taken else last_page(found, by, size)


def page_before(found: AnyFound, by: Order, size: int, place: Place) -> Listed:
    """Return the page before a position; the first page if too few submissions are left to fill one."""
    taken = _take(found, by.reversed, place, size + 1)
    if len(taken) <= size:
        return first_page(found, by, size)
    return turned(_page(found, by.reversed, size, taken, is_first=False))


def newest_first(found: AnyFound, size: int) -> Iterator[list[Submission]]:
    """Yield all submissions found, without their text, in batches, newest first.

    Each batch is a query of its own. A single query would keep a transaction open for as long as somebody reads, or
    let PostgreSQL write all of them to disk before the first.
    """
    return (_rows(part, NOT_EXPORTED) for part in _parts(found, size))


def keys_newest_first(found: AnyFound, size: int) -> Iterator[list[UUID]]:
    """Yield the keys of all submissions found, as `newest_first` yields these: an index has them."""
    return ([each.pk for each in part if each.pk] for part in _parts(found, size))


def _parts(found: AnyFound, size: int) -> Iterator[Sequence[Place]]:
    by = Order()
    if isinstance(found, Found) and found.is_gathered:
        yield from batched(_take(found, by, None, None), size)
        return
    taken = _take(found, by, None, size)
    while taken:
        yield taken
        taken = _take(found, by, taken[-1], size)


def place_of(found: AnyFound, by: Order, pk: UUID) -> Place | None:
    """Return a submission's position, whether it was found or not; None if it does not exist."""
    rows = Submission.objects.filter(found.scope, pk=pk)
    if isinstance(found, FoundInSeveral):
        at = rows.values_list("created_at", flat=True).first()
        return Place(at, at, pk) if at else None
    alone = replace(found, rows=rows, in_order={})
    return next(iter(_places(alone.keyed(by.name), 1)), None)


def place_after(found: Found, by: Order, number: int) -> Place | None:
    """Return the position of the submission of a number, counted from 1, or the last one; None if there is none.

    In an ascending order with the newest first, numbers beyond `MOST_READ` lead there.
    """
    if by.is_descending != by.is_newest_first:
        taken = _take(found, by, None, min(number, MOST_READ))
        return taken[-1] if taken else None
    # An index covers everything that skipped rows are sorted by here.
    keys = ("at",) if by.name == TIME else ("key", "at")
    rows = found.keyed(by.name).order_by(*(directed(each, is_descending=by.is_descending) for each in keys))
    there = next(iter(_places(rows[number - 1 :], 1)), None)
    return there or next(iter(_take(found, by.reversed, None, 1)), None)


def _page(found: AnyFound, by: Order, size: int, taken: Sequence[Place], *, is_first: bool) -> Listed:
    shown = taken[:size]
    has_previous = not is_first and bool(shown) and bool(_take(found, by.reversed, shown[0], 1))
    return Listed(_rows(shown, NOT_LISTED), has_previous, len(taken) > size)


# Columns that may be long and that lists and exports do not show.
NOT_LISTED = ("record_input", "sentence", "message", "advice")
NOT_EXPORTED = ("record_input",)


def _rows(places: Sequence[Place], without: Sequence[str]) -> list[Submission]:
    keys = [each.pk for each in places if each.pk]
    rows = {each.pk: each for each in Submission.objects.filter(pk__in=keys).defer(*without)}
    return [rows[key] for key in keys if key in rows]


def _take(found: AnyFound, by: Order, after: Place | None, number: int | None) -> list[Place]:
    """Return the first positions of an order, or the first after a position; by time, None for all."""
    if isinstance(found, FoundInSeveral):
        # The first so many of all are among the first so many of each.
        places = [place for each in found.parts for place in _take(each, by, after, number)]
        return sorted(places, key=lambda each: (each.at, each.pk), reverse=by.is_newest_first)[:number]
    if by.name == TIME or number is None:
        return _places(_in_time(_in_range(found, by, after), by), number)
    rows: QuerySet[Any] = found.keyed(by.name)
    taken: list[Place] = []
    if after:
        # The rest of those that are equal in what is sorted by, then the others.
        equal = rows.filter(after_in_time(by, after), key=after.key)
        taken = _places(_in_time(equal, by), number)
    if len(taken) < number:
        taken += _take_by_key(rows, by, after, number - len(taken))
    return taken


def _in_range(found: Found, by: Order, after: Place | None) -> QuerySet[Any]:
    """Return the submissions from the first in the order of time, or from the first after a position.

    An index is entered at one end: if that is the position, the search's own limit there becomes another condition.
    """
    rows: QuerySet[Any] = found.keyed(TIME)
    since = None if found.is_gathered or (after and not by.is_newest_first) else found.since
    until = None if found.is_gathered or (after and by.is_newest_first) else found.until
    return rows.filter(between(since, until), after_in_time(by, after) if after else Q())


def _take_by_key(rows: QuerySet[Any], by: Order, after: Place | None, number: int) -> list[Place]:
    """Return the first positions of an order by a key, or the first whose key is after that of a position.

    The index has ties in the same direction as the key. If the order wants the other direction, the ties of a key are
    reversed; those of the last key, which may be incomplete, are queried again.
    """
    in_index = [directed(each, is_descending=by.is_descending) for each in ("key", "at", "pk")]
    later = rows
    if after:
        later = rows.filter(Q(key__lt=after.key) if by.is_descending else Q(key__gt=after.key))
    taken = _places(later.order_by(*in_index), number)
    if by.is_descending == by.is_newest_first or not taken:
        return taken
    runs = [list(run) for _key, run in groupby(taken, lambda each: each.key)]
    if len(taken) == number:
        before = number - len(runs[-1])
        runs[-1] = _places(_in_time(rows.filter(key=taken[-1].key), by), number - before)[::-1]
    return [each for run in runs for each in run[::-1]]


def _in_time(rows: QuerySet[Any], by: Order) -> QuerySet[Any]:
    return rows.order_by(*by.by_time)


def _places(rows: QuerySet[Any], number: int | None) -> list[Place]:
    return [Place(key, at, pk) for key, at, pk in rows.values_list("key", "at", "pk")[:number]]
