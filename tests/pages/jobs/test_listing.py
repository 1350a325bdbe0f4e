"""The lists of jobs: of the imports and exports of a dataset, and of the data deletions of a dataset group."""

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from django.test import Client

from console.local.errors import ServiceError
from console.local.models import Dataset, DatasetGroup, Job
from console.local.operations import OPERATIONS
from console.pages.jobs import listing
from tests.pages.html import rows_of, text_of
from tests.pages.jobs.made_jobs import (
    CREATE_DELETION,
    CREATE_EXPORT,
    CREATE_IMPORT,
    DATASET,
    DELETION,
    DELETIONS,
    EXPORT,
    EXPORTS,
    GROUP,
    IMPORT,
    IMPORTS,
    create,
    job,
    run_due_jobs,
)
from tests.support.aws_stand_in import Piece, Received, StandIn, as_aws_answers, http
from tests.support.examples import GROUP as EVERY_TYPE
from tests.support.examples.datasets import make_dataset
from tests.support.examples.records import ACTIONS

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

HTMX = {"HX-Request": "true"}
PAGES = [
    (CREATE_IMPORT, IMPORT, IMPORTS, "dataset import job", ["nightly", "FULL", "Create pending"]),
    (CREATE_EXPORT, EXPORT, EXPORTS, "dataset export job", ["nightly", "Create pending"]),
    (CREATE_DELETION, DELETION, DELETIONS, "data deletion job", ["nightly", "Pending"]),
]


@pytest.mark.parametrize(("address", "fields", "listed", "noun", "row"), PAGES)
def test_lists_a_job_with_its_status_and_dates(
    operator: Client, address: str, fields: dict[str, str], listed: str, noun: str, row: list[str]
) -> None:
    empty = operator.get(listed)
    assert f"{noun.capitalize()}s (0)" in text_of(empty)
    assert f"No {noun}s" in text_of(empty)
    assert f'<a class="button" href="{address}">Create {noun}</a>' in empty.content.decode()
    create(operator, address, fields)
    answer = operator.get(listed)
    ((*cells, created, updated),) = rows_of(answer)
    assert cells == row
    assert created.endswith("GMT")
    assert updated.endswith("GMT")
    html = answer.content.decode()
    assert f'href="{listed}nightly/">nightly</a>' in html
    assert f'<a class="button primary" href="{address}">Create {noun}</a>' in html
    # It is asked for again, until it is done.
    assert 'id="asks-again"' in html
    run_due_jobs()
    assert rows_of(operator.get(listed, headers=HTMX))[0][-3] in ("Active", "Completed")
    assert 'id="asks-again"' not in operator.get(listed, headers=HTMX).content.decode()


def test_says_why_a_job_failed_and_how_many_warnings_one_has(operator: Client) -> None:
    create(operator, CREATE_IMPORT, IMPORT)
    Job.objects.update(outcome="CREATE FAILED", failure_reason="users.csv, line 2, field AGE: expected an int.")
    assert rows_of(operator.get(IMPORTS))[0][2] == "Create failed users.csv, line 2, field AGE: expected an int."
    # What is no failure has no reason.
    Job.objects.update(outcome="ACTIVE", warnings={"Repeated IDs": 12}, warnings_file="s3://bucket/x.warnings.txt")
    assert rows_of(operator.get(IMPORTS))[0][2] == "Active 12 warnings"


def test_filters_sorts_and_has_preferences(operator: Client) -> None:
    create(operator, CREATE_IMPORT, IMPORT)
    made = job()
    made.pk, made.name, made.arn = None, "weekly", made.arn.replace("nightly", "weekly")
    made.created_at += timedelta(seconds=5)
    made.save()
    assert [row[0] for row in rows_of(operator.get(IMPORTS))] == ["weekly", "nightly"]
    assert [row[0] for row in rows_of(operator.get(f"{IMPORTS}?sort=name"))] == ["nightly", "weekly"]
    assert [row[0] for row in rows_of(operator.get(f"{IMPORTS}?filter=WEEK"))] == ["weekly"]
    operator.post(
        "/table-preferences/dataset_import_jobs/", {"page_size": "10", "columns": ["name", "status"], "next": IMPORTS}
    )
    assert rows_of(operator.get(IMPORTS)) == [["weekly", "Create pending"], ["nightly", "Create pending"]]


