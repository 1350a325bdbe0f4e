"""Work on one import in this process, as the worker does it, whether or not a worker runs beside."""

import time
from collections.abc import Callable

from django.db.models import Q

from console.bulk.models import Import
from console.bulk.running import queue_of
from console.work.leases import Stopping

LONGEST_REST = 1.0


def work_on(
    bulk_import: Import, stopping: Stopping, tell: Callable[[Import], object], *, seconds_between: float = 1.0
) -> None:
    """Work on an import until it is neither checked nor sent any more, or this should stop; `tell` it now and then.

    It is told at least once in the seconds between, whatever is done with it. Where a worker has its lease, or an
    earlier import of its dataset is being sent, this waits and tells.
    """
    queue, told_at = queue_of(Q(pk=bulk_import.pk)), 0.0

    def stopping_and_told() -> bool:
        if time.monotonic() - told_at >= seconds_between:
            tell_now()
        return stopping()

    def tell_now() -> None:
        nonlocal told_at
        bulk_import.refresh_from_db()
        tell(bulk_import)
        told_at = time.monotonic()

    while True:
        tell_now()
        if not bulk_import.is_at_work or stopping():
            return
        seconds = queue.step(stopping_and_told)
        time.sleep(min(seconds, LONGEST_REST))
