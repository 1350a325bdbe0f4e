"""AWS failing in every way: each has its sentence on the page and its outcome in the trail, within the time that is set.

The pages are asked as a browser does, through real boto3 and real sockets, and what fails is at the other end of them.
"""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client

from console.personalize.connections.clients import client
from console.personalize.environments import environments
from console.submissions.models import Submission
from tests.pages.html import rows_of, text_of
from tests.support.aws_failures import CASES, ERRORS, GARBAGE, NETWORK, SLOW, THROTTLING, Case, Where
from tests.support.aws_stand_in import AVRO, DATASET_ARN, GROUP_ARN, RECORD, Piece, Received, StandIn, http, stand_in
from tests.support.failing_servers import failing
from tests.support.numbers import IS_WHOLE

LIST = "/staging/dataset-groups/"
GROUP = f"{LIST}loyalty/"
DATASETS = f"{GROUP}datasets/"
DATASET = f"{DATASETS}users/"
CREATE_RECORDS = f"{DATASET}create-records/"
CREATE_DATASET = f"{DATASETS}users/create-dataset/"
# Of a machine that does other things too, for all that a page does beside waiting: what hangs or drips would last
# longer.
SECONDS_BESIDE = 20
# An answer that is no success of PutUsers, which has no members, is one of a list that lacks its own.
WRONG_MEMBERS = [
    b"", b"{}", b"5", b"null", b'{"datasetGroups": 5}', b'{"datasetGroups": null}', b'{"datasetGroups": [null]}',
    b'{"datasetGroups": [{}]}', b'{"datasetGroups": ["loyalty"]}',
    b'{"datasetGroups": [{"name": 7, "datasetGroupArn": "a", "status": "ACTIVE"}]}',
    b'{"datasetGroups": [{"name": "loyalty", "datasetGroupArn": {}, "status": "ACTIVE"}]}',
    b'{"datasetGroups": [{"name": "loyalty", "datasetGroupArn": "a", "status": "ACTIVE", "creationDateTime": "soon"}]}',
]  # fmt: skip


def has_time(settings: LazySettings, case: Case) -> None:
    """Let a page wait for AWS as long as a case says, as the setting CONSOLE_AWS_SECONDS does."""
    settings.CONSOLE_AWS_SECONDS = case.seconds
    settings.CONSOLE_CONNECT_SECONDS = case.connect_seconds or case.seconds / 4
    settings.CONSOLE_READ_SECONDS = case.seconds / 2


def make_client(service: Literal["personalize", "personalize-events"]) -> None:
    """Make a client before the time of a page begins: that takes a busy machine as long as the page waits."""
    client(environments()["staging"], service)


def sentence_of(case: Case, action: str, resource: str, address: str) -> str:
    return case.sentence.format(call=f"{action} on {resource}", action=action, address=address)


# Pages show a failure by its sentence and its outcome alone.
ONE_OF_EACH_SENTENCE = list({(each.sentence, each.outcome): each for each in CASES}.values())


# Each of these waits for seconds, and tries again.
PUT = [each for each in CASES if IS_WHOLE or each not in THROTTLING[3:]]


