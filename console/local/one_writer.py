"""Operations that change resources, one at a time.

What they look at before they write, as how many resources there are or whether one is in use, must still hold when
they write. SQLite has one writer by itself. PostgreSQL has a lock for it, which ends with the transaction. Puts of
records go on beside it, and beside each other.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import IO

from django.conf import settings
from django.db import connection, transaction

from console.local.models import Dataset

# Any number that nothing else in the database locks.
WRITING = 7_253_941
_turn = Lock()


@contextmanager
def one_writer() -> Iterator[None]:
    """Run a block, or each call of a function, in a transaction and while no other one writes resources."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
        yield


@contextmanager
def kept(dataset: Dataset) -> Iterator[None]:
    """Run one statement that writes records of a dataset, while nobody removes it.

    On PostgreSQL the dataset is locked first, as its removal does: in another order the two might wait for each other.
    On SQLite the statement has the database to itself.
    """
    if connection.vendor != "postgresql":
        with _turn_of_all_processes():
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM local_dataset WHERE id = %s FOR KEY SHARE", [dataset.pk])
        yield


@contextmanager
def _turn_of_all_processes() -> Iterator[None]:
    """Wait for a turn among the server's threads and processes, and hold it.

    SQLite would do without, but it lets those who find it busy sleep for ever longer times, and in no order. The lock
    of a file excludes processes, and not the threads of one.
    """
    with _turn:
        file = _turn_file()
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


@cache
def _turn_file() -> IO[bytes]:
    # Each process opens it for itself: one that it inherited would be the same lock.
    return Path(settings.CONSOLE_DATA_DIR, "put-turn").open("wb")
