"""The queues of imports that are checked or sent: the part of the worker that is theirs.

Checks and imports that are sent have lanes of their own in the worker, so that none of them waits for another kind.
A file that takes long is checked in a process of its own, two of them at once, and each person has one of these: the
file of one person does not wait for all those of another. Those that take a moment never wait for a long one.

The imports that send to one dataset take turns, since the rate of AWS is that of the dataset group, and no id may be
in two calls in flight. Different datasets are sent to at once.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from console.bulk.at_once import LONG_CHECK
from console.bulk.checking.running_check import run_check
from console.bulk.models import AT_WORK, Import, Stage
from console.bulk.sending.by_job import run_job
from console.bulk.sending.left_behind import settle_left_behind
from console.bulk.sending.turns import run_sending
from console.bulk.waiting import STOPPED, has_calls, has_no_long_check, is_soon_checked, waits_for_a_job
from console.storage.database_trouble import Trouble
from console.work.leases import Lease, LeaseLost, Stopping
from console.work.own_process import run_in_own_process
from console.work.queues import MOST_ATTEMPTS, Failure, Queue

PROBLEMS = {
    Failure.ATTEMPTS: (
        f"Work on this import was begun {MOST_ATTEMPTS} times, and each time its worker ended or the database failed."
    ),
    Failure.DEFECT: "The import failed unexpectedly. The console's log has the details.",
}

# Both may have seen the other: then they come back at different moments.
SECONDS_TO_STEP_BACK = (0.1, 1.0)

# Those that a thread of this process works on: another does not take them where AWS answers later than a lease lasts.
_at_work_here: set[int] = set()


def _unfinished() -> QuerySet[Import]:
    return Import.objects.filter(stage__in=AT_WORK)


def _ready() -> QuerySet[Import]:
    """Return the imports that may be worked on, first those of the person whose last turn was longest ago.

    Of those that send to one dataset none may while a call of another may be under way. Where one of them is sent by a
    job, they are sent in the order in which they were begun.
    """
    of_person = Import.objects.filter(person=OuterRef("person"))
    of_dataset = Q(endpoint=OuterRef("endpoint"), dataset_arn=OuterRef("dataset_arn"))
    others = Import.objects.filter(of_dataset).exclude(pk=OuterRef("pk"))
    may_send = ~Exists(others.filter(has_calls(timezone.now()))) & ~waits_for_a_job(others)
    checked_last = of_person.filter(began_at__isnull=False).order_by("-began_at").values("began_at")
    sent_last = of_person.filter(of_dataset, sending_began_at__isnull=False).order_by("-starts_at").values("starts_at")
    last_turn = Case(When(stage=Stage.CHECKING, then=Subquery(checked_last[:1])), default=Subquery(sent_last[:1]))
    found = _unfinished().filter(Q(stage=Stage.CHECKING) | may_send, ~Q(pk__in=_at_work_here))
    return found.select_related("person").order_by(last_turn.asc(nulls_first=True), "starts_at", "pk")


def _run(lease: Lease[Import]) -> None:
    _at_work_here.add(lease.row.pk)
    try:
        if lease.row.stage == Stage.CHECKING:
            run_check(lease)
        elif _is_beside_another(lease.row):
            lease.release(timedelta(seconds=random.uniform(*SECONDS_TO_STEP_BACK)))
        elif lease.row.import_mode:
            run_job(lease)
        else:
            run_sending(lease)
    except LeaseLost:
        # It was paused or cancelled, and what it had under way is over: who goes on need not wait for the lease's end.
        own = Import.objects.filter(pk=lease.row.pk, lease=lease.row.lease)
        own.update(lease="", leased_until=None)
        raise
    finally:
        _at_work_here.discard(lease.row.pk)


def _is_beside_another(bulk_import: Import) -> bool:
    """Return whether another import of the dataset is being sent, though none was when this one was taken.

    Two workers may have taken one each at the same moment, as PostgreSQL lets them: the one that wrote its lease later
    sees that of the other, and steps back.
    """
    others = Import.objects.filter(endpoint=bulk_import.endpoint, dataset_arn=bulk_import.dataset_arn)
    return others.exclude(pk=bulk_import.pk).filter(has_calls(timezone.now())).exists()


def _left_behind() -> QuerySet[Import]:
    return Import.objects.filter(stage__in=STOPPED, sending_began_at__isnull=False).exclude(lease="")


@cache
def settling_step() -> Callable[[Stopping], float]:
    """Return the step of the worker that counts the last calls of imports whose worker died as they were stopped."""
    return Queue(
        "the stopped import",
        _left_behind,
        lambda: _left_behind().exclude(pk__in=_at_work_here).order_by("pk"),
        settle_left_behind,
        lambda lease, _failure: lease.finish(),
    ).step


def _give_up(lease: Lease[Import], failure: Failure) -> None:
    """Pause what was being sent, so that a person can resume it; a check fails."""
    stage = Stage.PAUSED if lease.row.stage == Stage.SENDING else Stage.FAILED
    lease.finish(stage=stage, problem=PROBLEMS[failure], waiting_for="", attempts=0)


def _told(trouble: Trouble) -> dict[str, str]:
    return {"waiting_for": trouble.sentence}


def queue_of(
    chosen: Q, may_begin: Callable[[], Q] = Q, run: Callable[[Lease[Import]], object] = _run
) -> Queue[Import]:
    """Return a queue of the imports that a condition chooses, of which those are ready that also may begin."""
    return Queue(
        "the import",
        lambda: _unfinished().filter(chosen),
        lambda: _ready().filter(chosen, may_begin()),
        run,
        _give_up,
        told=_told,
    )


def _check_in_own_process(lease: Lease[Import]) -> None:
    _at_work_here.add(lease.row.pk)
    try:
        run_in_own_process(LONG_CHECK, lease)
    finally:
        _at_work_here.discard(lease.row.pk)


def check_alone(token: str, stopping: Stopping) -> None:
    """Check the file of the import whose lease has a token, as the process that the worker begins for it."""
    queue_of(Q(stage=Stage.CHECKING)).go_on(token, stopping)


@cache
def check_step() -> Callable[[Stopping], float]:
    """Return the step of the worker that has the next long file checked by a process of its own."""
    return queue_of(Q(stage=Stage.CHECKING) & ~is_soon_checked(), has_no_long_check, _check_in_own_process).step


@cache
def short_check_step() -> Callable[[Stopping], float]:
    """Return the step of the worker that checks the next of the files that take a moment."""
    return queue_of(Q(stage=Stage.CHECKING) & is_soon_checked()).step


@cache
def sending_step() -> Callable[[Stopping], float]:
    """Return the step of the worker that sends some of the import that has the next turn; it can run many at once."""
    return queue_of(Q(stage=Stage.SENDING)).step
