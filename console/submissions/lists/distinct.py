"""The distinct values of a column among a dataset group's submissions, read with one index lookup each."""

from collections.abc import Iterable, Iterator
from typing import Any

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
SELECT value{beside} FROM found WHERE value IS NOT NULL LIMIT %s
"""
# A dataset has one type.
TYPE = """, (
    SELECT dataset_type FROM {table}
    WHERE origin_id = %s AND dataset_group = %s AND dataset_arn = found.value ORDER BY created_at LIMIT 1
)"""


def person_names(origin: int, dataset_group: str) -> Iterator[str]:
    """Return the names of the people who sent something to a dataset group, for the key of an origin."""
    return (name for (name,) in _rows("person_name", origin, dataset_group))


def error_codes(origin: int, dataset_group: str) -> Iterator[str]:
    """Return the error codes of submissions to a dataset group, "" included, for the key of an origin."""
    return (code for (code,) in _rows("error_code", origin, dataset_group))


def dataset_types(origin: int, dataset_group: str) -> dict[str, str]:
    """Return the types of a dataset group's datasets that something was sent to, by ARN."""
    return dict(_rows("dataset_arn", origin, dataset_group, beside=TYPE))


def dataset_keys(origin: int, arns: Iterable[str]) -> list[str]:
    """Return the `dataset_key` of each dataset that an origin has sent to, by ARN."""
    endpoint = Origin.objects.filter(pk=origin).values_list("endpoint", flat=True).first()
    return [] if endpoint is None else [dataset_key(endpoint, arn) for arn in arns]


def _rows(column: str, origin: int, dataset_group: str, beside: str = "") -> list[Any]:
    """Return each value of a column once, with the other columns of a statement."""
    # Nothing of a request is in the statement itself.
    table = Submission._meta.db_table
    statement = STATEMENT.format(column=column, table=table, beside=beside.format(table=table))
    of_group = (origin, dataset_group)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*of_group, *of_group, *(of_group if beside else ()), MOST])
        found: list[Any] = cursor.fetchall()
        return found
