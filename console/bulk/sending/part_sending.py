"""The sending of one part of an import: its calls in flight, their answers, and what is counted of them."""

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from console.bulk.at_once import SENT_AT_ONCE
from console.bulk.models import Import, Part
from console.bulk.places import check_person
from console.bulk.sending.calls import calls_of
from console.bulk.sending.sent_calls import ids_under_way, sent_calls
from console.bulk.sending.settled import COUNTERS, Settled, meaning_of, needs_person, was_throttled
from console.bulk.sending.stops import why_it_was_refused
from console.bulk.sending.targets import Target
from console.personalize.environments import Environment
from console.submissions.models import Submission
from console.submissions.presses.beginning import begin_submission
from console.submissions.presses.sending import Place, answer, keep, reserve
from console.submissions.presses.under_way import is_under_way
from console.submissions.recording import settle_held, with_known_answer
from console.work.frames import with_room
from console.work.leases import Lease, LeaseLost

SECONDS_BETWEEN_COUNTS = 1.0
# Calls to AWS take some tenths of a second.
MOST_IN_FLIGHT = 16
# A submission is written so long before the pace allows its call: after idle time, that takes a tenth of a second.
SECONDS_WRITTEN_AHEAD = 0.1

# Fields written for a response, by name.
type Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _InFlight:
    """A call that has no answer yet: its place among those of its part, and its submission."""

    index: int
    submission: Submission
    place: Place


