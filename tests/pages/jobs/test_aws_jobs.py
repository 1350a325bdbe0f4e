"""Jobs that are created at AWS: what is sent to it and to S3, what is noted, and what fails."""

import json
import time
from fnmatch import fnmatchcase
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.bulk import controls
from console.submissions.models import DatasetEvent, SentRecord
from tests.bulk.importing import checked, work
from tests.pages.configured import forget
from tests.pages.html import text_of
from tests.pages.jobs.made_jobs import ROLE, opened
from tests.submissions.presses.breaking_presses import broken
from tests.support.aws_stand_in import (
    CONTROL_PLANE,
    DATASET_ARN,
    GROUP_ARN,
    RECORD,
    Piece,
    Received,
    StandIn,
    as_aws_answers,
    http,
)
from tests.support.documents import blocks
from tests.support.documents import text_of as text_of_document

GROUP = "/staging/dataset-groups/loyalty/"
DATASET = f"{GROUP}datasets/users/"
IMPORT = {"name": "nightly", "location": "s3://bucket/users.csv", "mode": "INCREMENTAL", "role_arn": ROLE}
EXPORT = {"name": "nightly", "location": "s3://bucket/exports/", "mode": "PUT", "role_arn": ROLE}
DELETION = {"name": "nightly", "role_arn": ROLE, "confirmation": "loyalty"}
IDS = {**DELETION, "source": "text", "text": "ada\ngrace"}

CREATIONS = [
    (f"{DATASET}create-dataset-import-job/", IMPORT, "CreateDatasetImportJob"),
    (f"{DATASET}create-dataset-export-job/", EXPORT, "CreateDatasetExportJob"),
    (f"{GROUP}create-data-deletion-job/", {**DELETION, "location": "s3://bucket/x.csv"}, "CreateDataDeletionJob"),
]


def add_to_environment(settings: LazySettings, lines: str) -> None:
    file = Path(settings.CONSOLE_ENVIRONMENTS)
    file.write_text(file.read_text() + lines)
    forget()


@pytest.fixture
def bucket(aws: StandIn, settings: LazySettings) -> StandIn:
    """An environment that names a bucket."""
    role = 'import_role_arn = "arn:aws:iam::123456789012:role/personalize"\n'
    add_to_environment(settings, f'import_bucket = "imports"\n{role}')
    return aws


def body(aws: StandIn, operation: str) -> Any:
    (received,) = aws.of(operation)
    return json.loads(received.body)


def refusing(aws: StandIn, operation: str, answer: bytes) -> None:
    def answering(received: Received) -> list[Piece]:
        return [answer] if received.operation == operation else as_aws_answers(received)

    aws.answer = answering


def test_an_import_is_sent_and_noted(operator: Client, aws: StandIn) -> None:
    operator.post(f"{DATASET}create-records/", {"record_input": RECORD % "ada", "intent": "create"})
    page = f"{DATASET}create-dataset-import-job/"
    assert 'name="text"' not in operator.get(page).content.decode()
    answer: Any = operator.post(page, {**IMPORT, "source": "text", "text": "not taken"})
    assert (answer.status_code, answer["Location"]) == (302, f"{DATASET}dataset-import-jobs/nightly/")
    assert body(aws, "CreateDatasetImportJob") == {
        "jobName": "nightly",
        "datasetArn": DATASET_ARN,
        "dataSource": {"dataLocation": "s3://bucket/users.csv"},
        "roleArn": ROLE,
        "importMode": "INCREMENTAL",
        "publishAttributionMetricsToS3": False,
    }
    (event,) = DatasetEvent.objects.all()
    assert (event.dataset, event.record_id, event.kind) == (SentRecord.objects.get().dataset, "", "imported")


def test_where_what_was_created_cannot_be_noted_the_page_says_that_it_was_created(
    operator: Client, aws: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object) -> None:
        raise broken()

    monkeypatch.setattr("console.submissions.known.dataset_events.record", away)
    answer = operator.post(f"{DATASET}create-dataset-import-job/", IMPORT)
    assert answer.status_code == 503
    text = text_of(answer)
    noted = "It could not be noted that what was sent before may not be there any more."
    assert f"The dataset import job nightly was created. {noted}" in text
    assert "could not be done" not in text


