"""The submissions that a demo starts with, recorded as the calls of its story would have been, with their times.

Their senders are the demo's accounts, if those exist. Each row has the demo's own origin, which marks it: no list,
filter or export of another environment or another demo includes it.
"""

import json
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User

from console.local import api as local_api
from console.personalize.environments import Environment
from console.personalize.errors import Call, Failure
from console.personalize.messages.retold import refusal, silence
from console.records.entities import Entity
from console.records.requests import Sent
from console.submissions.models import Outcome, SentRecord, Submission, dataset_key
from console.submissions.origins import Origin
from console.submissions.presses.beginning import new_submission
from console.submissions.presses.sending import ON_FULL_DISK

ADDRESS = "127.0.0.1"
MOST_ATTEMPTS = 3
# How long calls took, in milliseconds: one attempt, several, and one that was waited for in vain.
ONE, SEVERAL, IN_VAIN = (8, 60), (1500, 3200), (10_000, 10_060)


def write_calls(origin: Origin, environment: Environment, story: local_api.Story, filled: local_api.Filled) -> int:
    """Record the calls of a story as submissions of an origin, in order; return their number."""
    random = Random(len(story.calls))
    people = {each.username: each for each in User.objects.all()}
    submissions: list[Submission] = []
    sent: list[SentRecord] = []
    for call in story.calls:
        place = filled.places[call.group, call.entity]
        submission = new_submission(
            call.entity,
            call.records,
            person=people.get(call.person),
            person_name=call.person,
            environment=environment.name,
            origin=origin,
            dataset_group=call.group,
            dataset_arn=place.dataset_arn,
            tracking_id=place.tracking_id,
            address=ADDRESS,
            record_input=_typed(call.entity, call.records),
            created_at=call.at,
        )
        submission.take(_answer(random, submission, environment, call.failure))
        submissions.append(submission)
        dataset = dataset_key(origin.endpoint, place.dataset_arn)
        sent += [
            SentRecord(submission=submission, dataset=dataset, record_id=record_id, properties=properties)
            for record_id, properties in call.records
        ]
    Submission.objects.bulk_create(submissions, batch_size=50)
    SentRecord.objects.bulk_create(sent, batch_size=200)
    return len(submissions)


def _typed(entity: Entity, records: tuple[Sent, ...]) -> str:
    """Return records as a person might have typed them."""
    found = [{entity.id_property: record_id, **json.loads(properties)} for record_id, properties in records]
    return json.dumps(found if len(found) > 1 else found[0], indent=2, ensure_ascii=False)


def _answer(random: Random, submission: Submission, environment: Environment, failure: str) -> dict[str, Any]:
    """Return the fields of a response that came as long after its call as the call took."""
    fields = _fields(random, submission, environment, failure)
    took = timedelta(milliseconds=fields.get("duration_ms") or 0)
    return {**fields, "completed_at": submission.created_at + took}


def _fields(random: Random, submission: Submission, environment: Environment, failure: str) -> dict[str, Any]:
    if not failure:
        created = {"outcome": Outcome.CREATED, "http_status": 200, "request_id": str(uuid4()), "attempts": 1}
        return {**created, "duration_ms": random.uniform(*ONE)}
    if failure == local_api.NO_ROOM:
        return {"outcome": Outcome.NOT_SENT, **ON_FULL_DISK}
    call = Call(environment, submission.entity.operation, submission.target)
    if failure in (local_api.DROPPED, local_api.TIMEOUT):
        is_closed = failure == local_api.DROPPED
        found = silence(call, is_closed=is_closed)
        took = random.uniform(*(SEVERAL if is_closed else IN_VAIN))
        return _of(found, Outcome.UNCONFIRMED, took, MOST_ATTEMPTS if is_closed else 1)
    error = local_api.simulated_error(failure, submission.entity.operation)
    attempts = MOST_ATTEMPTS if failure == local_api.THROTTLED else 1
    found = refusal(call, error.code, error.message, error.status, request_id=str(uuid4()), attempts=attempts)
    return _of(found, Outcome.REFUSED, random.uniform(*(SEVERAL if attempts > 1 else ONE)), attempts)


def _of(failure: Failure, outcome: Outcome, duration_ms: float, attempts: int) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "error_code": failure.code,
        "sentence": failure.sentence,
        "message": failure.message,
        "advice": failure.advice,
        "http_status": failure.http_status,
        "request_id": failure.request_id,
        "attempts": attempts,
        "duration_ms": duration_ms,
    }
