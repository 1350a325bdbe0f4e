"""The queue of imports that are checked or sent: the part of the worker that is theirs."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from console.bulk.checking.running_check import run_check
from console.bulk.models import AT_WORK, Import, Stage
from console.bulk.sending.by_job import run_job
from console.bulk.sending.turns import run_sending
from console.work.leases import Lease, Stopping
from console.work.queues import MOST_ATTEMPTS, Failure, Queue

PROBLEMS = {
    Failure.ATTEMPTS: (
        f"Work on this import was begun {MOST_ATTEMPTS} times, and each time its worker ended or the database failed."
    ),
    Failure.DEFECT: "The import failed unexpectedly. The console's log has the details.",
}


def _unfinished() -> QuerySet[Import]:
    return Import.objects.filter(stage__in=AT_WORK)


def _ready() -> QuerySet[Import]:
    """Return the imports that may be worked on: of those that send to one dataset, the one that was first.

    So no id is in two calls of imports in flight, and the rate of one dataset is kept by one process.
    """
    earlier = Import.objects.filter(
        stage=Stage.SENDING,
        endpoint=OuterRef("endpoint"),
        dataset_arn=OuterRef("dataset_arn"),
        sending_began_at__lt=OuterRef("sending_began_at"),
    )
    return _unfinished().filter(Q(stage=Stage.CHECKING) | ~Exists(earlier)).select_related("person").order_by("pk")


def _run(lease: Lease[Import]) -> None:
    if lease.row.stage == Stage.CHECKING:
        run_check(lease)
    elif lease.row.import_mode:
        run_job(lease)
    else:
        run_sending(lease)


def _give_up(lease: Lease[Import], failure: Failure) -> None:
    """Pause what was being sent, so that a person can resume it; a check fails."""
    stage = Stage.PAUSED if lease.row.stage == Stage.SENDING else Stage.FAILED
    lease.finish(stage=stage, problem=PROBLEMS[failure], attempts=0)


QUEUE = Queue("the import", _unfinished, _ready, _run, _give_up)


def run_imports(stopping: Stopping) -> float:
    """Run the first import that is due, as a step of the worker."""
    return QUEUE.step(stopping)
