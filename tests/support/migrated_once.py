"""The database of a test process, in memory: one process of a run migrates it, and the others copy what came of that."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, override

from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.creation import DatabaseCreation

from tests.support.made_once import made_once

FILE = "migrated.sqlite3"


class MigratedOnce(DatabaseCreation):
    """Makes the database of this process as Django does, or copies that of another process."""

    @override
    def create_test_db(self, *arguments: Any, **more: Any) -> str:
        name: str = self._get_test_db_name()  # type: ignore[attr-defined]  # The stubs leave it out.

        def migrate(directory: Path) -> None:
            super(MigratedOnce, self).create_test_db(*arguments, **more)
            with closing(sqlite3.connect(directory / FILE)) as kept:
                self.connection.connection.backup(kept)

        kept = made_once("test-database", migrate) / FILE
        if self.connection.settings_dict["NAME"] != name:
            self.connection.close()
            settings.DATABASES[self.connection.alias]["NAME"] = name
            self.connection.settings_dict["NAME"] = name
            self.connection.ensure_connection()
            with closing(sqlite3.connect(kept)) as source:
                source.backup(self.connection.connection)
        return name


def migrate_once() -> None:
    """Have one process of this run migrate what is SQLite's; on PostgreSQL each process migrates its own."""
    if connection.vendor == "sqlite":
        # What Django calls on; it has no setting for it.
        connection.creation = MigratedOnce(connection)
