"""Idempotency of Create record(s): the key of a page sends once, and is retired once it was answered with a success.

A press is one call, or several of events, and each call is a submission. All of them are written before the first is
sent, so that a second press finds them. The attempts of a key are numbered: each after the first one tries again what
was not accepted. The id of an attempt's first submission is made of the key, the person and that number alone, so that
every process and machine finds the newest one in the database that they share, and so that nothing else of a request,
such as its text, makes a key another one. The ids of the attempt's other submissions are made of the first.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import DatabaseError, IntegrityError, InterfaceError, connection, transaction
from django.utils import timezone

from console.records.entities import ENTITIES, Entity
from console.records.requests import Sent
from console.storage.database_trouble import Kind, database_trouble, give_up_broken_connection
from console.submissions import journal
from console.submissions.models import Outcome, Submission
from console.submissions.recording import with_known_answer

# A second press waits so long for the answer of the first: a little longer than the gateway waits for AWS, and its
# answer for the database. What has no answer by then was cut short by a crash.
SECONDS_TO_WAIT = settings.CONSOLE_AWS_SECONDS + 10
SECONDS_BETWEEN_LOOKS = 0.1
# How many attempts of a key are looked for at a time.
AT_ONCE = 16
# Each call of a press has one record at least.
MOST_CALLS = max(entity.most_per_call for entity in ENTITIES.values())
# What a submission and the press of its key have in common, beside the endpoint.
PLACE = ("environment", "dataset_group", "dataset_arn")


class Use(Enum):
    """What a press is to the key that it carries."""

    # It makes a submission, which is to be sent.
    NEW = "new"
    # It comes with the same text while an earlier press is under way, and gets the result of that, whatever it is.
    REPEATED = "repeated"
    # The key was answered with a success: nothing is sent.
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Press:
    """A press of Create record(s): the submissions of its calls, those of them to be sent now, and its use of the key.

    Where it sends nothing, the submissions are those of an earlier press. Calls that were accepted of an earlier
    attempt are among them.
    """

    calls: tuple[Submission, ...]
    new: tuple[Submission, ...]
    use: Use


def begin(key: UUID, entity: Entity, calls: Sequence[Sequence[Sent]], *, person_id: int, **known: Any) -> Press:
    """Write the submissions of a press, unless its key was used: then return those that it was used for.

    `calls` are the records of each call, each record by its id and its properties, and `known` are more fields of the
    submissions by name, as `Submission.begin` takes them. Wait for an earlier press of the same key that is under way.
    One that AWS did not accept leaves the key as it is: pressing again tries again, without the records that it did.
    """
    given_up = None
    while True:
        state = _state(key, person_id)
        if state.newest and state.newest[0].pk != given_up and is_any_under_way(state.newest):
            for each in state.newest:
                _wait_for(each)
            if is_of_same_press(state.newest[0], known):
                return Press(_shown(_state(key, person_id)), (), Use.REPEATED)
            # Another press depends on what became of that one, and of those that were begun meanwhile.
            given_up = state.newest[0].pk
            continue
        accepted = [each for each in state.accepted if is_of_same_place(each, known)]
        missing = _missing(calls, accepted)
        if state.is_accepted or not missing:
            return Press(_shown(state), (), Use.RETIRED)
        pk = submission_id(key, person_id, state.number)
        try:
            new = _begin_all(pk, entity, missing, len(calls), key=key, person_id=person_id, **known)
        except IntegrityError:
            # Another press of the same key may have been a moment earlier.
            if not Submission.objects.filter(pk=pk, person_id=person_id).exists():
                raise
        else:
            return Press(_in_order([*accepted, *new]), tuple(new), Use.NEW)


def submission_id(key: UUID, person_id: int, number: int) -> UUID:
    """Return the id of a person's submission of a key; numbers begin with 0."""
    return uuid5(key, f"{person_id} {number}")


def newest_press(key: UUID, person_id: int) -> tuple[Submission, ...]:
    """Return the submissions of the last press of a person's key, none as long as it was not used."""
    return _shown(_state(key, person_id))


