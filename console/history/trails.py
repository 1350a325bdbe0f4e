"""Which environments and dataset groups have submissions, whatever the file of environments says today.

Names are found by entering an index once for each, however many submissions there are.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from console.history.models import Submission

MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Trail:
    """What was sent to a dataset group in an environment: how often, up to one more than is counted, and when."""

    environment: str
    dataset_group: str
    submissions: int
    first_at: datetime
    last_at: datetime

    @property
    def submissions_shown(self) -> str:
        """How many submissions there are, as it is shown: exact as far as they are counted."""
        return f"{MOST_COUNTED:,}+" if self.submissions > MOST_COUNTED else f"{self.submissions:,}"


def has_trail(environment: str, dataset_group: str = "") -> bool:
    """Say whether something was sent in an environment by its name, or to one of its dataset groups."""
    sent = Submission.objects.filter(environment=environment)
    return (sent.filter(dataset_group=dataset_group) if dataset_group else sent).exists()


def trails_of_others(environments: Collection[str]) -> list[Trail]:
    """Return the trail of each dataset group in environments other than those of some names."""
    return [
        _trail(environment, group)
        for environment in _values(Submission.objects.all(), "environment")
        if environment not in environments
        for group in _values(Submission.objects.filter(environment=environment), "dataset_group")
    ]


def _values(rows: QuerySet[Submission], column: str) -> Iterator[str]:
    """Yield the values of a column, each once and in order."""
    in_order = rows.order_by(column).values_list(column, flat=True)
    value = in_order.first()
    while value is not None:
        yield value
        value = in_order.filter(**{f"{column}__gt": value}).first()


def _trail(environment: str, group: str) -> Trail:
    sent = Submission.objects.filter(environment=environment, dataset_group=group)
    moments = sent.values_list("created_at", flat=True)
    # With columns of the index alone, no row is read.
    count = sent.values("environment")[: MOST_COUNTED + 1].count()
    return Trail(environment, group, count, moments.earliest("created_at"), moments.latest("created_at"))
