"""The database: SQLite in the data directory, or the PostgreSQL that DATABASE_URL names."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.backends.signals import connection_created

from console.output.user_information import without_user_information
from console.storage.places import RUN

if TYPE_CHECKING:
    import psycopg
    from django.db.backends.base.base import BaseDatabaseWrapper
    from psycopg.abc import PQGen

SCHEMES = ("postgres", "postgresql")
EXPECTED = (
    "expected postgresql://user:password@host:port/database, with %40 for @, %2F for / and so on in the password. "
    "Leave it out to use SQLite in CONSOLE_DATA_DIR"
)
# PostgreSQL's own limit for names.
LONGEST_NAME = 63
# How long a thread keeps its connection, in seconds. It is tried before each request that uses it again.
CONNECTION_SECONDS = 600
# libpq's own default is to wait without an end.
SECONDS_TO_CONNECT = 5
# How long a page, or a request to the local service, waits for a lock that another program has. Commands wait longer.
SECONDS_FOR_LOCKS = 5
# How long they wait for any answer of PostgreSQL, which may hang without closing a connection.
SECONDS_FOR_ANSWERS = 10
# How long PostgreSQL works on one statement for them before it gives it up: it would go on after the page has ended.
SECONDS_FOR_STATEMENTS = 9
# How often psycopg looks up from waiting, for Ctrl-C.
SECONDS_BETWEEN_LOOKS = 0.1

type Database = dict[str, Any]


def sqlite(directory: Path, name: str = "console.sqlite3") -> Database:
    """Return Django's settings of a database, a file of a name in a directory."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": directory / name,
        # Opening and closing a connection takes longer than most requests: each thread keeps its own.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Readers never wait for the writer. What was answered is on the disk, whatever happens to the machine:
            # builds of SQLite differ in whether they wait for that by themselves.
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
            # A writer takes its lock at once instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def postgresql(url: str) -> Database:
    """Return Django's settings of the database that a URL names; stop with a sentence if it names none.

    No sentence repeats a part of the URL that may be one of its password.
    """
    try:
        return _read(url)
    except ValueError:
        sys.exit(f"DATABASE_URL: {EXPECTED}.")


def _read(url: str) -> Database:
    # The local service alone is installed without them, and psycopg takes a tenth of the time of a command.
    import dj_database_url
    from psycopg.pq import Conninfo

    parts = urlsplit(url)
    # Characters that separate the parts of a URL stand in a password that was not encoded.
    is_cut = bool(parts.fragment) or "@" in parts.path + parts.query
    if parts.scheme not in SCHEMES or is_cut or not url.isprintable() or "%00" in url or parts.port == 0:
        raise ValueError
    (parts.hostname or "").encode("idna")
    options = parse_qsl(parts.query, keep_blank_values=True)
    # Options that libpq, and so psycopg, accepts. Django's own options need other packages, or change behaviour that
    # the console relies on.
    known = {each.keyword.decode() for each in Conninfo.get_defaults()} | {"currentSchema"}
    for name, count in Counter(name for name, _value in options).items():
        if name not in known:
            sys.exit(f"DATABASE_URL: the option {name} is not one of PostgreSQL's connection parameters.")
        if count > 1:
            sys.exit(f"DATABASE_URL: the option {name} is there {count} times. Give it once.")
    database: Database = dict(dj_database_url.parse(url, conn_max_age=CONNECTION_SECONDS, conn_health_checks=True))
    if not 0 < len(database["NAME"].encode()) <= LONGEST_NAME:
        raise ValueError
    database["OPTIONS"] = {"connect_timeout": SECONDS_TO_CONNECT, **database.get("OPTIONS", {})}
    return database


def wait_briefly() -> None:
    """Let this process wait for the database, and for its locks, no longer than a person waits for a page."""
    connection_created.connect(_wait_briefly, dispatch_uid="console.storage.database.wait_briefly")


def try_to_write() -> None:
    """Raise DatabaseError where the database cannot be written, as where another program locks it.

    Django's checks take a database of SQLite that is locked for one without JSON.
    """
    with transaction.atomic():
        pass


def _wait_briefly(connection: "BaseDatabaseWrapper", **_signal: Any) -> None:
    milliseconds = SECONDS_FOR_LOCKS * 1000
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
        else:
            _wait_briefly_for_answers(connection.connection)
            cursor.execute(f"SET lock_timeout = {milliseconds}")
            cursor.execute(f"SET statement_timeout = {SECONDS_FOR_STATEMENTS * 1000}")


def _wait_briefly_for_answers(connection: "psycopg.Connection") -> None:
    """Let psycopg raise OperationalError where the server does not answer, as one does that hangs.

    The connection is given up then: the answer may still come, to a question that was asked before.
    """
    from psycopg import OperationalError

    wait = connection.wait

    def wait_briefly[Answer](generator: "PQGen[Answer]", interval: float = SECONDS_BETWEEN_LOOKS) -> Answer:
        try:
            return wait(generator, interval=interval, timeout=SECONDS_FOR_ANSWERS)
        except OperationalError as error:
            if error.sqlstate is None:
                connection.pgconn.finish()
            raise

    # Django has no setting for the class of a connection, and PostgreSQL none for a time that the client keeps.
    connection.wait = wait_briefly  # type: ignore[method-assign, assignment]


def cannot_be_used(error: Exception) -> str:
    """Return the sentence that the database cannot be used, and why; nothing in it is a password."""
    # It needs Django's settings, which need this module.
    from console.storage.database_trouble import Kind, database_trouble

    found = database_trouble(error)
    place = _place(settings.DATABASES["default"])
    if found and found.kind is Kind.FULL:
        return f"The database {place} cannot be used: its disk is full. Free some space on it."
    reason = without_user_information(" ".join(str(error).split()))
    return f"The database {place} cannot be used ({reason}). Fix it, or use another."


def has_no_data(error: Exception) -> str:
    """Return the sentence of a command for an error of a database that may have no tables yet, and that it is so."""
    # It needs Django's settings, which need this module.
    from console.storage.database_trouble import database_trouble

    if database_trouble(error):
        return cannot_be_used(error)
    return f"The local service has no data yet: start it once with {RUN}."


def _place(database: Database) -> str:
    if "sqlite" in database["ENGINE"]:
        return f"in {Path(database['NAME']).parent}"
    user = f"{database['USER']}@" if database["USER"] else ""
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"of DATABASE_URL, postgresql://{user}{database['HOST']}{port}/{database['NAME']},"