def test_says_where_only_the_newest_are_listed(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    create(operator, CREATE_DELETION, DELETION)
    create(operator, CREATE_DELETION, DELETION, name="weekly")
    assert "These are the newest" not in text_of(operator.get(DELETIONS))
    monkeypatch.setattr(listing, "MOST_LISTED", 1)
    answer = operator.get(DELETIONS)
    assert "These are the newest 1. The AWS CLI and SDKs list all of them." in text_of(answer)
    assert [row[0] for row in rows_of(answer)] == ["weekly"]


def test_jobs_of_other_datasets_are_not_listed(operator: Client) -> None:
    create(operator, CREATE_IMPORT, IMPORT)
    create(operator, CREATE_DELETION, DELETION)
    assert rows_of(operator.get(IMPORTS.replace("users", "items"))) == []
    assert rows_of(operator.get(DELETIONS.replace("loyalty-programme", "newsroom"))) == []


def test_the_dataset_and_its_group_lead_there(operator: Client) -> None:
    html = operator.get(DATASET).content.decode()
    for page in (CREATE_IMPORT, CREATE_EXPORT, IMPORTS, EXPORTS, DELETIONS):
        assert f'href="{page}"' in html
    assert f'<a href="{DELETIONS}">Data deletion jobs</a>' in operator.get(GROUP).content.decode()
    assert f'<a href="{DELETIONS}" aria-current="page">' in operator.get(DELETIONS).content.decode()
    create(operator, CREATE_IMPORT, IMPORT)
    create(operator, CREATE_EXPORT, EXPORT)
    create(operator, CREATE_DELETION, DELETION)
    html = operator.get(DATASET).content.decode()
    for page in (IMPORTS, EXPORTS, DELETIONS):
        assert f'<a href="{page}nightly/">nightly</a>' in html


def test_a_viewer_is_offered_nothing_to_create(viewer: Client) -> None:
    for page in (IMPORTS, EXPORTS, DELETIONS):
        assert "/create-da" not in viewer.get(page).content.decode()
    assert "Create dataset import job Create dataset export job" in text_of(viewer.get(DATASET))


def test_a_type_that_aws_does_not_export_is_said_so(operator: Client, personalize: "PersonalizeClient") -> None:
    make_dataset(personalize, ACTIONS)
    dataset = f"/local/dataset-groups/{EVERY_TYPE}/datasets/actions/"
    sentence = "Amazon Personalize does not export Actions datasets."
    for page in ("", "dataset-export-jobs/", "create-dataset-export-job/"):
        assert sentence in text_of(operator.get(f"{dataset}{page}"))
    assert 'name="location"' not in operator.get(f"{dataset}create-dataset-export-job/").content.decode()
    assert 'name="location"' in operator.get(f"{dataset}create-dataset-import-job/").content.decode()


def test_what_cannot_be_created_now_is_said(operator: Client) -> None:
    Dataset.objects.update(settled_status="CREATE FAILED")
    for page in (IMPORTS, CREATE_IMPORT, EXPORTS, CREATE_EXPORT, DATASET):
        assert "The dataset has the status Create failed." in text_of(operator.get(page))
    DatasetGroup.objects.update(settled_status="CREATE FAILED")
    sentence = "This dataset group has the status Create failed, so no data deletion job can be created in it."
    for page in (DELETIONS, CREATE_DELETION):
        assert sentence in text_of(operator.get(page))


def test_a_dataset_that_does_not_exist_is_said_so(operator: Client) -> None:
    for page in (IMPORTS, EXPORTS, CREATE_IMPORT, CREATE_EXPORT):
        answer = operator.get(page.replace("/users/", "/actions/"))
        assert answer.status_code == 404
        assert "The dataset group loyalty-programme has no Actions dataset." in text_of(answer)
    assert operator.get(DELETIONS.replace("loyalty-programme", "missing")).status_code == 404


def test_a_list_that_is_denied_is_said(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(_caller: object, _parameters: object) -> NoReturn:
        raise ServiceError("AccessDeniedException", "Not today.", HTTPStatus.FORBIDDEN)

    monkeypatch.setitem(OPERATIONS, "ListDatasetImportJobs", deny)
    answer = operator.get(IMPORTS)
    assert answer.status_code == 502
    assert "may not do personalize:ListDatasetImportJobs on" in text_of(answer)
    part: Any = operator.get(IMPORTS, headers=HTMX)
    assert (part.status_code, part["HX-Retarget"]) == (200, "#table-problem")


def test_all_pages_of_what_aws_lists_are_asked_for(operator: Client, aws: StandIn) -> None:
    def answer(received: Received) -> list[Piece]:
        if received.operation != "ListDataDeletionJobs":
            return as_aws_answers(received)
        is_second = b'"nextToken": "two"' in received.body
        name, more = ("b", b"") if is_second else ("a", b', "nextToken": "two"')
        job = f'{{"jobName": "{name}", "status": "COMPLETED", "creationDateTime": 1600367160.0}}'
        return [http(200, b'{"dataDeletionJobs": [' + job.encode() + b"]" + more + b"}")]

    aws.answer = answer
    rows = rows_of(operator.get("/staging/dataset-groups/loyalty/data-deletion-jobs/"))
    assert rows == [
        ["a", "Completed", "Thu, 17 Sep 2020 18:26:00 GMT", "-"],
        ["b", "Completed", "Thu, 17 Sep 2020 18:26:00 GMT", "-"],
    ]
