"""A database that no file, or no connection, can be opened for is not said to be away."""

import sqlite3
from pathlib import Path

import psycopg
import pytest

from console.storage.database_trouble import Kind, Trouble, database_trouble
from tests.support.open_files import no_more_files


def trouble_of_sqlite(path: Path) -> Trouble | None:
    try:
        sqlite3.connect(path).close()
    except sqlite3.OperationalError as error:
        return database_trouble(error)
    return None


def test_sqlite_that_gets_no_file(tmp_path: Path) -> None:
    with no_more_files():
        found = trouble_of_sqlite(tmp_path / "database")
    assert found is not None
    assert found.kind is Kind.TOO_MANY_FILES


def test_postgresql_that_gets_no_connection() -> None:
    with no_more_files(), pytest.raises(psycopg.OperationalError) as raised:
        psycopg.connect("postgresql://127.0.0.1:9/none")
    with no_more_files():
        found = database_trouble(raised.value)
    assert found is not None
    assert found.kind is Kind.TOO_MANY_FILES
