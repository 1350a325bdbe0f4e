"""SQLite's file is replaced or removed while it is in use: nothing more is asked of it, or sent."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.signals import connection_created
from django.db.utils import ConnectionHandler
from django.test import Client

from console.storage import open_database
from console.storage.database import sqlite
from console.storage.database_trouble import Kind, database_trouble
from console.storage.open_database import keep_open
from console.storage.same_file import ReplacedError, insist_on_same_file, same_file
from console.submissions.models import Submission
from tests.pages.html import text_of
from tests.support.databases import console
from tests.support.presses import Press

PAGE = "/local/dataset-groups/video-streaming/datasets/users/create-records/"
REPLACED = "The file of the console's database was replaced or removed while the console was running."


def replace(path: Path) -> None:
    """Move a copy to the place of a file, as a restore of a backup does."""
    if not path.with_name("copy").exists():
        shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


def copy_over(path: Path) -> None:
    """Write a copy into the file that is there, as `cp` does."""
    shutil.copyfile(path.with_name("copy"), path)


def copy_over_without_log(path: Path) -> None:
    """Remove the files that SQLite has beside the database, and write a copy into it."""
    for each in ("-wal", "-shm"):
        path.with_name(f"{path.name}{each}").unlink()
    copy_over(path)


@contextmanager
def insisting(database: dict[str, Any]) -> Iterator[None]:
    """Let the process keep a database open and insist on its file, as the server does."""
    receivers = list(connection_created.receivers)
    insist_on_same_file(database, is_open=keep_open(database))
    try:
        yield
    finally:
        connection_created.receivers = receivers
        open_database._open.pop().close()


@pytest.mark.parametrize("change", [replace, Path.unlink, copy_over, copy_over_without_log])
def test_a_connection_does_nothing_once_its_file_is_another(
    db: None, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    database = sqlite(tmp_path)
    handler = ConnectionHandler({DEFAULT_DB_ALIAS: database})
    with handler[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("CREATE TABLE kept (id int)")
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "copy")])
    handler[DEFAULT_DB_ALIAS].close()
    with insisting(database):
        with handler[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("INSERT INTO kept VALUES (1)")
            change(tmp_path / "console.sqlite3")
            with pytest.raises(ReplacedError) as raised:
                cursor.execute("INSERT INTO kept VALUES (2)")
        handler[DEFAULT_DB_ALIAS].close()
    found = database_trouble(raised.value)
    assert found is not None
    assert (found.kind, found.sentence) == (Kind.REPLACED, REPLACED)


def test_what_sqlite_does_with_its_files_replaces_nothing(db: None, tmp_path: Path) -> None:
    database = sqlite(tmp_path)
    handler = ConnectionHandler({DEFAULT_DB_ALIAS: database})
    handler[DEFAULT_DB_ALIAS].ensure_connection()
    handler[DEFAULT_DB_ALIAS].close()
    with insisting(database):
        for statement in ("CREATE TABLE kept (id int)", "PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
            with handler[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute(statement)
            # The last connection but the one that is kept.
            handler[DEFAULT_DB_ALIAS].close()
        with handler[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kept")
            assert cursor.fetchone() == (0,)
        handler[DEFAULT_DB_ALIAS].close()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["without htmx", "with htmx"])
def test_a_press_sends_nothing_and_says_why(operator: Client, tmp_path: Path, headers: dict[str, str]) -> None:
    file = tmp_path / "console.sqlite3"
    file.write_text("a database")
    fields = {"record_input": '{"USER_ID": "u-1", "SUBSCRIPTION_MODEL": "Ads"}', "intent": "create"}
    with connection.execute_wrapper(same_file(file, is_open=False)):
        assert operator.get("/readyz").content == b"ok\n"
        replace(file)
        answer = operator.post(PAGE, fields, headers=headers)
        assert (answer.status_code, operator.get("/readyz").content) == (503, b"database\n")
    assert REPLACED in text_of(answer)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("change", [replace, copy_over, copy_over_without_log])
def test_a_served_console_notices_it(tmp_path: Path, change: Callable[[Path], object]) -> None:
    with console("SQLite", tmp_path) as served:
        press = Press(served, "created")
        with closing(sqlite3.connect(tmp_path / "console.sqlite3")) as other:
            other.execute("VACUUM INTO ?", [str(tmp_path / "copy")])
        change(tmp_path / "console.sqlite3")
        status, _headers, page, _seconds = press.send()
        assert (status, "was replaced or removed" in page) == (503, True)
        assert served.send("/readyz")[::2] == (503, "database\n")
        assert served.aws.of("PutUsers") == []
    # What was copied into an open database may be damaged: it is not searched for secrets in the end.
    (tmp_path / "console.sqlite3").unlink()
