"""The database of the local service alone gets the tables of today's version."""

import sys
from pathlib import Path

from django.core.management import call_command

from console.storage.migrations import applied_migrations, migrations_of_code


def migrate(data: Path) -> None:
    """Make what tables are missing; end with a sentence for a database of a newer version. Raise DatabaseError."""
    applied, known = applied_migrations(), migrations_of_code()
    if applied - known:
        sys.exit(f"A newer version has made the database in {data}. Use that one, or name another with --data.")
    if known - applied:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
