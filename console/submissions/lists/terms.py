"""Terms of a search: how an index finds the matches, how many there are, and what they have in common."""

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from console.submissions.lists import counting
from console.submissions.models import Outcome, SentRecord


@dataclass(frozen=True, slots=True)
class Values:
    """The values that all matches share in the columns of one index; None for any value."""

    arns: frozenset[str] | None = None
    outcomes: frozenset[Outcome] | None = None
    names: frozenset[str] | None = None

    def __and__(self, other: "Values") -> "Values":
        return Values(
            _both(self.arns, other.arns), _both(self.outcomes, other.outcomes), _both(self.names, other.names)
        )


ANYTHING = Values()


def _both[T](one: frozenset[T] | None, other: frozenset[T] | None) -> frozenset[T] | None:
    return other if one is None else one if other is None else one & other


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a search: its condition, the condition by which an index finds the matches, and their number."""

    condition: Q
    gathering: Q
    count: int
    # The order whose index has these in the order of time: they have one value of what it sorts by.
    in_order: str = ""
    # For a frequent term, the records sent, by dataset: reading a few shows that there are many.
    sent: "tuple[QuerySet[SentRecord], ...]" = ()
    # How many of these records were sent by as many submissions, as is known without looking.
    sent_once: int = 0
    # Values that all matching rows share, where they are known.
    values: Values = ANYTHING
    # Whether an index tells that it leaves more than `FEW`, of several things that it may be.
    is_many: bool = False
    # Whether these are all that have the values, and are `within` a condition of the outcome or the time.
    is_whole: bool = False
    within: Q = field(default_factory=Q)

    @property
    def is_few(self) -> bool:
        """Whether its matches are few enough to be collected."""
        return self.count <= counting.FEW
