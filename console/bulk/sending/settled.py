"""What became of the calls of a part, and what an answer means for its call."""

from console.personalize.answers import is_throttled
from console.records.entities import Entity
from console.submissions.models import Outcome, Submission

# What a person has to put right before anything can be sent: access, the dataset, its state.
STATUSES_THAT_PAUSE = (401, 403, 404, 409)


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
        is_passing = was_throttled(submission) or submission.http_status in STATUSES_THAT_PAUSE
        return Settled.OPEN if is_passing else Settled.REFUSED
    # Records replace those with their ids. That an event is not there twice nobody knows.
    is_unknown = submission.outcome in (Outcome.UNCONFIRMED, Outcome.SENDING)
    return Settled.UNCONFIRMED if is_unknown and entity.is_event else Settled.OPEN


def was_throttled(submission: Submission) -> bool:
    """Say whether AWS refused a call because there were too many."""
    return is_throttled(submission.http_status or 0, submission.error_code)
