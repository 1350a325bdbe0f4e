"""Orders of lists that grow without an end, places in them, and their pages.

Rows that are equal in what is sorted by have the newest first, whatever the direction. The columns of rows are called
`key`, which is sorted by, `at`, their time, and `pk`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from console.submissions.orders import TIME


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is sorted by: the name of a key, or the time, and the direction of that and of the time."""

    name: str = TIME
    is_descending: bool = True
    is_newest_first: bool = True

    @property
    def reversed(self) -> "Order":
        """The order from the last to the first."""
        return Order(self.name, not self.is_descending, not self.is_newest_first)

    @property
    def by_time(self) -> tuple[str, str]:
        """What rows are sorted by in the end, as `order_by` takes it."""
        return directed("at", is_descending=self.is_newest_first), directed("pk", is_descending=self.is_newest_first)


def order(name: str, *, is_descending: bool) -> Order:
    """Return the order by the name of a key, or by "created"."""
    return Order(name, is_descending, is_descending if name == TIME else True)


@dataclass(frozen=True, slots=True)
class Place:
    """A row's position in a list: what it is sorted by, its time and its key; without a key, a moment."""

    key: Any
    at: datetime
    pk: Any


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of rows, in order, and whether there are others before and after them."""

    object_list: Sequence[Any]
    has_previous: bool
    has_next: bool


def turned(back: Listed) -> Listed:
    """Return a page of the reversed order as one of the order."""
    return Listed(back.object_list[::-1], back.has_next, back.has_previous)


def directed(name: str, *, is_descending: bool) -> str:
    """Return a column with its direction, as `order_by` takes it."""
    return f"-{name}" if is_descending else name


def after_in_time(by: Order, place: Place) -> Q:
    """Return the condition of what comes later in the direction of the time: an index is entered at the time."""
    if place.pk is None:
        return Q(at__lt=place.at) if by.is_newest_first else Q(at__gte=place.at)
    if by.is_newest_first:
        return Q(at__lte=place.at) & (Q(at__lt=place.at) | Q(pk__lt=place.pk))
    return Q(at__gte=place.at) & (Q(at__gt=place.at) | Q(pk__gt=place.pk))