def press_of(submission: Submission) -> tuple[Submission, ...]:
    """Return the submissions of the press that one of them is of, as it is by now: itself where it is the only call.

    While a later attempt is under way, they are those of the submission's own.
    """
    if submission.press is None or submission.person_id is None:
        return (submission,)
    state = _state(submission.press, submission.person_id)
    if is_any_under_way(state.newest) and submission not in state.newest:
        state = _state(submission.press, submission.person_id, of=submission.pk)
    return _shown(state) or (submission,)


def is_accepted(calls: Sequence[Submission]) -> bool:
    """Say whether all calls of a press were accepted."""
    return bool(calls) and all(each.outcome == Outcome.CREATED for each in calls)


def representative(calls: Sequence[Submission]) -> Submission:
    """Return the call that says what became of a press: the first that was not accepted, or the first of all."""
    return next((each for each in calls if each.outcome != Outcome.CREATED), calls[0])


def is_same_text(text: str, other: str) -> bool:
    """Say whether two record inputs are the same, however their line breaks are written."""
    return _with_plain_breaks(text) == _with_plain_breaks(other)


def is_of_same_press(submission: Submission, known: Mapping[str, Any]) -> bool:
    """Say whether a submission has the place and the text that is known of another press, by field name."""
    return is_of_same_place(submission, known) and is_same_text(submission.record_input, known["record_input"])


def is_of_same_place(submission: Submission, known: Mapping[str, Any]) -> bool:
    """Say whether a submission was sent to where another press sends, by what is known of that by field name."""
    is_same_place = all(getattr(submission, name) == known[name] for name in PLACE)
    return is_same_place and submission.origin.endpoint == known["endpoint"]


