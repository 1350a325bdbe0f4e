"""Triggers by which the database itself keeps entries: any program may write their ends and remove their addresses."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from console.submissions.triggers.submission_triggers import drop_triggers_of, make_triggers_of

REFUSAL = "What was done is kept as it is: it is neither changed nor removed."
KNOWN = (
    "id",
    "happened_at",
    "kind",
    "person_id",
    "person_name",
    "environment",
    "dataset_group",
    "noun",
    "name",
    "facts",
)
END = ("outcome", "row_count")


def make_entry_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers in the database of a migration."""
    make_triggers_of(editor, _conditions, REFUSAL)


def drop_entry_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what `make_entry_triggers` makes."""
    drop_triggers_of(editor, _conditions)


def _conditions(same: str) -> dict[str, str]:
    end = " AND ".join(same.format(column) for column in END)
    allowed = [
        *(same.format(column) for column in KNOWN),
        f"(OLD.outcome = 'begun' OR ({end}))",
        f"({same.format('address')} OR NEW.address = '')",
    ]
    return {"activity_entry": " AND ".join(allowed)}
