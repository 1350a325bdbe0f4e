"""The submissions found by a search, in a form that can be read in the order of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import F, Q, QuerySet

from console.submissions.lists import counting
from console.submissions.lists.conditions import ANY, between
from console.submissions.models import Submission
from console.submissions.orders import KEYS, TIME, Computed


@dataclass(frozen=True)
class Found:
    """The submissions found in a scope, and the conditions under which an index has them in an order.

    `is_gathered` says that they are few, and are sorted after all are read. `in_order` are conditions by the order
    whose index has the matches in the order of time, and `since` and `until` limit the time. `some` are those that are
    quickest to count. At most `most` are counted.
    """

    rows: "QuerySet[Submission]"
    scope: Q
    is_gathered: bool
    in_order: Mapping[str, Q] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    some: "Sequence[QuerySet[Submission]]" = ()
    most: int | None = None
    known_count: int | None = None

    @property
    def most_counted(self) -> int:
        """The highest number that is counted."""
        return counting.FEW if self.most is None else self.most

    @cached_property
    def count(self) -> int:
        """Their number; `most_counted` + 1 for any higher number."""
        if self.known_count is not None:
            return self.known_count
        most = self.most_counted
        if self.is_gathered:
            return counting.count(self.rows, most)
        if sum(counting.count(each, most) for each in self.some) > most:
            return most + 1
        return counting.count(self.keyed(TIME).filter(between(self.since, self.until)).order_by("-created_at"), most)

    def keyed(self, name: str) -> "QuerySet[Submission]":
        """Return the submissions with the columns of an order: `key`, and the time as `at`."""
        key = KEYS.get(name, F("created_at"))
        if self.is_gathered:
            return self.rows.annotate(at=Computed(F("created_at")), key=Computed(key))
        first = next(iter(self.in_order.values()), ANY)
        indexed = first if name == TIME else self.in_order.get(name, ANY)
        return self.rows.filter(indexed).annotate(at=F("created_at"), key=key)
