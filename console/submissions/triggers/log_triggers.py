"""Triggers by which the database keeps Django's log of what administrators did, whatever becomes of their accounts.

Django removes an account's entries with the account. With these triggers it removes neither.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from console.submissions.triggers.submission_triggers import drop_triggers_of, make_triggers_of

COLUMNS = ("id", "user_id", "action_time", "object_id", "object_repr", "action_flag", "change_message")
REFUSAL = (
    "What administrators did is kept as it is: it is neither changed nor removed. Deactivate an account instead of "
    "deleting it."
)


def make_log_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers in the database of a migration."""
    make_triggers_of(editor, _conditions, REFUSAL)


def drop_log_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what `make_log_triggers` makes."""
    drop_triggers_of(editor, _conditions)


def _conditions(same: str) -> dict[str, str]:
    """Return the condition of every allowed change: the kind of an object may go with the app that it was of."""
    kept = [same.format(column) for column in COLUMNS]
    kind = f"({same.format('content_type_id')} OR NEW.content_type_id IS NULL)"
    return {"django_admin_log": " AND ".join([*kept, kind])}
