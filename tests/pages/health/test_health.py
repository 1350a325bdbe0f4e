"""What machines ask of the console; tests/serving/test_readiness.py has a database that is stopped."""

from contextlib import closing
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from console.personalize.connections.endpoints import SERVED_PORT
from console.work.leases import never
from console.work.waking import Sleep
from tests.support.open_files import no_more_files


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_machine_asks_without_signing_in(client: Client, db: None, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok\n", "text/plain")
    assert "no-store" in answer["Cache-Control"]


def test_the_process_answers_without_a_database(client: Client) -> None:
    # Without the fixture db, pytest-django refuses each query.
    assert client.get("/healthz").status_code == 200


def test_a_migration_that_is_not_applied_makes_it_not_ready(client: Client, db: None) -> None:
    MigrationRecorder(connection).record_unapplied("people", "0003_table_preferences")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"migrations\n")


def test_a_server_without_its_worker_is_not_ready(
    client: Client, db: None, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path
    monkeypatch.setenv(SERVED_PORT, "8000")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"worker\n")
    with closing(Sleep(never)):
        assert client.get("/readyz").content == b"ok\n"
    assert client.get("/readyz").content == b"worker\n"


def test_a_server_that_can_open_no_more_files_is_not_ready(client: Client, db: None) -> None:
    assert client.get("/readyz").content == b"ok\n"
    with no_more_files():
        answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"files\n")
