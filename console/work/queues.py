"""Queues: the rows of one kind of work, which of them is next, and what becomes of what fails."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from django.db import Error, InterfaceError, OperationalError, connection
from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from console.config.logs import defect_in_words
from console.work.leases import LEASE_LASTS, Lease, LeasedRow, LeaseLost, Stopped, Stopping

# How long a row waits that the database failed at, in which others may go on.
PAUSE = timedelta(seconds=2)
# Something is due, and another worker has been quicker to take it.
SHORTEST_WAIT = 0.25
# Work that takes its worker down with it, or that the database fails at each time, is not begun for ever.
MOST_ATTEMPTS = 5

log = logging.getLogger(__name__)


class Failure(Enum):
    """Why a worker gives a row up."""

    ATTEMPTS = auto()
    DEFECT = auto()


@dataclass(slots=True)
class Queue[Row: LeasedRow]:
    """One kind of work. Its step, which the worker calls, runs one row at a time, so that other work has its turns.

    `name` is what the log calls a row before its text. `unfinished` gives the rows that may be worked at, and `ready`
    those of them that wait for no other row, in the order in which they are to be taken, with the rows beside them
    that `run` needs.

    `run` works at a row that it has a lease of, and ends with `Lease.finish`, or with `Lease.release` where there is
    more to do later; if it does neither, any worker goes on at once. What takes long should return after some seconds.
    Its own failures are its own to write down: it raises what the lease raises and errors of the database, and all
    else is a defect. `give_up` ends a row for good, with `Lease.finish`.

    A lease `lasts` so long after its last renewal. It must be longer than anything that `run` waits for without
    `Lease.go_on`, such as an answer from a network: another worker would begin with the same row meanwhile.
    """

    name: str
    unfinished: Callable[[], QuerySet[Row]]
    ready: Callable[[], QuerySet[Row]]
    run: Callable[[Lease[Row]], object]
    give_up: Callable[[Lease[Row], Failure], object]
    lasts: timedelta = LEASE_LASTS
    # What the database failed at, which is to be given back as soon as the database can be used.
    interrupted: Lease[Row] | None = None

    def step(self, stopping: Stopping) -> float:
        """Run the first row that is due, and return in how many seconds the next one is: 0 where one was run.

        It is infinity where there is none. Raise the database's errors: the rows stay due then.
        """
        if self.interrupted:
            self.interrupted.release(PAUSE)
            self.interrupted = None
        now, due_times = timezone.now(), self._due_times()
        for key, due_at in due_times:
            lease = self._take(key, now, stopping) if due_at <= now else None
            if lease is not None:
                self._run(lease)
                return 0.0
        seconds = min(((due_at - now).total_seconds() for _key, due_at in due_times), default=float("inf"))
        return max(seconds, SHORTEST_WAIT)

    def take(self, stopping: Stopping) -> Lease[Row] | None:
        """Take the first row that is due and that nobody works at, or return None."""
        now = timezone.now()
        taken = (self._take(key, now, stopping) for key, due_at in self._due_times() if due_at <= now)
        return next((lease for lease in taken if lease is not None), None)

    def _due_times(self) -> list[tuple[int, datetime]]:
        """Return the keys of the rows that are ready, and when each can be taken, which may be over."""
        rows = self.ready().values_list("pk", "starts_at", "leased_until")
        return [(key, max(starts_at, leased_until or starts_at)) for key, starts_at, leased_until in rows]

    def _take(self, key: int, now: datetime, stopping: Stopping) -> Lease[Row] | None:
        token = uuid.uuid4().hex
        # Of two workers that have read the row, one finds it changed.
        free = Q(starts_at__lte=now) & (Q(leased_until=None) | Q(leased_until__lt=now))
        self.unfinished().filter(free, pk=key).update(
            lease=token,
            leased_until=now + self.lasts,
            attempts=F("attempts") + 1,
            began_at=Coalesce("began_at", Value(now, output_field=DateTimeField())),
        )
        # It may be gone by now.
        row = self.ready().filter(pk=key, lease=token).first()
        return None if row is None else Lease(row, self.unfinished(), stopping, self.lasts)

    def _run(self, lease: Lease[Row]) -> None:
        try:
            self._run_or_give_up(lease)
            if not lease.is_over:
                lease.release()
        except Stopped:
            lease.release()
        except LeaseLost:
            log.warning(
                "%s %s was left: another worker has it, or it is not to go on.", self.name.capitalize(), lease.row
            )
        except (OperationalError, InterfaceError) as error:
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
            log.error("%s %s met a defect: %s", self.name.capitalize(), lease.row, defect_in_words(error))
            self.give_up(lease, Failure.DEFECT)

    def _interrupt(self, lease: Lease[Row], error: Error) -> None:
        """Give a row back as one attempt at it; raise the error if the database does not even take that.

        If it does, it failed at the row alone, as where a statement takes too long: that is no reason to wait for
        anybody else. If it does not, it cannot be used, and the attempt is not to count.
        """
        connection.close()
        try:
            lease.release(PAUSE, counted=True)
        except Error:
            self.interrupted = lease
            raise error from None
        log.warning("The database failed at %s %s (%s).", self.name, lease.row, type(error).__name__)