def test_a_name_that_an_attempt_without_an_answer_may_have_taken_is_no_other_job_s(
    operator: Client, aws: StandIn
) -> None:
    there = http(400, json.dumps({"__type": "ResourceAlreadyExistsException", "message": "is there"}).encode())
    lost = http(500, json.dumps({"__type": "InternalServerException", "message": "lost"}).encode())
    answers = iter([lost])

    def answering(received: Received) -> list[Piece]:
        if received.operation == "CreateDataDeletionJob":
            return [next(answers, there)]
        return [lost] if received.operation == "DescribeDataDeletionJob" else as_aws_answers(received)

    aws.answer = answering
    answer = operator.post(f"{GROUP}create-data-deletion-job/", {**DELETION, "location": "s3://bucket/x.csv"})
    text = text_of(answer)
    assert len(aws.of("CreateDataDeletionJob")) == 2
    assert "Choose another name" not in text
    assert "the name is taken: perhaps by the first attempt of this call, which got no answer. Look whether" in text


def test_an_export_is_sent(operator: Client, aws: StandIn) -> None:
    key = "arn:aws:kms:us-east-1:123456789012:key/1"
    operator.post(f"{DATASET}create-dataset-export-job/", {**EXPORT, "kms_key_arn": key, "tags": "team=shop"})
    assert body(aws, "CreateDatasetExportJob") == {
        "jobName": "nightly",
        "datasetArn": DATASET_ARN,
        "ingestionMode": "PUT",
        "roleArn": ROLE,
        "jobOutput": {"s3DataDestination": {"path": "s3://bucket/exports/", "kmsKeyArn": key}},
        "tags": [{"tagKey": "team", "tagValue": "shop"}],
    }
    assert not DatasetEvent.objects.exists()


def test_without_a_bucket_the_location_of_the_ids_is_asked_for(operator: Client, aws: StandIn) -> None:
    page = f"{GROUP}create-data-deletion-job/"
    answer = operator.get(page)
    assert 'name="text"' not in answer.content.decode()
    assert "The console can write that file where the environment has import_bucket and import_role_arn" in text_of(
        answer
    )
    refused = operator.post(page, IDS)
    assert refused.status_code == 422
    assert "Enter the location in Amazon S3." in text_of(refused)
    operator.post(f"{DATASET}create-records/", {"record_input": RECORD % "ada", "intent": "create"})
    answer = operator.post(page, {**DELETION, "location": "s3://bucket/requests.csv"}, follow=True)
    assert "The data deletion job nightly was created. It can take up to a day." in text_of(answer)
    assert body(aws, "CreateDataDeletionJob") == {
        "jobName": "nightly",
        "datasetGroupArn": GROUP_ARN,
        "dataSource": {"dataLocation": "s3://bucket/requests.csv"},
        "roleArn": ROLE,
    }
    # It may be anybody.
    assert list(DatasetEvent.objects.values_list("record_id", "kind")) == [("", "users deleted")]


def test_where_there_is_a_bucket_the_ids_are_written_there(operator: Client, bucket: StandIn) -> None:
    page = f"{GROUP}create-data-deletion-job/"
    for user_id in ("ada", "lin"):
        operator.post(f"{DATASET}create-records/", {"record_input": RECORD % user_id, "intent": "create"})
    html = operator.get(page).content.decode()
    assert 'value="arn:aws:iam::123456789012:role/personalize"' in html
    answer = operator.post(page, IDS, follow=True)
    assert "The data deletion job nightly was created for 2 users. It can take up to a day." in text_of(answer)
    (written,) = bucket.of("PutObject")
    assert written.path.startswith("/imports/data-deletion-jobs/nightly-")
    assert written.path.endswith(".csv")
    assert written.body == b"USER_ID\nada\ngrace\n"
    assert written.headers["content-type"] == "text/csv; charset=utf-8"
    assert body(bucket, "CreateDataDeletionJob")["dataSource"] == {"dataLocation": f"s3:/{written.path}"}
    # Of whom nothing was sent, nothing is noted.
    assert list(DatasetEvent.objects.values_list("record_id", "kind")) == [("ada", "users deleted")]


