"""Bulk writes of jobs: thousands of rows per statement, in the caller's transaction."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from console.local.storage.storing import Row, Table, storing, storing_from

# With fewer rows, PostgreSQL's INSERT is faster than COPY into a temporary table.
MOST_WITHOUT_COPY = 500
INCOMING = "incoming_rows"


def write_in_bulk(table: Table, rows: Sequence[Row], *, may_replace: str, values: Sequence[Any] = ()) -> None:
    """Write rows in order, skipping those with an existing key that must not be replaced.

    `may_replace` is a condition on the row that is there, and `values` are its parameters.
    """
    if connection.vendor == "postgresql" and len(rows) > MOST_WITHOUT_COPY:
        _copy(table, rows, may_replace, values)
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            storing(table, 1, may_replace=may_replace), [(*row, *values) for row in rows] if values else rows
        )


def _copy(table: Table, rows: Sequence[Row], may_replace: str, values: Sequence[Any]) -> None:
    columns = ", ".join(table.columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {INCOMING} AS SELECT {columns} FROM {table.name} WITH NO DATA")
        with cursor.copy(f"COPY {INCOMING} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(storing_from(table, INCOMING, may_replace=may_replace), values)
        cursor.execute(f"DROP TABLE {INCOMING}")