def _with_plain_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class _State:
    """What became of a person's key: how often it was tried, the submissions of one attempt, by default the newest,
    and all that were accepted of it before.
    """

    number: int
    newest: tuple[Submission, ...] = ()
    accepted: tuple[Submission, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether the attempt was a success."""
        return is_accepted(self.newest)


def _state(key: UUID, person_id: int, of: UUID | None = None) -> _State:
    """Return the state of a person's key, with the attempt that a submission is of, or with the newest one."""
    own = Submission.objects.filter(person_id=person_id)
    first = _ids_of_attempts(key, person_id)
    if not first:
        return _State(0)
    # Their origins are compared when the database may be away.
    of_press = {each.pk: each for each in own.filter(press=key).select_related("origin").order_by("created_at")}
    newest = next((each for each in first if of in _ids_of_calls(each)), first[-1])
    # Which attempts were before is told by their numbers: a clock may have been set back since.
    ids_before = {each for attempt in first[: first.index(newest)] for each in _ids_of_calls(attempt)}
    if newest in of_press:
        rows = [of_press[each] for each in _ids_of_calls(newest) if each in of_press]
    else:
        rows = [own.select_related("origin").get(pk=newest)]
    rows = [with_known_answer(each) for each in rows]
    before = [each for pk, each in of_press.items() if pk in ids_before]
    accepted = [each for each in map(with_known_answer, before) if each.outcome == Outcome.CREATED]
    accepted += [each for each in rows if each.outcome == Outcome.CREATED]
    return _State(len(first), tuple(rows), tuple(accepted))


def _ids_of_attempts(key: UUID, person_id: int) -> list[UUID]:
    """Return the id of the first submission of each attempt of a person's key."""
    own = Submission.objects.filter(person_id=person_id)
    found: list[UUID] = []
    while True:
        ids = [submission_id(key, person_id, len(found) + offset) for offset in range(AT_ONCE)]
        there = set(own.filter(pk__in=ids).values_list("pk", flat=True))
        made = [*takewhile(there.__contains__, ids)]
        found += made
        if len(made) < AT_ONCE:
            return found


def _ids_of_calls(first: UUID) -> list[UUID]:
    """Return the ids that the submissions of an attempt have, in the order of its calls."""
    return [first, *(uuid5(first, f"call {position}") for position in range(1, MOST_CALLS))]


def _shown(state: _State) -> tuple[Submission, ...]:
    """Return the submissions of an attempt, and those that were accepted before at the same place."""
    if not state.newest:
        return ()
    shown = {each.pk for each in state.newest}
    place = {name: getattr(state.newest[0], name) for name in PLACE} | {"endpoint": state.newest[0].origin.endpoint}
    earlier = [each for each in state.accepted if each.pk not in shown and is_of_same_place(each, place)]
    return _in_order([*earlier, *state.newest])


def _in_order(calls: Sequence[Submission]) -> tuple[Submission, ...]:
    return tuple(sorted(calls, key=lambda each: (each.call_number or 0, each.created_at)))


def _missing(calls: Sequence[Sequence[Sent]], accepted: Sequence[Submission]) -> list[tuple[int, list[Sent]]]:
    """Return the number of each call with those of its records that were not accepted, if there are any."""
    left = Counter(record for each in accepted for record in each.records)
    found = []
    for number, records in enumerate(calls, 1):
        missing = []
        for record in records:
            if left[record]:
                left[record] -= 1
            else:
                missing.append(record)
        if missing:
            found.append((number, missing))
    return found


def _begin_all(
    pk: UUID,
    entity: Entity,
    calls: Sequence[tuple[int, Sequence[Sent]]],
    count: int,
    *,
    key: UUID,
    **known: Any,
) -> list[Submission]:
    """Write the submissions of an attempt, all of them or none, and return them.

    `calls` are the number and the records of each, of `count` in all.
    """
    if not entity.is_event:
        ((_number, records),) = calls
        return [Submission.begin(entity, [*records], pk=pk, **known)]
    # By this moment rows are known as this press's own.
    known = {"created_at": timezone.now(), **known}
    try:
        return _written(pk, entity, calls, count, key=key, **known)
    except (DatabaseError, InterfaceError) as error:
        found = database_trouble(error)
        if found is None or found.kind is not Kind.AWAY or connection.in_atomic_block:
            raise
    give_up_broken_connection()
    # The connection may have broken when all of it was there, and only the word of that was lost. Where another press
    # was earlier, its rows are not these.
    own = Submission.objects.filter(pk__in=_ids_of_calls(pk), created_at=known["created_at"])
    there = {each.pk: each for each in own.select_related("origin")}
    if there:
        return [there[each] for each in _ids_of_calls(pk) if each in there]
    return _written(pk, entity, calls, count, key=key, **known)


def _written(
    pk: UUID, entity: Entity, calls: Sequence[tuple[int, Sequence[Sent]]], count: int, *, key: UUID, **known: Any
) -> list[Submission]:
    with transaction.atomic():
        return [
            Submission.begin(entity, [*records], pk=id_, press=key, call_number=number, call_count=count, **known)
            for id_, (number, records) in zip(_ids_of_calls(pk), calls, strict=False)
        ]


def is_any_under_way(calls: Sequence[Submission]) -> bool:
    """Say whether any call of a press may still get its answer."""
    return any(is_under_way(each) for each in calls)


def is_under_way(submission: Submission) -> bool:
    """Say whether a submission may still get its answer, also where the clock was set while it is sent."""
    if submission.outcome != Outcome.SENDING:
        return False
    # One of the future was written before the clock was set back, by seconds or by hours.
    age = abs((timezone.now() - submission.created_at).total_seconds())
    return age < SECONDS_TO_WAIT or journal.is_in_use(submission.pk)


def _wait_for(submission: Submission) -> None:
    """Return once a submission has its answer, or when it gets none any more."""
    until = time.monotonic() + SECONDS_TO_WAIT
    while is_under_way(submission) and time.monotonic() < until:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        _look_again(submission, ["outcome"])
        # The first press may have an answer that it could not write.
        with_known_answer(submission)
    while submission.is_recorded and not _look_again(submission) and time.monotonic() < until:
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _look_again(submission: Submission, fields: list[str] | None = None) -> bool:
    """Read fields of a submission again, all of them if None, and say whether the database could be asked.

    A connection that breaks meanwhile says nothing of the press that is waited for: the next look is over a new one.
    """
    try:
        submission.refresh_from_db(fields=fields)
    except (DatabaseError, InterfaceError) as error:
        if database_trouble(error) is None or connection.in_atomic_block:
            raise
        give_up_broken_connection()
        return False
    return True
