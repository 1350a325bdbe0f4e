"""SQLite's file is replaced or removed while it is in use: nothing more is asked of it, or sent."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.signals import connection_created
from django.db.utils import ConnectionHandler
from django.test import Client

from console.storage.database import sqlite
from console.storage.database_trouble import Kind, database_trouble
from console.storage.same_file import ReplacedError, insist_on_same_file, same_file
from console.submissions.models import Submission
from tests.pages.html import text_of
from tests.support.databases import console
from tests.support.presses import Press

PAGE = "/local/dataset-groups/video-streaming/datasets/users/create-records/"
REPLACED = "The file of the console's database was replaced or removed while the console was running."


def replace(path: Path) -> None:
    """Put a copy of a file in its place, as a restore of a backup does."""
    shutil.copy(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


@pytest.mark.parametrize("change", [replace, Path.unlink], ids=["replaced", "removed"])
def test_a_connection_does_nothing_once_its_file_is_another(
    db: None, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    database = sqlite(tmp_path)
    handler = ConnectionHandler({DEFAULT_DB_ALIAS: database})
    handler[DEFAULT_DB_ALIAS].ensure_connection()
    handler[DEFAULT_DB_ALIAS].close()
    receivers = list(connection_created.receivers)
    insist_on_same_file(database)
    try:
        with handler[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("CREATE TABLE kept (id int)")
            change(tmp_path / "console.sqlite3")
            with pytest.raises(ReplacedError) as raised:
                cursor.execute("INSERT INTO kept VALUES (1)")
    finally:
        connection_created.receivers = receivers
        handler[DEFAULT_DB_ALIAS].close()
    found = database_trouble(raised.value)
    assert found is not None
    assert (found.kind, found.sentence) == (Kind.REPLACED, REPLACED)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["without htmx", "with htmx"])
def test_a_press_sends_nothing_and_says_why(operator: Client, tmp_path: Path, headers: dict[str, str]) -> None:
    file = tmp_path / "console.sqlite3"
    file.write_text("a database")
    fields = {"record_input": '{"USER_ID": "u-1", "SUBSCRIPTION_MODEL": "Ads"}', "intent": "create"}
    with connection.execute_wrapper(same_file(file)):
        assert operator.get("/readyz").content == b"ok\n"
        replace(file)
        answer = operator.post(PAGE, fields, headers=headers)
        assert (answer.status_code, operator.get("/readyz").content) == (503, b"database\n")
    assert REPLACED in text_of(answer)
    assert not Submission.objects.exists()


def test_a_served_console_notices_it(tmp_path: Path) -> None:
    with console("SQLite", tmp_path) as served:
        press = Press(served, "created")
        replace(tmp_path / "console.sqlite3")
        status, _headers, page, _seconds = press.send()
        assert (status, "was replaced or removed" in page) == (503, True)
        assert served.send("/readyz")[::2] == (503, "database\n")
        assert served.aws.of("PutUsers") == []
