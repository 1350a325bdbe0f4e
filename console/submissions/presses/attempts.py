"""The attempts of a key: each one after the first retries what was not accepted.

Attempts are numbered. The id of an attempt's first submission is derived from the key, the person and that number
only, so that every process and machine finds the newest attempt in the shared database, and nothing else in a request,
such as its text, makes a different key. The ids of the attempt's other submissions are derived from the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from uuid import UUID, uuid5

from console.records.entities import ENTITIES
from console.submissions.known.dataset_events import has_ended
from console.submissions.models import Outcome, Submission, dataset_key
from console.submissions.presses.same_press import is_of_same_place, place_of
from console.submissions.presses.under_way import is_any_under_way
from console.submissions.recording import with_known_answer

# How many attempts of a key are looked for at a time.
AT_ONCE = 16
# By how much AWS's clock may be ahead of this machine's. To make a dataset again takes longer.
MOST_BETWEEN_CLOCKS = timedelta(minutes=1)
# Each call of a press has one record at least.
MOST_CALLS = max(entity.most_per_call for entity in ENTITIES.values())


def submission_id(key: UUID, person_id: int, number: int) -> UUID:
    """Return the id of a person's submission for a key; numbers start at 0."""
    return uuid5(key, f"{person_id} {number}")


def newest_press(key: UUID, person_id: int) -> tuple[Submission, ...]:
    """Return the submissions of the last press with a person's key; empty if the key is unused."""
    return shown_calls(attempts_of(key, person_id))


def press_of(submission: Submission) -> tuple[Submission, ...]:
    """Return the current submissions of the press to which one belongs; only itself if it is the only call.

    While a later attempt is in progress, they are those of the submission's own attempt.
    """
    if submission.press is None or submission.person_id is None:
        return (submission,)
    state = attempts_of(submission.press, submission.person_id)
    if is_any_under_way(state.newest) and submission not in state.newest:
        state = attempts_of(submission.press, submission.person_id, of=submission.pk)
    return shown_calls(state) or (submission,)


def is_accepted(calls: Sequence[Submission]) -> bool:
    """Return whether all calls of a press were accepted."""
    return bool(calls) and all(each.outcome == Outcome.CREATED for each in calls)


def representative(calls: Sequence[Submission]) -> Submission:
    """Return the call that represents a press: the first that was not accepted.

    For a success it is the first call of the last attempt, whose text was accepted.
    """
    missing = next((each for each in calls if each.outcome != Outcome.CREATED), None)
    return missing or max(calls, key=lambda each: each.attempt)


@dataclass(frozen=True, slots=True)
class Attempts:
    """The state of a person's key.

    It has the number of attempts, the submissions of one attempt, by default the newest, and all submissions accepted
    before it.
    """

    number: int
    newest: tuple[Submission, ...] = ()
    accepted: tuple[Submission, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether the attempt was a success."""
        return is_accepted(self.newest)


def attempts_of(key: UUID, person_id: int, of: UUID | None = None) -> Attempts:
    """Return the state of a person's key, with the attempt of a submission, or with the newest one.

    The typed text of earlier attempts is not loaded.
    """
    own = Submission.objects.filter(person_id=person_id)
    first = _ids_of_attempts(key, person_id)
    if not first:
        return Attempts(0)
    # Their origins are compared, and their records numbered, when the database may be away.
    in_database = own.filter(press=key).select_related("origin").prefetch_related("sent_records")
    # Each call of each attempt has the whole text again.
    in_database = in_database.order_by("created_at", "call_number").defer("record_input")
    of_press = {each.pk: each for each in in_database}
    shown = next((number for number, each in enumerate(first) if of in ids_of_calls(each)), len(first) - 1)
    # Which attempts were before is told by their numbers: a clock may have been set back since.
    numbers = {each: number for number, pk in enumerate(first[: shown + 1]) for each in ids_of_calls(pk)}
    if first[shown] in of_press:
        text = own.values_list("record_input", flat=True).get(pk=first[shown])
    else:
        of_press[first[shown]] = own.select_related("origin").get(pk=first[shown])
        text = of_press[first[shown]].record_input
    known = [with_known_answer(each) for pk, each in of_press.items() if pk in numbers]
    for each in known:
        each.attempt = numbers[each.pk]
    rows = [each for each in known if each.attempt == shown]
    for each in rows:
        each.record_input = text
    accepted = [each for each in known if each.attempt < shown and each.outcome == Outcome.CREATED]
    accepted += [each for each in rows if each.outcome == Outcome.CREATED]
    if not is_accepted(rows):
        _look_for_lost(accepted)
    return Attempts(len(first), tuple(rows), tuple(accepted))


def _look_for_lost(accepted: Sequence[Submission]) -> None:
    """Mark accepted submissions whose records are lost: what is missing from their press is then unknown."""
    for each in accepted:
        dataset = dataset_key(each.origin.endpoint, each.dataset_arn)
        each.is_lost = not each.has_all_properties or has_ended(dataset, each.record_id_list, each.created_at)


def is_lost(accepted: Submission, made_at: datetime | None) -> bool:
    """Return whether an accepted submission's records are lost, for instance because the dataset was recreated."""
    return accepted.is_lost or (made_at is not None and made_at > accepted.created_at + MOST_BETWEEN_CLOCKS)


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


def ids_of_calls(first: UUID) -> list[UUID]:
    """Return the ids of an attempt's submissions, in the order of its calls."""
    return [first, *(uuid5(first, f"call {position}") for position in range(1, MOST_CALLS))]


def shown_calls(state: Attempts) -> tuple[Submission, ...]:
    """Return the submissions of an attempt, and those accepted earlier at the same place."""
    if not state.newest:
        return ()
    shown = {each.pk for each in state.newest}
    place = place_of(state.newest[0])
    earlier = [each for each in state.accepted if each.pk not in shown and is_of_same_place(each, place)]
    return in_order([*earlier, *state.newest])


def in_order(calls: Sequence[Submission]) -> tuple[Submission, ...]:
    """Return the submissions of a press in the order of its calls, across attempts."""
    return tuple(sorted(calls, key=lambda each: (each.call_number or 0, each.created_at)))
