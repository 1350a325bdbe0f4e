"""What became of the calls of a part, and what an answer means for its call."""

from console.personalize.answers import effect_of_answer, is_throttled, refuses_input
from console.personalize.errors import Effect
from console.records.entities import Entity
from console.submissions.models import Outcome, Submission


class Settled:
    """What became of a call, as a part keeps it: one character for each of its calls."""

    OPEN, CREATED, REFUSED, UNCONFIRMED = ".", "c", "r", "u"


COUNTERS = {
    Settled.CREATED: "created_count",
    Settled.REFUSED: "refused_count",
    Settled.UNCONFIRMED: "unconfirmed_count",
}


def meaning_of(entity: Entity, submission: Submission) -> str:
    """Return what an answer means for its call, as `Settled` has it: open where the same call is to be sent again."""
    if submission.outcome == Outcome.CREATED:
        return Settled.CREATED
    if submission.outcome == Outcome.REFUSED:
        return Settled.REFUSED if _is_for_its_records(submission) else Settled.OPEN
    # Records replace those with their ids. That an event is not there twice nobody knows.
    is_unknown = submission.outcome in (Outcome.UNCONFIRMED, Outcome.SENDING)
    return Settled.UNCONFIRMED if is_unknown and entity.is_event else Settled.OPEN


def was_throttled(submission: Submission) -> bool:
    """Return whether AWS refused a call because there were too many."""
    return is_throttled(submission.http_status or 0, submission.error_code)


def needs_person(submission: Submission) -> bool:
    """Return whether AWS refuses a call until a person has put something right: access, the dataset, its state."""
    is_refused = effect_of_answer(submission.http_status or 0, submission.error_code) is Effect.REFUSED
    return is_refused and not was_throttled(submission) and not _is_for_its_records(submission)


def _is_for_its_records(submission: Submission) -> bool:
    return refuses_input(submission.http_status or 0, submission.error_code)
