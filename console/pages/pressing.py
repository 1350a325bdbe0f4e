"""Presses of Create record(s): each makes a submission, but for one that comes again before it has its answer."""

import time
from itertools import count
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from console.history.models import Outcome, Submission
from console.pages.record_page import Page
from console.pages.requests import Request
from console.personalize.environments import Environment
from console.records.judging import UserRecord

# A second press waits so long for the answer of the first: a little longer than the gateway waits for AWS. What has
# none by then was cut short by a crash.
SECONDS_TO_WAIT = settings.CONSOLE_AWS_SECONDS + 5
# An address of IPv6 with its zone fits.
LONGEST_ADDRESS = 64


def own_submission(request: Request, environment: Environment, group: str, key: UUID | None) -> Submission | None:
    """Return a person's own submission in a dataset group by its key, or None."""
    own = Submission.objects.filter(person_id=request.user.pk, environment=environment.name, dataset_group=group)
    return own.filter(pk=key).first() if key else None


def key_of(text: str) -> UUID | None:
    """Return the key that a request carries as text, None if it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def begin(request: Request, page: Page, arn: str, records: tuple[UserRecord, ...]) -> tuple[Submission, bool]:
    """Return a new submission and true, or false with that of an earlier press of the same page with the same text.

    One that was not accepted does not count: pressing again is meant to try again. One that is under way does,
    whatever becomes of it: who presses again then has not seen that it failed.
    """
    known = {
        "person_id": request.user.pk,
        "person_name": request.user.get_username(),
        "address": request.META.get("REMOTE_ADDR", "")[:LONGEST_ADDRESS],
        "environment": page.environment.name,
        "dataset_group": page.group,
        "dataset_arn": arn,
        "record_input": page.text,
    }
    users = [record.as_request_member() for record in records]
    key = key_of(request.POST.get("key", "")) or uuid4()
    for turn in count():
        pk = _submission_key(request, page, key, turn)
        before = own_submission(request, page.environment, page.group, pk)
        if before is None:
            try:
                return Submission.begin(users, pk=pk, **known), True
            except IntegrityError:
                # A press of a moment earlier was quicker.
                before = own_submission(request, page.environment, page.group, pk)
                if before is None:
                    raise
        if before.outcome == Outcome.CREATED or _is_under_way(before):
            return _with_answer(before), False
    raise AssertionError("A count has no end.")


def _submission_key(request: Request, page: Page, key: UUID, turn: int) -> UUID:
    """Return the key of a submission: two presses of one page with one text have the same, until one has failed."""
    return uuid5(key, f"{request.user.pk} {page.environment.name} {page.group} {turn} {page.text}")


def _is_under_way(submission: Submission) -> bool:
    is_recent = (timezone.now() - submission.created_at).total_seconds() < SECONDS_TO_WAIT
    return submission.outcome == Outcome.SENDING and is_recent


def _with_answer(submission: Submission) -> Submission:
    """Return a submission once it has its answer, or when it gets none any more."""
    while _is_under_way(submission):
        time.sleep(0.1)
        submission.refresh_from_db()
    return submission