@pytest.mark.parametrize("case", PUT, ids=str)
def test_putting_users(
    operator: Client, aws: StandIn, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    has_time(settings, case)
    with failing(case, tmp_path) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL_PERSONALIZE_EVENTS", url)
        make_client("personalize-events")
        began = time.monotonic()
        answer = operator.post(CREATE_RECORDS, {"record_input": RECORD % "u-1", "intent": "create"})
        taken = time.monotonic() - began
    assert answer.status_code == 302
    # What is read before has no part in what waits.
    assert taken < case.seconds + SECONDS_BESIDE
    sentence = sentence_of(case, "personalize:PutUsers", DATASET_ARN, f"{url}/users")
    sent = Submission.objects.get()
    assert (sent.outcome, sent.sentence) == (case.outcome, sentence)
    assert (sent.error_code, sent.http_status) == (case.code, case.status)
    assert sent.message.partition(" (reached max retries")[0] == case.message
    assert case.attempts[0] <= sent.attempts <= case.attempts[1]
    assert sent.duration_ms is not None
    assert sent.duration_ms <= taken * 1000
    if not IS_WHOLE and case not in ONE_OF_EACH_SENTENCE:
        return
    for page in (answer["location"], f"{GROUP}submissions/{sent.pk}/"):
        text = text_of(operator.get(page))
        assert sentence in text
        assert ("It is not known whether" in text) == (case.outcome == "unconfirmed")
    assert case.outcome.capitalize() in rows_of(operator.get(f"{GROUP}submissions/"))[0]


# PutUsers has an empty answer, and lists have none: what is a list with wrong members is below.
READ = [each for each in CASES if each not in THROTTLING[2:] and each.name != "200 with an error in it"]


@pytest.mark.parametrize("case", READ, ids=str)
def test_reading(
    operator: Client, aws: StandIn, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    has_time(settings, case)
    with failing(case, tmp_path) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL_PERSONALIZE", url)
        make_client("personalize")
        began = time.monotonic()
        answer = operator.get(LIST)
        taken = time.monotonic() - began
    assert answer.status_code == (404 if case.code == "ResourceNotFoundException" else 502)
    assert taken < case.seconds + SECONDS_BESIDE
    assert sentence_of(case, "personalize:ListDatasetGroups", "*", f"{url}/") in text_of(answer)


@pytest.mark.parametrize("body", WRONG_MEMBERS)
def test_a_list_with_wrong_members(
    operator: Client, aws: StandIn, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    with stand_in(lambda _received: [http(200, body)]) as other:
        monkeypatch.setenv("AWS_ENDPOINT_URL_PERSONALIZE", other.url)
        for page in (LIST, GROUP, DATASETS, DATASET, CREATE_RECORDS, CREATE_DATASET):
            answer = operator.get(page)
            assert answer.status_code == 502
            assert "The response of Amazon Personalize in the environment Staging could not be read." in text_of(
                answer
            )


def named(name: str) -> Case:
    (found,) = [each for each in CASES if each.name == name]
    return found


SOME = [
    named(each)
    for each in ("refused", "a body that drips", "200 with half of JSON", "500 InternalFailure", "403 AccessDeniedException")
]  # fmt: skip
PAGES = [
    (GROUP, "ListDatasetGroups", "*"),
    (DATASETS, "ListDatasetGroups", "*"),
    (DATASET, "ListDatasetGroups", "*"),
    (CREATE_RECORDS, "ListDatasetGroups", "*"),
    (CREATE_DATASET, "ListDatasetGroups", "*"),
]


@pytest.mark.parametrize("case", SOME, ids=str)
@pytest.mark.parametrize(("page", "operation", "resource"), PAGES)
def test_each_page_says_it(
    operator: Client, aws: StandIn, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    case: Case, page: str, operation: str, resource: str,
) -> None:  # fmt: skip
    has_time(settings, case)
    with failing(case, tmp_path) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL_PERSONALIZE", url)
        make_client("personalize")
        began = time.monotonic()
        answer = operator.get(page)
        taken = time.monotonic() - began
    assert (answer.status_code, taken < case.seconds + SECONDS_BESIDE) == (502, True)
    assert sentence_of(case, f"personalize:{operation}", resource, f"{url}/") in text_of(answer)


@pytest.mark.parametrize("operation", ["DescribeDataset", "DescribeSchema"])
@pytest.mark.parametrize("case", [named("closed without an answer"), *SOME[1:]], ids=str)
def test_a_page_whose_later_call_fails(
    operator: Client, aws: StandIn, settings: LazySettings, case: Case, operation: str
) -> None:
    has_time(settings, case)
    usual = aws.answer
    aws.answer = lambda received: case.pieces if received.operation == operation else usual(received)
    for page in (DATASET, CREATE_RECORDS):
        began = time.monotonic()
        answer = operator.get(page)
        assert (answer.status_code, time.monotonic() - began < case.seconds + SECONDS_BESIDE) == (502, True)
    assert not aws.of("PutUsers")


def failing_at(aws: StandIn, operation: str, case: Case) -> None:
    """Let one operation fail as a case says, in a dataset group that has no dataset yet."""
    usual = aws.answer

    def answer(received: Received) -> Iterable[Piece]:
        if received.operation == operation:
            return case.pieces
        return [http(200, b'{"datasets": []}')] if received.operation == "ListDatasets" else usual(received)

    aws.answer = answer


@pytest.mark.parametrize("case", [named("closed without an answer"), *SOME[1:]], ids=str)
def test_creating_a_dataset_group(operator: Client, aws: StandIn, settings: LazySettings, case: Case) -> None:
    has_time(settings, case)
    failing_at(aws, "CreateDatasetGroup", case)
    began = time.monotonic()
    answer = operator.post("/staging/create-dataset-group/", {"name": "loyalty", "domain": ""})
    assert (answer.status_code, time.monotonic() - began < case.seconds + SECONDS_BESIDE) == (502, True)
    assert sentence_of(case, "personalize:CreateDatasetGroup", "loyalty", f"{aws.url}/") in text_of(answer)
    assert 'value="loyalty"' in answer.content.decode()
    assert len(aws.of("CreateDatasetGroup")) == case.attempts[0]


@pytest.mark.parametrize("case", [named("closed without an answer"), *SOME[1:]], ids=str)
def test_creating_a_dataset(operator: Client, aws: StandIn, settings: LazySettings, case: Case) -> None:
    has_time(settings, case)
    failing_at(aws, "CreateDataset", case)
    began = time.monotonic()
    fields = {"name": "users", "source": "new", "schema_name": "readers", "schema_text": json.dumps(AVRO)}
    answer = operator.post(CREATE_DATASET, {**fields, "intent": "create"})
    assert (answer.status_code, time.monotonic() - began < case.seconds + SECONDS_BESIDE) == (502, True)
    assert sentence_of(case, "personalize:CreateDataset", GROUP_ARN, f"{aws.url}/") in text_of(answer)
    is_known = case.outcome == "refused"
    words = "the dataset was not created" if is_known else "it is not known whether the dataset was created"
    assert f"The schema readers was created, but {words}." in text_of(answer)
    assert (len(aws.of("CreateSchema")), len(aws.of("CreateDataset"))) == (1, case.attempts[0])


def submission_of(answer: Any) -> Submission:
    query = parse_qs(urlsplit(answer["location"]).query)
    return Submission.objects.get(pk=query["submission"][0])


def test_a_second_try_after_a_failure_sends_again(operator: Client, aws: StandIn) -> None:
    answers = iter([[http(400, b"{}", {"x-amzn-ErrorType": "InvalidInputException"})], [http(200)]])
    usual = aws.answer
    aws.answer = lambda received: next(answers) if received.operation == "PutUsers" else usual(received)
    fields = {"record_input": RECORD % "u-1", "intent": "create", "key": "0e7bd2ab-4f8c-4f4c-9a57-3c1b4a2f6d10"}
    first, second = [submission_of(operator.post(CREATE_RECORDS, fields)) for _press in range(2)]
    assert (first.outcome, second.outcome) == ("refused", "created")
    # What was created is not sent once more by another press of the same page.
    third = operator.post(CREATE_RECORDS, fields)
    assert (third.status_code, third.context["page"].submission) == (409, second)
    assert [each.record_ids for each in aws.of("PutUsers")] == [["u-1"], ["u-1"]]


def test_every_kind_is_there() -> None:
    assert {each.where for each in CASES} == set(Where)
    assert {each.outcome for each in CASES} == {"not sent", "refused", "unconfirmed"}
    assert len(CASES) == len(NETWORK) + len(SLOW) + len(GARBAGE) + len(THROTTLING) + len(ERRORS)
    assert len({each.name for each in CASES}) == len(CASES)
