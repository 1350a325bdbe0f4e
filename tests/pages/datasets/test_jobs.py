"""The jobs of a dataset on its page."""

import json
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from console.local.errors import ServiceError
from console.local.models import Job
from console.local.operations import OPERATIONS
from tests.local.jobs.job_requests import ROLE
from tests.pages.html import rows_of, text_of
from tests.support.aws_stand_in import Piece, Received, StandIn, as_aws_answers, http

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

GROUP = "/local/dataset-groups/loyalty-programme"
PAGE = f"{GROUP}/datasets/users/"
ARN = "arn:aws:personalize:us-east-1:000000000000"
USERS = f"{ARN}:dataset/loyalty-programme/USERS"
HINT = "Those of the AWS CLI and SDKs are too: their endpoint is http://testserver/aws , and docs/local-service.md"


def import_users(personalize: "PersonalizeClient", name: str) -> None:
    source: Any = {"dataLocation": "s3://bucket/users.csv"}
    personalize.create_dataset_import_job(jobName=name, datasetArn=USERS, dataSource=source, roleArn=ROLE)


def section(answer: Any) -> str:
    return text_of(answer).partition(" Jobs ")[2].partition(" Schema Schema name ")[0]


@pytest.mark.parametrize(
    ("slug", "kinds"),
    [
        ("users", "Jobs that import or export this dataset, or delete the data of users, are listed here."),
        ("interactions", "Jobs that import or export this dataset, or delete the data of users, are listed here."),
        ("items", "Jobs that import or export this dataset are listed here."),
    ],
)
def test_says_that_there_are_none_and_where_they_come_from(viewer: Client, slug: str, kinds: str) -> None:
    assert section(viewer.get(f"{GROUP}/datasets/{slug}/")).startswith(f"No jobs {kinds} {HINT}")


def test_lists_jobs_of_each_kind_newest_first(viewer: Client, personalize: "PersonalizeClient") -> None:
    import_users(personalize, "from-a-file")
    output: Any = {"s3DataDestination": {"path": "s3://bucket/exports/"}}
    personalize.create_dataset_export_job(jobName="all-users", datasetArn=USERS, jobOutput=output, roleArn=ROLE)
    personalize.create_data_deletion_job(
        jobName="forget-ada",
        datasetGroupArn=f"{ARN}:dataset-group/loyalty-programme",
        dataSource={"dataLocation": "s3://bucket/ada.csv"},
        roleArn=ROLE,
    )
    answer = viewer.get(PAGE)
    rows = [row[:3] for row in rows_of(answer) if row[0] in ("from-a-file", "all-users", "forget-ada")]
    assert rows == [
        ["forget-ada", "Data deletion", "Pending"],
        ["all-users", "Export", "Create pending"],
        ["from-a-file", "Import", "Create pending"],
    ]
    assert HINT not in text_of(answer)
    # A job under way is waited for.
    assert 'hx-trigger="every 2s"' in answer.content.decode()
    # Neither has anything to do with items.
    assert "forget-ada" not in text_of(viewer.get(f"{GROUP}/datasets/items/"))


def test_says_why_a_job_failed_to_those_who_may_see_values(operator: Client, personalize: "PersonalizeClient") -> None:
    import_users(personalize, "from-a-file")
    Job.objects.update(outcome="CREATE FAILED", failure_reason="There is no object s3://bucket/users.csv.")
    pages = (PAGE, f"{PAGE}dataset-import-jobs/", f"{PAGE}dataset-import-jobs/from-a-file/")
    assert all("There is no object s3://bucket/users.csv." in text_of(operator.get(each)) for each in pages)
    operator.force_login(User.objects.get(username="viewer"))
    for each in pages:
        text = text_of(operator.get(each))
        assert "There is no object" not in text
        assert "You see IDs and outcomes." in text


def test_counts_the_warnings_of_an_import_and_says_where_they_are(
    viewer: Client, personalize: "PersonalizeClient"
) -> None:
    for name in ("doubtful", "one", "plain"):
        import_users(personalize, name)
    Job.objects.update(outcome="ACTIVE", settles_at=timezone.now())
    counts = {"Repeated IDs": 1200, "Missing values as text": 2}
    Job.objects.filter(name="doubtful").update(warnings=counts, warnings_file="s3://bucket/doubtful.warnings.txt")
    Job.objects.filter(name="one").update(warnings={"Repeated IDs": 1})
    status = {row[0]: row[2] for row in rows_of(viewer.get(PAGE)) if row[0] in ("doubtful", "one", "plain")}
    assert status == {
        "doubtful": "Active 1202 warnings: see s3://bucket/doubtful.warnings.txt Missing values as text: 2 "
        "Repeated IDs: 1200",
        "one": "Active 1 warning Repeated IDs: 1",
        "plain": "Active",
    }


def test_shows_ten_and_says_that_there_are_more(viewer: Client, personalize: "PersonalizeClient") -> None:
    import_users(personalize, "job-0")
    job = Job.objects.get()
    for number in range(1, 11):
        job.pk, job.name, job.arn = None, f"job-{number}", f"{job.arn}-{number}"
        job.created_at += timedelta(seconds=1)
        job.save()
    answer = viewer.get(PAGE)
    names = [row[0] for row in rows_of(answer) if row[0].startswith("job-")]
    assert names == [f"job-{number}" for number in range(10, 0, -1)]
    assert "Jobs (10+)" in text_of(answer)
    assert "These are the newest 10." in section(answer)


def test_a_list_that_is_denied_leaves_the_rest_of_the_page(viewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(_caller: object, _parameters: object) -> NoReturn:
        raise ServiceError("AccessDeniedException", "Not today.", HTTPStatus.FORBIDDEN)

    monkeypatch.setitem(OPERATIONS, "ListDatasetExportJobs", deny)
    answer = viewer.get(PAGE)
    assert answer.status_code == 200
    assert section(answer).startswith("The jobs could not be listed. Access denied:")
    assert "Dataset name loyalty-programme-users" in text_of(answer)


def test_jobs_of_aws_are_listed(operator: Client, aws: StandIn) -> None:
    job = {
        "jobName": "nightly",
        "datasetImportJobArn": "arn:aws:any",
        "status": "ACTIVE",
        "creationDateTime": 1600367160.0,
    }

    def answer(received: Received) -> list[Piece]:
        if received.operation == "ListDatasetImportJobs":
            return [http(200, json.dumps({"datasetImportJobs": [job]}).encode())]
        return as_aws_answers(received)

    aws.answer = answer
    page = operator.get("/staging/dataset-groups/loyalty/datasets/users/")
    assert "nightly Import Active Thu, 17 Sep 2020 18:26:00 GMT" in text_of(page)


def test_no_address_is_named_where_aws_clients_do_not_reach_the_local_service(
    operator: Client, demo: None, settings: Any
) -> None:
    settings.CONSOLE_LOCAL_HTTP = False
    assert "No jobs Jobs that import or export this dataset" in text_of(operator.get(PAGE))
    assert "/aws" not in section(operator.get(PAGE))
    record = {"USER_ID": "u", "MEMBERSHIP_TYPE": "a", "MEMBER_SINCE": 1, "TOTAL_SPEND": 1, "NEWSLETTER": True}
    text = text_of(operator.post(f"{PAGE}create-records/", {"record_input": json.dumps(record), "intent": "validate"}))
    assert "AWS clients do not reach the local service of this console, so the code is as it would be for AWS." in text
    assert "http://testserver/aws" not in text
