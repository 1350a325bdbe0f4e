"""How many users were sent to a dataset group each day, by outcome."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Sum
from django.db.models.functions import TruncDate

from console.history.models import Outcome, Submission


@dataclass(frozen=True, slots=True)
class Day:
    """A day in UTC, and how many users were sent in it, by the outcome that is shown of their submissions."""

    date: date
    users: dict[Outcome, int]

    @property
    def total(self) -> int:
        """How many users were sent in all."""
        return sum(self.users.values())


def users_by_day(environment: str, dataset_group: str, last: date, days: int) -> list[Day]:
    """Return so many days up to the last one, earliest first; those on which nothing was sent are among them.

    A user counts as often as it was sent.
    """
    dates = [last - timedelta(days=before) for before in reversed(range(days))]
    sent = Submission.objects.filter(
        environment=environment,
        dataset_group=dataset_group,
        created_at__gte=_midnight(dates[0]),
        created_at__lt=_midnight(last + timedelta(days=1)),
    )
    counts = (
        sent.annotate(date=TruncDate("created_at", tzinfo=UTC))
        .values_list("date", "outcome")
        .annotate(number=Sum("user_count"))
        .order_by()
    )
    users: dict[date, dict[Outcome, int]] = {each: {} for each in dates}
    for day, outcome, count in counts:
        shown = Outcome(outcome).shown
        users[day][shown] = users[day].get(shown, 0) + count
    return [Day(each, users[each]) for each in dates]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
