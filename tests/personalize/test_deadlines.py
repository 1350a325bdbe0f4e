"""A page waits for AWS no longer than it is set to, whatever hangs, and what it gave up sends nothing more."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from console.personalize import calls, deadlines
from console.personalize.connections.clients import client
from console.personalize.deadlines import one_page
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, PersonalizeError
from console.records.entities import USERS
from tests.pages.configured import forget
from tests.support.aws_stand_in import DATASET_ARN, StandIn, as_aws_answers, http, stand_in
from tests.support.open_files import no_more_files
from tests.support.threads import NoThread

STAGING = Environment("staging", "Staging", "us-west-2", profile="slow")
SENTENCE = "AWS did not respond within 1 second in the environment Staging."
# Of a machine that does other things too.
BESIDE = 8


@pytest.fixture(autouse=True)
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Iterator[Path]:
    """boto3's configuration is a file of the test's own, and a page waits for a second."""
    file = tmp_path / "config"
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    settings.CONSOLE_AWS_SECONDS, settings.CONSOLE_READ_SECONDS = 1, 1
    forget()
    deadlines._hanging.clear()
    yield file
    forget()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    with stand_in() as found:
        yield found


def at(aws: StandIn) -> Environment:
    return Environment("staging", "Staging", "us-west-2", endpoint_url=aws.url)


def failure_of_putting(environment: Environment) -> tuple[Failure, float]:
    """Return why PutUsers fails, and how many seconds that takes."""
    began = time.monotonic()
    with pytest.raises(PersonalizeError) as error:
        calls.put_records(environment, DATASET_ARN, USERS, [("u-1", "{}")])
    return error.value.failure, time.monotonic() - began


def process(file: Path, command: str) -> None:
    file.write_text(f"[profile slow]\ncredential_process = {command}\n")


@pytest.mark.served
def test_a_program_for_credentials_that_hangs(configuration: Path) -> None:
    process(configuration, "sleep 8")
    found, seconds = failure_of_putting(STAGING)
    assert (found.effect, found.sentence, found.attempts) == (Effect.NOT_SENT, SENTENCE, 0)
    assert seconds < 1 + BESIDE


@pytest.mark.served
def test_a_program_that_is_mended_is_used_at_the_next_call(
    configuration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    process(configuration, "sleep 20")
    failure_of_putting(STAGING)
    # As long as a busy machine may need to start a program; less than the one before takes.
    settings.CONSOLE_AWS_SECONDS = 15
    keys = '{"Version": 1, "AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "secret"}'
    (tmp_path / "keys.json").write_text(keys)
    process(configuration, f"cat {tmp_path / 'keys.json'}")
    with stand_in() as aws:
        monkeypatch.setenv("AWS_ENDPOINT_URL", aws.url)
        assert calls.put_records(STAGING, DATASET_ARN, USERS, [("u-1", "{}")]).http_status == 200


def test_what_was_given_up_sends_nothing_more(configuration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # It has its credentials a moment too late.
    keys = '{"Version": 1, "AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "secret"}'
    script = configuration.with_name("keys.sh")
    script.write_text(f"sleep 2\necho '{keys}'\n")
    process(configuration, f"sh {script}")
    with stand_in() as aws:
        monkeypatch.setenv("AWS_ENDPOINT_URL", aws.url)
        found, _seconds = failure_of_putting(STAGING)
        assert found.effect is Effect.NOT_SENT
        wait_for_threads()
        assert aws.received == []


def test_a_call_that_gets_no_file_for_its_connection_says_so(aws: StandIn) -> None:
    client(at(aws), "personalize-events")
    with no_more_files():
        found, _seconds = failure_of_putting(at(aws))
    sentence = "The console has as many files and connections open as its machine allows."
    assert (found.effect, found.sentence) == (Effect.NOT_SENT, sentence)


def test_a_call_that_gets_no_thread_is_not_sent(aws: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "Thread", NoThread)
    found, _seconds = failure_of_putting(at(aws))
    sentence = "This call was not made: the console's machine has no thread left for it."
    assert (found.effect, found.sentence, found.attempts) == (Effect.NOT_SENT, sentence, 0)


def wait_for_threads() -> None:
    """Return when no call goes on that nobody waits for."""
    deadline = time.monotonic() + 20
    while any(thread.name == "call of AWS" for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_thread_of_an_answer_that_drips_ends_with_the_page(aws: StandIn) -> None:
    aws.answer = lambda _received: [http(200, b"", {"Content-Length": "9999"}), *(b" ", 0.2) * 500]
    found, seconds = failure_of_putting(at(aws))
    assert (found.effect, found.sentence, seconds < 1 + BESIDE) == (Effect.UNCONFIRMED, SENTENCE, True)
    began = time.monotonic()
    wait_for_threads()
    # And not with the answer, which takes 100 seconds.
    assert time.monotonic() - began < 50


def describe_ten_times(environment: Environment) -> None:
    for _ in range(10):
        calls.describe_dataset(environment, DATASET_ARN)


def test_the_calls_of_a_page_that_read_share_its_time(aws: StandIn) -> None:
    aws.answer = lambda received: [0.4, *as_aws_answers(received)]
    began = time.monotonic()
    with one_page(), pytest.raises(PersonalizeError) as error:
        describe_ten_times(at(aws))
    assert error.value.failure.sentence == SENTENCE
    assert time.monotonic() - began < 1 + BESIDE
    assert 1 <= len(aws.received) <= 3


def test_what_a_page_writes_has_its_own_time(aws: StandIn) -> None:
    with one_page():
        time.sleep(1.1)
        with pytest.raises(PersonalizeError):
            calls.describe_dataset(at(aws), DATASET_ARN)
        assert calls.put_records(at(aws), DATASET_ARN, USERS, [("u-1", "{}")]).http_status == 200
    assert [each.operation for each in aws.received] == ["PutUsers"]


def test_a_list_without_an_end_ends(aws: StandIn) -> None:
    turns = iter(range(10**9))
    aws.answer = lambda _received: [http(200, b'{"datasetGroups": [], "nextToken": "%d"}' % next(turns))]
    began = time.monotonic()
    with pytest.raises(PersonalizeError) as error:
        calls.list_dataset_groups(at(aws))
    assert error.value.failure.sentence == SENTENCE
    assert time.monotonic() - began < 1 + BESIDE


def test_an_environment_in_which_much_hangs_begins_nothing_more_and_leaves_others_alone(
    configuration: Path, aws: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "MOST_HANGING", 2)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    process(configuration, "sleep 8")
    for _ in range(2):
        failure_of_putting(STAGING)
    found, seconds = failure_of_putting(STAGING)
    assert (found.effect, seconds < 0.5) == (Effect.NOT_SENT, True)
    configuration.write_text("[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret\n")
    assert calls.list_dataset_groups(Environment("other", "Other", "us-west-2", endpoint_url=aws.url))


def test_a_server_that_reads_nothing(aws: StandIn) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = Environment(
            "staging", "Staging", "us-west-2", endpoint_url=f"http://127.0.0.1:{silent.getsockname()[1]}"
        )
        found, seconds = failure_of_putting(where)
    assert (found.effect, seconds < 1 + BESIDE) == (Effect.UNCONFIRMED, True)


def test_a_call_after_the_time_of_its_page_is_not_made_and_says_so(aws: StandIn) -> None:
    aws.answer = lambda received: [1.5, *as_aws_answers(received)]
    # A busy machine may take as long to make one as the page waits.
    client(at(aws), "personalize-events")
    with one_page():
        first, _seconds = failure_of_putting(at(aws))
        second, _seconds = failure_of_putting(at(aws))
    assert (first.effect, first.sentence) == (Effect.UNCONFIRMED, SENTENCE)
    assert (second.effect, second.attempts) == (Effect.NOT_SENT, 0)
    assert second.sentence == (
        "This call was not made: the calls before it used up the time that a page waits for AWS."
    )
    assert second.advice == "Try again."
    assert len(aws.received) == 1


@pytest.mark.django_db
def test_of_the_local_service_a_call_after_the_time_of_its_page_is_not_made_either(local: Environment) -> None:
    with one_page():
        failure_of_putting(local)
        time.sleep(1.1)
        found, _seconds = failure_of_putting(local)
    assert (found.effect, found.attempts) == (Effect.NOT_SENT, 0)
    assert found.sentence.startswith("This call was not made: the calls before it used up the time")