def test_the_documented_policy_allows_all_files_that_are_written(operator: Client, bucket: StandIn) -> None:
    (resources,) = [
        statement["Resource"]
        for policy in blocks(text_of_document("docs/aws.md"), "json")
        for statement in json.loads(policy)["Statement"]
        if statement["Action"] == "s3:PutObject"
    ]
    allowed = [each.removeprefix("arn:aws:s3:::personalize-imports/") for each in resources]
    operator.post(f"{GROUP}create-data-deletion-job/", IDS)
    made = checked("USER_ID,AGE,GENDER\nu-1,34,Female\n", environment="staging", group="loyalty")
    controls.start_sending(made, import_mode="FULL")
    work()
    written = [each.path.removeprefix("/imports/") for each in bucket.of("PutObject")]
    assert [path.partition("/")[0] for path in written] == ["data-deletion-jobs", "imports"]
    assert [path for path in written if not any(fnmatchcase(path, pattern) for pattern in allowed)] == []


@pytest.mark.parametrize(
    ("status", "code", "sentence", "advice"),
    [
        (
            403,
            "AccessDenied",
            "Access denied: the credentials of the environment Staging may not do s3:PutObject on s3://imports/",
            "Ask for an IAM policy that allows this action on this resource.",
        ),
        (
            404,
            "NoSuchBucket",
            "AWS refused s3:PutObject on s3://imports/",
            "Check import_bucket in the environments file: there must be a bucket of this name.",
        ),
    ],
)
def test_a_bucket_that_cannot_be_written_to_is_said_and_nothing_is_created(
    operator: Client, bucket: StandIn, status: int, code: str, sentence: str, advice: str
) -> None:
    error = f"<Error><Code>{code}</Code><Message>Not here.</Message></Error>".encode()
    refusing(bucket, "PutObject", http(status, error, {"Content-Type": "application/xml"}))
    answer = operator.post(f"{GROUP}create-data-deletion-job/", IDS)
    assert answer.status_code == 502
    text = text_of(answer)
    assert sentence in text
    assert advice in text
    assert f"Error code {code} Error message Not here." in text
    assert answer.context["form"]["text"].value() == "ada\ngrace"
    assert not bucket.of("CreateDataDeletionJob")
    assert not DatasetEvent.objects.exists()


@pytest.mark.parametrize(("address", "fields", "operation"), CREATIONS)
def test_what_aws_refuses_is_said_and_nothing_is_noted(
    operator: Client, aws: StandIn, address: str, fields: dict[str, str], operation: str
) -> None:
    operator.post(f"{DATASET}create-records/", {"record_input": RECORD % "ada", "intent": "create"})
    error = {"__type": "InvalidInputException", "message": "The role cannot be assumed."}
    refusing(aws, operation, http(400, json.dumps(error).encode()))
    answer = operator.post(address, fields)
    assert answer.status_code == 422
    text = text_of(answer)
    assert f"AWS refused personalize:{operation} on" in text
    assert "Error message The role cannot be assumed." in text
    assert answer.context["form"]["name"].value() == "nightly"
    assert not DatasetEvent.objects.exists()


def test_a_role_that_may_not_be_passed_is_said(operator: Client, aws: StandIn) -> None:
    message = (
        "User: arn:aws:iam::123456789012:user/console is not authorized to perform: iam:PassRole on resource: "
        f"{ROLE} because no identity-based policy allows the iam:PassRole action"
    )
    error = {"__type": "AccessDeniedException", "Message": message}
    refusing(aws, "CreateDatasetImportJob", http(400, json.dumps(error).encode()))
    answer = operator.post(f"{DATASET}create-dataset-import-job/", IMPORT)
    assert (
        f"Access denied: the credentials of the environment Staging may not do iam:PassRole on {ROLE}, which "
        f"personalize:CreateDatasetImportJob on {DATASET_ARN} needs." in text_of(answer)
    )


