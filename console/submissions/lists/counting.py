"""Limits for counting submissions: exact where they are few, and no further."""

from django.db.models import QuerySet

from console.submissions.models import Submission

# Up to this many rows are collected, sorted and counted exactly.
FEW = 10_000
# With other filters, records sent more often than this are not counted: each would have to be read.
LESS = 1_000


def count(rows: "QuerySet[Submission]", most: int | None = None) -> int:
    """Return the number of submissions; `most` + 1 for any higher number, or `FEW` + 1."""
    # An index covers these.
    return rows.values("origin")[: (FEW if most is None else most) + 1].count()
