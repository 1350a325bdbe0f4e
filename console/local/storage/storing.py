"""Stores records and events, with SQL that both SQLite and PostgreSQL accept."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from console.local.models import StoredEvent, StoredRecord

# The values of a row, in the order of its table's columns.
type Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of stored records or events: its columns, its key columns, and those that a conflict updates.

    `name` is also that of the row that is there, in a condition on it. A row that was put individually has no
    `import_job`, which is the last column.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    replaced: tuple[str, ...]


RECORDS = Table(
    StoredRecord._meta.db_table,
    ("dataset_id", "record_id", "properties", "created_at", "replaced_at", "import_job"),
    ("dataset_id", "record_id"),
    ("properties", "replaced_at", "import_job"),
)
# Identical events are kept once, and count as put individually once one of them was.
EVENTS = Table(
    StoredEvent._meta.db_table,
    (
        "dataset_id",
        "user_id",
        "object_id",
        "event_type",
        "moment",
        "properties",
        "digest",
        "created_at",
        "import_job",
    ),
    ("dataset_id", "moment", "digest"),
    ("import_job",),
)


@cache
def storing(table: Table, number: int, *, may_replace: str = "TRUE") -> str:
    """Return the statement that stores a number of rows, skipping those whose existing row must not be replaced.

    Its parameters are the values of the rows, in the order of the table's columns. `may_replace` is a condition on the
    row that is there. Django's `bulk_create(update_conflicts=True)` has no such condition.
    """
    row = f"({', '.join(['%s'] * len(table.columns))})"
    return _storing(table, f"VALUES {', '.join([row] * number)}", may_replace)


@cache
def storing_from(table: Table, source: str, *, may_replace: str = "TRUE") -> str:
    """Return the statement that stores the rows of a table of the same columns in PostgreSQL, as they were put there.

    It has the parameters of `may_replace`, and no others.
    """
    return _storing(table, f"SELECT {', '.join(table.columns)} FROM {source} ORDER BY ctid", may_replace)


def _storing(table: Table, rows: str, may_replace: str) -> str:
    changes = ", ".join(f"{each} = excluded.{each}" for each in table.replaced)
    return f"""
        INSERT INTO {table.name} ({", ".join(table.columns)})
        {rows}
        ON CONFLICT ({", ".join(table.key)}) DO UPDATE SET {changes}
        WHERE {may_replace}
    """
