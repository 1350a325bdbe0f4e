"""Running the jobs that are due, and keeping at it."""

import logging
import re
import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import Error, InterfaceError, OperationalError, connection
from django.utils import timezone

from console.local import stages
from console.local.errors import defect_in_words
from console.local.jobs import deleting, exporting, importing
from console.local.jobs.claims import Claim, claim_next, never, next_due
from console.local.jobs.errors import ClaimLost, JobFailure, Stopped
from console.local.models import DATA_DELETION_JOB, DATASET_EXPORT_JOB, DATASET_IMPORT_JOB
from console.local.storage.removing import remove_set_aside
from console.work import housekeeping

# What makes a job wakes the worker, but that of another machine: see waking.py.
SECONDS_BETWEEN_LOOKS = 5.0
# A job that is due, and that another worker has been quicker to take.
SHORTEST_WAIT = 0.25
SECONDS_WITHOUT_DATABASE = 2.0
# How long a job waits that the database failed at, in which others may go on.
PAUSE = timedelta(seconds=2)
# What deleted datasets have left is removed for so long, before the next look for jobs.
SECONDS_OF_REMOVAL = 0.5
# A job that takes its worker down with it, or that the database fails at each time, is not begun for ever.
MOST_ATTEMPTS = 5
# What no database holds: a file may be named in bytes that are no text, and a heading may have NUL.
NEVER_STORED = re.compile("[\0\ud800-\udfff]")

RUNNERS: Mapping[str, Callable[[Claim], None]] = {
    DATASET_IMPORT_JOB: importing.run,
    DATASET_EXPORT_JOB: exporting.run,
    DATA_DELETION_JOB: deleting.run,
}

log = logging.getLogger(__name__)


class Interrupted(Exception):
    """The database failed while a job ran, whose claim is to be released as soon as the database can be used."""

    def __init__(self, claim: Claim, error: Error) -> None:
        super().__init__(type(error).__name__)
        self.claim = claim


def run_due_jobs(stopping: Callable[[], bool] = never) -> int:
    """Run the jobs that are due, one after another, and return how many there were.

    A job's own failure is its outcome. Only failures of the database come out of here, as Interrupted where one ended
    a job, and as Django's errors otherwise: the jobs stay due then.
    """
    number = 0
    while not stopping() and (claim := claim_next(stopping)):
        try:
            _run(claim)
        except (OperationalError, InterfaceError) as error:
            raise Interrupted(claim, error) from error
        number += 1
    return number


def keep_running(stopping: Callable[[], bool], wait: Callable[[float], object] = time.sleep) -> None:
    """Run jobs as they become due, until the worker is to end; `wait` waits for a number of seconds, or less.

    Between them, what deleted datasets have left is removed, and what other packages have registered is done.
    """
    interrupted: Claim | None = None
    while not stopping():
        try:
            if interrupted:
                interrupted.release(PAUSE)
                interrupted = None
            run_due_jobs(stopping)
            housekeeping.run_what_is_due()
            if not remove_set_aside(stopping, SECONDS_OF_REMOVAL):
                continue
            wait(_seconds_to_next_look())
        except Interrupted as interruption:
            if not _try_again_later(interruption):
                interrupted = interruption.claim
                _wait_for_the_database(str(interruption), wait)
        except Error as error:
            _wait_for_the_database(type(error).__name__, wait)


def _seconds_to_next_look() -> float:
    """Return how long nothing is due, as far as it is known now."""
    due = next_due()
    longest = min(SECONDS_BETWEEN_LOOKS, housekeeping.seconds_until_due())
    if due is None:
        return max(longest, SHORTEST_WAIT)
    return max(min((due - timezone.now()).total_seconds(), longest), SHORTEST_WAIT)


def _try_again_later(interruption: Interrupted) -> bool:
    """Give an interrupted job back as one attempt at it, and say whether the database took that.

    If it did, it failed at the job alone, as where a statement takes too long: that is no reason to wait for anybody
    else. If it did not, it cannot be used, and the job's attempt is not to count.
    """
    connection.close()
    try:
        interruption.claim.release(PAUSE, counted=True)
    except Error:
        return False
    log.warning("The database failed at the job %s (%s).", interruption.claim.job.arn, interruption)
    return True


def _wait_for_the_database(error_name: str, wait: Callable[[float], object]) -> None:
    log.warning("The database cannot be used (%s). Jobs wait until it can.", error_name)
    connection.close()
    wait(SECONDS_WITHOUT_DATABASE)


def _run(claim: Claim) -> None:
    try:
        if claim.job.attempts > MOST_ATTEMPTS:
            raise JobFailure(
                f"The job was begun {MOST_ATTEMPTS} times, and each time its worker ended or the database failed "
                "before it was done. "
                "It may have written or removed a part of its records."
            )
        RUNNERS[claim.job.kind](claim)
        claim.finish(stages.ACTIVE)
        log.info("The job %s is done.", claim.job.arn)
    except JobFailure as failure:
        _fail(claim, str(failure))
        log.info("The job %s has failed; its failureReason says why.", claim.job.arn)
    except Stopped:
        claim.release()
    except ClaimLost:
        log.warning("The job %s was left: another worker has it, or it is gone.", claim.job.arn)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.error("The job %s met a defect: %s", claim.job.arn, defect_in_words(error))
        _fail(claim, "The job met an unexpected condition. The log of the local service has the details.")


def _fail(claim: Claim, reason: str) -> None:
    try:
        claim.finish(stages.CREATE_FAILED, NEVER_STORED.sub("\N{REPLACEMENT CHARACTER}", reason))
    except ClaimLost:
        log.warning("The job %s has failed, but another worker has it, or it is gone.", claim.job.arn)
