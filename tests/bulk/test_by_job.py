"""Sending an import by a dataset import job: its files, the job, and what it comes to."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User

from console.activity.models import Entry, Kind
from console.bulk import controls
from console.bulk.models import Import, Stage
from console.bulk.sending import by_job
from console.local.models import Job, StoredRecord
from console.personalize.job_inputs import write_input
from console.submissions.models import DatasetEvent, Submission
from tests.bulk.importing import checked, csv_of, row, sent, work
from tests.conftest import LOYALTY
from tests.local.jobs.job_requests import run_due_jobs
from tests.support.aws_stand_in import StandIn

pytestmark = pytest.mark.usefixtures("demo", "no_pauses")


@pytest.fixture
def no_pauses(settings: LazySettings) -> None:
    """Let jobs of the local service be over as soon as they are run."""
    settings.CONSOLE_LOCAL_CREATE_SECONDS = 0


def followed(made: Import) -> Import:
    """Work on an import and on the local service's jobs until it is over, however long its pauses are."""
    for _turn in range(4):
        work()
        run_due_jobs()
        made.refresh_from_db()
        if not made.is_at_work:
            break
        Import.objects.filter(pk=made.pk).update(starts_at=made.created_at)
    return made


def test_the_records_come_by_a_job(settings: LazySettings) -> None:
    made = checked(
        csv_of(row("u-1", CITY='"a, ""b"""'), row("u-2", AGE=""), row("u-1", CITY="C"), row("u-3", AGE="x"))
    )
    assert controls.start_sending(made, import_mode="FULL")
    followed(made)
    assert (made.stage, made.problem, made.created_count) == (Stage.DONE, "", 2)
    (file,) = Path(settings.CONSOLE_DATA_DIR, "s3").rglob(f"imports/{made.key}/*")
    rows = list(csv.reader(io.StringIO(file.read_text(), newline="")))
    assert [each[0] for each in rows] == ["USER_ID", "u-2", "u-1"]
    assert rows[2][-1] == "C"
    job = Job.objects.get(name=f"console-import-{made.key}")
    assert (job.mode, job.outcome) == ("FULL", "ACTIVE")
    created = Entry.objects.filter(kind=Kind.CREATED, noun="dataset import job")
    assert list(created.values_list("name", flat=True)) == [job.name]
    assert json.loads(StoredRecord.objects.get(record_id="u-1").properties)["city"] == "C"
    assert not Submission.objects.exclude(bulk_import=None).exists()


def test_the_reason_of_a_job_that_failed_is_said() -> None:
    made = checked(csv_of(row("u-1")))
    # Nothing came in bulk before.
    assert controls.start_sending(made, import_mode="INCREMENTAL")
    followed(made)
    assert (made.stage, made.created_count) == (Stage.PAUSED, 0)
    assert (
        f"The dataset {LOYALTY} has no bulk data yet: its first import must have the importMode FULL." in made.problem
    )


def test_a_job_whose_answer_was_lost_is_found_again() -> None:
    made = checked(csv_of(row("u-1")))
    controls.start_sending(made, import_mode="FULL")
    work()
    Import.objects.filter(pk=made.pk).update(job_name="", starts_at=made.created_at)
    followed(made)
    assert (made.stage, made.created_count) == (Stage.DONE, 1)
    assert Job.objects.filter(name=f"console-import-{made.key}").count() == 1


def test_earlier_submissions_are_not_known_to_be_there_any_more() -> None:
    sent(csv_of(row("u-1"), row("u-2")))
    made = checked(csv_of(row("u-1", CITY="Elsewhere")))
    controls.start_sending(made, import_mode="FULL")
    followed(made)
    assert DatasetEvent.objects.filter(kind=DatasetEvent.Kind.IMPORTED).exists()


def test_at_aws_without_a_bucket_it_cannot_be_sent_so(aws: StandIn) -> None:
    made = checked("USER_ID,AGE,GENDER\nu-1,34,Female\n", environment="staging", group="loyalty")
    controls.start_sending(made, import_mode="FULL")
    work()
    made.refresh_from_db()
    assert (made.stage, made.problem) == (
        Stage.PAUSED,
        "The environments file names no import_bucket and import_role_arn for Staging, which the files of a dataset "
        "import job go to. Ask an administrator to add them, then resume.",
    )
    assert not aws.of("CreateDatasetImportJob")


def deactivate(made: Import) -> bool:
    return bool(User.objects.filter(pk=made.person_id).update(is_active=False))


@pytest.mark.parametrize("stop", [controls.pause, controls.cancel, deactivate])
def test_no_job_is_created_for_an_import_that_was_stopped_while_its_files_were_written(
    stop: Callable[[Import], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = checked(csv_of(row("u-1")))
    controls.start_sending(made, import_mode="FULL")

    def stopped_meanwhile(*args: Any) -> str:
        address = write_input(*args)
        stop(made)
        return address

    monkeypatch.setattr("console.bulk.sending.by_job.write_input", stopped_meanwhile)
    work()
    made.refresh_from_db()
    assert (made.job_name, made.lease) == ("", "")
    assert not Job.objects.filter(name=f"console-import-{made.key}").exists()


def test_a_job_is_known_before_it_is_created(monkeypatch: pytest.MonkeyPatch) -> None:
    made = checked(csv_of(row("u-1")))
    controls.start_sending(made, import_mode="FULL")

    def killed(*_args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("console.bulk.sending.by_job.create_import_job", killed)
        with pytest.raises(KeyboardInterrupt):
            work()
    made.refresh_from_db()
    assert made.job_name == f"console-import-{made.key}"
    assert controls.cancel(made)
    # It may be there: what it imports is not to be sent again.
    assert controls.rest_count(made) == 0
    # The next worker creates it where it is not.
    Import.objects.filter(pk=made.pk).update(stage=Stage.SENDING, lease="", leased_until=None)
    followed(made)
    assert (made.stage, made.created_count) == (Stage.DONE, 1)


@pytest.mark.parametrize("fails_at", ["create_import_job", "remember_origin", "note_import"])
def test_a_job_whose_worker_dies_once_it_is_created_is_noted_all_the_same(
    monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    # What was known of a record that was sent before is not known any more.
    sent(csv_of(row("u-1")))
    made = checked(csv_of(row("u-1", CITY="Elsewhere")))
    controls.start_sending(made, import_mode="FULL")
    do = getattr(by_job, fails_at)

    def killed(*args: Any) -> None:
        if fails_at == "create_import_job":
            do(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(by_job, fails_at, killed)
        with pytest.raises(KeyboardInterrupt):
            work()
    name = f"console-import-{made.key}"
    assert Job.objects.filter(name=name).exists()
    assert not DatasetEvent.objects.exists()
    Import.objects.filter(pk=made.pk).update(lease="", leased_until=None)
    made.refresh_from_db()
    followed(made)
    assert (made.stage, made.created_count) == (Stage.DONE, 1)
    assert Entry.objects.filter(kind=Kind.CREATED, name=name).exists()
    assert DatasetEvent.objects.count() == 1


def test_the_file_of_a_job_that_has_ended_is_the_same_when_it_comes_again() -> None:
    # It has no columns for some fields, which the job stores as null.
    text = csv_of(row("u-1", CITY=""), row("u-2", TOTAL_SPEND="12", LOYALTY_SCORE="1.5"))
    made = checked(text)
    controls.start_sending(made, import_mode="FULL")
    assert followed(made).stage == Stage.DONE
    again = checked(text)
    assert (again.new_count, again.changed_count, again.same_count) == (0, 0, 2)
