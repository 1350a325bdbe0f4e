"""The clock of all machines that share a database, which is PostgreSQL's own; SQLite has that of its machine."""

from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from console.storage.database_trouble import database_trouble

# Largest offset between machines whose clocks are synchronized.
MOST_OFF = timedelta(minutes=1)


def most_between_clocks() -> timedelta:
    """Return by how much a moment of `shared_now` may be off this machine's clock: a database has one of its own."""
    return timedelta(0) if connection.vendor == "sqlite" else MOST_OFF


def shared_now() -> datetime:
    """Return the moment by the clock of the database, by this machine's where the database cannot be asked."""
    if connection.vendor == "sqlite":
        return timezone.now()
    try:
        with connection.cursor() as cursor:
            # Not that of the transaction, which began earlier.
            cursor.execute("SELECT clock_timestamp()")
            now: datetime = cursor.fetchone()[0]
    except (DatabaseError, InterfaceError) as error:
        if database_trouble(error) is None or connection.in_atomic_block:
            raise
        return timezone.now()
    return now
