"""Leases of jobs: each job has one worker at a time, and another one when that is gone."""

import errno
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from console.local.jobs.running import QUEUE
from console.local.models import Job, StoredRecord
from console.work.leases import Lease, LeaseLost, Stopped, never
from console.work.queues import Queue
from tests.local.conftest import Clock
from tests.local.jobs.job_requests import run_due_jobs, stored
from tests.local.queued import create, status, take, taken
from tests.local.shop import DATASET_ARN

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

pytestmark = pytest.mark.usefixtures("users_file")


def test_two_workers_never_have_one_job(personalize: "PersonalizeClient", dataset: str) -> None:
    create(personalize)
    lease = taken()
    assert status(personalize) == ("CREATE IN_PROGRESS", "")
    assert take() is None
    assert run_due_jobs() == 0
    lease.finish(outcome="ACTIVE")
    assert take() is None


def test_jobs_of_a_group_wait_for_the_one_before(personalize: "PersonalizeClient", dataset: str, demo: None) -> None:
    first = Job.objects.get(arn=create(personalize))
    create(personalize, "second")
    other = DATASET_ARN.replace("dataset/shop", "dataset/online-shop")
    elsewhere = Job.objects.get(arn=create(personalize, "elsewhere", datasetArn=other))
    leases = [taken(), taken()]
    assert [lease.row for lease in leases] == [first, elsewhere]
    assert take() is None
    leases[0].finish(outcome="CREATE FAILED")
    assert taken().row.name == "second"


def test_a_lease_that_is_not_renewed_is_taken_over(
    personalize: "PersonalizeClient", dataset: str, clock: Clock
) -> None:
    create(personalize)
    first = taken()
    clock.go_on(10)
    assert take() is None
    clock.go_on(0.1)
    second = taken()
    assert (second.row, Job.objects.get().attempts) == (first.row, 2)
    with pytest.raises(LeaseLost), first.writing():
        StoredRecord.objects.all().delete()
    first.renewed = 0
    with pytest.raises(LeaseLost):
        first.heartbeat()
    with pytest.raises(LeaseLost):
        first.finish(outcome="ACTIVE")
    first.release()
    second.heartbeat()


def test_a_lease_lasts_while_it_is_renewed(personalize: "PersonalizeClient", dataset: str, clock: Clock) -> None:
    create(personalize)
    lease = taken()
    for _ in range(3):
        clock.go_on(9)
        lease.renewed = 0
        lease.heartbeat()
        assert take() is None


def test_a_job_that_is_gone_is_left(personalize: "PersonalizeClient", dataset: str) -> None:
    create(personalize)
    lease = taken()
    Job.objects.all().delete()
    with pytest.raises(LeaseLost), lease.writing():
        pass
    lease.release()


def test_a_job_that_goes_while_it_is_taken_is_left(personalize: "PersonalizeClient", dataset: str) -> None:
    def and_then_gone(execute: Any, statement: str, *others: Any) -> Any:
        done = execute(statement, *others)
        if statement.startswith("UPDATE"):
            Job.objects.all().delete()
        return done

    create(personalize)
    with connection.execute_wrapper(and_then_gone):
        assert take() is None


def test_a_lease_says_that_the_worker_is_to_end(personalize: "PersonalizeClient", dataset: str) -> None:
    create(personalize)
    lease = QUEUE.take(lambda: True)
    assert lease is not None
    with pytest.raises(Stopped):
        lease.heartbeat()
    leased_until = Job.objects.get().leased_until
    assert leased_until is not None
    assert timedelta(seconds=5) < leased_until - Job.objects.get().created_at < timedelta(seconds=20)


def test_a_worker_that_is_to_end_leaves_the_job_for_the_next(personalize: "PersonalizeClient", dataset: str) -> None:
    create(personalize)
    looks = iter([False, False, True, True, True])
    run_due_jobs(lambda: next(looks))
    found = Job.objects.get()
    assert (found.attempts, found.lease, found.leased_until, found.outcome) == (0, "", None, "")
    assert run_due_jobs() == 1
    assert (status(personalize), len(stored())) == (("ACTIVE", ""), 1200)


