"""Entries that filters leave, a page at a time, which begins after one of them or ends before one.

So it stays right while others are added. Entries that are equal in what is sorted by have the newest first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from console.activity.models import KEYS, Entry, Kind
from console.submissions.lists.listing import Listed, Order
from console.submissions.lists.search import FEW
from console.submissions.orders import TIME


@dataclass(frozen=True, slots=True)
class Filters:
    """What entries are asked for; an empty one leaves all of them.

    `person` and `environment` are whole names in any case, and `text` a part of a name, of a person or of a thing.
    """

    kind: Kind | None = None
    person: str = ""
    environment: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def rows(self) -> "QuerySet[Entry]":
        """The entries that they leave, in no order."""
        asked = {
            "kind": self.kind,
            "person_name__iexact": self.person,
            "environment__iexact": self.environment,
            "happened_at__gte": self.since,
            "happened_at__lte": self.until,
        }
        rows = Entry.objects.filter(**{name: value for name, value in asked.items() if value}).order_by()
        if self.text:
            rows = rows.filter(Q(name__icontains=self.text) | Q(person_name__icontains=self.text))
        return rows


def count(rows: "QuerySet[Entry]") -> int:
    """Return how many entries there are; `FEW` + 1 for any number above."""
    return rows.values("pk")[: FEW + 1].count()


def first_page(rows: "QuerySet[Entry]", by: Order, size: int) -> Listed:
    """Return the first so many entries of a list."""
    return _page(rows, by, size, None)


def last_page(rows: "QuerySet[Entry]", by: Order, size: int) -> Listed:
    """Return the last so many entries of a list."""
    return _turned(_page(rows, by.reversed, size, None))


def page_after(rows: "QuerySet[Entry]", by: Order, size: int, place: Entry) -> Listed:
    """Return the entries after one; the last ones where there is none."""
    found = _page(rows, by, size, place)
    return found if found.object_list else last_page(rows, by, size)


def page_before(rows: "QuerySet[Entry]", by: Order, size: int, place: Entry) -> Listed:
    """Return the entries before one; the first ones where too few are there to fill a page."""
    found = _page(rows, by.reversed, size, place)
    return _turned(found) if found.has_next else first_page(rows, by, size)


def page_from(rows: "QuerySet[Entry]", by: Order, size: int, moment: datetime) -> Listed:
    """Return the entries from a moment on in the order of time; the last ones where there is none."""
    there = Q(happened_at__lt=moment) if by.is_descending else Q(happened_at__gte=moment)
    found = _ordered(rows.filter(there), by)[: size + 1]
    taken = list(found)
    if not taken:
        return last_page(rows, by, size)
    return Listed(taken[:size], rows.exclude(there).exists(), len(taken) > size)


def newest_first(rows: "QuerySet[Entry]", size: int) -> Iterator[list[Entry]]:
    """Return all entries, the newest first, so many at a time: each part is a query of its own."""
    by = Order()
    taken = list(_ordered(rows, by)[:size])
    while taken:
        yield taken
        taken = list(_ordered(rows.filter(_after(by, taken[-1])), by)[:size])


def _page(rows: "QuerySet[Entry]", by: Order, size: int, place: Entry | None) -> Listed:
    there = _ordered(rows.filter(_after(by, place)) if place else rows, by)
    taken = list(there[: size + 1])
    shown = taken[:size]
    is_first = not shown or not rows.filter(_after(by.reversed, shown[0])).exists()
    return Listed(shown, not is_first, len(taken) > size)


def _turned(back: Listed) -> Listed:
    return Listed(back.object_list[::-1], back.has_next, back.has_previous)


def _ordered(rows: "QuerySet[Entry]", by: Order) -> "QuerySet[Entry]":
    in_time = [_in(by.is_newest_first, "happened_at"), _in(by.is_newest_first, "pk")]
    key = [] if by.name == TIME else [_in(by.is_descending, KEYS[by.name])]
    return rows.order_by(*key, *in_time)


def _after(by: Order, place: Entry) -> Q:
    """Return the condition of what comes after an entry in an order."""
    at, pk = place.happened_at, place.pk
    earlier = Q(happened_at__lte=at) & (Q(happened_at__lt=at) | Q(pk__lt=pk))
    later = Q(happened_at__gte=at) & (Q(happened_at__gt=at) | Q(pk__gt=pk))
    in_time = earlier if by.is_newest_first else later
    if by.name == TIME:
        return in_time
    column: str = KEYS[by.name]
    value: Any = getattr(place, column)
    beyond = Q(**{f"{column}__lt" if by.is_descending else f"{column}__gt": value})
    return beyond | (Q(**{column: value}) & in_time)


def _in(is_descending: bool, name: str) -> str:
    return f"-{name}" if is_descending else name
