"""Submissions of older versions get the origin that they were sent from, in SQLite and PostgreSQL."""

import sqlite3
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.support.numbers import whole
from tests.support.older_databases import OlderDatabase, older_database

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


@pytest.fixture
def old(database_url: str, tmp_path: Path) -> OlderDatabase:
    """A trail as the version before has made it."""
    made = older_database(tmp_path, database_url, "history", "0008")
    for number, (environment, endpoint, arn) in enumerate(SENT_BEFORE):
        key = str(uuid4()) if database_url else uuid4().hex
        made.ask(SUBMISSION.format(key, environment, arn, f"u{number}"))
        made.ask(SENT.format(key, f"{endpoint} {arn}", f"u{number}"))
    # Of older versions, one may have no users of its own.
    key = str(uuid4()) if database_url else uuid4().hex
    made.ask(SUBMISSION.format(key, "gone", TWO.replace("books", "none"), "u9"))
    return made


def refuses_changes(old: OlderDatabase, column: str) -> None:
    for statement in (f"UPDATE history_submission SET {column} = {column} + 1", "DELETE FROM history_submission"):
        with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="neither changed nor removed"):
            old.ask(statement)


@whole
def test_each_submission_gets_its_origin_and_is_kept_from_then_on(old: OlderDatabase) -> None:
    expected = [
        ("u0", "prod", "aws", "arn:aws:personalize:us-east-1:111122223333"),
        ("u1", "prod", "aws", "arn:aws:personalize:eu-west-1:444455556666"),
        ("u2", "prod", "https://personalize.example", "arn:aws:personalize:us-east-1:111122223333"),
        ("u3", "prod", "aws", "arn:aws:personalize:us-east-1:111122223333"),
        ("u4", "other", "aws", "arn:aws:personalize:us-east-1:111122223333"),
        ("u5", "local", "local", "arn:aws:personalize:us-east-1:000000000000"),
        ("u9", "gone", "aws", "arn:aws:personalize:eu-west-1:444455556666"),
    ]
    old.migrate("history", "0010")
    assert old.ask(FOUND) == expected
    refuses_changes(old, "origin_id")
    old.migrate("history", "0008")
    refuses_changes(old, "user_count")
    old.migrate("history", "0010")
    assert old.ask(FOUND) == expected
    refuses_changes(old, "origin_id")
