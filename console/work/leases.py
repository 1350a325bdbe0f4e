"""Leases: which worker works at a row, and until when no other one may."""

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

# Says whether the worker is to end.
type Stopping = Callable[[], bool]


class Stopped(Exception):
    """The worker is to end: the row is left for the next one."""


class LeaseLost(Exception):
    """Another worker has taken the row, or nobody is to work at it any more: it is gone, paused or cancelled."""


def never() -> bool:
    """Say that the worker is not to end."""
    return False


class LeasedRow(models.Model):
    """A row that workers take turns at; models of work inherit from it.

    `lease` is the mark of the worker that has the row, and is worth nothing once `leased_until` has passed. Who pauses
    or cancels the work changes the row so that it is not among its queue's unfinished rows any more, and needs to know
    nothing of leases: the worker notices at its next look.
    """

    # When it may be begun or gone on with, and when it was begun first.
    starts_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    # How often it was begun and not given back in order.
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


@dataclass(slots=True)
class Lease[Row: LeasedRow]:
    """A row that this worker has, as it was when it was taken, and the rows among which it must stay to keep it.

    The lease `lasts` so long after it was taken or renewed.
    """

    row: Row
    unfinished: QuerySet[Row]
    stopping: Stopping = never
    lasts: timedelta = LEASE_LASTS
    renewed: float = field(default_factory=time.monotonic)
    is_over: bool = False

    def go_on(self) -> None:
        """Renew the lease if it is time; raise Stopped or LeaseLost. To be called often: it is cheap."""
        if self.stopping():
            raise Stopped
        if time.monotonic() - self.renewed >= SECONDS_TO_RENEWAL:
            self._update(leased_until=timezone.now() + self.lasts)

    @contextmanager
    def writing(self, **changes: Any) -> Iterator[None]:
        """Make a transaction that only the worker with the lease can commit; `changes` are of the row's own fields.

        Afterwards the worker rests for as long as the transaction took: SQLite has one lock for writing, and nobody
        who waits for it is told that it is free.
        """
        self.go_on()
        began = time.monotonic()
        with transaction.atomic():
            # The row is locked first, so that a worker that has lost its lease writes nothing any more.
            self._update(leased_until=timezone.now() + self.lasts, **changes)
            yield
        time.sleep(min(time.monotonic() - began, LONGEST_REST))

    def count(self, **numbers: int) -> None:
        """Add to counters of the row; within `writing`, they count what is committed, however often it is begun."""
        self._update(**{name: F(name) + number for name, number in numbers.items()})

    def finish(self, **changes: Any) -> None:
        """End the lease with changes of the row that end its work; raise LeaseLost."""
        self._update(lease="", leased_until=None, **changes)
        self.is_over = True

    def release(self, pause: timedelta = timedelta(), *, counted: bool = False, **changes: Any) -> None:
        """Give the row back, unless it was lost: any worker may go on with it after a pause.

        It is as if it had not been begun, unless this attempt is `counted`.
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
