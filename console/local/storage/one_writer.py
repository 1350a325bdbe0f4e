"""Serializes operations that change resources.

What they check before they write, such as how many resources there are or whether one is in use, must still be true
when they write. SQLite has one writer by itself; PostgreSQL takes a lock, which ends with the transaction. Puts of
records do not wait for it, nor for each other.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Any number that nothing else in the database locks.
WRITING = 7_253_941


@contextmanager
def one_writer() -> Iterator[None]:
    """Run a block, or each call of a function, in a transaction in which no other call writes resources."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
        yield