@pytest.mark.parametrize(
    ("address", "fields", "operation", "events"),
    [(*CREATIONS[0], ["imported"]), (*CREATIONS[1], []), (*CREATIONS[2], ["users deleted"])],
)
def test_a_job_that_there_may_be_is_noted(
    operator: Client, aws: StandIn, address: str, fields: dict[str, str], operation: str, events: list[str]
) -> None:
    operator.post(f"{DATASET}create-records/", {"record_input": RECORD % "ada", "intent": "create"})
    refusing(aws, operation, http(500, b"{}"))
    answer = operator.post(address, fields)
    assert answer.status_code == 502
    assert f"AWS had an internal error during personalize:{operation} on" in text_of(answer)
    assert list(DatasetEvent.objects.values_list("kind", flat=True)) == events


def test_a_job_that_an_attempt_without_an_answer_made_is_the_one_that_was_asked_for(
    operator: Client, aws: StandIn
) -> None:
    operator.post(f"{DATASET}create-records/", {"record_input": RECORD % "ada", "intent": "create"})
    page = f"{DATASET}create-dataset-import-job/"
    exists = json.dumps({"__type": "ResourceAlreadyExistsException", "message": "It exists."}).encode()
    made = {**CONTROL_PLANE["DescribeDatasetImportJob"]["datasetImportJob"], "creationDateTime": time.time() + 1}
    made |= {"dataSource": {"dataLocation": IMPORT["location"]}}
    answers = {
        "CreateDatasetImportJob": iter([http(500, b"{}"), http(400, exists)]),
        "DescribeDatasetImportJob": repeat(http(200, json.dumps({"datasetImportJob": made}).encode())),
    }
    aws.answer = lambda received: (
        [next(answers[received.operation])] if received.operation in answers else as_aws_answers(received)
    )
    answer: Any = operator.post(page, {**IMPORT, "opened": opened(operator, page)})
    assert (answer.status_code, answer["Location"]) == (302, f"{DATASET}dataset-import-jobs/nightly/")
    assert DatasetEvent.objects.count() == 1


@pytest.mark.parametrize(("address", "fields", "operation"), CREATIONS)
def test_guarded_environments_ask_for_the_name_of_the_group(
    operator: Client, aws: StandIn, settings: LazySettings, address: str, fields: dict[str, str], operation: str
) -> None:
    add_to_environment(settings, "guarded = true\n")
    answer = operator.post(address, {**fields, "confirmation": "loyal"})
    assert answer.status_code == 422
    assert "This is a different name, so nothing was sent." in text_of(answer)
    assert not aws.of(operation)
    assert operator.post(address, {**fields, "confirmation": "loyalty"}).status_code == 302
    assert len(aws.of(operation)) == 1


@pytest.mark.parametrize(("address", "fields", "operation"), CREATIONS)
def test_read_only_environments_create_nothing_and_say_why(
    operator: Client, aws: StandIn, settings: LazySettings, address: str, fields: dict[str, str], operation: str
) -> None:
    add_to_environment(settings, "read_only = true\n")
    for answer in (operator.get(address), operator.post(address, fields)):
        assert answer.status_code == 403
        assert "The environment Staging is read-only: nothing can be created or deleted in it" in text_of(answer)
    listed = operator.get(address.replace("create-", "").replace("job/", "jobs/"))
    assert 'aria-describedby="read-only">Create da' in listed.content.decode()
    assert not aws.of(operation)


@pytest.mark.usefixtures("demo")
def test_an_import_says_that_it_tries_again_where_its_files_are_not_taken(bucket: StandIn) -> None:
    bucket.answer = lambda received: (
        [http(503, b"")] if received.operation == "PutObject" else as_aws_answers(received)
    )
    made = checked("USER_ID,AGE,GENDER\nu-1,34,Female\n", environment="staging", group="loyalty")
    controls.start_sending(made, import_mode="FULL")
    work()
    made.refresh_from_db()
    assert made.stage == "sending"
    assert made.waiting_for.startswith("Waiting, then trying again: ")
