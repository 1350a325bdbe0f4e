"""A large dataset is deleted beside a served console: nobody waits for it, whatever becomes of the worker."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.serving.test_serving_jobs import client, until, workers
from tests.support.databases import NAMES
from tests.support.numbers import with_some
from tests.support.postgresql import postgresql
from tests.support.served import Served, serve

GROUP = "arn:aws:personalize:us-east-1:000000000000:dataset-group/online-shop"
DATASET = "arn:aws:personalize:us-east-1:000000000000:dataset/online-shop/USERS"
ROWS = 30_000
QUICK = {"CONSOLE_LOCAL_CREATE_SECONDS": "0", "CONSOLE_LOCAL_PUT_RATE": "0"}
FILL = f"""
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {ROWS})
    INSERT INTO local_storedrecord (dataset_id, record_id, properties, created_at, replaced_at)
    SELECT local_dataset.id, 'u-' || n, '{{}}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP FROM numbers, local_dataset
    WHERE arn = '{DATASET}'
"""

# Runs a statement past the console, and returns the first value of its first row.
type Query = Callable[[str], Any]


@pytest.fixture(scope="module", params=NAMES)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def served_with(kind: str, tmp_path: Path) -> Iterator[tuple[Served, Query]]:
    """A served console with many users in a dataset, and the way past it to its database."""
    if kind == "SQLite":
        with serve(tmp_path, **QUICK) as served:
            yield served, lambda statement: past_sqlite(tmp_path, statement)
            assert "Traceback" not in served.log.read_text()
        return
    with postgresql() as server, serve(tmp_path, DATABASE_URL=server.new_database(), **QUICK) as served:
        yield served, lambda statement: past_postgresql(served, statement)
        assert "Traceback" not in served.log.read_text()
        assert "cannot be used" not in served.log.read_text()


def past_sqlite(data: Path, statement: str) -> Any:
    with closing(sqlite3.connect(data / "console.sqlite3", timeout=20)) as connection, connection:
        return (connection.execute(statement).fetchone() or [None])[0]


def past_postgresql(served: Served, statement: str) -> Any:
    with psycopg.connect(served.variables["DATABASE_URL"]) as connection:
        done = connection.execute(statement)
        return (done.fetchone() or [None])[0] if done.description else None


def left(query: Query) -> int:
    """Return how many users there are of the dataset that was deleted."""
    return int(
        query(
            "SELECT count(*) FROM local_storedrecord JOIN local_dataset ON local_dataset.id = dataset_id WHERE settled_status = 'DELETED'"
        )
    )


@with_some("kind", 1, of=NAMES)
def test_nobody_waits_while_a_large_dataset_goes(served_with: tuple[Served, Query]) -> None:
    served, query = served_with
    personalize, events = client(served, "personalize"), client(served, "personalize-events")
    schema = personalize.describe_dataset(datasetArn=DATASET)["dataset"]["schemaArn"]
    query(FILL)
    durations: list[float] = []

    def timed(call: Callable[[], Any]) -> None:
        began = time.monotonic()
        call()
        durations.append(time.monotonic() - began)

    timed(lambda: personalize.delete_dataset(datasetArn=DATASET))
    timed(lambda: personalize.list_datasets(datasetGroupArn=GROUP))
    again = {"name": "again", "schemaArn": schema, "datasetGroupArn": GROUP, "datasetType": "Users"}
    timed(lambda: personalize.create_dataset(**again))
    assert left(query) > 0
    for number in range(100):
        user = {"userId": f"u-{number}", "properties": '{"membershipStatus": "Basic"}'}
        timed(lambda user=user: events.put_users(datasetArn=DATASET, users=[user]))  # type: ignore[misc]
    assert max(durations) < 2
    until(lambda: left(query) == 0)
    until(lambda: query("SELECT count(*) FROM local_dataset WHERE settled_status = 'DELETED'") == 0)
    assert {each["userId"] for each in served.local_records(DATASET)} == {f"u-{number}" for number in range(100)}


@with_some("kind", 0, of=NAMES)
def test_a_worker_that_is_killed_is_followed_by_another_that_goes_on(served_with: tuple[Served, Query]) -> None:
    served, query = served_with
    query(FILL)
    (worker,) = until(lambda: workers(served.process.pid))
    client(served, "personalize").delete_dataset(datasetArn=DATASET)
    until(lambda: left(query) < ROWS)
    os.kill(worker, signal.SIGKILL)
    assert 0 < left(query) < ROWS
    until(lambda: left(query) == 0)
    until(lambda: query("SELECT count(*) FROM local_dataset WHERE settled_status = 'DELETED'") == 0)
