"""Storing records, each in place of the one with its id, in SQL that SQLite and PostgreSQL both take."""

from console.local.models import StoredRecord

# Also the name of the record that is there, in a condition on it.
TABLE = StoredRecord._meta.db_table


def storing(rows: str, *, may_replace: str = "TRUE") -> str:
    """Return the statement that stores records, and that leaves one out whose id is there and may not be replaced.

    `rows` are its VALUES: for each record the key of its dataset, its id, its properties, the moment as when it was
    created and as when it was replaced, and the key of its import job, or NULL. `may_replace` is a condition on the
    record that is there. Django's `bulk_create(update_conflicts=True)` has no such condition.
    """
    return f"""
        INSERT INTO {TABLE} (dataset_id, record_id, properties, created_at, replaced_at, import_job)
        VALUES {rows}
        ON CONFLICT (dataset_id, record_id) DO UPDATE
        SET properties = excluded.properties, replaced_at = excluded.replaced_at, import_job = excluded.import_job
        WHERE {may_replace}
    """
