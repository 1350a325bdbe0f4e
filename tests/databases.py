"""Databases of served consoles that other programs lock, cut off or stop, on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.postgresql import PostgreSQL
from tests.served import DATABASE

NAMES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Database:
    """A console's database: the variables that lead to it, and what can be done to it from outside."""

    name: str
    variables: dict[str, str]
    rows: Callable[[str], list[Any]]
    locked: Callable[[], AbstractContextManager[None]]
    # Ends all connections but its own, as an administrator does. SQLite has none that could be ended.
    cut: Callable[[], None]


def sqlite_in(directory: Path) -> Database:
    """Return the database of a data directory."""
    path = directory / DATABASE

    def rows(query: str) -> list[Any]:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(query).fetchall()

    @contextmanager
    def locked() -> Iterator[None]:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield

    return Database("SQLite", {}, rows, locked, lambda: None)


def postgresql_of(server: PostgreSQL) -> Database:
    """Return a new database of a server."""
    url = server.new_database()

    def rows(query: str) -> list[Any]:
        with psycopg.connect(url) as connection:
            return connection.execute(query).fetchall()

    @contextmanager
    def locked() -> Iterator[None]:
        with psycopg.connect(url) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            names = ", ".join(name for (name,) in tables)
            # Reading goes on beside it, as SQLite's does beside a writer.
            connection.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
            yield

    def cut() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    return Database("PostgreSQL", {"DATABASE_URL": url}, rows, locked, cut)
