"""Databases as older versions made them: at a migration, with rows of then, in SQLite or PostgreSQL."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.support.served import clean_variables, manage


@dataclass(frozen=True, slots=True)
class OlderDatabase:
    """The variables of a console whose database is at a migration; `url` is "" for SQLite."""

    variables: dict[str, str]
    url: str
    file: Path

    def ask(self, *statements: str) -> Sequence[Any]:
        """Run SQL statements in one transaction, and return the rows of the last one."""
        connection: Any = psycopg.connect(self.url) if self.url else sqlite3.connect(self.file)
        with closing(connection), connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else ()

    def migrate(self, *target: str) -> None:
        """Migrate to a target, an app and a migration; to today's version without one."""
        manage("migrate", *target, variables=self.variables)


def older_database(folder: Path, url: str, *target: str, **variables: str) -> OlderDatabase:
    """Return a database in a folder, or of a URL of PostgreSQL, that is at a migration."""
    of_database = {"DATABASE_URL": url} if url else {}
    made = OlderDatabase(clean_variables(folder, **variables, **of_database), url, folder / "console.sqlite3")
    made.migrate(*target)
    return made
