"""Triggers by which the database itself keeps events of datasets: what was added is neither changed nor removed."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from console.submissions.triggers.submission_triggers import Conditions, drop_triggers_of, make_triggers_of

REFUSAL = "What happened to a dataset is kept as it is: it is neither changed nor removed."
COLUMNS = ("id", "dataset", "kind", "happened_at")


def make_event_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers in the database of a migration, whose table may be that of an older version."""
    make_triggers_of(editor, _conditions_of(editor), REFUSAL)


def drop_event_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what `make_event_triggers` makes."""
    drop_triggers_of(editor, _conditions_of(editor))


def _conditions_of(editor: BaseDatabaseSchemaEditor) -> Conditions:
    with editor.connection.cursor() as cursor:
        found = editor.connection.introspection.get_table_description(cursor, "history_datasetevent")
    id_column = "user_id" if any(each.name == "user_id" for each in found) else "record_id"
    return lambda same: {"history_datasetevent": " AND ".join(same.format(column) for column in (*COLUMNS, id_column))}
