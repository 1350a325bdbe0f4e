"""The pages of single jobs: what each says, and what it waits for."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from console.local.models import Job
from tests.pages.html import tables_of, text_of
from tests.pages.jobs.made_jobs import (
    ARN,
    CREATE_DELETION,
    CREATE_EXPORT,
    CREATE_IMPORT,
    DELETION,
    DELETIONS,
    EXPORT,
    EXPORTS,
    GROUP,
    IMPORT,
    IMPORTS,
    ROLE,
    create,
    run_due_jobs,
)
from tests.submissions.sent import send
from tests.support.aws_stand_in import StandIn

STAGING = "/staging/dataset-groups/loyalty/"


def test_an_import_is_shown_with_all_that_it_was_created_of(operator: Client) -> None:
    source = {"source": "location", "location": "s3://bucket/users/", "publishes_metrics": "on"}
    create(operator, CREATE_IMPORT, IMPORT, **source)
    text = text_of(operator.get(f"{IMPORTS}nightly/"))
    for said in (
        "Job name nightly",
        "Status Create pending",
        "Import mode FULL",
        "Publish metrics to S3 Yes",
        "Data location s3://bucket/users/",
        f"IAM role ARN {ROLE}",
        f"Job ARN {ARN}:dataset-import-job/nightly",
    ):
        assert said in text


def test_an_export_is_shown_with_all_that_it_was_created_of(operator: Client) -> None:
    key = "arn:aws:kms:us-east-1:000000000000:key/1234"
    create(operator, CREATE_EXPORT, EXPORT, kms_key_arn=key)
    text = text_of(operator.get(f"{EXPORTS}nightly/"))
    assert "Ingestion mode ALL" in text
    assert "Output location s3://bucket/exports/" in text
    assert f"KMS key ARN {key}" in text
    assert f"Job ARN {ARN}:dataset-export-job/nightly" in text


def test_a_deletion_says_how_many_records_it_deleted(operator: Client) -> None:
    create(operator, CREATE_DELETION, DELETION)
    page = f"{DELETIONS}nightly/"
    assert "Status Pending Records deleted -" in text_of(operator.get(page))
    Job.objects.update(outcome="ACTIVE", num_deleted=0)
    assert "Status Completed Records deleted 0" in text_of(operator.get(page))


def test_a_failure_has_its_reason_and_nothing_else_has_one(operator: Client) -> None:
    create(operator, CREATE_IMPORT, IMPORT, text="USER_ID\nada\n")
    page = f"{IMPORTS}nightly/"
    assert "This job failed." not in text_of(operator.get(page))
    run_due_jobs()
    text = text_of(operator.get(page))
    assert "This job failed. Input CSV is missing the following columns:[" in text
    assert "Status Create failed" in text


def test_waits_until_a_job_is_done(operator: Client) -> None:
    create(operator, CREATE_IMPORT, IMPORT)
    page = f"{IMPORTS}nightly/"
    assert 'hx-trigger="every 2s"' in operator.get(page).content.decode()
    again: Any = operator.get(f"{page}?seen=CREATE+PENDING", headers={"HX-Request": "true"})
    assert again["HX-Reselect"] == "#asks-again"
    run_due_jobs()
    done = operator.get(f"{page}?seen=CREATE+PENDING", headers={"HX-Request": "true"})
    assert "nightly: Active." in text_of(done)
    assert "asks-again" not in done.content.decode()


def test_the_warnings_of_an_import_are_counted_by_kind(operator: Client) -> None:
    create(operator, CREATE_IMPORT, IMPORT)
    counts = {"Repeated IDs": 2, "Missing values as text": 1}
    Job.objects.update(outcome="ACTIVE", settles_at=timezone.now(), warnings=counts)
    text = text_of(operator.get(f"{IMPORTS}nightly/"))
    assert "Warnings 3 warnings Missing values as text: 1 Repeated IDs: 2" in text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (f"{IMPORTS}weekly/", "The given dataset import job does not exist"),
        (f"{IMPORTS.replace('/users/', '/items/')}nightly/", "This dataset has no dataset import job nightly."),
        (f"{EXPORTS}nightly/", "The given dataset export job does not exist"),
        (f"{DELETIONS}nightly/", "The given data deletion job does not exist"),
    ],
)
def test_a_job_that_is_not_there_is_said_so(operator: Client, address: str, sentence: str) -> None:
    create(operator, CREATE_IMPORT, IMPORT)
    answer = operator.get(address)
    assert answer.status_code == 404
    assert sentence in text_of(answer)


def test_a_deletion_of_another_group_is_not_shown(operator: Client) -> None:
    create(operator, CREATE_DELETION, DELETION)
    answer = operator.get(f"{DELETIONS.replace('loyalty-programme', 'newsroom')}nightly/")
    assert answer.status_code == 404
    assert "This dataset group has no data deletion job nightly." in text_of(answer)


def test_files_are_listed_for_those_who_may_create_records(operator: Client) -> None:
    create(operator, CREATE_EXPORT, EXPORT)
    page = f"{EXPORTS}nightly/"
    assert "Files" not in text_of(operator.get(page))
    run_due_jobs()
    answer = operator.get(page)
    (rows,) = tables_of(answer)
    assert [row[:2] for row in rows] == [["nightly.csv", "Output"]]
    address = f"{GROUP}datasets/users/job-file/?kind=dataset_export_job&amp;job=nightly&amp;file=nightly.csv"
    assert f'<a href="{address}" download>nightly.csv</a>' in answer.content.decode()
    operator.force_login(User.objects.get(username="viewer"))
    assert "Files" not in text_of(operator.get(page))


def test_a_completed_deletion_offers_administrators_to_redact_its_users(administrator: Client) -> None:
    for user_id in ("ada", "eve"):
        send({user_id: {"city": "Bern"}})
    create(administrator, CREATE_DELETION, DELETION)
    page = f"{DELETIONS}nightly/"
    link = f'href="{GROUP}redact-records/?job=nightly"'
    assert link not in administrator.get(page).content.decode()
    run_due_jobs()
    assert link in administrator.get(page).content.decode()
    assert ">ada</textarea>" in administrator.get(f"{GROUP}redact-records/?job=nightly").content.decode()
    administrator.force_login(User.objects.get(username="operator"))
    answer = administrator.get(page)
    assert "An administrator can redact it." in text_of(answer)
    assert link not in answer.content.decode()


def test_jobs_of_aws_are_shown(operator: Client, aws: StandIn) -> None:
    text = text_of(operator.get(f"{STAGING}datasets/users/dataset-import-jobs/nightly/"))
    assert "Import mode INCREMENTAL Publish metrics to S3 Yes Data location s3://bucket/users/" in text
    text = text_of(operator.get(f"{STAGING}datasets/users/dataset-export-jobs/nightly/"))
    assert "Ingestion mode ALL Output location s3://bucket/exports/" in text
    assert "KMS key ARN arn:aws:kms:any" in text
    text = text_of(operator.get(f"{STAGING}data-deletion-jobs/nightly/"))
    assert "Status Completed Records deleted 17 Data location s3://bucket/requests.csv" in text
    assert "Created Thu, 17 Sep 2020 18:26:00 GMT" in text
