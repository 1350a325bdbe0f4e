"""Storing records, each in place of the one with its id, in SQL that SQLite and PostgreSQL both take."""

from console.local.models import STORED
from console.records.entities import Entity


def table_of(entity: Entity) -> str:
    """Return the table of an entity's records, which is the name of the record that is there in a condition on it."""
    return STORED[entity.dataset_type]._meta.db_table


def storing(entity: Entity, rows: str, *, may_replace: str = "TRUE") -> str:
    """Return the statement that stores records, and that leaves one out whose id is there and may not be replaced.

    `rows` are its VALUES: for each record the key of its dataset, its id, its properties, the moment as when it was
    created and as when it was replaced, and the key of its import job, or NULL. `may_replace` is a condition on the
    record that is there.
    """
    return f"""
        INSERT INTO {table_of(entity)} (dataset_id, {entity.id_name}, properties, created_at, replaced_at, import_job)
        VALUES {rows}
        ON CONFLICT (dataset_id, {entity.id_name}) DO UPDATE
        SET properties = excluded.properties, replaced_at = excluded.replaced_at, import_job = excluded.import_job
        WHERE {may_replace}
    """
