"""How many records were sent to a dataset group each day, by outcome."""

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from django.db.models import QuerySet, Sum

from console.people.zones import beginning
from console.submissions.models import Outcome, Submission


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and how many records were sent in it, by the outcome that is shown of their submissions."""

    date: date
    records: dict[Outcome, int]

    @property
    def total(self) -> int:
        """How many records were sent in all."""
        return sum(self.records.values())


def records_by_day(origin: int, dataset_group: str, last: date, days: int, zone: tzinfo) -> list[Day]:
    """Return so many days of a time zone up to the last one, earliest first, also those on which nothing was sent.

    A record counts as often as it was sent. `origin` is the key of one.
    """
    dates = [last - timedelta(days=before) for before in reversed(range(days))]
    sent = Submission.objects.filter(origin=origin, dataset_group=dataset_group)
    return [Day(each, _records_of(sent, each, zone)) for each in dates]


def _records_of(sent: QuerySet[Submission], day: date, zone: tzinfo) -> dict[Outcome, int]:
    """Return the records of a day by outcome: between two moments, so that an index alone is read."""
    next_day = beginning(day + timedelta(days=1), zone)
    of_day = sent.filter(created_at__gte=beginning(day, zone), created_at__lt=next_day)
    records: dict[Outcome, int] = {}
    for outcome, count in of_day.values_list("outcome").annotate(number=Sum("record_count")).order_by():
        shown = Outcome(outcome).shown
        records[shown] = records.get(shown, 0) + count
    return records
