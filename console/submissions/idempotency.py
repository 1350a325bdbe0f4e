"""Idempotency of Create record(s): the key of a page sends once, and is retired once it was answered with a success.

The submissions of a key are numbered: each after the first one tries again what was not accepted. Their ids are made
of the key, the person and that number alone, so that every process and machine finds the newest one in the database
that they share, and so that nothing else of a request, such as its text, makes a key another one.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import DatabaseError, IntegrityError, InterfaceError, connection
from django.utils import timezone

from console.records.entities import Entity
from console.records.requests import Sent
from console.storage.database_trouble import database_trouble, give_up_broken_connection
from console.submissions import journal
from console.submissions.models import Outcome, Submission
from console.submissions.recording import with_known_answer

# A second press waits so long for the answer of the first: a little longer than the gateway waits for AWS, and its
# answer for the database. What has no answer by then was cut short by a crash.
SECONDS_TO_WAIT = settings.CONSOLE_AWS_SECONDS + 10
SECONDS_BETWEEN_LOOKS = 0.1
# How many submissions of a key are looked for at a time.
AT_ONCE = 16
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
    """A press of Create record(s): the submission that it makes, or that of an earlier press, and which of these."""

    submission: Submission
    use: Use


def begin(key: UUID, entity: Entity, records: list[Sent], *, person_id: int, **known: Any) -> Press:
    """Write the submission of a press, unless its key was used: then return the submission that it was used for.

    `records` are those of one call, each by its id and its properties, and `known` are more fields of the submission
    by name, as `Submission.begin` takes them. Wait for an earlier press of the same key that is under way. One that
    AWS did not accept leaves the key as it is: pressing again tries again.
    """
    given_up = None
    while True:
        number, newest = _newest(key, person_id)
        if newest and newest.pk != given_up and is_under_way(newest):
            _wait_for(newest)
            if is_of_same_press(newest, known):
                return Press(newest, Use.REPEATED)
            # Another press depends on what became of that one, and of those that were begun meanwhile.
            given_up = newest.pk
            continue
        if newest and newest.outcome == Outcome.CREATED:
            return Press(newest, Use.RETIRED)
        pk = submission_id(key, person_id, number)
        try:
            submission = Submission.begin(entity, records, pk=pk, person_id=person_id, **known)
        except IntegrityError:
            # Another press of the same key may have been a moment earlier.
            if not Submission.objects.filter(pk=pk, person_id=person_id).exists():
                raise
        else:
            return Press(submission, Use.NEW)


def submission_id(key: UUID, person_id: int, number: int) -> UUID:
    """Return the id of a person's submission of a key; numbers begin with 0."""
    return uuid5(key, f"{person_id} {number}")


def newest_of_key(key: UUID, person_id: int) -> Submission | None:
    """Return the newest submission of a person's key, None as long as it was not used."""
    return _newest(key, person_id)[1]


def is_same_text(text: str, other: str) -> bool:
    """Say whether two record inputs are the same, however their line breaks are written."""
    return _with_plain_breaks(text) == _with_plain_breaks(other)


def is_of_same_press(submission: Submission, known: Mapping[str, Any]) -> bool:
    """Say whether a submission has the place and the text that is known of another press, by field name."""
    is_same_place = all(getattr(submission, name) == known[name] for name in PLACE)
    is_same_place = is_same_place and submission.origin.endpoint == known["endpoint"]
    return is_same_place and is_same_text(submission.record_input, known["record_input"])


def _with_plain_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _newest(key: UUID, person_id: int) -> tuple[int, Submission | None]:
    """Return how many submissions a person's key has, and the newest of them."""
    own = Submission.objects.filter(person_id=person_id)
    number = 0
    while True:
        ids = [submission_id(key, person_id, number + offset) for offset in range(AT_ONCE)]
        there = set(own.filter(pk__in=ids).values_list("pk", flat=True))
        made = len(list(takewhile(there.__contains__, ids)))
        number += made
        if made < AT_ONCE:
            break
    # Its origin is compared when the database may be away.
    newest = own.select_related("origin").get(pk=submission_id(key, person_id, number - 1)) if number else None
    return number, newest and with_known_answer(newest)


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
