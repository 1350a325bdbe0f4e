"""Queues: the rows of one kind of work, which row is next, and what happens when work fails."""

import logging
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from django.db import Error, InterfaceError, OperationalError, connection
from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from console.output.logs import defect_in_words
from console.storage.database_trouble import Kind, Trouble, database_trouble
from console.work.lanes import let_another_look
from console.work.leases import LEASE_LASTS, Lease, LeasedRow, LeaseLost, Stopped, Stopping

# How long a row waits after the database failed at it; other rows go on meanwhile.
PAUSE = timedelta(seconds=2)
# A row is due, but another worker took it first.
SHORTEST_WAIT = 0.25
# Work that kills its worker, or that the database fails at, is not retried for ever.
MOST_ATTEMPTS = 5
# Problems of the machine rather than of a row: work waits until they are over, however long that takes.
OF_MACHINE = (Kind.FULL, Kind.LOCKED, Kind.READ_ONLY, Kind.TOO_MANY_FILES)

log = logging.getLogger(__name__)


class Failure(Enum):
    """Why a worker gives a row up."""

    ATTEMPTS = auto()
    DEFECT = auto()


@dataclass(slots=True)
class Queue[Row: LeasedRow]:
    """One kind of work.

    `name` is what the log calls a row, before its text. `unfinished` returns the rows that may be worked on. `ready`
    returns those of them that do not wait for another row, in the order to take them, with the related rows that `run`
    needs.

    `run` works on a leased row and ends with `Lease.finish`, or with `Lease.release` if there is more to do later; if
    it does neither, any worker continues at once. Long work should return after some seconds, so that other work gets
    its turn. `run` writes down its own failures: it raises only what the lease raises and database errors, and
    anything else is a defect. `give_up` ends a row for good, with `Lease.finish`.

    `lasts` is how long a lease lasts without renewal. It must be longer than anything that `run` waits for between two
    heartbeats, such as a response from a network: otherwise another worker would start on the same row.

    `told` returns what is written into a row, by field name, while it waits for the machine, such as for room on its
    disk.
    """

    name: str
    unfinished: Callable[[], QuerySet[Row]]
    ready: Callable[[], QuerySet[Row]]
    run: Callable[[Lease[Row]], object]
    give_up: Callable[[Lease[Row], Failure], object]
    lasts: timedelta = LEASE_LASTS
    told: Callable[[Trouble], Mapping[str, Any]] = lambda _trouble: {}
    # The leases of rows that the database failed at, to be released once the database works again.
    interrupted: list[Lease[Row]] = field(default_factory=list)

    def step(self, stopping: Stopping) -> float:
        """Run the first row that is due, as a step of the worker; raise database errors, after which rows stay due.

        Return in how many seconds the next row is due: 0 if one was run, infinity if there is none.
        """
        for each in list(self.interrupted):
            each.release(PAUSE)
            # Unless another thread of the lane has.
            with suppress(ValueError):
                self.interrupted.remove(each)
        now, due_times = timezone.now(), self._due_times()
        for key, due_at in due_times:
            lease = self._take(key, now, stopping) if due_at <= now else None
            if lease is not None:
                let_another_look()
                self._run(lease)
                return 0.0
        seconds = min(((due_at - now).total_seconds() for _key, due_at in due_times), default=float("inf"))
        return max(seconds, SHORTEST_WAIT)

    def take(self, stopping: Stopping) -> Lease[Row] | None:
        """Take a lease of the first row that is due and free, or return None."""
        now = timezone.now()
        taken = (self._take(key, now, stopping) for key, due_at in self._due_times() if due_at <= now)
        return next((lease for lease in taken if lease is not None), None)

    def go_on(self, token: str, stopping: Stopping) -> None:
        """Run the row whose lease has a token, which another process has taken; do nothing where no row has it."""
        row = self.ready().filter(lease=token).first()
        if row is not None:
            self._run(Lease(row, self.unfinished(), stopping, self.lasts))

    def _due_times(self) -> list[tuple[int, datetime]]:
        """Return the keys of the rows that are ready, and when each can be taken, which may be in the past."""
        rows = self.ready().values_list("pk", "starts_at", "leased_until")
        return [(key, max(starts_at, leased_until or starts_at)) for key, starts_at, leased_until in rows]

    def _take(self, key: int, now: datetime, stopping: Stopping) -> Lease[Row] | None:
        token = uuid.uuid4().hex
        # If two workers have read the row, the second update matches nothing.
        free = Q(starts_at__lte=now) & (Q(leased_until=None) | Q(leased_until__lt=now))
        self.ready().filter(free, pk=key).order_by().update(
            lease=token,
            leased_until=now + self.lasts,
            attempts=F("attempts") + 1,
            began_at=Coalesce("began_at", Value(now, output_field=DateTimeField())),
        )
        row = self.ready().filter(pk=key, lease=token).first()
        if row is None:
            # It was taken or deleted meanwhile, or waits for another row now.
            own = self.unfinished().filter(pk=key, lease=token)
            own.update(lease="", leased_until=None, attempts=F("attempts") - 1)
            return None
        return Lease(row, self.unfinished(), stopping, self.lasts)

    def _run(self, lease: Lease[Row]) -> None:
        try:
            self._run_or_give_up(lease)
            if not lease.is_over:
                lease.release()
        except Stopped:
            lease.release()
        except LeaseLost:
            log.warning(
                "%s %s was left: another worker has it, or it was deleted, paused or cancelled.",
                self.name.capitalize(),
                lease.row,
            )
        except (OperationalError, InterfaceError, OSError) as error:
            self._interrupt(lease, error)

    def _run_or_give_up(self, lease: Lease[Row]) -> None:
        if lease.row.attempts > MOST_ATTEMPTS:
            self.give_up(lease, Failure.ATTEMPTS)
            return
        try:
            self.run(lease)
        except (Stopped, LeaseLost, OperationalError, InterfaceError):
            raise
        except Exception as error:
            if isinstance(error, OSError) and _trouble_of_machine(error):
                raise
            log.error("%s %s failed unexpectedly: %s", self.name.capitalize(), lease.row, defect_in_words(error))
            self.give_up(lease, Failure.DEFECT)

    def _interrupt(self, lease: Lease[Row], error: Error | OSError) -> None:
        """Release a row and count the attempt; raise the error if the database cannot even do that.

        If it can, only this row's work failed, such as a statement that takes too long, and other work can go on. If
        it cannot, the database is down, and the attempt should not count. Neither should one that failed for want of
        what the machine lacks.
        """
        connection.close()
        trouble = _trouble_of_machine(error)
        try:
            lease.release(PAUSE, counted=trouble is None, **(self.told(trouble) if trouble else {}))
        except Error:
            self.interrupted.append(lease)
            raise error from None
        why = trouble.kind.value if trouble else type(error).__name__
        log.warning("The database failed at %s %s (%s).", self.name, lease.row, why)


def _trouble_of_machine(error: BaseException) -> Trouble | None:
    trouble = database_trouble(error)
    return trouble if trouble and trouble.kind in OF_MACHINE else None
