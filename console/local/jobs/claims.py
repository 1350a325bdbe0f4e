"""Claims: which worker runs a job, and until when nobody else may."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from console.local.jobs.errors import ClaimLost, Stopped
from console.local.models import Dataset, Job

# How long a claim lasts, and how often it is renewed meanwhile.
CLAIM_LASTS = timedelta(seconds=10)
SECONDS_TO_RENEWAL = 2.0


def never() -> bool:
    """Say that the worker is not to end."""
    return False


@dataclass(slots=True)
class Claim:
    """A job that this worker runs; `stopping` says whether the worker is to end."""

    job: Job
    token: str
    stopping: Callable[[], bool] = never
    renewed: float = field(default_factory=time.monotonic)

    @property
    def dataset(self) -> Dataset:
        """The dataset of an import or export job; a data deletion job has none."""
        assert self.job.dataset is not None
        return self.job.dataset

    def go_on(self) -> None:
        """Renew the claim if it is time; raise Stopped or ClaimLost. To be called often: it is cheap."""
        if self.stopping():
            raise Stopped
        if time.monotonic() - self.renewed >= SECONDS_TO_RENEWAL:
            self._update(claimed_until=timezone.now() + CLAIM_LASTS)

    @contextmanager
    def writing(self, **changes: Any) -> Iterator[None]:
        """Make a transaction that only the worker with the claim can commit; `changes` are of the job's own fields.

        Afterwards the worker rests for as long as the transaction took: SQLite has one lock for writing, and nobody
        who waits for it is told that it is free.
        """
        self.go_on()
        began = time.monotonic()
        with transaction.atomic():
            # The job's row is locked first, so that a worker that has lost its claim writes nothing any more.
            self._update(claimed_until=timezone.now() + CLAIM_LASTS, **changes)
            yield
        time.sleep(min(time.monotonic() - began, 0.1))

    def finish(self, outcome: str, failure_reason: str = "") -> None:
        """Write the job's outcome, which ends the claim; raise ClaimLost."""
        ended = {"outcome": outcome, "failure_reason": failure_reason, "updated_at": timezone.now()}
        self._update(claim="", claimed_until=None, **ended)

    def release(self, pause: timedelta = timedelta(), *, counted: bool = False) -> None:
        """Give the job back, unless it was lost: any worker may take it after a pause.

        It is as if it had not been begun, unless this attempt is `counted`. Jobs of other dataset groups go on
        meanwhile.
        """
        changes: dict[str, Any] = {"starts_at": timezone.now() + pause} if pause else {}
        if not counted:
            changes["attempts"] = F("attempts") - 1
        with suppress(ClaimLost):
            self._update(claim="", claimed_until=None, **changes)

    def _update(self, **changes: Any) -> None:
        if not Job.objects.filter(pk=self.job.pk, claim=self.token, outcome="").update(**changes):
            raise ClaimLost
        self.renewed = time.monotonic()


def claim_next(stopping: Callable[[], bool] = never) -> Claim | None:
    """Claim the first job that is due and that nobody works at, or return None.

    The jobs of a dataset group run one after another, in the order they were asked for: each finds what the one before
    has left.
    """
    now = timezone.now()
    free = Q(outcome="", starts_at__lte=now) & (Q(claimed_until=None) | Q(claimed_until__lt=now))
    for key, began_at in _first_jobs().filter(free).order_by("pk").values_list("pk", "began_at"):
        token = uuid.uuid4().hex
        changes: dict[str, Any] = {"claim": token, "claimed_until": now + CLAIM_LASTS, "attempts": F("attempts") + 1}
        if began_at is None:
            changes |= {"began_at": now, "updated_at": now}
        # The condition again: of two workers that have read the row, one finds it changed.
        Job.objects.filter(free, pk=key).update(**changes)
        # It may be gone by now, as a reset of the demo removes jobs.
        job = Job.objects.select_related("group", "dataset__schema").filter(pk=key, claim=token).first()
        if job is not None:
            return Claim(job, token, stopping)
    return None


def next_due() -> datetime | None:
    """Return when the next job can be claimed, which may be over; None if there is no job."""
    times = _first_jobs().values_list("starts_at", "claimed_until")
    return min((max(starts_at, claimed_until or starts_at) for starts_at, claimed_until in times), default=None)


def _first_jobs() -> QuerySet[Job]:
    """Return the first job of each dataset group that has no outcome yet."""
    earlier = Job.objects.filter(outcome="", group=OuterRef("group"), pk__lt=OuterRef("pk"))
    return Job.objects.filter(~Exists(earlier), outcome="")
