"""Sending the records of an import: each call is a submission, written before it is sent, at a pace within AWS's rate.

What a call has come to is kept by its part, a character for each: see `settled.py`. A worker that ended leaves calls
whose answers nobody has: the trail tells which of them were answered. Those of which it does not are sent again, since
a record replaces the one with its id; of events they are left as unconfirmed, and a person decides.

The calls of one part are over before the next one begins, so that no id is in two calls in flight: within a part each
id is sent once. Imports of one dataset take turns, and those of a turn are over before the next turn.
"""

import time
from datetime import timedelta
from typing import Any

from django.utils import timezone

from console.bulk.models import Import, Part, Stage
from console.bulk.places import NotPossibleError
from console.bulk.sending.part_sending import PartSending, PauseError
from console.bulk.sending.stops import needs_person, why_it_failed
from console.bulk.sending.targets import SECONDS_TARGET_IS_KNOWN, forget, known_pace, target_of
from console.bulk.waiting import others_wait_to_send
from console.personalize.errors import PersonalizeError
from console.work.leases import Lease

# After that, another import of the dataset gets its turn, if one waits. Else the turn goes on until its target is to
# be asked again. Between turns no calls are under way, which takes a moment.
SECONDS_OF_A_TURN = 5.0
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_AFTER_FAILURE = 10.0


def run_sending(lease: Lease[Import]) -> None:
    """Send what is left of an import for a while; raise what its lease raises, and database errors."""
    bulk_import = lease.row
    turn = Turn(bulk_import)
    unsettled = Part.objects.filter(bulk_import=bulk_import, is_settled=False).order_by("number")
    try:
        target = target_of(bulk_import)
        # One at a time: all of a long import would take long to read, and much memory.
        while part := unsettled.first():
            if not PartSending(lease, target, part).run(turn.is_over):
                lease.release(starts_at=timezone.now(), waiting_for="")
                return
    except NotPossibleError as error:
        _end(lease, Stage.PAUSED, str(error))
    except PersonalizeError as error:
        if needs_person(error):
            _end(lease, Stage.PAUSED, why_it_failed(error))
        else:
            _wait(lease, error.failure.sentence)
    except PauseError as pause:
        if pause.is_for_person:
            _end(lease, Stage.PAUSED, pause.sentence)
        else:
            _wait(lease, pause.sentence)
    else:
        _end(lease, Stage.DONE, "", ended_at=timezone.now())


class Turn:
    """A while that an import is sent for: it ends once another one waits, or its target is to be asked again."""

    def __init__(self, bulk_import: Import) -> None:
        self._bulk_import = bulk_import
        # It begins with the first call: before that, the target is asked for and the first part is read.
        self._began: float | None = None
        self._looks_at = 0.0
        self._others_wait = False

    def is_over(self) -> bool:
        """Return whether the turn is over; ask it often, it is cheap."""
        now = time.monotonic()
        if self._began is None:
            self._began, self._looks_at = now, now + SECONDS_OF_A_TURN
        if now >= self._looks_at and not self._others_wait:
            self._looks_at = now + SECONDS_BETWEEN_LOOKS
            self._others_wait = others_wait_to_send(self._bulk_import)
        return self._others_wait or now - self._began >= SECONDS_TARGET_IS_KNOWN


def _end(lease: Lease[Import], stage: Stage, problem: str, **more: Any) -> None:
    forget(lease.row)
    lease.finish(stage=stage, problem=problem, waiting_for="", starts_at=timezone.now(), **more)


def _wait(lease: Lease[Import], sentence: str) -> None:
    pace = known_pace(lease.row)
    seconds = pace.next_pause() if pace else SECONDS_AFTER_FAILURE
    lease.release(timedelta(seconds=seconds), waiting_for=sentence)
