"""A database that a newer version of the console has changed is left as it is."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.served import ROOT, clean_variables, free_port, migrate

SENTENCE = "The database belongs to a newer version of the console: this version does not know history.9999_future."


@pytest.mark.parametrize(
    "command",
    [
        ["check", "--database=default"],
        ["migrate"],
        ["prepare_demo"],
        ["serve"],
    ],
    ids=lambda command: command[0],
)
def test_nothing_starts_with_the_database_of_a_newer_version(tmp_path: Path, command: list[str]) -> None:
    variables = clean_variables(tmp_path)
    migrate(tmp_path)
    with closing(sqlite3.connect(tmp_path / "console.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('history', '9999_future', '2030-01-01')"
        )
    port = [f"--port={free_port()}"] if command == ["serve"] else []
    done = subprocess.run(
        [sys.executable, "manage.py", *command, *port],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert SENTENCE in " ".join(done.stderr.split())
    assert "Start the newer version, or restore the backup" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
