"""A defect whose exception repeats what somebody typed, as PostgreSQL's do: neither the log nor the page has it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.support.numbers import whole
from tests.support.person import Person
from tests.support.postgresql import PostgreSQL, postgresql
from tests.support.production import CREATE_RECORDS, Proxied, environment_of, serve_production
from tests.support.served import Served, serve_with_defects

TYPED = "typed-4e1f-and-personal"
LOCAL_CREATE_RECORDS = CREATE_RECORDS.replace("/staging/", "/local/")
RECORDS = json.dumps(
    {"userId": "u", "membershipType": TYPED, "memberSince": 1600000000, "totalSpend": 12.5, "newsletter": True}
)
DEFECT = "Something went wrong in the console itself."


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with postgresql() as server:
        yield server


def breaks(url: str) -> None:
    """Let the database refuse what is written, with a message that has the whole row."""
    statement = "ALTER TABLE history_submission ADD CONSTRAINT broken CHECK (record_input = '')"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement))


def says_the_row(url: str) -> bool:
    """Return whether PostgreSQL names the values of a row that it refuses."""
    insert = "INSERT INTO history_submission SELECT (jsonb_populate_record(NULL::history_submission, %s)).*"
    row: dict[str, Any] = {
        "id": "00000000-0000-4000-8000-000000000000",
        "record_input": TYPED,
        "person_id": 1,
        "origin_id": 1,
    }
    texts = (
        "dataset_type",
        "person_name",
        "environment",
        "dataset_group",
        "dataset_arn",
        "address",
        "record_ids",
        "outcome",
        "error_code",
    )
    more = ("sentence", "message", "advice", "request_id")
    row |= {
        **dict.fromkeys((*texts, *more), ""),
        "record_count": 1,
        "attempts": 0,
        "created_at": "2026-01-01T00:00:00Z",
    }
    with psycopg.connect(url, autocommit=True) as connection, pytest.raises(psycopg.errors.CheckViolation) as refusal:
        connection.execute(sql.SQL(insert), [json.dumps(row)])
    return TYPED in str(refusal.value)


@whole
def test_a_demo_logs_where_a_defect_is_and_no_value(server: PostgreSQL, tmp_path: Path) -> None:
    url = server.new_database()
    with serve_with_defects(tmp_path, DATABASE_URL=url) as served:
        person = Person(served, "operator")
        breaks(url)
        assert says_the_row(url)
        with pytest.raises(OSError, match="500") as failure:
            person.post(LOCAL_CREATE_RECORDS, record_input=RECORDS, intent="create")
        page = failure.value.read().decode()  # type: ignore[attr-defined]  # It is an HTTPError.
        log = served.log.read_text()
    assert DEFECT in page
    assert TYPED not in page
    assert "django.db.utils.IntegrityError\n" in log
    assert "in create_records\n" in log
    assert "ERROR django.request: Internal Server Error: /local/" in log
    assert TYPED not in log


def test_production_logs_where_a_defect_is_and_no_value(server: PostgreSQL, served: Served, tmp_path: Path) -> None:
    url = server.new_database()
    with serve_production(tmp_path, DATABASE_URL=url, **environment_of(served, tmp_path)) as production:
        person = Proxied(production).sign_in()
        breaks(url)
        status, headers, page = person.send(CREATE_RECORDS, record_input=RECORDS, intent="create")
        log = production.log.read_text()
    assert status == 500
    assert DEFECT in page
    assert TYPED not in page
    lines = [json.loads(line) for line in log.splitlines()]
    (line,) = [each for each in lines if "exception" in each]
    assert line["request_id"] == headers["x-request-id"]
    assert line["exception"][0] == "django.db.utils.IntegrityError"
    assert TYPED not in log
