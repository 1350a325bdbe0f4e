"""Working on one import in this process as the worker does, whether or not a worker runs as well."""

import time
from collections.abc import Callable

from django.db.models import Q

from console.bulk.models import Import
from console.bulk.running import queue_of
from console.bulk.waiting import others_wait_to_send
from console.work.leases import Stopping
from console.work.waking import wake_worker

LONGEST_REST = 1.0
# Another command, beside no worker, looks for its turn meanwhile.
SECONDS_LEFT_TO_OTHERS = 1.5


def work_on(
    bulk_import: Import, stopping: Stopping, tell: Callable[[Import], object], *, seconds_between: float = 1.0
) -> None:
    """Work on an import until it is neither checked nor sent any more, or this should stop.

    `tell` is called at least once per interval, whatever is being done. While a worker has the import's lease, or
    another import of its dataset is being sent, this waits.
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
        if not seconds and others_wait_to_send(bulk_import):
            wake_worker()
            time.sleep(SECONDS_LEFT_TO_OTHERS)
        else:
            time.sleep(min(seconds, LONGEST_REST))
