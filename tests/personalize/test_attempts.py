"""What all attempts of a call together are known to have done, whatever the last one ended with."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from console.personalize import calls
from console.personalize.attempts import Attempts
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, PersonalizeError
from console.records.entities import USERS
from tests.pages.configured import forget
from tests.support.aws_stand_in import DATASET_ARN, End, Piece, StandIn, http, stand_in

THROTTLED = http(400, b"{}", {"x-amzn-ErrorType": "ThrottlingException"})
REFUSED = http(400, b"{}", {"x-amzn-ErrorType": "InvalidInputException"})
FAILED = http(500, b"{}", {"x-amzn-ErrorType": "InternalFailure"})


@pytest.fixture(autouse=True)
def own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """boto3 finds these credentials and nothing else."""
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    forget()
    yield
    forget()


def put(aws: StandIn) -> Any:
    where = Environment("staging", "Staging", "us-west-2", endpoint_url=aws.url)
    return calls.put_records(where, DATASET_ARN, USERS, [("u-1", "{}")])


def failure(aws: StandIn) -> Failure:
    with pytest.raises(PersonalizeError) as error:
        put(aws)
    return error.value.failure


def answers(*each: list[Piece]) -> Any:
    """Return what answers one request after another."""
    waiting = iter(each)
    return lambda _received: next(waiting)


@pytest.mark.parametrize(
    ("each", "effect", "attempts"),
    [
        # The first request may have arrived, whatever is said of those after it.
        ([[FAILED], [REFUSED]], Effect.UNCONFIRMED, 2),
        ([[FAILED], [THROTTLED], [THROTTLED]], Effect.UNCONFIRMED, 3),
        ([[End.RESET], [THROTTLED], [REFUSED]], Effect.UNCONFIRMED, 3),
        # What is throttled has done nothing.
        ([[THROTTLED], [REFUSED]], Effect.REFUSED, 2),
        ([[THROTTLED], [FAILED], [REFUSED]], Effect.UNCONFIRMED, 3),
    ],
)
def test_an_attempt_that_may_have_arrived_counts(each: list[list[Piece]], effect: Effect, attempts: int) -> None:
    with stand_in(answers(*each)) as aws:
        found = failure(aws)
    assert (found.effect, found.attempts) == (effect, attempts)
    assert len(aws.received) == attempts


def test_a_success_after_failures_is_one_with_its_attempts() -> None:
    with stand_in(answers([FAILED], [THROTTLED], [http(200)])) as aws:
        assert put(aws).attempts == 3


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"", {"x-amzn-RequestId": ""}),
        (b"{}", {"x-amzn-RequestId": ""}),
        (b" \n", {}),
        # AWS may add members.
        (b'{"failedUsers": []}', {}),
    ],
)
def test_what_is_a_success(body: bytes, headers: dict[str, str]) -> None:
    with stand_in(answers([http(200, body, headers)])) as aws:
        assert put(aws).http_status == 200


def test_a_connection_that_is_kept_is_used_again() -> None:
    with stand_in(lambda _received: [http(200)]) as aws:
        assert [put(aws).attempts for _ in range(5)] == [1] * 5


def test_a_connection_that_was_closed_meanwhile_is_made_anew() -> None:
    with stand_in(lambda _received: [http(200), 0.1, End.CLOSE]) as aws:
        put(aws)
        assert put(aws).attempts in (1, 2)


def test_what_was_answered_before_the_time_was_over_is_said(settings: LazySettings) -> None:
    settings.CONSOLE_AWS_SECONDS, settings.CONSOLE_READ_SECONDS = 1, 1
    # The console is asked to wait for longer than it does.
    throttled = http(400, b"{}", {"x-amzn-ErrorType": "ThrottlingException", "x-amz-retry-after": "5000"})
    with stand_in(lambda _received: [throttled]) as aws:
        found = failure(aws)
    assert (found.effect, found.code, found.attempts) == (Effect.REFUSED, "ThrottlingException", 1)
    assert found.sentence.startswith("Too many requests: AWS throttled personalize:PutUsers")


def test_what_giving_up_has_cut_short_is_no_answer() -> None:
    attempts = Attempts(time.monotonic() + 60)
    attempts.begin()
    attempts.give_up()
    attempts.answer(400, "request")
    attempts.fail(ValueError(), Effect.REFUSED)
    assert (attempts.http_status, attempts.request_id) == (None, "")
    assert (attempts.last_error, attempts.effect) == (None, Effect.NOT_SENT)
