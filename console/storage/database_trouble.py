"""What is the matter with the database where it cannot be used: away, locked, full or read-only, as people read it.

A database that refuses what it was asked for, as a duplicate key, is no such trouble: that is a defect of the console.
"""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from console.storage.disk import NO_ROOM, TOO_MANY_FILES, room_of
from console.storage.same_file import ReplacedError

SECONDS_BETWEEN_TRIES = 0.2


class Kind(Enum):
    """What keeps the database from being used."""

    AWAY = "away"
    LOCKED = "locked"
    SLOW = "slow"
    FULL = "full"
    READ_ONLY = "read-only"
    TOO_MANY_FILES = "too many open files"
    REPLACED = "replaced"
    FAILING = "failing"


# Problems that may pass within moments, such as a restart or a lock.
PASSING = (Kind.AWAY, Kind.LOCKED, Kind.SLOW, Kind.TOO_MANY_FILES)


@dataclass(frozen=True, slots=True)
class Trouble:
    """The problem and the advice, as two sentences without values of rows and without addresses."""

    kind: Kind
    sentence: str
    advice: str


_TROUBLES = {
    Kind.AWAY: (
        "The console's database cannot be reached.",
        "Try again in a moment. If that does not help, ask an administrator to start the database.",
    ),
    Kind.LOCKED: (
        "The console's database is locked by another program.",
        "Try again in a moment. If that does not help, ask an administrator to stop that program.",
    ),
    Kind.SLOW: (
        "The console's database took too long to answer.",
        "Try again. If it was a search, ask for less at once, such as one dataset or fewer days.",
    ),
    Kind.FULL: (
        "The disk that the console's database is on is full.",
        "Ask an administrator to free some space on it, then try again.",
    ),
    Kind.READ_ONLY: (
        "The console's database is read-only.",
        "Ask an administrator to make it writable, then try again.",
    ),
    Kind.TOO_MANY_FILES: (
        "The console has as many files and connections open as its machine allows.",
        "Try again in a moment. If that does not help, ask an administrator to raise its limit of open files.",
    ),
    Kind.REPLACED: (
        "The file of the console's database was replaced or removed while the console was running.",
        "Ask an administrator to restart the console.",
    ),
    Kind.FAILING: (
        "The console's database does not work: reading or writing it failed.",
        "Ask an administrator to look at the console's log, and at the disk of the database.",
    ),
}
# The result codes of SQLite, without what extends them: https://www.sqlite.org/rescode.html
_SQLITE = {
    5: Kind.LOCKED,  # SQLITE_BUSY
    6: Kind.LOCKED,  # SQLITE_LOCKED
    8: Kind.READ_ONLY,  # SQLITE_READONLY
    10: Kind.FAILING,  # SQLITE_IOERR
    11: Kind.FAILING,  # SQLITE_CORRUPT
    13: Kind.FULL,  # SQLITE_FULL
    14: Kind.AWAY,  # SQLITE_CANTOPEN
    15: Kind.LOCKED,  # SQLITE_PROTOCOL
    26: Kind.FAILING,  # SQLITE_NOTADB
}
# SQLite's result codes for a file that cannot be created or extended, as on a full or read-only disk.
_OF_FILES = (10, 14)
# The console's own files are in the data directory, as SQLite's.
_FILES = {
    **dict.fromkeys(NO_ROOM, Kind.FULL),
    **dict.fromkeys(TOO_MANY_FILES, Kind.TOO_MANY_FILES),
    errno.EROFS: Kind.READ_ONLY,
}
# The error codes of PostgreSQL, or their class: https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "08": Kind.AWAY,  # connection exceptions
    "25006": Kind.READ_ONLY,  # read_only_sql_transaction, as of a standby
    "25P03": Kind.AWAY,  # idle_in_transaction_session_timeout, which ends the connection
    "28": Kind.AWAY,  # invalid authorization
    "3D": Kind.AWAY,  # no such database
    "40": Kind.LOCKED,  # deadlocks, and transactions that cannot be serialized
    "53100": Kind.FULL,  # disk_full
    "53": Kind.AWAY,  # no memory, or no connection, is left
    "55P03": Kind.LOCKED,  # lock_not_available
    "57014": Kind.SLOW,  # query_canceled, as by statement_timeout
    "57": Kind.AWAY,  # it shuts down, or starts up
    "58": Kind.FAILING,  # its system fails
    "XX": Kind.FAILING,  # it is corrupted
}


