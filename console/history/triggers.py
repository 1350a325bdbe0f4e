"""Triggers by which the database itself keeps submissions: whoever writes to it may complete and redact, no more.

SQLite and PostgreSQL have them. A migration makes them, and every later one that has SQLite make a table anew, as most
changes of a table do there, must make them again: the tests find out. PostgreSQL's TRUNCATE is not refused: it takes
the owner of the table, who can drop triggers too.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What is known before a submission is sent, and what its answer brings.
KNOWN = (
    "id",
    "person_name",
    "environment",
    "dataset_group",
    "dataset_arn",
    "address",
    "user_ids",
    "user_count",
    "created_at",
)
ANSWER = (
    "outcome",
    "error_code",
    "sentence",
    "advice",
    "http_status",
    "request_id",
    "attempts",
    "duration_ms",
    "completed_at",
)
REFUSAL = "What was sent is kept as it is: it is neither changed nor removed."


def make_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers in the database of a migration."""
    for statement in _statements(editor.connection.vendor):
        editor.execute(statement, params=None)


def drop_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what `make_triggers` makes."""
    is_postgresql = editor.connection.vendor == "postgresql"
    for table in ("history_submission", "history_sentuser"):
        for event in ("update", "delete") if is_postgresql else ("update", "delete", "insert"):
            of_table = f" ON {table}" if is_postgresql else ""
            editor.execute(f"DROP TRIGGER {table}_{event}{of_table}", params=None)
    if is_postgresql:
        for function in ("history_submission_update", "history_sentuser_update", "history_delete"):
            editor.execute(f"DROP FUNCTION {function}()", params=None)


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        same = "NEW.{0} IS NOT DISTINCT FROM OLD.{0}"
        conditions = _conditions(same)
        return [
            _function("history_delete"),
            *(_function(f"{table}_update", condition) for table, condition in conditions.items()),
            *(_trigger(table, "update", f"{table}_update") for table in conditions),
            *(_trigger(table, "delete", "history_delete") for table in conditions),
        ]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    conditions = _conditions("NEW.{0} IS OLD.{0}")
    return [
        *(
            f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} WHEN NOT ({condition}) {refuse}"
            for table, condition in conditions.items()
        ),
        *(f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}" for table in conditions),
        # INSERT OR REPLACE removes a row without a word.
        *(
            f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refuse}"
            for table in conditions
        ),
    ]


def _conditions(same: str) -> dict[str, str]:
    """Return what holds of every change that may be, by table; `same` says that a column is as it was."""
    answer = " AND ".join(same.format(column) for column in ANSWER)
    is_redacted_now = "OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL"
    submission = [
        *(same.format(column) for column in KNOWN),
        # Somebody's account may go.
        f"({same.format('person_id')} OR NEW.person_id IS NULL)",
        f"(OLD.outcome = 'sending' OR ({answer}))",
        f"({same.format('message')} OR OLD.outcome = 'sending' OR (NEW.message = '' AND {is_redacted_now}))",
        f"({same.format('record_input')} OR (NEW.record_input = '' AND {is_redacted_now}))",
        f"({same.format('redacted_at')} OR OLD.redacted_at IS NULL)",
    ]
    redacted = "SELECT 1 FROM history_submission WHERE id = OLD.submission_id AND redacted_at IS NOT NULL"
    sent_user = [
        *(same.format(column) for column in ("id", "submission_id", "dataset", "user_id")),
        f"({same.format('properties')} OR (NEW.properties = '' AND EXISTS ({redacted})))",
    ]
    return {"history_submission": " AND ".join(submission), "history_sentuser": " AND ".join(sent_user)}


def _function(name: str, condition: str = "") -> str:
    allow = f"IF {condition} THEN RETURN NEW; END IF;" if condition else ""
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';"
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {allow} {refuse} END $$"


def _trigger(table: str, event: str, function: str) -> str:
    return f"CREATE TRIGGER {table}_{event} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
