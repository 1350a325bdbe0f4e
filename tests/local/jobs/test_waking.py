"""How the worker waits: long where nothing is due, and no longer than until something makes work."""

import time
from datetime import timedelta
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.db import connection

from console.work.leases import never
from console.work.waking import Sleep, wake_worker
from console.work.worker import keep_running
from tests.local.conftest import Clock
from tests.local.jobs.job_requests import put_object
from tests.local.queued import create
from tests.local.storage.test_large_removals import store

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient


def seconds_of(sleep: Sleep, seconds: float) -> float:
    """Return how long it waited that was to wait for some seconds."""
    began = time.monotonic()
    sleep(seconds)
    return time.monotonic() - began


def open_pipe(sleep: Sleep) -> None:
    """Let a worker have waited before."""
    sleep(0)


@pytest.mark.usefixtures("local_steps")
def test_a_worker_without_a_job_asks_the_database_a_few_times_a_minute(db: None, clock: Clock) -> None:
    began_at, statements = clock.moment, list[str]()

    def count(execute: Any, statement: str, *others: Any) -> Any:
        statements.append(statement)
        return execute(statement, *others)

    with connection.execute_wrapper(count):
        keep_running(lambda: clock.moment - began_at >= timedelta(minutes=1), clock.go_on)
    # Eight looks every five seconds, beside what is looked for every ten minutes.
    assert len([each for each in statements if "expires_at" not in each]) == 8 * 12


@pytest.mark.usefixtures("users_file", "local_steps")
def test_it_waits_until_a_job_is_due(
    personalize: "PersonalizeClient", dataset: str, settings: LazySettings, clock: Clock
) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 3
    create(personalize)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        clock.go_on(seconds)

    keep_running(lambda: len(waits) == 2, wait)
    assert waits == [1.5, 5.0]


def test_it_is_woken_from_elsewhere(data_directory: Path) -> None:
    sleep = Sleep(never)
    open_pipe(sleep)
    Timer(0.1, wake_worker).start()
    assert 0.05 < seconds_of(sleep, 30) < 10
    # Once is enough: the next wait is as long as it is to be.
    assert seconds_of(sleep, 0.5) >= 0.5
    sleep.close()


def test_what_came_while_it_worked_wakes_it_at_once(data_directory: Path) -> None:
    sleep = Sleep(never)
    open_pipe(sleep)
    for _ in range(10_000):
        wake_worker()
    assert seconds_of(sleep, 30) < 10
    sleep.close()


@pytest.mark.django_db(transaction=True)
def test_a_job_wakes_it_when_it_is_committed(
    data_directory: Path, personalize: "PersonalizeClient", dataset: str
) -> None:
    put_object("users.csv", "USER_ID,AGE\nu-1,1\n")
    sleep = Sleep(never)
    open_pipe(sleep)
    create(personalize)
    assert seconds_of(sleep, 30) < 10
    sleep.close()


@pytest.mark.django_db(transaction=True)
def test_a_large_dataset_that_is_deleted_wakes_it(
    data_directory: Path, personalize: "PersonalizeClient", dataset: str
) -> None:
    store(dataset, 501)
    sleep = Sleep(never)
    open_pipe(sleep)
    personalize.delete_dataset(datasetArn=dataset)
    personalize.list_datasets()
    assert seconds_of(sleep, 30) < 10
    sleep.close()


def test_it_ends_soon_after_the_server_that_began_it_is_gone(data_directory: Path) -> None:
    until = time.monotonic() + 0.5
    assert seconds_of(Sleep(lambda: time.monotonic() > until), 30) < 10


@pytest.mark.parametrize("made", ["file", "directory"])
def test_where_there_can_be_no_pipe_it_looks_often(data_directory: Path, made: str) -> None:
    path = data_directory / "wake-worker"
    path.write_text("kept") if made == "file" else path.mkdir()
    assert 0.2 < seconds_of(Sleep(never), 30) < 10
    wake_worker()


def test_nothing_is_made_where_nobody_waits(data_directory: Path) -> None:
    wake_worker()
    assert not list(data_directory.iterdir())