def queue_of(run: Callable[[Lease[Job]], object]) -> Queue[Job]:
    """Return a queue whose work a test does."""

    def jobs() -> QuerySet[Job]:
        return Job.objects.filter(outcome="")

    return Queue("the job", jobs, jobs, run, lambda lease, failure: lease.finish(outcome=failure.name))


def test_work_that_is_not_at_its_end_goes_on_at_once_and_as_often_as_it_takes(
    personalize: "PersonalizeClient", dataset: str
) -> None:
    def delete_one(lease: Lease[Job]) -> None:
        with lease.writing():
            lease.count(num_deleted=1)
        if Job.objects.get().num_deleted == 9:
            lease.finish(outcome="ACTIVE")

    create(personalize)
    queue = queue_of(delete_one)
    assert [queue.step(never) for _ in range(10)] == [0.0] * 9 + [float("inf")]
    found = Job.objects.get()
    assert (found.num_deleted, found.outcome, found.attempts, found.lease) == (9, "ACTIVE", 1, "")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's connection of a test cannot be closed.")
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE])
def test_what_the_machine_lacks_is_waited_for_and_counts_as_no_attempt(
    personalize: "PersonalizeClient", dataset: str, clock: Clock, number: int
) -> None:
    def find_no_room(_lease: Lease[Job]) -> None:
        raise OSError(number, "")

    create(personalize)
    queue = queue_of(find_no_room)
    queue.told = lambda trouble: {"failure_reason": trouble.sentence}
    for _ in range(7):
        assert queue.step(never) == 0.0
        found = Job.objects.get()
        assert (found.attempts, found.lease, found.outcome) == (0, "", "")
        clock.go_on(2)
    assert found.failure_reason in (
        "The disk that the console's database is on is full.",
        "The console has as many files and connections open as its machine allows.",
    )


def test_any_other_error_of_the_system_is_a_defect(personalize: "PersonalizeClient", dataset: str) -> None:
    def read(_lease: Lease[Job]) -> None:
        raise IsADirectoryError(errno.EISDIR, "")

    create(personalize)
    assert queue_of(read).step(never) == 0.0
    assert Job.objects.get().outcome == "DEFECT"


def test_work_that_waits_is_due_after_its_pause(personalize: "PersonalizeClient", dataset: str, clock: Clock) -> None:
    create(personalize)
    queue = queue_of(lambda lease: lease.release(timedelta(seconds=30)))
    assert (queue.step(never), queue.step(never)) == (0.0, 30.0)
    clock.go_on(30)
    assert queue.step(never) == 0.0


def test_a_lease_lasts_as_long_as_its_queue_says(personalize: "PersonalizeClient", dataset: str, clock: Clock) -> None:
    create(personalize)
    queue = queue_of(lambda lease: lease.release())
    queue.lasts = timedelta(minutes=2)
    lease = queue.take(never)
    assert lease is not None
    for _ in range(2):
        clock.go_on(119)
        assert queue.take(never) is None
        lease.renewed = 0
        lease.heartbeat()
    clock.go_on(121)
    assert queue.take(never) is not None


def test_work_that_is_cancelled_meanwhile_writes_nothing_more(
    personalize: "PersonalizeClient", dataset: str, caplog: pytest.LogCaptureFixture
) -> None:
    def go_on_once_cancelled(lease: Lease[Job]) -> None:
        Job.objects.update(outcome="CANCELLED")
        with lease.writing(failure_reason="written"):
            raise AssertionError

    create(personalize)
    assert queue_of(go_on_once_cancelled).step(never) == 0.0
    found = Job.objects.get()
    assert (found.outcome, found.failure_reason) == ("CANCELLED", "")
    assert (
        f"The job {found.arn} was left: another worker has it, or it was deleted, paused or cancelled." in caplog.text
    )
