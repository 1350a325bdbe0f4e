"""What the worker does beside its jobs."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from console.local.jobs.running import keep_running
from console.work import housekeeping
from tests.support.served import DATABASE, clean_variables, prepare, serve


@pytest.fixture(autouse=True)
def nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_tasks", {})


def test_what_is_registered_is_run_when_the_worker_starts_and_again_when_it_is_due(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    ran: list[float] = []
    housekeeping.register("test", lambda: ran.append(now[0]), seconds=60)
    assert housekeeping.seconds_until_due() == 0

    def wait(_seconds: float) -> None:
        now[0] += 25

    keep_running(lambda: now[0] > 1150, wait)
    assert ran == [1000, 1075, 1150]
    assert housekeeping.seconds_until_due() == 35


def test_what_fails_is_due_again_after_its_time() -> None:
    def fail() -> None:
        raise ZeroDivisionError

    housekeeping.register("test", fail, seconds=60)
    with pytest.raises(ZeroDivisionError):
        housekeeping.run_what_is_due()
    housekeeping.run_what_is_due()
    assert 59 < housekeeping.seconds_until_due() <= 60


def test_the_worker_of_a_server_removes_sessions_that_are_over(tmp_path: Path) -> None:
    prepare(tmp_path, clean_variables(tmp_path))
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database, database:
        columns = "INSERT INTO people_session (session_key, session_data, expire_date) VALUES (?, ?, ?)"
        database.executemany(columns, [("over", "", "2020-01-01 00:00:00"), ("not-over", "", "2999-01-01 00:00:00")])
    with serve(tmp_path):
        deadline = time.monotonic() + 60
        keys: list[str] = []
        while keys != ["not-over"]:
            assert time.monotonic() < deadline, keys
            time.sleep(0.2)
            with closing(sqlite3.connect(tmp_path / DATABASE)) as database:
                keys = [key for (key,) in database.execute("SELECT session_key FROM people_session")]
