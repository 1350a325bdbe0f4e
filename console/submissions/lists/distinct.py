"""The values that a column has among the submissions to a dataset group, read by entering an index once for each."""

from collections.abc import Iterable, Iterator

from django.db import connection

from console.submissions.models import Submission, dataset_key
from console.submissions.origins import Origin

# More people and datasets than a dataset group has.
MOST = 5_000
# From each value to the next: PostgreSQL before 18 and SQLite read every row for a DISTINCT.
STATEMENT = """
WITH RECURSIVE found (value) AS (
    SELECT MIN({column}) FROM {table} WHERE origin_id = %s AND dataset_group = %s
    UNION ALL
    SELECT (
        SELECT MIN({column}) FROM {table} WHERE origin_id = %s AND dataset_group = %s AND {column} > found.value
    ) FROM found WHERE found.value IS NOT NULL
)
SELECT value FROM found WHERE value IS NOT NULL LIMIT %s
"""


def person_names(origin: int, dataset_group: str) -> Iterator[str]:
    """Return the names of those who sent something to a dataset group, from the origin of a key."""
    return _values("person_name", origin, dataset_group)


def error_codes(origin: int, dataset_group: str) -> Iterator[str]:
    """Return the error codes of what was sent to a dataset group, "" among them, from the origin of a key."""
    return _values("error_code", origin, dataset_group)


def dataset_arns(origin: int, dataset_group: str) -> Iterator[str]:
    """Return the ARNs of the datasets of a dataset group that something was sent to, from the origin of a key."""
    return _values("dataset_arn", origin, dataset_group)


def dataset_type_of(origin: int, dataset_group: str, arn: str) -> str:
    """Return the type of a dataset that something was sent to; raise IndexError if nothing was."""
    of_arn = Submission.objects.filter(origin=origin, dataset_group=dataset_group, dataset_arn=arn)
    found: str = of_arn.order_by("created_at").values_list("dataset_type", flat=True)[0]
    return found


def dataset_keys(origin: int, arns: Iterable[str]) -> list[str]:
    """Return what tells datasets from all others, by their ARNs, of those that the origin of a key has sent to."""
    endpoint = Origin.objects.filter(pk=origin).values_list("endpoint", flat=True).first()
    return [] if endpoint is None else [dataset_key(endpoint, arn) for arn in arns]


def _values(column: str, origin: int, dataset_group: str) -> Iterator[str]:
    # Nothing of a request is in the statement itself.
    statement = STATEMENT.format(column=column, table=Submission._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement, [origin, dataset_group, origin, dataset_group, MOST])
        return iter([value for (value,) in cursor.fetchall()])
