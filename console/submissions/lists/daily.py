"""The number of records sent to a dataset group each day, by outcome."""

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from functools import cache
from itertools import pairwise
from typing import Any

from django.db import connection

from console.people.zones import beginning
from console.submissions.models import Outcome, Submission


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and the number of records sent on it, by the displayed outcome of their submissions."""

    date: date
    records: dict[Outcome, int]

    @property
    def total(self) -> int:
        """The number of records sent."""
        return sum(self.records.values())


def records_by_day(origin: int, dataset_group: str, last: date, days: int, zone: tzinfo) -> list[Day]:
    """Return a number of days of a time zone up to the last one, earliest first, including days without records.

    A record counts each time it was sent. `origin` is the key of an origin.
    """
    dates = [last - timedelta(days=before) for before in reversed(range(days))]
    found: dict[date, dict[Outcome, int]] = {each: {} for each in dates}
    moments = [beginning(each, zone) for each in (*dates, last + timedelta(days=1))]
    values: list[Any] = []
    for number, (begin, end) in enumerate(pairwise(moments)):
        values += [number, origin, dataset_group, *map(connection.ops.adapt_datetimefield_value, (begin, end))]
    with connection.cursor() as cursor:
        cursor.execute(_statement(days), values)
        for number, outcome, count in cursor.fetchall():
            records, shown = found[dates[int(number)]], Outcome(outcome).shown
            records[shown] = records.get(shown, 0) + count
    return [Day(each, records) for each, records in found.items()]


@cache
def _statement(days: int) -> str:
    """Return the statement for a number of days: each is read between two moments, from an index only.

    A QuerySet for each day takes ten times as long, nearly all of it to compile statements.
    """
    of_day = f"""
        SELECT CAST(%s AS integer), outcome, SUM(record_count) FROM {Submission._meta.db_table}
        WHERE origin_id = %s AND dataset_group = %s AND created_at >= %s AND created_at < %s GROUP BY outcome
    """
    return " UNION ALL ".join([of_day] * days)
