"""The database of `personalize-local`: what is made of an empty one, and one of a newer version is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_django
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from console.alone.migrating import make_tables, migrate
from console.storage.database import sqlite


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_refused() -> None:
    MigrationRecorder(connection).record_applied("local", "9999_later")
    with pytest.raises(SystemExit) as refused:
        migrate(Path("/data"))
    assert refused.value.code == (
        "A newer version has made the database in /data. Use that one, or name another with --data."
    )


@pytest.mark.django_db
def test_a_database_of_this_version_is_left_as_it_is() -> None:
    before = MigrationRecorder(connection).applied_migrations()
    migrate(Path("/data"))
    assert MigrationRecorder(connection).applied_migrations() == before


@pytest.fixture
def empty(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    db: None,
    django_db_blocker: pytest_django.DjangoDbBlocker,
) -> Iterator[tuple[BaseDatabaseWrapper, BaseDatabaseWrapper]]:
    """Two empty databases, beside the default one, which a migration looks into whatever database it is run on."""
    names = ("default", "one", "other")
    databases = ConnectionHandler({name: sqlite(tmp_path, f"{name}.sqlite3") for name in names}).databases
    for name in names[1:]:
        monkeypatch.setitem(connections.databases, name, databases[name])
    with django_db_blocker.unblock():
        yield connections["one"], connections["other"]
        for name in names[1:]:
            connections[name].close()
            del connections[name]


@pytest.mark.django_db
def test_an_empty_database_gets_what_the_migrations_make(
    empty: tuple[BaseDatabaseWrapper, BaseDatabaseWrapper],
) -> None:
    made, migrated = empty
    make_tables(made)
    executor = MigrationExecutor(migrated)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] == "local"])
    assert len(_schema(made)) > 20
    assert _schema(made) == _schema(migrated)
    of_local = {key for key in MigrationRecorder(made).applied_migrations() if key[0] == "local"}
    assert of_local == set(MigrationRecorder(migrated).applied_migrations())


def _schema(database: BaseDatabaseWrapper) -> list[list[str]]:
    """Return the parts of what has made each table and index, without the order of a table's columns."""
    with database.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
        return sorted(sorted(sql.removesuffix(")").replace("(", "(, ", 1).split(", ")) for (sql,) in cursor.fetchall())
