"""Filtered entries, a page at a time, each page starting after or ending before an entry.

Pages therefore stay correct while entries are added. Ties in the sort order are newest first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from console.activity.models import KEYS, Entry, Kind
from console.submissions.lists.counting import FEW
from console.submissions.lists.places import Listed, Order, Place, after_in_time, directed, turned
from console.submissions.orders import TIME


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a list of entries; empty ones leave all of them.

    `person` and `environment` are full names in any case, and `text` is part of the name of a person or thing.
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


def place_of(by: Order, pk: int) -> Place | None:
    """Return the position of an entry in an order; None if there is none."""
    entry = Entry.objects.filter(pk=pk).first()
    return _place(by, entry) if entry else None


def first_page(rows: "QuerySet[Entry]", by: Order, size: int) -> Listed:
    """Return the first page of a list."""
    return _page(rows, by, size, None)


def last_page(rows: "QuerySet[Entry]", by: Order, size: int) -> Listed:
    """Return the last page of a list."""
    return turned(_page(rows, by.reversed, size, None))


def page_after(rows: "QuerySet[Entry]", by: Order, size: int, place: Place) -> Listed:
    """Return the page after a position; the last page if there is none."""
    found = _page(rows, by, size, place)
    return found if found.object_list else last_page(rows, by, size)


def page_before(rows: "QuerySet[Entry]", by: Order, size: int, place: Place) -> Listed:
    """Return the page before a position; the first page if too few entries are left to fill one."""
    found = _page(rows, by.reversed, size, place)
    return turned(found) if found.has_next else first_page(rows, by, size)


def newest_first(rows: "QuerySet[Entry]", size: int) -> Iterator[list[Entry]]:
    """Yield all entries in batches, newest first; each batch is a query of its own."""
    by = Order()
    taken = list(_after(rows, by, None)[:size])
    while taken:
        yield taken
        taken = list(_after(rows, by, _place(by, taken[-1]))[:size])


def _page(rows: "QuerySet[Entry]", by: Order, size: int, place: Place | None) -> Listed:
    taken = list(_after(rows, by, place)[: size + 1])
    shown = taken[:size]
    has_previous = bool(shown) and _after(rows, by.reversed, _place(by, shown[0])).exists()
    return Listed(shown, has_previous, len(taken) > size)


def _place(by: Order, entry: Entry) -> Place:
    return Place(None if by.name == TIME else getattr(entry, KEYS[by.name]), entry.happened_at, entry.pk)


def _after(rows: "QuerySet[Entry]", by: Order, place: Place | None) -> "QuerySet[Entry]":
    """Return the entries of an order, all or those after a position."""
    found: QuerySet[Entry] = rows.annotate(at=F("happened_at"))
    in_time = after_in_time(by, place) if place else Q()
    if by.name == TIME:
        return found.filter(in_time).order_by(*by.by_time)
    column = KEYS[by.name]
    found = found.order_by(directed(column, is_descending=by.is_descending), *by.by_time)
    if place is None:
        return found
    beyond = Q(**{f"{column}__lt" if by.is_descending else f"{column}__gt": place.key})
    return found.filter(beyond | (Q(**{column: place.key}) & in_time))
