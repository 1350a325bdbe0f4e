"""How far submissions are counted: exactly where they are few, and no further than that."""

from django.db.models import QuerySet

from console.submissions.models import Submission

# So many are gathered and sorted in a moment, and counted exactly.
FEW = 10_000
# Of records that were sent more often, together with other filters, no more are counted: each is read for that.
LESS = 1_000


def count(rows: "QuerySet[Submission]", most: int | None = None) -> int:
    """Return how many submissions there are; `most` + 1 for any number above, or `FEW` + 1."""
    # Of these an index knows all that is needed.
    return rows.values("origin")[: (FEW if most is None else most) + 1].count()
