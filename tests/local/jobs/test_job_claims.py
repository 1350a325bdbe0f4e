"""Claims of jobs: each job has one worker at a time, and another one when that is gone."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from console.local.jobs.claims import claim_next
from console.local.jobs.errors import ClaimLost, Stopped
from console.local.jobs.running import run_due_jobs
from console.local.models import Job, StoredUser
from tests.local.conftest import Clock
from tests.local.jobs.job_requests import stored
from tests.local.queued import claimed, create, status
from tests.local.shop import DATASET_ARN

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

pytestmark = pytest.mark.usefixtures("users_file")


def test_two_workers_never_have_one_job(personalize: "PersonalizeClient", dataset: str) -> None:
    create(personalize)
    claim = claimed()
    assert status(personalize) == ("CREATE IN_PROGRESS", "")
    assert claim_next() is None
    assert run_due_jobs() == 0
    claim.finish("ACTIVE")
    assert claim_next() is None


def test_jobs_of_a_group_wait_for_the_one_before(personalize: "PersonalizeClient", dataset: str, demo: None) -> None:
    first = Job.objects.get(arn=create(personalize))
    create(personalize, "second")
    other = DATASET_ARN.replace("dataset/shop", "dataset/online-shop")
    elsewhere = Job.objects.get(arn=create(personalize, "elsewhere", datasetArn=other))
    claims = [claimed(), claimed()]
    assert [claim.job for claim in claims] == [first, elsewhere]
    assert claim_next() is None
    claims[0].finish("CREATE FAILED", "a reason")
    assert claimed().job.name == "second"


def test_a_claim_that_is_not_renewed_is_taken_over(
    personalize: "PersonalizeClient", dataset: str, clock: Clock
) -> None:
    create(personalize)
    first = claimed()
    clock.go_on(10)
    assert claim_next() is None
    clock.go_on(0.1)
    second = claimed()
    assert (second.job, Job.objects.get().attempts) == (first.job, 2)
    with pytest.raises(ClaimLost), first.writing():
        StoredUser.objects.all().delete()
    first.renewed = 0
    with pytest.raises(ClaimLost):
        first.go_on()
    with pytest.raises(ClaimLost):
        first.finish("ACTIVE")
    first.release()
    second.go_on()


def test_a_claim_lasts_while_it_is_renewed(personalize: "PersonalizeClient", dataset: str, clock: Clock) -> None:
    create(personalize)
    claim = claimed()
    for _ in range(3):
        clock.go_on(9)
        claim.renewed = 0
        claim.go_on()
        assert claim_next() is None


def test_a_job_that_is_gone_is_left(personalize: "PersonalizeClient", dataset: str) -> None:
    create(personalize)
    claim = claimed()
    Job.objects.all().delete()
    with pytest.raises(ClaimLost), claim.writing():
        pass
    claim.release()


def test_a_job_that_goes_while_it_is_claimed_is_left(personalize: "PersonalizeClient", dataset: str) -> None:
    def and_then_gone(execute: Any, statement: str, *others: Any) -> Any:
        done = execute(statement, *others)
        if statement.startswith("UPDATE"):
            Job.objects.all().delete()
        return done

    create(personalize)
    with connection.execute_wrapper(and_then_gone):
        assert claim_next() is None


def test_a_claim_says_that_the_worker_is_to_end(personalize: "PersonalizeClient", dataset: str) -> None:
    create(personalize)
    claim = claim_next(lambda: True)
    assert claim is not None
    with pytest.raises(Stopped):
        claim.go_on()
    claimed_for = Job.objects.get().claimed_until
    assert claimed_for is not None
    assert timedelta(seconds=5) < claimed_for - Job.objects.get().created_at < timedelta(seconds=20)


def test_a_worker_that_is_to_end_leaves_the_job_for_the_next(personalize: "PersonalizeClient", dataset: str) -> None:
    create(personalize)
    looks = iter([False, False, True, True, True])
    run_due_jobs(lambda: next(looks))
    found = Job.objects.get()
    assert (found.attempts, found.claim, found.claimed_until, found.outcome) == (0, "", None, "")
    assert run_due_jobs() == 1
    assert (status(personalize), len(stored())) == (("ACTIVE", ""), 1200)
