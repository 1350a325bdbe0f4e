"""Leases: which worker has a row, and until when no other worker may take it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

# How long a lease lasts if its queue says nothing else, and how often it is renewed meanwhile.
LEASE_LASTS = timedelta(seconds=10)
SECONDS_TO_RENEWAL = 2.0
LONGEST_REST = 0.1

# Returns whether the worker should stop.
type Stopping = Callable[[], bool]


class Stopped(Exception):
    """The worker should stop; the next worker takes the row."""


class LeaseLost(Exception):
    """Another worker has the row, or the row is gone, paused or cancelled."""


def never() -> bool:
    """Return that the worker should not stop."""
    return False


class LeasedRow(models.Model):
    """The columns of a row of work; models of work inherit from it.

    `lease` is the token of the worker that has the row, and means nothing once `leased_until` has passed. To pause or
    cancel work, change the row so that its queue no longer counts it as unfinished: its worker loses the lease at its
    next write or renewal, and stops.
    """

    # When it may start or continue, and when it first started.
    starts_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    # How often it was started without being finished or released.
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


@dataclass(slots=True)
class Lease[Row: LeasedRow]:
    """A worker's claim to a row, which ends when another worker takes the row or it leaves the `unfinished` rows.

    `row` is as it was when the lease was taken. `lasts` is how long after that, or after a renewal, the lease expires.
    """

    row: Row
    unfinished: QuerySet[Row]
    stopping: Stopping = never
    lasts: timedelta = LEASE_LASTS
    renewed: float = field(default_factory=time.monotonic)
    is_over: bool = False

    def heartbeat(self) -> None:
        """Renew the lease if that is due; raise Stopped or LeaseLost. Call it often: it is cheap."""
        if self.stopping():
            raise Stopped
        self.hold()

    def hold(self) -> None:
        """Renew the lease if that is due, also where the worker should stop; raise LeaseLost."""
        if time.monotonic() - self.renewed >= SECONDS_TO_RENEWAL:
            self.renew()

    def renew(self, **changes: Any) -> None:
        """Renew the lease now, and write values of the row's own fields; raise LeaseLost."""
        self._update(leased_until=timezone.now() + self.lasts, **changes)

    @contextmanager
    def writing(self, **changes: Any) -> Iterator[None]:
        """Run a block in a transaction that only the holder of the lease can commit; raise Stopped or LeaseLost.

        `changes` are values of the row's own fields, written in the same transaction. Afterwards the worker sleeps for
        as long as the transaction took: SQLite has one write lock, and does not tell those who wait that it is free.
        """
        self.heartbeat()
        began = time.monotonic()
        with transaction.atomic():
            # Lock the row first, so that a worker that lost its lease cannot write.
            self.renew(**changes)
            yield
        time.sleep(min(time.monotonic() - began, LONGEST_REST))

    def count(self, **numbers: int) -> None:
        """Add to counters of the row; within `writing`, they count exactly what was committed."""
        if numbers:
            self._update(**{name: F(name) + number for name, number in numbers.items()})

    def finish(self, **changes: Any) -> None:
        """Write the row's final values and end the lease; raise LeaseLost."""
        self._update(lease="", leased_until=None, **changes)
        self.is_over = True

    def leave(self) -> None:
        """Keep the row from all workers until the lease is over, as a worker that dies does."""
        self.is_over = True

    def release(self, pause: timedelta = timedelta(), *, counted: bool = False, **changes: Any) -> None:
        """Give the row back, unless the lease was lost: any worker may take it after a pause.

        This attempt does not count towards the limit of attempts, unless it is `counted`.
        """
        if pause:
            changes["starts_at"] = timezone.now() + pause
        if not counted:
            changes["attempts"] = F("attempts") - 1
        with suppress(LeaseLost):
            self.finish(**changes)

    def _update(self, **changes: Any) -> None:
        if not self.unfinished.filter(pk=self.row.pk, lease=self.row.lease).update(**changes):
            raise LeaseLost
        self.renewed = time.monotonic()
