"""How jobs are taken and run: in turn, once, again after a crash, and never for ever."""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection

from console.local.jobs import running
from console.local.models import Job, StoredRecord
from console.work.leases import Lease
from console.work.worker import keep_running
from tests.local.conftest import Clock
from tests.local.jobs.job_requests import import_job, put_object, run_due_jobs, stored
from tests.local.queued import create, status, taken
from tests.local.shop import DATASET_ARN
from tests.support.demo import put_demo_data

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

pytestmark = pytest.mark.usefixtures("users_file")

GIVEN_UP = (
    "The job was started 5 times, and each time its worker ended or the database failed before it was done. "
    "It may have written or deleted some of its records."
)


def test_a_job_takes_the_time_that_it_takes_at_least(
    personalize: "PersonalizeClient", dataset: str, settings: LazySettings, clock: Clock
) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 10
    create(personalize)
    clock.go_on(4.9)
    assert (run_due_jobs(), status(personalize)) == (0, ("CREATE PENDING", ""))
    clock.go_on(0.1)
    assert (run_due_jobs(), status(personalize)) == (1, ("CREATE IN_PROGRESS", ""))
    with pytest.raises(personalize.exceptions.ResourceInUseException):
        personalize.delete_dataset(datasetArn=dataset)
    clock.go_on(4.9)
    assert status(personalize) == ("CREATE IN_PROGRESS", "")
    clock.go_on(0.1)
    assert status(personalize) == ("ACTIVE", "")
    personalize.delete_dataset(datasetArn=dataset)


def test_a_failure_is_shown_when_the_time_is_over(
    personalize: "PersonalizeClient", dataset: str, settings: LazySettings, clock: Clock
) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 10
    put_object("users.csv", "USER_ID\n")
    create(personalize)
    clock.go_on(5)
    run_due_jobs()
    assert status(personalize) == ("CREATE IN_PROGRESS", "")
    clock.go_on(5)
    assert status(personalize) == ("CREATE FAILED", "Input CSV is missing the following columns:[AGE].")


@pytest.mark.parametrize("mode", ["FULL", "INCREMENTAL"])
@pytest.mark.parametrize("batches", [0, 1, 2])
def test_a_job_that_was_cut_off_runs_again_from_its_start(
    personalize: "PersonalizeClient",
    dataset: str,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    mode: str,
    batches: int,
) -> None:
    put_object("before.csv", "USER_ID,AGE\nbefore,1\nu-7,0\n")
    import_job(personalize, "before", "s3://bucket/before.csv")
    create(personalize, importMode=mode)
    with monkeypatch.context() as patch:
        lease = taken()
        patch.setattr(Lease, "writing", cut_off_after(batches))
        with pytest.raises(SystemExit):
            running.RUNNERS[lease.row.kind](lease)
    assert StoredRecord.objects.filter(record_id__startswith="u-").count() == max(500 * batches, 1)
    clock.go_on(11)
    assert run_due_jobs() == 1
    assert status(personalize) == ("ACTIVE", "")
    expected = {f"u-{number}": '{"age":1}' for number in range(1200)}
    assert stored() == (expected if mode == "FULL" else {**expected, "before": '{"age":1}'})


def cut_off_after(batches: int) -> Any:
    """Return what `Lease.writing` is to be so that the worker ends as if it were killed at the next transaction."""
    whole, left = Lease.writing, iter(range(batches))

    def writing(lease: Lease[Job], **changes: Any) -> Any:
        if next(left, None) is None:
            raise SystemExit
        return whole(lease, **changes)

    return writing


