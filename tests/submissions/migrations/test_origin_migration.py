"""Submissions of older versions get the origin that they were sent from, in SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.support.postgresql import PostgreSQL, postgresql
from tests.support.served import clean_variables, manage

ONE = "arn:aws:personalize:us-east-1:111122223333:dataset/shop/USERS"
TWO = "arn:aws:personalize:eu-west-1:444455556666:dataset/books/USERS"
SUBMISSION = """INSERT INTO history_submission (id, person_name, environment, dataset_group, dataset_arn, record_input,
    user_ids, user_count, outcome, error_code, sentence, message, advice, address, request_id, attempts, created_at)
    VALUES ('{}', 'ada', '{}', 'shop', '{}', '', '{}', 1, 'created', '', '', '', '', '', '', 1,
    '2026-01-01 00:00:00+00:00')"""
SENT = "INSERT INTO history_sentuser (submission_id, dataset, user_id, properties) VALUES ('{}', '{}', '{}', '{{}}')"
# The environment, the endpoint and the ARN of what was sent.
SENT_BEFORE = [
    ("prod", "aws", ONE),
    ("prod", "aws", TWO),
    ("prod", "https://personalize.example", ONE),
    ("prod", "aws", ONE),
    ("other", "aws", ONE),
    ("local", "local", ONE.replace("111122223333", "000000000000")),
]
FOUND = """SELECT submission.user_ids, origin.environment, origin.endpoint, origin.arn_prefix
    FROM history_submission submission JOIN history_origin origin ON origin.id = submission.origin_id
    ORDER BY submission.user_ids"""

type Ask = Callable[[str], Sequence[Any]]


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with postgresql() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[dict[str, str], Ask]:
    """The variables of a console whose trail is as the version before has made it, and a way to ask its database."""
    url = request.getfixturevalue("server").new_database() if request.param == "postgresql" else ""
    variables = clean_variables(tmp_path, **({"DATABASE_URL": url} if url else {}))
    manage("migrate", "history", "0008", variables=variables)

    def ask(statement: str) -> Sequence[Any]:
        if url:
            with psycopg.connect(url, autocommit=True) as connection:
                cursor = connection.execute(statement.encode())
                return cursor.fetchall() if cursor.description else ()
        with closing(sqlite3.connect(tmp_path / "console.sqlite3", autocommit=True)) as connection:
            return connection.execute(statement).fetchall()

    for number, (environment, endpoint, arn) in enumerate(SENT_BEFORE):
        key = str(uuid4()) if url else uuid4().hex
        ask(SUBMISSION.format(key, environment, arn, f"u{number}"))
        ask(SENT.format(key, f"{endpoint} {arn}", f"u{number}"))
    # Of older versions, one may have no users of its own.
    ask(SUBMISSION.format(str(uuid4()) if url else uuid4().hex, "gone", TWO.replace("books", "none"), "u9"))
    return variables, ask


def refuses_changes(ask: Ask, column: str) -> None:
    for statement in (f"UPDATE history_submission SET {column} = {column} + 1", "DELETE FROM history_submission"):
        with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="neither changed nor removed"):
            ask(statement)


def test_each_submission_gets_its_origin_and_is_kept_from_then_on(old: tuple[dict[str, str], Ask]) -> None:
    variables, ask = old
    expected = [
        ("u0", "prod", "aws", "arn:aws:personalize:us-east-1:111122223333"),
        ("u1", "prod", "aws", "arn:aws:personalize:eu-west-1:444455556666"),
        ("u2", "prod", "https://personalize.example", "arn:aws:personalize:us-east-1:111122223333"),
        ("u3", "prod", "aws", "arn:aws:personalize:us-east-1:111122223333"),
        ("u4", "other", "aws", "arn:aws:personalize:us-east-1:111122223333"),
        ("u5", "local", "local", "arn:aws:personalize:us-east-1:000000000000"),
        ("u9", "gone", "aws", "arn:aws:personalize:eu-west-1:444455556666"),
    ]
    manage("migrate", "history", "0010", variables=variables)
    assert ask(FOUND) == expected
    refuses_changes(ask, "origin_id")
    manage("migrate", "history", "0008", variables=variables)
    refuses_changes(ask, "user_count")
    manage("migrate", "history", "0010", variables=variables)
    assert ask(FOUND) == expected
    refuses_changes(ask, "origin_id")
