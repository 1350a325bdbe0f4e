"""Which origins and dataset groups have submissions, whatever the environments file says today.

Names are found by entering an index once for each, however many submissions there are.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from console.submissions.models import Submission
from console.submissions.origins import Origin

MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Trail:
    """What was sent to a dataset group from an origin: how often, up to one more than is counted, and when."""

    origin: Origin
    dataset_group: str
    submissions: int
    first_at: datetime
    last_at: datetime

    @property
    def submissions_shown(self) -> str:
        """How many submissions there are, as it is shown: exact as far as they are counted."""
        return f"{MOST_COUNTED:,}+" if self.submissions > MOST_COUNTED else f"{self.submissions:,}"


def has_trail(origin: int, dataset_group: str) -> bool:
    """Return whether something was sent to a dataset group from the origin of a key."""
    return Submission.objects.filter(origin=origin, dataset_group=dataset_group).exists()


def trails_of_others(origins: Collection[int]) -> list[Trail]:
    """Return the trail of each dataset group from origins other than those of some keys."""
    return trails_of(Origin.objects.exclude(pk__in=origins).order_by("environment", "pk"))


def trails_of(origins: Iterable[Origin]) -> list[Trail]:
    """Return the trail of each dataset group from some origins, in their order."""
    return [_trail(origin, group) for origin in origins for group in groups_of(origin.pk)]


def groups_of(origin: int) -> Iterator[str]:
    """Yield the dataset groups that something was sent to from the origin of a key, each once and in order."""
    in_order = Submission.objects.filter(origin=origin).order_by("dataset_group")
    names = in_order.values_list("dataset_group", flat=True)
    name = names.first()
    while name is not None:
        yield name
        name = names.filter(dataset_group__gt=name).first()


def _trail(origin: Origin, group: str) -> Trail:
    sent = Submission.objects.filter(origin=origin, dataset_group=group)
    moments = sent.values_list("created_at", flat=True)
    # With columns of the index alone, no row is read.
    count = sent.values("origin")[: MOST_COUNTED + 1].count()
    return Trail(origin, group, count, moments.earliest("created_at"), moments.latest("created_at"))