def test_a_job_that_takes_its_workers_down_is_given_up(
    personalize: "PersonalizeClient", dataset: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(personalize)
    for _ in range(5):
        with monkeypatch.context() as patch:
            lease = taken()
            patch.setattr(Lease, "writing", cut_off_after(1))
            with pytest.raises(SystemExit):
                running.RUNNERS[lease.row.kind](lease)
        clock.go_on(11)
    assert run_due_jobs() == 1
    assert status(personalize) == ("CREATE FAILED", GIVEN_UP)
    assert len(stored()) == 500


def test_a_defect_fails_the_job_and_is_logged_without_values(
    personalize: "PersonalizeClient", dataset: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def defect(_lease: Lease[Job]) -> None:
        raise ValueError("".join(["the ", "secret"]))

    create(personalize)
    monkeypatch.setitem(running.RUNNERS, "dataset-import-job", defect)
    with caplog.at_level(logging.INFO):
        assert run_due_jobs() == 1
    assert status(personalize) == (
        "CREATE FAILED",
        "The job failed unexpectedly. The log of the local service has the details.",
    )
    assert "failed unexpectedly: ValueError" in caplog.text
    assert "in defect" in caplog.text
    assert "the secret" not in caplog.text
    assert run_due_jobs() == 0


class Outage:
    """A database that fails from a statement on that begins with a text, a number of times whatever it is asked."""

    def __init__(self, beginning: str, times: int) -> None:
        self.beginning = beginning
        self.left = times
        self.has_begun = False

    def __call__(self, execute: Any, statement: str, *others: Any) -> Any:
        self.has_begun = self.has_begun or statement.lstrip().startswith(self.beginning)
        if self.has_begun and self.left:
            self.left -= 1
            raise OperationalError("the text of a statement")
        return execute(statement, *others)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("beginning", ["INSERT INTO local_storedrecord", "UPDATE"])
def test_a_job_that_the_database_leaves_is_tried_again_without_counting(
    personalize: "PersonalizeClient",
    dataset: str,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    beginning: str,
) -> None:
    create(personalize)
    outage = Outage(beginning, 12)
    began_at = clock.moment
    with connection.execute_wrapper(outage):
        keep_running(lambda: clock.moment - began_at > timedelta(seconds=100), clock.go_on)
    assert outage.left == 0
    assert (status(personalize), len(stored()), Job.objects.get().attempts) == (("ACTIVE", ""), 1200, 1)
    assert "The database cannot be used (OperationalError)." in caplog.text
    assert "The database failed at the job" not in caplog.text
    assert "statement" not in caplog.text


def failing_at_large_inserts(execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
    """Fail as PostgreSQL does where a statement takes too long: nothing else of the database suffers."""
    if statement.lstrip().startswith("INSERT INTO local_storedrecord") and len(parameters) == 500:
        raise OperationalError("the text of a statement")
    return execute(statement, parameters, many, context)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_the_database_always_fails_at_is_given_up_and_holds_up_nobody(
    personalize: "PersonalizeClient", dataset: str, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    # Without accounts: Activity keeps that they were made, and a test without a transaction removes all rows.
    put_demo_data()
    create(personalize)
    other = DATASET_ARN.replace("dataset/shop", "dataset/online-shop")
    put_object("others.csv", "USER_ID,MEMBERSHIP_STATUS\na,Gold\n")
    source: Any = {"dataLocation": "s3://bucket/others.csv"}
    create(personalize, "elsewhere", datasetArn=other, dataSource=source)
    put_object("later.csv", "USER_ID,AGE\nb,1\n")
    later: Any = {"dataLocation": "s3://bucket/later.csv"}
    create(personalize, "later", dataSource=later)
    began_at, waits = clock.moment, list[float]()

    def wait(seconds: float) -> None:
        waits.append(seconds)
        clock.go_on(seconds)

    with connection.execute_wrapper(failing_at_large_inserts):
        keep_running(lambda: clock.moment - began_at > timedelta(seconds=1), wait)
        assert status(personalize, "elsewhere") == ("ACTIVE", "")
        assert status(personalize) == ("CREATE IN_PROGRESS", "")
        keep_running(lambda: clock.moment - began_at > timedelta(seconds=30), wait)
    assert status(personalize) == ("CREATE FAILED", GIVEN_UP)
    assert status(personalize, "later") == ("ACTIVE", "")
    # Until the job is due again, five times, and then for anything else that may come.
    assert waits[:5] == [2.0] * 5
    assert set(waits[5:]) == {5.0}
    assert caplog.text.count("The database failed at the job") == 5
    assert "cannot be used" not in caplog.text
    assert "statement" not in caplog.text
    personalize.delete_dataset(datasetArn=dataset)
