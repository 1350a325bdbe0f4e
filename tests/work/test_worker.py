"""The worker: what is registered has its turns, and what fails holds up nothing else."""

import logging
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event, Lock, get_ident

import pytest
from django.db import OperationalError

from console.work import worker
from console.work.lanes import let_another_look
from console.work.leases import Stopping
from tests.support.served import DATABASE, clean_variables, prepare, serve


class Clock:
    """A monotonic clock that goes on while the worker waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def after(self, seconds: float) -> Stopping:
        """Return what says that the worker is to end once so many seconds have gone."""
        until = self.now + seconds
        return lambda: self.now > until


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the worker, which does nothing but what a test registers."""
    clock = Clock()
    monkeypatch.setattr(worker, "_steps", {})
    monkeypatch.setattr(time, "monotonic", clock)
    return clock


def test_what_is_to_run_every_minute_runs_at_the_start_and_each_minute_after(clock: Clock) -> None:
    ran: list[float] = []
    worker.register("test", worker.every(60, lambda: ran.append(clock.now)))
    worker.keep_running(clock.after(150), clock.wait)
    assert ran == [1000, 1060, 1120]
    assert set(clock.waits) == {5.0}


def test_it_waits_no_longer_than_until_the_soonest_step_is_due(clock: Clock) -> None:
    worker.register("late", lambda _stopping: 4.0)
    worker.register("soon", lambda _stopping: 1.5)
    worker.register("never", lambda _stopping: float("inf"))
    worker.keep_running(clock.after(4), clock.wait)
    assert clock.waits == [1.5, 1.5, 1.5]


def test_a_step_that_has_more_to_do_has_its_next_turn_after_the_others(clock: Clock) -> None:
    turns: list[str] = []

    def go_on(_stopping: Stopping) -> float:
        turns.append("large")
        return 0.0 if len(turns) < 5 else 5.0

    def small(_stopping: Stopping) -> float:
        turns.append("small")
        return 5.0

    worker.register("large", go_on)
    worker.register("small", small)
    worker.keep_running(clock.after(1), clock.wait)
    assert turns == ["large", "small"] * 3
    assert clock.waits == [5.0]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("error", "logged"),
    [
        (OperationalError("the secret"), "The database cannot be used (OperationalError)."),
        (ValueError("the secret"), "The background work 'failing' failed unexpectedly: ValueError"),
    ],
)
def test_a_step_that_fails_is_logged_without_values_and_holds_up_no_other(
    clock: Clock, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, error: Exception, logged: str
) -> None:
    monkeypatch.setattr("django.db.connection.close", lambda: None)
    ran: list[float] = []

    def fail(_stopping: Stopping) -> float:
        raise error

    def go_on(_stopping: Stopping) -> float:
        ran.append(clock.now)
        return 0.0

    worker.register("failing", fail)
    worker.register("other", go_on)
    with caplog.at_level(logging.WARNING):
        worker.keep_running(clock.after(5), clock.wait)
    assert ran == [1000, 1002, 1004]
    assert caplog.text.count(logged) == 3
    assert "the secret" not in caplog.text


def test_what_is_to_run_every_minute_and_fails_is_due_again_after_a_minute(clock: Clock) -> None:
    ran: list[float] = []

    def fail() -> None:
        ran.append(clock.now)
        raise ZeroDivisionError

    worker.register("test", worker.every(60, fail))
    worker.keep_running(clock.after(100), clock.wait)
    assert ran == [1000, 1060]


def test_no_step_begins_once_the_worker_is_to_end(clock: Clock) -> None:
    ran: list[str] = []

    def end(_stopping: Stopping) -> float:
        clock.now += 10
        return 0.0

    worker.register("first", end)
    worker.register("second", worker.every(60, lambda: ran.append("second")))
    worker.keep_running(clock.after(5), clock.wait)
    assert (ran, clock.waits) == ([], [])


def test_a_step_of_another_lane_goes_on_while_one_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_steps", {})
    is_done, is_over = Event(), Event()

    def long(_stopping: Stopping) -> float:
        # It ends once the step of the other lane has run.
        assert is_done.wait(10)
        is_over.set()
        return 5.0

    def short(_stopping: Stopping) -> float:
        is_done.set()
        return 5.0

    worker.register("long", long)
    worker.register("short", short, "lane")
    worker.keep_lanes_running(is_over.is_set, lambda _seconds: is_over.wait(0.01))
    assert is_over.is_set()


def test_a_worker_that_is_woken_looks_for_work_in_each_lane(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_steps", {})
    looks: Counter[str] = Counter()

    def look(name: str, _stopping: Stopping) -> float:
        looks[name] += 1
        return 600.0

    worker.register("first", partial(look, "first"))
    worker.register("second", partial(look, "second"), "lane")
    # Each wait is over at once, as if it had been woken.
    worker.keep_lanes_running(lambda: min(looks["first"], looks["second"]) >= 3, lambda _seconds: time.sleep(0.01))
    assert min(looks.values()) >= 3


def test_a_lane_has_another_thread_for_each_work_that_is_found_up_to_as_many_as_it_may_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "_steps", {})
    at_once, most, lock, all_are_there = [0], [0], Lock(), Barrier(3)
    left = iter(range(7))

    def work(_stopping: Stopping) -> float:
        if next(left, None) is None:
            return 600.0
        let_another_look()
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        with suppress(BrokenBarrierError):
            # Three threads come together twice. A fourth would be one too many, and the seventh work is alone.
            all_are_there.wait(1)
        with lock:
            at_once[0] -= 1
            done.append(1)
        return 0.0

    done: list[int] = []
    worker.register("work", work, "lane", most=3)
    worker.keep_lanes_running(lambda: len(done) == 7, lambda _seconds: time.sleep(0.01))
    assert most == [3]


def test_threads_that_find_nothing_more_end_but_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_steps", {})
    looks: list[int] = []
    left = iter(range(3))

    def work(_stopping: Stopping) -> float:
        if next(left, None) is None:
            looks.append(get_ident())
            return 0.01
        let_another_look()
        time.sleep(0.1)
        return 0.0

    worker.register("work", work, "lane", most=4)
    worker.keep_lanes_running(lambda: len(looks) >= 50, lambda _seconds: time.sleep(0.01))
    assert len(set(looks[-10:])) == 1


def test_what_ends_a_lane_ends_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_steps", {})

    def end(_stopping: Stopping) -> float:
        raise SystemExit(3)

    worker.register("ending", end)
    worker.register("other", lambda _stopping: 0.0, "lane")
    with pytest.raises(SystemExit):
        worker.keep_lanes_running(lambda: False, lambda _seconds: time.sleep(0.01))


def test_what_is_for_the_end_runs_once_all_lanes_have_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_steps", {})
    monkeypatch.setattr(worker, "_before_end", [])
    ran: list[str] = []

    def slow(_stopping: Stopping) -> float:
        time.sleep(0.2)
        ran.append("step")
        return 0.0

    worker.register("slow", slow)
    worker.before_end(lambda: ran.append("end"))
    worker.keep_lanes_running(lambda: bool(ran), lambda _seconds: time.sleep(0.01))
    assert ran == ["step", "end"]


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
