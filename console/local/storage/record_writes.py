"""Writes records for many threads and processes at once; a call is answered only once its records are durable.

PostgreSQL takes care of that by itself. SQLite has one writer, which waits for the disk at each commit, and it lets
those who find it busy sleep for ever longer times, and in no order. So threads take turns here, and whose turn it is
commits what all others of its process wait to write, together with its own.
"""

import fcntl
import os
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db import connection, transaction

from console.local.storage.storing import Row, Table, storing
from console.storage.database_trouble import database_trouble


def write(table: Table, dataset_id: int, rows: Sequence[Row]) -> None:
    """Write rows of a dataset, replacing those with the same key; raise IntegrityError if the dataset is deleted.

    No two rows have the same key. They are committed, and on the disk, when this returns: whatever keeps them from
    there is raised.
    """
    if connection.vendor == "postgresql":
        _write_in_postgresql(table, dataset_id, rows)
        return
    own = _Write(table, rows)
    _waiting.append(own)
    with _turn:
        try:
            if not own.is_done:
                _write_what_waits()
        finally:
            # Interrupted before it was taken, it is not to be written by another thread's turn.
            if own in _waiting:
                _waiting.remove(own)
    if own.error:
        raise own.error
    if not own.is_done:
        raise RuntimeError("The thread that had the turn to write ended before it had written.")


@contextmanager
def turn_to_write() -> Iterator[None]:
    """Wait for a turn among the writers of records, and hold it for the block, for other writes of their calls.

    Under load, a writer that takes no turns finds SQLite busy for so long that it may fail: "database is locked".
    """
    if connection.vendor == "postgresql":
        yield
        return
    with _turn, _turn_of_this_process():
        yield


def _write_in_postgresql(table: Table, dataset_id: int, rows: Sequence[Row]) -> None:
    # The dataset is locked first, as its removal does: in another order the two might wait for each other.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT FROM local_dataset WHERE id = %s FOR KEY SHARE", [dataset_id])
        cursor.execute(storing(table, len(rows)), list(chain.from_iterable(rows)))


@dataclass(slots=True, eq=False)
class _Write:
    """Rows that a thread waits to have written: once done, they are committed or have an error."""

    table: Table
    rows: Sequence[Row]
    is_done: bool = False
    error: Exception | None = None

    def end(self, error: Exception | None = None) -> None:
        self.error = error
        self.is_done = True


_waiting: deque[_Write] = deque()
_turn = Lock()


def _write_what_waits() -> None:
    """Write all waiting records; raise the error that ended the turn early, which is that of all unwritten records."""
    writes: list[_Write] = []
    try:
        with _turn_of_this_process():
            # Include the writes that arrived while other processes took their turns.
            writes = _taken()
            for table in {each.table: None for each in writes}:
                _write_together(table, [each for each in writes if each.table is table])
    except Exception as error:
        for each in writes or _taken():
            if not each.is_done:
                each.end(error)
        raise


def _taken() -> list[_Write]:
    return [_waiting.popleft() for _ in range(len(_waiting))]


def _write_together(table: Table, writes: list[_Write]) -> None:
    try:
        _run(table, writes)
    except Exception as error:
        if database_trouble(error):
            # All of them have waited for it.
            raise
        # One of them is to blame, and the others are not to suffer for it.
        for each in writes:
            _write_alone(each)
        return
    for each in writes:
        each.end()


def _write_alone(write: _Write) -> None:
    try:
        _run(write.table, [write])
    except Exception as error:
        write.end(error)
    else:
        write.end()


def _run(table: Table, writes: list[_Write]) -> None:
    """Write all of some writes to a table in their order, or none: a statement alone is a transaction by itself."""
    # Between two statements another thread may go on first, while all others wait for this one's turn to end. So
    # there is one for a table: SQLite takes the same key again in it, and the last one counts.
    rows = [row for each in writes for row in each.rows]
    with connection.cursor() as cursor:
        cursor.execute(storing(table, len(rows)), list(chain.from_iterable(rows)))


@contextmanager
def _turn_of_this_process() -> Iterator[None]:
    """Wait for this process's turn among those of the server, and keep it during the block.

    Where the file for it cannot be made, as on a full disk, there are no turns: SQLite has one writer all the same.
    """
    try:
        file = _turn_file()
    except OSError:
        yield
        return
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


@cache
def _turn_file() -> int:
    # Each process opens it for itself: one that it inherited would be the same lock.
    return os.open(Path(settings.CONSOLE_DATA_DIR, "turn-to-write"), os.O_WRONLY | os.O_CREAT, 0o600)
