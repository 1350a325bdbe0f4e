"""AWS failing while event trackers are created, shown and deleted: through real boto3, at the other end of real sockets."""

import json
import time
from collections.abc import Iterable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from tests.pages.html import text_of
from tests.pages.records.test_aws_failing import SECONDS_BESIDE, SOME, failing_at, has_time, named, sentence_of
from tests.support.aws_failures import Case
from tests.support.aws_stand_in import GROUP_ARN, TRACKER, TRACKER_ARN, End, Piece, Received, StandIn, http

LIST = "/staging/dataset-groups/loyalty/event-trackers/"
DETAILS = f"{LIST}6dd6a3c9/"
DELETE = f"{DETAILS}delete-event-tracker/"
CREATE = "/staging/dataset-groups/loyalty/create-event-tracker/"
CASES = [named("closed without an answer"), *SOME[1:]]


def error(code: str) -> list[bytes]:
    """Return what AWS answers when it refuses a call."""
    return [http(400, json.dumps({"__type": code, "message": "No."}).encode())]


def answering(aws: StandIn, operation: str, *answers: Iterable[Piece]) -> None:
    """Let one operation be answered with these answers, one after the other."""
    usual, left = aws.answer, iter(answers)
    aws.answer = lambda received: next(left) if received.operation == operation else usual(received)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_creation_that_fails_is_said_and_keeps_the_name(
    operator: Client, aws: StandIn, settings: LazySettings, case: Case
) -> None:
    has_time(settings, case)
    failing_at(aws, "CreateEventTracker", case)
    began = time.monotonic()
    answer = operator.post(CREATE, {"name": "clicks"})
    assert (answer.status_code, time.monotonic() - began < case.seconds + SECONDS_BESIDE) == (502, True)
    assert sentence_of(case, "personalize:CreateEventTracker", GROUP_ARN, f"{aws.url}/") in text_of(answer)
    assert 'value="clicks"' in answer.content.decode()
    assert len(aws.of("CreateEventTracker")) == case.attempts[0]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_deletion_that_fails_is_said(operator: Client, aws: StandIn, settings: LazySettings, case: Case) -> None:
    has_time(settings, case)
    failing_at(aws, "DeleteEventTracker", case)
    began = time.monotonic()
    answer = operator.post(DELETE, {"deletion": "delete"})
    assert (answer.status_code, time.monotonic() - began < case.seconds + SECONDS_BESIDE) == (502, True)
    assert sentence_of(case, "personalize:DeleteEventTracker", TRACKER_ARN, f"{aws.url}/") in text_of(answer)
    assert 'name="deletion" value="delete"' in answer.content.decode()
    assert len(aws.of("DeleteEventTracker")) == case.attempts[0]


@pytest.mark.parametrize("case", [CASES[0], CASES[-1]], ids=str)
@pytest.mark.parametrize(
    ("page", "operation"),
    [(LIST, "ListEventTrackers"), (CREATE, "ListEventTrackers"), (DETAILS, "DescribeEventTracker")],
)
def test_a_page_that_cannot_be_shown_says_why(
    operator: Client, aws: StandIn, settings: LazySettings, case: Case, page: str, operation: str
) -> None:
    has_time(settings, case)
    failing_at(aws, operation, case)
    answer = operator.get(page)
    assert answer.status_code == 502
    assert case.sentence.partition("{")[0] in text_of(answer)


def test_a_list_of_datasets_that_fails_leaves_the_form(operator: Client, aws: StandIn) -> None:
    usual = aws.answer

    def answer(received: Received) -> Iterable[Piece]:
        if received.operation == "ListDatasets":
            return error("AccessDeniedException")
        none = [http(200, b'{"eventTrackers": []}')]
        return none if received.operation == "ListEventTrackers" else usual(received)

    aws.answer = answer
    page = operator.get(CREATE)
    assert page.status_code == 200
    assert 'name="name"' in page.content.decode()
    assert "has no Item interactions dataset" not in text_of(page)


def test_a_creation_whose_answer_was_lost_is_found_by_its_second_attempt(operator: Client, aws: StandIn) -> None:
    answering(aws, "CreateEventTracker", [End.CLOSE], error("ResourceAlreadyExistsException"))
    created: dict[str, Any] = {**TRACKER, "name": "clicks", "creationDateTime": timezone.now().timestamp()}
    answering(aws, "ListEventTrackers", [http(200, json.dumps({"eventTrackers": [created]}).encode())])
    opened = timezone.now().replace(microsecond=0).isoformat()
    answer = operator.post(CREATE, {"name": "clicks", "opened": opened})
    assert (answer.status_code, answer["Location"]) == (302, DETAILS)
    assert len(aws.of("CreateEventTracker")) == 2


def test_a_deletion_whose_answer_was_lost_is_found_by_its_second_attempt(operator: Client, aws: StandIn) -> None:
    answering(aws, "DeleteEventTracker", [End.CLOSE], error("ResourceInUseException"))
    described: dict[str, Any] = {**TRACKER, "trackingId": "t", "datasetGroupArn": GROUP_ARN}
    answers = [{"eventTracker": {**described, "status": each}} for each in ("ACTIVE", "DELETE PENDING")]
    answering(aws, "DescribeEventTracker", *([http(200, json.dumps(each).encode())] for each in answers))
    answer = operator.post(DELETE, {"deletion": "delete"})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert len(aws.of("DeleteEventTracker")) == 2


@pytest.mark.parametrize("code", ["AccessDeniedException", "InvalidInputException"])
def test_a_refused_deletion_says_why(operator: Client, aws: StandIn, code: str) -> None:
    answering(aws, "DeleteEventTracker", error(code))
    answer = operator.post(DELETE, {"deletion": "delete"})
    assert answer.status_code == (422 if code == "InvalidInputException" else 502)
    assert f"Error code {code} Error message No." in text_of(answer)
