"""Idempotency of Create record(s): a page's key sends once, and is retired after a success.

A press is one call, or several for events, and each call is a submission. All of them are recorded before the first is
sent, so that a second press finds them.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from console.records.entities import NO_PROPERTIES, Entity
from console.records.requests import Sent
from console.storage.shared_clock import shared_now
from console.submissions.models import Submission
from console.submissions.presses.attempts import (
    attempts_of,
    ids_of_calls,
    in_order,
    is_lost,
    shown_calls,
    submission_id,
)
from console.submissions.presses.beginning import new_submission, write
from console.submissions.presses.same_press import is_of_same_place, is_of_same_press
from console.submissions.presses.under_way import is_any_under_way, wait_for


class Use(Enum):
    """How a press uses its key."""

    # It makes a submission, which is to be sent.
    NEW = "new"
    # It comes with the same text while an earlier press is under way, and gets the result of that, whatever it is.
    REPEATED = "repeated"
    # The key was answered with a success: nothing is sent.
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Press:
    """A press of Create record(s): the submissions of its calls, those of them to send now, and its use of the key.

    If it sends nothing, the submissions are those of an earlier press. Calls accepted in an earlier attempt are
    included.
    """

    calls: tuple[Submission, ...]
    new: tuple[Submission, ...]
    use: Use


def begin(
    key: UUID,
    entity: Entity,
    calls: Sequence[Sequence[Sent]],
    *,
    person_id: int,
    made_at: datetime | None = None,
    **known: Any,
) -> Press:
    """Record the submissions of a press, unless its key was used: then return those it was used for.

    `calls` are the records of each call, by id and properties, and `known` are further fields of the submissions, as
    for `begin_submission`. Wait for an earlier press with the same key that is in progress. A press that AWS did not
    accept leaves the key usable: the next press retries without the records that were accepted, unless one of these is
    lost, so that what is missing is unknown. `made_at` is when the present dataset was created.
    """
    given_up = None
    while True:
        state = attempts_of(key, person_id)
        if state.newest and state.newest[0].pk != given_up and is_any_under_way(state.newest):
            for each in state.newest:
                wait_for(each)
            if is_of_same_press(state.newest[0], known):
                return Press(shown_calls(attempts_of(key, person_id)), (), Use.REPEATED)
            # Another press depends on what became of that one, and of those that were begun meanwhile.
            given_up = state.newest[0].pk
            continue
        accepted = [each for each in state.accepted if is_of_same_place(each, known)]
        missing = _missing(calls, accepted)
        if state.is_accepted or not missing or any(is_lost(each, made_at) for each in accepted):
            return Press(shown_calls(state), (), Use.RETIRED)
        pk = submission_id(key, person_id, state.number)
        try:
            new = _begun(pk, entity, missing, len(calls), key=key, person_id=person_id, **known)
        except IntegrityError:
            # Another press of the same key may have been a moment earlier.
            if not Submission.objects.filter(pk=pk, person_id=person_id).exists():
                raise
        else:
            for each in new:
                each.attempt = state.number
            return Press(in_order([*accepted, *new]), tuple(new), Use.NEW)


def missing_of(
    key: UUID, calls: Sequence[Sequence[Sent]], *, person_id: int, **place: Any
) -> list[tuple[int, list[Sent]]]:
    """Return the number and records of each call that a press with a person's key would make, as far as is known.

    Records accepted with the key at a place, given by field name, are not sent again. If all were, the result is
    empty.
    """
    accepted = attempts_of(key, person_id).accepted
    return _missing(calls, [each for each in accepted if is_of_same_place(each, place)])


def _missing(calls: Sequence[Sequence[Sent]], accepted: Sequence[Submission]) -> list[tuple[int, list[Sent]]]:
    """Return the number of each call with those of its records that were not accepted, if any."""
    left = Counter(_as_value(record) for each in accepted for record in each.records)
    found = []
    for number, records in enumerate(calls, 1):
        missing = []
        for record in records:
            value = _as_value(record)
            if left[value]:
                left[value] -= 1
            else:
                missing.append(record)
        if missing:
            found.append((number, missing))
    return found


def _as_value(record: Sent) -> Sent:
    """Return what identifies a record, independently of the order of its fields, which a new schema may change."""
    record_id, properties = record
    return record_id, json.dumps(json.loads(properties or NO_PROPERTIES), sort_keys=True)


def _begun(
    pk: UUID, entity: Entity, calls: Sequence[tuple[int, Sequence[Sent]]], count: int, *, key: UUID, **known: Any
) -> list[Submission]:
    """Record the submissions of an attempt, all or none, and return them.

    `calls` are the number and records of each, out of `count`.
    """
    endpoint = known.pop("endpoint")
    created_at = known.pop("created_at", None) or shared_now()
    new = []
    for id_, (number, records) in zip(ids_of_calls(pk), calls, strict=False):
        of_call = {"press": key, "call_number": number, "call_count": count} if entity.is_event else {}
        # Lists are in the order of the time: so the calls stand in their order there.
        at = created_at + timedelta(microseconds=number - 1)
        new.append(new_submission(entity, records, pk=id_, created_at=at, **of_call, **known))
    write(new, endpoint)
    return new
