"""Triggers by which the database itself keeps origins: a row that was added is neither changed nor removed."""

from collections.abc import Sequence
from functools import partial

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from console.submissions.triggers.submission_triggers import Conditions, drop_triggers_of, make_triggers_of

REFUSAL = "Where something was sent from is kept as it is: it is neither changed nor removed."
COLUMNS = ("id", "environment", "endpoint", "arn_prefix", "generation", "began_at")


def make_origin_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers in the database of a migration."""
    make_triggers_of(editor, _conditions_of(editor), REFUSAL)


def drop_origin_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what `make_origin_triggers` makes."""
    drop_triggers_of(editor, _conditions_of(editor))


def _conditions_of(editor: BaseDatabaseSchemaEditor) -> Conditions:
    """Return the conditions for the columns that the database of a migration has."""
    with editor.connection.cursor() as cursor:
        found = {each.name for each in editor.connection.introspection.get_table_description(cursor, "history_origin")}
    return partial(_conditions, columns=[column for column in COLUMNS if column in found])


def _conditions(same: str, columns: Sequence[str]) -> dict[str, str]:
    return {"history_origin": " AND ".join(same.format(column) for column in columns)}
