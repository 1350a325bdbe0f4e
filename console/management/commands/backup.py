"""Copies the database of the data directory to a file, also while the console runs."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from console.database import cannot_be_used

# What is sent to AWS is personal data, and stands in the copy too.
FOR_ITS_OWNER = 0o600


class Command(BaseCommand):
    help = (
        "Copies the SQLite database to a file that is not there yet, whole and checked, also while the console runs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError("Back up a PostgreSQL with its own pg_dump, as the README says.")
        if file.exists():
            raise CommandError(f"{file} is there already. Name a file that is not.")
        # Under its name there is never half of a copy.
        part = file.with_name(f"{file.name}.part")
        try:
            _copy(part)
            os.link(part, file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written ({error.strerror}).") from error
        except (DatabaseError, sqlite3.Error) as error:
            raise CommandError(cannot_be_used(error)) from error
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(f"Wrote {file}.")


def _copy(part: Path) -> None:
    """Write the database to a file as SQLite's own VACUUM INTO does, have it on the disk, and check it."""
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FOR_ITS_OWNER))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(part)])
    with part.open("rb") as written:
        os.fsync(written.fileno())
    with closing(sqlite3.connect(part)) as copy:
        (found,) = copy.execute("PRAGMA integrity_check").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(f"the copy does not hold: {found}")
