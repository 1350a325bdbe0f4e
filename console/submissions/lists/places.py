"""Orders of lists that grow without limit, positions in them, and their pages.

Ties are newest first, whatever the direction. Rows have the columns `key`, which is sorted by, `at`, their time, and
`pk`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from console.submissions.orders import TIME


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list: the name of a key, or the time, with the direction of both."""

    name: str = TIME
    is_descending: bool = True
    is_newest_first: bool = True

    @property
    def reversed(self) -> "Order":
        """The order in the opposite direction."""
        return Order(self.name, not self.is_descending, not self.is_newest_first)

    @property
    def by_time(self) -> tuple[str, str]:
        """The last columns of the order, for `order_by`."""
        return directed("at", is_descending=self.is_newest_first), directed("pk", is_descending=self.is_newest_first)


def order(name: str, *, is_descending: bool) -> Order:
    """Return the order for the name of a key, or for "created"."""
    return Order(name, is_descending, is_descending if name == TIME else True)


@dataclass(frozen=True, slots=True)
class Place:
    """A row's position in a list: its sort key, time and primary key; a moment if it has no primary key."""

    key: Any
    at: datetime
    pk: Any


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of rows, and whether there are others before and after it."""

    object_list: Sequence[Any]
    has_previous: bool
    has_next: bool


def turned(back: Listed) -> Listed:
    """Return a page of the reversed order as a page of the order."""
    return Listed(back.object_list[::-1], back.has_next, back.has_previous)


def directed(name: str, *, is_descending: bool) -> str:
    """Return a column with its direction, for `order_by`."""
    return f"-{name}" if is_descending else name


def after_in_time(by: Order, place: Place) -> Q:
    """Return the condition for rows later in the direction of time: an index is entered at the time."""
    if place.pk is None:
        return Q(at__lt=place.at) if by.is_newest_first else Q(at__gte=place.at)
    if by.is_newest_first:
        return Q(at__lte=place.at) & (Q(at__lt=place.at) | Q(pk__lt=place.pk))
    return Q(at__gte=place.at) & (Q(at__gt=place.at) | Q(pk__gt=place.pk))
