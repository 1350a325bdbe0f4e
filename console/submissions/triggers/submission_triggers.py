"""Triggers by which the database itself keeps submissions: any program may complete and redact them, no more.

SQLite and PostgreSQL have them. A migration makes them, and every later one that has SQLite make a table anew, as most
changes of a table do there, must make them again: the tests find out. PostgreSQL's TRUNCATE is not refused: it takes
the owner of the table, who can drop triggers too.
"""

from collections.abc import Callable, Sequence
from functools import partial

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Columns set before a submission is sent, and those its response sets, including columns of older versions.
KNOWN = (
    "id",
    "person_id",
    "person_name",
    "environment",
    "origin_id",
    "dataset_group",
    "dataset_arn",
    "dataset_type",
    "address",
    "record_ids",
    "record_count",
    "user_ids",
    "user_count",
    "created_at",
    "tracking_id",
    "press",
    "call_number",
    "call_count",
    "bulk_import",
    "bulk_call",
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
REDACTION = ("id", "dataset", "record_id", "last_record", "person_name", "redacted_at")
# Whether a record that was sent is of a person who was redacted since; and whether a submission has one, or another
# call of its press, since each of these has the whole text that was typed.
OF_REDACTED_RECORD = (
    "SELECT 1 FROM history_redaction redaction WHERE redaction.dataset = OLD.dataset"
    " AND redaction.record_id = OLD.record_id AND redaction.last_record >= OLD.id"
)
OF_REDACTED_PERSON = (
    "SELECT 1 FROM history_submission made"
    " JOIN history_sentrecord sent ON sent.submission_id = made.id"
    " JOIN history_redaction redaction ON redaction.dataset = sent.dataset"
    " AND redaction.record_id = sent.record_id AND redaction.last_record >= sent.id"
    " WHERE made.id = OLD.id OR made.press = OLD.press"
)
REFUSAL = "What was sent is kept as it is: it is neither changed nor removed."
EVENTS = ("update", "delete", "insert")

# From how it is said that a column is as it was, to the condition of every allowed change, by table.
type Conditions = Callable[[str], dict[str, str]]


def make_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers in the database of a migration, whose tables may be those of an older version."""
    make_triggers_of(editor, _conditions_of(editor))


def drop_triggers(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what `make_triggers` makes."""
    drop_triggers_of(editor, _conditions_of(editor))


def _conditions_of(editor: BaseDatabaseSchemaEditor) -> Conditions:
    """Return the conditions for the tables and columns that the database of a migration has."""
    introspection = editor.connection.introspection
    with editor.connection.cursor() as cursor:
        columns = {each.name for each in introspection.get_table_description(cursor, "history_submission")}
        tables = introspection.table_names(cursor)
    is_old = "history_sentuser" in tables
    known = [column for column in KNOWN if column in columns]
    sent = ("history_sentuser", "user_id") if is_old else ("history_sentrecord", "record_id")
    has_redactions = "history_redaction" in tables
    return partial(conditions_of_submissions, known=known, sent=sent, has_redactions=has_redactions)


def remake_triggers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers as they are now, where they are there as another version has made them."""
    drop_triggers(apps, editor)
    make_triggers(apps, editor)


def make_triggers_of(editor: BaseDatabaseSchemaEditor, conditions_of: Conditions, refusal: str = REFUSAL) -> None:
    """Make triggers that refuse to remove rows of some tables, and every change but those that may be."""
    for statement in _statements(editor, conditions_of, refusal):
        editor.execute(statement, params=None)


def drop_triggers_of(editor: BaseDatabaseSchemaEditor, conditions_of: Conditions) -> None:
    """Drop what `make_triggers_of` makes."""
    is_postgresql = editor.connection.vendor == "postgresql"
    for table in conditions_of("{0}"):
        for event in EVENTS[:2] if is_postgresql else EVENTS:
            of_table = f" ON {table}" if is_postgresql else ""
            # A table that SQLite has made anew has none.
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{event}{of_table}", params=None)
            if is_postgresql:
                editor.execute(f"DROP FUNCTION IF EXISTS {table}_{event}()", params=None)
    if is_postgresql:
        # Older versions had one function for both tables.
        editor.execute("DROP FUNCTION IF EXISTS history_delete()", params=None)


def _statements(editor: BaseDatabaseSchemaEditor, conditions_of: Conditions, refusal: str) -> list[str]:
    if editor.connection.vendor == "postgresql":
        return [
            statement
            for table, condition in conditions_of("NEW.{0} IS NOT DISTINCT FROM OLD.{0}").items()
            for statement in (
                _function(f"{table}_update", refusal, condition),
                _function(f"{table}_delete", refusal),
                _trigger(table, "update"),
                _trigger(table, "delete"),
            )
        ]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    return [
        statement
        for table, condition in conditions_of("NEW.{0} IS OLD.{0}").items()
        for statement in (
            # UPDATE OR REPLACE and INSERT OR REPLACE remove other rows without a word, by each key that a row has.
            f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table}"
            f" WHEN NOT (NEW.rowid = OLD.rowid AND {condition}) {refuse}",
            f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} WHEN {_is_there(editor, table)} {refuse}",
        )
    ]


def _is_there(editor: BaseDatabaseSchemaEditor, table: str) -> str:
    """Return the condition that a row of SQLite has a key which a row that is added has too.

    A row that is added without a rowid has -1 in a trigger.
    """
    with editor.connection.cursor() as cursor:
        constraints = editor.connection.introspection.get_constraints(cursor, table).values()
    keys = {("rowid",), ("id",), *(tuple(each["columns"]) for each in constraints if each["unique"])}
    same = (" AND ".join(f"{column} = NEW.{column}" for column in key) for key in sorted(keys))
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {each})" for each in same)


def conditions_of_submissions(
    same: str, known: Sequence[str], sent: tuple[str, str], *, has_redactions: bool
) -> dict[str, str]:
    """Return what is true of every change that may be, by table; `same` says that a column is as it was.

    `known` are the columns of a submission that are known before it is sent, and `sent` the table of what was sent
    with its column of ids. `has_redactions` says whether there is the table of the redactions of people.
    """
    answer = " AND ".join(same.format(column) for column in ANSWER)
    is_redacted_now = "OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL"
    may_go = f"({is_redacted_now} OR EXISTS ({OF_REDACTED_PERSON}))" if has_redactions else is_redacted_now
    submission = [
        *(same.format(column) for column in known),
        f"(OLD.outcome = 'sending' OR ({answer}))",
        f"({same.format('message')} OR OLD.outcome = 'sending' OR (NEW.message = '' AND {may_go}))",
        f"({same.format('record_input')} OR (NEW.record_input = '' AND {may_go}))",
        f"({same.format('redacted_at')} OR OLD.redacted_at IS NULL)",
    ]
    redacted = "SELECT 1 FROM history_submission WHERE id = OLD.submission_id AND redacted_at IS NOT NULL"
    table, id_column = sent
    record_may_go = f"EXISTS ({redacted})" + (f" OR EXISTS ({OF_REDACTED_RECORD})" if has_redactions else "")
    record = [
        *(same.format(column) for column in ("id", "submission_id", "dataset", id_column)),
        f"({same.format('properties')} OR (NEW.properties = '' AND ({record_may_go})))",
    ]
    found = {"history_submission": " AND ".join(submission), table: " AND ".join(record)}
    if has_redactions:
        found["history_redaction"] = " AND ".join(same.format(column) for column in REDACTION)
    return found


def _function(name: str, refusal: str, condition: str = "") -> str:
    allow = f"IF {condition} THEN RETURN NEW; END IF;" if condition else ""
    refuse = f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';"
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {allow} {refuse} END $$"


def _trigger(table: str, event: str) -> str:
    return f"CREATE TRIGGER {table}_{event} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_{event}()"
