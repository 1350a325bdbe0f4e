"""A search in several dataset groups, and the submissions found there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from console.submissions.lists import counting
from console.submissions.lists.found import Found
from console.submissions.lists.search import Search


@dataclass(frozen=True)
class FoundInSeveral:
    """The submissions found in several dataset groups, which are listed by time only."""

    parts: Sequence[Found]
    scope: Q
    is_gathered = False

    @property
    def most_counted(self) -> int:
        """The highest number that is counted."""
        return min((each.most_counted for each in self.parts), default=counting.FEW)

    @cached_property
    def count(self) -> int:
        """Their number; `most_counted` + 1 for any higher number."""
        number = 0
        for each in self.parts:
            number += each.count
            if number > self.most_counted:
                return self.most_counted + 1
        return number


@dataclass(frozen=True)
class SearchInSeveral:
    """A search in each of several dataset groups that an origin has sent to."""

    origin: int
    searches: tuple[Search, ...]

    @cached_property
    def found(self) -> FoundInSeveral:
        """The submissions found, ready to be read."""
        return FoundInSeveral([each.found for each in self.searches], Q(origin=self.origin))