def database_trouble(error: BaseException | None) -> Trouble | None:
    """Return what is the matter with the database when it raised an error; None if the error says nothing of that.

    Takes an exception of Django's, or of the driver, which is that of SQLite or of PostgreSQL; or an OSError, which is
    of the files that the console keeps beside it.
    """
    kind = _kind_of(error)
    return trouble(kind) if kind else None


def trouble(kind: Kind) -> Trouble:
    """Return the sentences of a kind of trouble."""
    return Trouble(kind, *_TROUBLES[kind])


def give_up_broken_connection() -> None:
    """Close this thread's connection if it broke, so that what is asked next gets a new one.

    Django does so by itself before and after a request alone. Inside of a transaction, nothing is done.
    """
    if connection.connection is not None and not connection.in_atomic_block and not connection.is_usable():
        connection.close()


@contextmanager
def without_database() -> Iterator[None]:
    """Let a block end where the database cannot be used: what a page has to say beside comes first."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        if database_trouble(error) is None:
            raise


def patiently[Written](
    write: Callable[[], Written], until: float, tell: Callable[[Trouble], object] = lambda _found: None
) -> Written:
    """Return what a write returns; a database whose trouble may pass is waited for, until a `time.monotonic`.

    `tell` is called with the first trouble. The error is raised in the end, and at once within a transaction.
    """
    is_told = False
    while True:
        try:
            return write()
        except (DatabaseError, InterfaceError) as error:
            found = database_trouble(error)
            if found is None:
                raise
            if not is_told:
                tell(found)
            is_told = True
            if connection.in_atomic_block or found.kind not in PASSING or time.monotonic() >= until:
                raise
            give_up_broken_connection()
        time.sleep(SECONDS_BETWEEN_TRIES)


def _kind_of(error: BaseException | None) -> Kind | None:
    if isinstance(error, OSError):
        return _FILES.get(error.errno or 0)
    if isinstance(error, ReplacedError):
        return Kind.REPLACED
    if not isinstance(error, DatabaseError | InterfaceError):
        return _kind_of_driver(error) if error is not None else None
    cause = error.__cause__
    return _kind_of_driver(cause) if cause is not None else None


def _kind_of_driver(error: BaseException) -> Kind | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        of_disk = _of_disk(Path(settings.DATABASES["default"]["NAME"]).parent) if code & 0xFF in _OF_FILES else None
        return of_disk or _SQLITE.get(code & 0xFF)
    if not type(error).__module__.startswith("psycopg"):
        return None
    state = getattr(error, "sqlstate", None)
    if state:
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    # Errors without a code are of the connection: it could not be made, or broke.
    is_of_connection = any(each.__name__ in ("OperationalError", "InterfaceError") for each in type(error).__mro__)
    return (_of_open_files() or Kind.AWAY) if is_of_connection else None


def _of_disk(directory: Path) -> Kind | None:
    """Return why nothing can be opened in a directory, or made longer: its disk has no room, or is read-only."""
    if found := _of_open_files():
        return found
    try:
        room = room_of(directory)
    except OSError:
        return None
    if room.is_read_only:
        return Kind.READ_ONLY
    return None if room.bytes and room.files else Kind.FULL


def _of_open_files() -> Kind | None:
    """Return what keeps this process from opening any file."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC))
    except OSError as error:
        return _FILES.get(error.errno or 0)
    return None
