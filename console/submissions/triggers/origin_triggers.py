"""Triggers by which the database itself keeps origins: a row that was added is neither changed nor removed."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from console.submissions.triggers.submission_triggers import drop_triggers_of, make_triggers_of

REFUSAL = "Where something was sent from is kept as it is: it is neither changed nor removed."
COLUMNS = ("id", "environment", "endpoint", "arn_prefix")


def make_origin_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers in the database of a migration."""
    make_triggers_of(editor, _conditions, REFUSAL)


def drop_origin_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what `make_origin_triggers` makes."""
    drop_triggers_of(editor, _conditions)


def _conditions(same: str) -> dict[str, str]:
    return {"history_origin": " AND ".join(same.format(column) for column in COLUMNS)}
