"""Runs due jobs: the local service's part of the worker."""

import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from console.local import stages
from console.local.jobs import deleting, exporting, importing
from console.local.jobs.errors import JobFailure
from console.local.jobs.locations import root
from console.local.models import DATA_DELETION_JOB, DATASET_EXPORT_JOB, DATASET_IMPORT_JOB, Job
from console.work.leases import Lease, Stopping
from console.work.queues import MOST_ATTEMPTS, Failure, Queue

# Characters that no database stores: a file name may be in bytes that are no text, and a heading may contain NUL.
NEVER_STORED = re.compile("[\0\ud800-\udfff]")
FAILURE_REASONS = {
    Failure.ATTEMPTS: (
        f"The job was started {MOST_ATTEMPTS} times, and each time its worker ended or the database failed before it "
        "was done. It may have written or deleted some of its records."
    ),
    Failure.DEFECT: "The job failed unexpectedly. The log of the local service has the details.",
}
RUNNERS: Mapping[str, Callable[[Lease[Job]], None]] = {
    DATASET_IMPORT_JOB: importing.run,
    DATASET_EXPORT_JOB: exporting.run,
    DATA_DELETION_JOB: deleting.run,
}

log = logging.getLogger(__name__)


def _unfinished() -> QuerySet[Job]:
    return Job.objects.filter(outcome="")


def _first_of_each_group() -> QuerySet[Job]:
    """Return the first unfinished job of each dataset group; jobs of a group run one after another."""
    earlier = Job.objects.filter(outcome="", group=OuterRef("group"), pk__lt=OuterRef("pk"))
    return _unfinished().filter(~Exists(earlier)).select_related("group", "dataset__schema").order_by("pk")


def _run(lease: Lease[Job]) -> None:
    """Run a job until it succeeds or fails."""
    try:
        RUNNERS[lease.row.kind](lease)
    except JobFailure as failure:
        _fail(lease, str(failure))
        log.info("The job %s has failed; its failureReason says why.", lease.row)
        return
    _end(lease, stages.ACTIVE)
    log.info("The job %s is done.", lease.row)


def _give_up(lease: Lease[Job], failure: Failure) -> None:
    _fail(lease, FAILURE_REASONS[failure])


def _fail(lease: Lease[Job], reason: str) -> None:
    _end(lease, stages.CREATE_FAILED, NEVER_STORED.sub("\N{REPLACEMENT CHARACTER}", reason))


def _end(lease: Lease[Job], outcome: str, failure_reason: str = "") -> None:
    lease.finish(outcome=outcome, failure_reason=failure_reason, updated_at=timezone.now())


QUEUE = Queue("the job", _unfinished, _first_of_each_group, _run, _give_up)


def run_jobs(stopping: Stopping) -> float:
    """Run the first job that is due, as a step of the worker."""
    with suppress(OSError):
        # People put their files into it. A disk that is full may not stay so.
        root()
    return QUEUE.step(stopping)
