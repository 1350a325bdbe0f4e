"""Triggers by which the database itself keeps events of datasets: what was added is neither changed nor removed."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from console.submissions.triggers.submission_triggers import drop_triggers_of, make_triggers_of

REFUSAL = "What happened to a dataset is kept as it is: it is neither changed nor removed."
COLUMNS = ("id", "dataset", "user_id", "kind", "happened_at")


def make_event_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers in the database of a migration."""
    make_triggers_of(editor, _conditions, REFUSAL)


def drop_event_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what `make_event_triggers` makes."""
    drop_triggers_of(editor, _conditions)


def _conditions(same: str) -> dict[str, str]:
    return {"history_datasetevent": " AND ".join(same.format(column) for column in COLUMNS)}
