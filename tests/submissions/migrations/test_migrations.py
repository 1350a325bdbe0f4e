"""Submissions of older versions are kept, and become as they are now."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.served import clean_variables, manage

OLD = """INSERT INTO history_submission (id, person_name, environment, dataset_group, dataset_arn, record_input, users,
    user_ids, outcome, error_code, sentence, message, advice, request_id, attempts, created_at)
    VALUES (?, 'ada', 'local', 'shop', 'arn', '{}', '[]', ?, 'created', '', '', '', '', 'r', 1, '2026-01-01 00:00:00')"""


def test_older_submissions_keep_their_users_and_are_kept_from_then_on(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path)
    manage("migrate", "history", "0001", variables=variables)
    with closing(sqlite3.connect(tmp_path / "console.sqlite3", autocommit=True)) as database:
        for key, user_ids in (("a" * 32, "u"), ("b" * 32, "u\nv\nw")):
            database.execute(OLD, [key, user_ids])
        database.execute(
            "INSERT INTO history_sentuser (submission_id, dataset, user_id, properties) VALUES (?, 'd', 'u', '{}')",
            ["a" * 32],
        )
    manage("migrate", "history", "0010", variables=variables)
    with closing(sqlite3.connect(tmp_path / "console.sqlite3", autocommit=True)) as database:
        rows = database.execute(
            "SELECT user_ids, user_count, address, redacted_at FROM history_submission ORDER BY id"
        )
        assert rows.fetchall() == [("u", 1, "", None), ("u\nv\nw", 3, "", None)]
        assert database.execute("SELECT user_id, properties FROM history_sentuser").fetchall() == [("u", "{}")]
        for statement in ("UPDATE history_submission SET message = 'm'", "DELETE FROM history_sentuser"):
            with pytest.raises(sqlite3.IntegrityError, match="neither changed nor removed"):
                database.execute(statement)
    manage("migrate", "history", "0003", variables=variables)
    with closing(sqlite3.connect(tmp_path / "console.sqlite3", autocommit=True)) as database:
        database.execute("UPDATE history_submission SET message = 'm'")
