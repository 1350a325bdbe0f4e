"""Presses of Create record(s) whose records go in several calls: each call is a submission of its own.

The first call of a press has the key of its page, and each other one a key that is made of it and of its number. So
each of them is sent once by itself, as `idempotency` has it, and pressing again sends those that were not accepted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from console.records.entities import Entity
from console.records.requests import Sent
from console.submissions.idempotency import Press, Use, begin, is_of_same_press, is_same_text, newest_of_key
from console.submissions.models import Outcome, Submission
from console.submissions.recording import with_known_answer


@dataclass(frozen=True, slots=True)
class Call:
    """One of the calls of a press: its number, which counts from 0, how many there are, and its records."""

    number: int
    count: int
    records: list[Sent]


def begin_call(key: UUID, entity: Entity, call: Call, *, person_id: int, **known: Any) -> Press:
    """Write the submission of one call of a press, or find that of an earlier press of its key.

    It takes what `begin` takes.
    """
    if entity.is_event:
        known |= {"press": key, "call_number": call.number + 1, "call_count": call.count}
    return begin(_key(key, call.number), entity, call.records, person_id=person_id, **known)


def accepted_otherwise(key: UUID, entity: Entity, person_id: int, known: Mapping[str, Any]) -> Press | None:
    """Return a call of a key that was accepted for another place or text than is known of this press, or None.

    Such a key sends nothing any more, not even the calls that were not accepted: they would be others now.
    """
    if not entity.is_event:
        return None
    accepted = (each for each in calls_of_press(key, person_id) if each.outcome == Outcome.CREATED)
    other = next((each for each in accepted if not is_of_same_press(each, known)), None)
    return Press(other, Use.RETIRED) if other else None


def calls_of_press(key: UUID, person_id: int) -> list[Submission]:
    """Return the newest submission of each call of a person's key, in the order of the calls.

    They are those of the last text that was sent with the key.
    """
    own = Submission.objects.filter(press=key, person_id=person_id)
    found: dict[int | None, Submission] = {}
    for each in own.select_related("origin").order_by("created_at"):
        found[each.call_number] = each
    if not found:
        return []
    newest = max(found.values(), key=lambda each: each.created_at)
    shown = [each for each in found.values() if is_same_text(each.record_input, newest.record_input)]
    return [with_known_answer(each) for each in sorted(shown, key=lambda each: each.call_number or 0)]


def calls_of(submission: Submission) -> list[Submission]:
    """Return the submissions of the press that a submission is of: itself alone where it is the only call."""
    if submission.press is None or submission.person_id is None:
        return [submission]
    return calls_of_press(submission.press, submission.person_id) or [submission]


def newest_of_press(key: UUID, person_id: int) -> Submission | None:
    """Return the call that stands for the last press of a person's key, None as long as it was not used."""
    found = calls_of_press(key, person_id)
    return representative(found) if found else newest_of_key(key, person_id)


def representative(calls: Sequence[Submission]) -> Submission:
    """Return the call that says what became of a press: the first that was not accepted, or the first of all."""
    return next((each for each in calls if each.outcome != Outcome.CREATED), calls[0])


def is_accepted(calls: Sequence[Submission]) -> bool:
    """Say whether all calls of a press were accepted, those included that a crash has kept from being made."""
    return len(calls) == (calls[0].call_count or 1) and all(each.outcome == Outcome.CREATED for each in calls)


def _key(key: UUID, number: int) -> UUID:
    return key if number == 0 else uuid5(key, f"call {number}")