class PauseError(Exception):
    """Nothing arrives for now, as a sentence; or a person has to do something first (`is_for_person`)."""

    def __init__(self, sentence: str, *, is_for_person: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.is_for_person = sentence, is_for_person


class PartSending:
    """The sending of one part: its open calls, and those in flight."""

    def __init__(self, lease: Lease[Import], target: Target, part: Part) -> None:
        self.lease, self.target, self.part = lease, target, part
        self.bulk_import = lease.row
        self.calls = calls_of(self.bulk_import, part)
        self.outcomes = list(part.outcomes.ljust(len(self.calls), Settled.OPEN))
        self.attempts: Counter[int] = Counter()
        self.settled: Counter[str] = Counter()
        self.throttled = 0
        self.counted_at = time.monotonic()
        self.pause: PauseError | None = None
        self.takes_answers = True
        # Those whose answers are in the memory of this process alone.
        self.held: set[UUID] = set()

    def run(self, is_turn_over: Callable[[], bool]) -> bool:
        """Send what is open until the turn is over; return whether all of it is settled."""
        in_flight: dict[Future[Fields], _InFlight] = {}
        left = deque(self._open_calls())
        try:
            while in_flight or (left and not self.pause and not is_turn_over()):
                self._begin_next(left, in_flight, is_turn_over)
                self._take_answers(in_flight, left)
                self._count_if_due()
        finally:
            # However it ended, every call in flight gets its response recorded and counted.
            self._take_last_answers(in_flight, left)
            self._count(is_settled=Settled.OPEN not in self.outcomes)
        if self.pause:
            raise self.pause
        return Settled.OPEN not in self.outcomes

    def _open_calls(self) -> list[int]:
        """Return the calls that are to be sent; those that the trail has an answer to are settled now."""
        is_open = {index for index, outcome in enumerate(self.outcomes) if outcome == Settled.OPEN}
        waits: set[int] = set()
        for index, each in sent_calls(self.bulk_import, self.part):
            self.attempts[index] += 1
            if index in is_open:
                self._take_earlier(index, with_known_answer(each), waits)
        is_open = {index for index in is_open if self.outcomes[index] == Settled.OPEN}
        waits |= self._same_ids_under_way(is_open)
        if waits & is_open and is_open <= waits:
            raise PauseError("An earlier call may still get its answer.")
        return sorted(is_open - waits)

    def _same_ids_under_way(self, is_open: set[int]) -> set[int]:
        """Return the calls with an ID of another call that may still get its answer, such as of a worker that died."""
        if self.bulk_import.entity.is_event:
            # None of them replaces another.
            return set()
        ids = ids_under_way(self.bulk_import)
        return {each for each in is_open if not ids.isdisjoint(record_id for record_id, _ in self.calls[each].records)}

    def _take_earlier(self, index: int, submission: Submission, waits: set[int]) -> None:
        waits.discard(index)
        if is_under_way(submission):
            waits.add(index)
        else:
            self._settle(index, self._meaning_of(submission))

    def _begin_next(
        self, left: deque[int], in_flight: dict[Future[Fields], _InFlight], is_turn_over: Callable[[], bool]
    ) -> None:
        """Begin a call if the pace and the number in flight allow it; wait for the pace where nothing is in flight."""
        if not left or self.pause or len(in_flight) >= self._most_in_flight() or is_turn_over():
            return
        seconds = self._seconds_to_next()
        if seconds > 0:
            if not in_flight:
                time.sleep(min(seconds, SECONDS_BETWEEN_COUNTS))
            return
        self.lease.heartbeat()
        index = left.popleft()
        submission = self._begin(index)
        self.takes_answers = True
        place = reserve(submission)
        time.sleep(self.target.pace.seconds_to_next())
        # A process that stood still meanwhile may have been replaced by another one.
        self.lease.hold()
        call = _sent(self.target.environment, submission, place)
        # The local service has counted it by now. At AWS it is about to arrive.
        self.target.pace.begin()
        in_flight[call] = _InFlight(index, submission, place)

    def _most_in_flight(self) -> int:
        """Return how many calls may be in flight: one, where the last one did not arrive, until one does."""
        # The local service answers in this thread, one call after another.
        if self.target.environment.is_local or self.target.pace.is_interrupted:
            return 1
        return MOST_IN_FLIGHT

    def _seconds_to_next(self) -> float:
        """Return in how many seconds the next call is to be written, 0 for now."""
        return max(0.0, self.target.pace.seconds_to_next() - SECONDS_WRITTEN_AHEAD)

    def _take_answers(self, in_flight: dict[Future[Fields], _InFlight], left: deque[int]) -> None:
        if not in_flight:
            return
        is_next = left and not self.pause and len(in_flight) < self._most_in_flight()
        seconds = self._seconds_to_next() if is_next else SECONDS_BETWEEN_COUNTS
        done, _waiting = wait(in_flight, min(seconds, SECONDS_BETWEEN_COUNTS), FIRST_COMPLETED)
        for call in done:
            self._take_answer(call, in_flight.pop(call), left)

    def _take_last_answers(self, in_flight: dict[Future[Fields], _InFlight], left: deque[int]) -> None:
        """Take all answers as they come, and count meanwhile; where that fails, they are taken all the same."""
        try:
            while in_flight:
                done, waiting = wait(in_flight, SECONDS_BETWEEN_COUNTS, FIRST_COMPLETED)
                for call in done:
                    self._take_answer(call, in_flight.pop(call), left)
                if waiting and time.monotonic() - self.counted_at >= SECONDS_BETWEEN_COUNTS:
                    self._count()
        finally:
            for call, sent in in_flight.items():
                self._take_answer(call, sent, left)

    def _take_answer(self, call: Future[Fields], sent: _InFlight, left: deque[int]) -> None:
        keep(self.target.environment, sent.submission, sent.place, call.result(), takes_answers=self.takes_answers)
        # Where the database is away, it is waited for once, until it takes another submission.
        self.takes_answers = self.takes_answers and sent.submission.is_recorded
        verdict = self._verdict(sent.submission)
        self._settle(sent.index, verdict)
        if verdict == Settled.OPEN:
            left.append(sent.index)

    def _verdict(self, submission: Submission) -> str:
        """Return what the answer to a call means for it, and let it slow down or pause what follows."""
        verdict = self._meaning_of(submission)
        if was_throttled(submission):
            self.throttled += 1
            self.target.pace.throttled()
        elif verdict in (Settled.OPEN, Settled.UNCONFIRMED):
            # An event that may have arrived is not sent again, but the ones after it still wait.
            is_for_person = needs_person(submission)
            why = why_it_was_refused(submission) if is_for_person else submission.sentence
            self.pause = self.pause or PauseError(why, is_for_person=is_for_person)
        else:
            self.target.pace.arrived(at_once=submission.attempts == 1)
        return verdict

    def _meaning_of(self, submission: Submission) -> str:
        if submission.is_held:
            self.held.add(submission.pk)
        return meaning_of(self.bulk_import.entity, submission)

    def _settle(self, index: int, verdict: str) -> None:
        self.outcomes[index] = verdict
        if verdict != Settled.OPEN:
            self.settled[verdict] += len(self.calls[index].records)

    def _begin(self, index: int) -> Submission:
        """Write the submission of a call, and return it; raise LeaseLost where another worker did."""
        bulk_import, planned = self.bulk_import, self.calls[index]
        attempt = self.attempts[index]
        self.attempts[index] += 1
        try:
            return begin_submission(
                bulk_import.entity,
                planned.records,
                endpoint=bulk_import.endpoint,
                pk=uuid5(bulk_import.key, f"{planned.number} {attempt}"),
                person_id=bulk_import.person_id,
                person_name=bulk_import.person_name,
                environment=bulk_import.environment,
                dataset_group=bulk_import.dataset_group,
                dataset_arn=bulk_import.dataset_arn,
                tracking_id=self.target.target if bulk_import.entity.is_event else None,
                address=bulk_import.address,
                bulk_import=bulk_import.key,
                bulk_call=planned.number,
            )
        except IntegrityError as error:
            raise LeaseLost from error

    def _count_if_due(self) -> None:
        """Count what was settled, as often as that is due, and see whether it is to go on.

        Raise LeaseLost where somebody has paused or cancelled it, NotPossibleError where its person may not go on.
        """
        if time.monotonic() - self.counted_at >= SECONDS_BETWEEN_COUNTS:
            self._count()
            if not self.lease.unfinished.filter(pk=self.bulk_import.pk).exists():
                raise LeaseLost
            check_person(self.bulk_import)

    def _count(self, *, is_settled: bool = False) -> None:
        """Write what was settled since the last time, as the lease's holder, also where it was paused meanwhile.

        That renews the lease: until all answers are there, no other import of the dataset may begin. No answer counts
        before the trail or the journal has it.
        """
        settle_held(self.held)
        self.held.clear()
        seconds, self.counted_at = time.monotonic() - self.counted_at, time.monotonic()
        counts = {COUNTERS[verdict]: F(COUNTERS[verdict]) + number for verdict, number in self.settled.items()}
        own = Import.objects.filter(pk=self.bulk_import.pk, lease=self.bulk_import.lease)
        waiting = {"waiting_for": ""} if self.settled else {}
        # Both or none: what is counted and not settled would be counted again.
        with transaction.atomic():
            # An import that makes progress has not been given up: see `Queue`.
            if not own.update(
                attempts=1,
                leased_until=timezone.now() + self.lease.lasts,
                throttled_count=F("throttled_count") + self.throttled,
                seconds_sending=F("seconds_sending") + seconds,
                **counts,
                **waiting,
            ):
                raise LeaseLost
            Part.objects.filter(pk=self.part.pk).update(outcomes="".join(self.outcomes), is_settled=is_settled)
        self.settled.clear()
        self.throttled = 0


def _sent(environment: Environment, submission: Submission, place: Place) -> Future[Fields]:
    """Send a submission in a thread, which asks the database for nothing; nothing is sent without room for the answer.

    The local service answers in this thread, by the database.
    """
    if place.fields is None and not environment.is_local:
        return _threads().submit(with_room, answer, environment, submission)
    answered: Future[Fields] = Future()
    answered.set_result(place.fields or answer(environment, submission))
    return answered


@cache
def _threads() -> ThreadPoolExecutor:
    # No dataset waits for another.
    return ThreadPoolExecutor(MOST_IN_FLIGHT * SENT_AT_ONCE, "call of an import")
