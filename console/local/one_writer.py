"""Operations that change resources, one at a time.

What they look at before they write, as how many resources there are or whether one is in use, must still hold when
they write. SQLite has one writer by itself. PostgreSQL has a lock for it, which ends with the transaction. Puts of
records go on beside it, and beside each other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

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
    On SQLite the statement has the database to itself. This process's threads take turns before it, since SQLite lets
    those who find it busy sleep for ever longer times.
    """
    if connection.vendor != "postgresql":
        with _turn:
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM local_dataset WHERE id = %s FOR KEY SHARE", [dataset.pk])
        yield
