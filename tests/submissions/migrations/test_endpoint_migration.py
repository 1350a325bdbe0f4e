"""Records that older versions sent get the endpoint that they went to, in SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.support.postgresql import PostgreSQL, postgresql
from tests.support.served import clean_variables, manage

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

type Ask = Callable[[str], Sequence[Any]]


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with postgresql() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[dict[str, str], Ask]:
    """The variables of a console whose trail is as older versions made it, and a way to ask its database."""
    file = tmp_path / "environments.toml"
    file.write_text(FILE)
    url = request.getfixturevalue("server").new_database() if request.param == "postgresql" else ""
    variables = clean_variables(tmp_path, CONSOLE_ENVIRONMENTS=str(file), **({"DATABASE_URL": url} if url else {}))
    manage("migrate", "history", "0004", variables=variables)

    def ask(statement: str) -> Sequence[Any]:
        if url:
            with psycopg.connect(url, autocommit=True) as connection:
                cursor = connection.execute(statement.encode())
                return cursor.fetchall() if cursor.description else ()
        with closing(sqlite3.connect(tmp_path / "console.sqlite3", autocommit=True)) as connection:
            return connection.execute(statement).fetchall()

    for environment, arn, _expected in SENT_BEFORE:
        key = str(uuid4()) if url else uuid4().hex
        ask(SUBMISSION.format(key, environment, arn))
        ask(SENT.format(key, f"{environment} {arn}"))
    return variables, ask


def datasets(ask: Ask) -> list[str]:
    return [row[0] for row in ask("SELECT dataset FROM history_sentuser ORDER BY id")]


def refuses_changes(ask: Ask) -> None:
    for statement in ("UPDATE history_sentuser SET dataset = 'x'", "DELETE FROM history_sentuser"):
        with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="neither changed nor removed"):
            ask(statement)


def test_each_record_gets_its_endpoint_and_is_kept_from_then_on(old: tuple[dict[str, str], Ask]) -> None:
    variables, ask = old
    manage("migrate", "history", "0010", variables=variables)
    assert datasets(ask) == [expected for _environment, _arn, expected in SENT_BEFORE]
    refuses_changes(ask)
    manage("migrate", "history", "0006", variables=variables)
    assert datasets(ask) == [f"{environment} {arn}" for environment, arn, _expected in SENT_BEFORE]
    refuses_changes(ask)
    manage("migrate", "history", "0010", variables=variables)
    assert datasets(ask) == [expected for _environment, _arn, expected in SENT_BEFORE]


def test_a_file_of_environments_that_cannot_be_read_leaves_everything_as_it_is(
    old: tuple[dict[str, str], Ask], tmp_path: Path
) -> None:
    variables, ask = old
    Path(variables["CONSOLE_ENVIRONMENTS"]).write_text("[[environments]]\nname = 3\n")
    with pytest.raises(CalledProcessError) as failure:
        manage("migrate", "--skip-checks", variables=variables)
    assert "environments.toml, table 1: name" in failure.value.stderr
    assert failure.value.stderr.rstrip().endswith("The trail needs the environments' endpoints.")
    assert "Traceback" not in failure.value.stderr
    assert datasets(ask) == [f"{environment} {arn}" for environment, arn, _expected in SENT_BEFORE]
    refuses_changes(ask)
