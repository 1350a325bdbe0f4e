"""How records are written: many threads and processes at once, and each answer only when its records are on the disk.

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
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from console.database_trouble import database_trouble

type Parameters = Sequence[Any]


def write_records(dataset_id: int, statement: str, parameters: Parameters) -> None:
    """Run a statement that writes records of a dataset, and commit it; raise IntegrityError if the dataset is gone.

    Whoever returns from here has its records on the disk: whatever keeps them from there is raised.
    """
    if connection.vendor == "postgresql":
        _write_in_postgresql(dataset_id, statement, parameters)
        return
    own = _Write(statement, parameters)
    _waiting.append(own)
    with _turn:
        if not own.is_done:
            _write_all([_waiting.popleft() for _ in range(len(_waiting))])
    if own.error:
        raise own.error
    if not own.is_done:
        raise RuntimeError("The thread that had the turn to write ended before it had written.")


@contextmanager
def turn_to_write() -> Iterator[None]:
    """Wait for a turn among those who write records, and hold it: for what else is written at each of their calls.

    Who does not take turns finds SQLite busy again and again, for so long under load that it may be told that the
    database is locked.
    """
    if connection.vendor == "postgresql":
        yield
        return
    with _turn, _turn_of_this_process():
        yield


def _write_in_postgresql(dataset_id: int, statement: str, parameters: Parameters) -> None:
    # The dataset is locked first, as its removal does: in another order the two might wait for each other.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT FROM local_dataset WHERE id = %s FOR KEY SHARE", [dataset_id])
        cursor.execute(statement, parameters)


@dataclass(slots=True, eq=False)
class _Write:
    """A statement that a thread waits for, and what became of it: one that is done was committed, or has an error."""

    statement: str
    parameters: Parameters
    is_done: bool = False
    error: Exception | None = None

    def end(self, error: Exception | None = None) -> None:
        self.error = error
        self.is_done = True


_waiting: deque[_Write] = deque()
_turn = Lock()


def _write_all(writes: list[_Write]) -> None:
    """Write what waits; raise what ended the turn before that, which is the error of all that is not written then."""
    try:
        with _turn_of_this_process():
            _write_together(writes)
    except Exception as error:
        for each in writes:
            if not each.is_done:
                each.end(error)
        raise


def _write_together(writes: list[_Write]) -> None:
    try:
        _run(writes)
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
        _run([write])
    except Exception as error:
        write.end(error)
    else:
        write.end()


def _run(writes: list[_Write]) -> None:
    if len(writes) == 1:
        # A statement alone is a transaction by itself.
        _execute(writes[0])
        return
    with transaction.atomic():
        for each in writes:
            _execute(each)


def _execute(write: _Write) -> None:
    with connection.cursor() as cursor:
        cursor.execute(write.statement, write.parameters)


@contextmanager
def _turn_of_this_process() -> Iterator[None]:
    """Wait for this process's turn among those of the server, and hold it.

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
