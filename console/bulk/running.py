"""The queues of imports that are checked or sent: the part of the worker that is theirs.

Checks and imports that are sent have threads of their own in the worker, so that none of them waits for another kind.
One thread checks any file, and a second one only those that take a moment: these never wait for a long one, and two
long ones are never in memory at once.
"""

from collections.abc import Callable
from functools import cache

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from console.bulk.checking.running_check import run_check
from console.bulk.models import AT_WORK, Import, Stage
from console.bulk.sending.by_job import run_job
from console.bulk.sending.left_behind import settle_left_behind
from console.bulk.sending.turns import run_sending
from console.bulk.waiting import STOPPED, is_ahead, is_soon_checked
from console.storage.database_trouble import Trouble
from console.work.leases import Lease, LeaseLost, Stopping
from console.work.queues import MOST_ATTEMPTS, Failure, Queue

PROBLEMS = {
    Failure.ATTEMPTS: (
        f"Work on this import was begun {MOST_ATTEMPTS} times, and each time its worker ended or the database failed."
    ),
    Failure.DEFECT: "The import failed unexpectedly. The console's log has the details.",
}


# Those that a thread of this process works on: another does not take them where AWS answers later than a lease lasts.
_at_work_here: set[int] = set()


def _unfinished() -> QuerySet[Import]:
    return Import.objects.filter(stage__in=AT_WORK)


def _ready() -> QuerySet[Import]:
    """Return the imports that may be worked on, the one that waits longest first.

    Of those that send to one dataset it is the one that was first, once no call of another is under way: so no id is
    in two calls of imports in flight, and the rate of one dataset is kept by one process.
    """
    of_dataset = Import.objects.filter(endpoint=OuterRef("endpoint"), dataset_arn=OuterRef("dataset_arn"))
    ahead = of_dataset.filter(is_ahead(OuterRef("sending_began_at"), timezone.now())).exclude(pk=OuterRef("pk"))
    may_begin = (Q(stage=Stage.CHECKING) | ~Exists(ahead)) & ~Q(pk__in=_at_work_here)
    return _unfinished().filter(may_begin).select_related("person").order_by("starts_at", "pk")


def _run(lease: Lease[Import]) -> None:
    _at_work_here.add(lease.row.pk)
    try:
        if lease.row.stage == Stage.CHECKING:
            run_check(lease)
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


def queue_of(chosen: Q) -> Queue[Import]:
    """Return a queue of the imports that a condition chooses."""
    return Queue(
        "the import",
        lambda: _unfinished().filter(chosen),
        lambda: _ready().filter(chosen),
        _run,
        _give_up,
        told=_told,
    )


@cache
def check_step() -> Callable[[Stopping], float]:
    """Return the step of the worker that checks the file that waits longest."""
    return queue_of(Q(stage=Stage.CHECKING)).step


@cache
def short_check_step() -> Callable[[Stopping], float]:
    """Return the step of the worker that checks the one that waits longest of the files that take a moment."""
    return queue_of(Q(stage=Stage.CHECKING) & is_soon_checked()).step


@cache
def sending_step(_number: int) -> Callable[[Stopping], float]:
    """Return a step of the worker that sends some of the import whose last turn was longest ago, for each number one.

    Steps of different numbers can run at once.
    """
    return queue_of(Q(stage=Stage.SENDING)).step
