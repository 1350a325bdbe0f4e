"""Records that older versions sent get the endpoint that they went to, in SQLite and PostgreSQL."""

import sqlite3
from pathlib import Path
from subprocess import CalledProcessError
from uuid import uuid4

import psycopg
import pytest

from tests.support.numbers import whole
from tests.support.older_databases import OlderDatabase, older_database

ARN = "arn:aws:personalize:us-east-1:{}:dataset/shop/USERS"
REAL, EMULATED = ARN.format("111122223333"), ARN.format("000000000000")
FILE = """
[[environments]]
name = "staging"
region = "us-east-1"

[[environments]]
name = "staging-2"
region = "us-east-1"
endpoint_url = "https://Personalize.Example:443/"
"""
SUBMISSION = """INSERT INTO history_submission (id, person_name, environment, dataset_group, dataset_arn, record_input,
    user_ids, user_count, outcome, error_code, sentence, message, advice, address, request_id, attempts, created_at)
    VALUES ('{}', 'ada', '{}', 'shop', '{}', '', 'u', 1, 'created', '', '', '', '', '', '', 1,
    '2026-01-01 00:00:00+00:00')"""
SENT = "INSERT INTO history_sentuser (submission_id, dataset, user_id, properties) VALUES ('{}', '{}', 'u', '{{}}')"
# The environment and the ARN of what was sent, and where it is found after the migration.
SENT_BEFORE = [
    ("local", EMULATED, f"local {EMULATED}"),
    ("staging", REAL, f"aws {REAL}"),
    ("staging-2", REAL, f"https://personalize.example {REAL}"),
    ("staging-2", EMULATED, f"https://personalize.example {EMULATED}"),
    ("former", REAL, f"aws {REAL}"),
    ("former", EMULATED, f"former {EMULATED}"),
]


@pytest.fixture
def old(database_url: str, tmp_path: Path) -> OlderDatabase:
    """A trail as older versions made it."""
    file = tmp_path / "environments.toml"
    file.write_text(FILE)
    made = older_database(tmp_path, database_url, "history", "0004", CONSOLE_ENVIRONMENTS=str(file))
    for environment, arn, _expected in SENT_BEFORE:
        key = str(uuid4()) if database_url else uuid4().hex
        made.ask(SUBMISSION.format(key, environment, arn))
        made.ask(SENT.format(key, f"{environment} {arn}"))
    return made


def datasets(old: OlderDatabase) -> list[str]:
    return [row[0] for row in old.ask("SELECT dataset FROM history_sentuser ORDER BY id")]


def refuses_changes(old: OlderDatabase) -> None:
    for statement in ("UPDATE history_sentuser SET dataset = 'x'", "DELETE FROM history_sentuser"):
        with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="neither changed nor removed"):
            old.ask(statement)


@whole
def test_each_record_gets_its_endpoint_and_is_kept_from_then_on_once_the_environments_can_be_read(
    old: OlderDatabase,
) -> None:
    file = Path(old.variables["CONSOLE_ENVIRONMENTS"])
    file.write_text("[[environments]]\nname = 3\n")
    with pytest.raises(CalledProcessError) as failure:
        old.migrate("--skip-checks")
    assert "environments.toml, table 1: name" in failure.value.stderr
    assert failure.value.stderr.rstrip().endswith("The trail needs the environments' endpoints.")
    assert "Traceback" not in failure.value.stderr
    assert datasets(old) == [f"{environment} {arn}" for environment, arn, _expected in SENT_BEFORE]
    refuses_changes(old)
    file.write_text(FILE)
    old.migrate("history", "0010")
    assert datasets(old) == [expected for _environment, _arn, expected in SENT_BEFORE]
    refuses_changes(old)
    old.migrate("history", "0006")
    assert datasets(old) == [f"{environment} {arn}" for environment, arn, _expected in SENT_BEFORE]
    refuses_changes(old)
    old.migrate("history", "0010")
    assert datasets(old) == [expected for _environment, _arn, expected in SENT_BEFORE]
