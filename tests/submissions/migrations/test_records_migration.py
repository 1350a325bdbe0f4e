"""A trail of users becomes one of records, in SQLite and PostgreSQL, and keeps all that was sent."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.support.numbers import IS_WHOLE, some_of
from tests.support.older_databases import OlderDatabase, older_database
from tests.support.served import ROOT, clean_variables, manage

SUBMISSIONS = 100_000 if IS_WHOLE else 1000
ARN = "arn:aws:personalize:us-east-1:111122223333:dataset/shop/USERS"
ORIGIN = (
    "INSERT INTO history_origin (id, environment, endpoint, arn_prefix) "
    "VALUES (1, 'prod', 'aws', 'arn:aws:personalize:us-east-1:111122223333:dataset/shop')"
)
# Each has two users; the keys are numbers, as each database writes its UUIDs.
NUMBERS = f"WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < {SUBMISSIONS - 1})"
KEY_OF_SQLITE, KEY_OF_POSTGRESQL = "printf('%032x', n)", "CAST(lpad(to_hex(n), 32, '0') AS uuid)"
SENT = (
    f"""{NUMBERS} INSERT INTO history_submission (id, person_name, environment, origin_id, dataset_group, dataset_arn,
    record_input, user_ids, user_count, outcome, error_code, sentence, message, advice, address, request_id, attempts,
    created_at)
    SELECT {{key}}, 'ada', 'prod', 1, 'shop', '{ARN}', '[]', 'u-' || n || '{{line}}v-' || n, 2, 'created', '', '', '', '',
    '', 'r', 1, '2026-01-01 00:00:00+00:00' FROM number""",
    *(
        f"""{NUMBERS} INSERT INTO history_sentuser (submission_id, dataset, user_id, properties)
        SELECT {{key}}, 'aws {ARN}', '{letter}-' || n, '{{{{}}}}' FROM number"""
        for letter in "uv"
    ),
)
EVENT = f"""INSERT INTO history_datasetevent (dataset, user_id, kind, happened_at)
    VALUES ('aws {ARN}', 'u-7', 'users deleted', '2026-02-01 00:00:00+00:00')"""


@pytest.fixture
def old(database_url: str, tmp_path: Path) -> OlderDatabase:
    """The trail of the version before, with many submissions."""
    made = older_database(tmp_path, database_url, "history", "0010")
    key = KEY_OF_POSTGRESQL if database_url else KEY_OF_SQLITE
    made.ask(ORIGIN, *(statement.format(key=key, line="\n") for statement in SENT), EVENT)
    return made


def test_a_trail_of_users_becomes_one_of_records(old: OlderDatabase) -> None:
    old.migrate()
    ask = old.ask
    assert ask("SELECT dataset_type, record_count, COUNT(*) FROM history_submission GROUP BY 1, 2") == [
        ("USERS", 2, SUBMISSIONS)
    ]
    assert ask("SELECT record_ids FROM history_submission WHERE record_ids LIKE 'u-999\n%'") == [("u-999\nv-999",)]
    assert ask("SELECT COUNT(*), COUNT(DISTINCT record_id) FROM history_sentrecord") == [
        (2 * SUBMISSIONS, 2 * SUBMISSIONS)
    ]
    assert ask("SELECT record_id FROM history_datasetevent") == [("u-7",)]
    for statement in (
        "UPDATE history_submission SET dataset_type = 'ITEMS'",
        "UPDATE history_submission SET record_ids = 'x'",
        "DELETE FROM history_submission",
        "UPDATE history_sentrecord SET record_id = 'x'",
        "UPDATE history_sentrecord SET properties = ''",
        "DELETE FROM history_sentrecord",
        "UPDATE history_datasetevent SET record_id = 'x'",
        "DELETE FROM history_datasetevent",
    ):
        with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="neither changed nor removed"):
            ask(statement)


@pytest.mark.parametrize(
    ("newest", "target", "sentence"),
    some_of(
        [
            ("0012", "0010", "The trail cannot go back to a version that knew users alone."),
            ("0013", "0012", "The trail cannot go back to a version that does not know interactions."),
        ],
        -1,
    ),
)
def test_the_trail_does_not_go_back(newest: str, target: str, sentence: str, tmp_path: Path) -> None:
    variables = clean_variables(tmp_path)
    manage("migrate", "history", newest, variables=variables)
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "history", target],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    with closing(sqlite3.connect(tmp_path / "console.sqlite3")) as database:
        assert database.execute("SELECT COUNT(*) FROM history_sentrecord").fetchone() == (0,)
