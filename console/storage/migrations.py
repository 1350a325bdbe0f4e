"""The migrations of the code, and those that a database has."""

from functools import cache

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# By app and name.
type Migrations = frozenset[tuple[str, str]]


@cache
def migrations_of_code() -> Migrations:
    """Return the migrations of the code; they are what they are while the process runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def applied_migrations(alias: str = "default") -> Migrations:
    """Return the migrations that a database has; raise DatabaseError."""
    return frozenset(MigrationRecorder(connections[alias]).applied_migrations())
