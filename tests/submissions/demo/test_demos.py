"""The demo that is alive: what it is filled with, how its rows are marked, and what a reset makes of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, Demo, Job, StoredEvent, StoredRecord
from console.records.entities import ENTITIES
from console.records.record_input import validate_record_input
from console.records.schemas.schema import read_entity_schema
from console.submissions.demo.demos import fill_demo, reset_demo
from console.submissions.models import Outcome, SentRecord, Submission
from console.submissions.origins import Origin
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import send

FILLED = "Filled in: 139 users, 113 items, 378 item interactions, 20 jobs, and 181 submissions of the last 14 days."
CONTENTS = "Deleted: 139 users, 113 items, 378 item interactions, 20 jobs."
EARLIER = "/local/earlier-demos/"
VIEWERS = "/local/dataset-groups/video-streaming/submissions/"


@pytest.fixture
def alive(demo: None) -> None:
    """A demo after the first start."""
    assert fill_demo() == FILLED


@pytest.mark.usefixtures("alive")
def test_it_begins_with_a_fortnight_of_submissions_in_every_outcome() -> None:
    made = Submission.objects.all()
    assert made.count() == 181
    assert set(made.values_list("outcome", flat=True)) == {"created", "refused", "not sent", "unconfirmed"}
    assert set(made.filter(outcome="refused").values_list("error_code", flat=True)) == {
        "ThrottlingException",
        "InvalidInputException",
        "ResourceInUseException",
        "ResourceNotFoundException",
        "AccessDeniedException",
    }
    assert {each.person_name for each in made} == {"operator", "administrator"}
    assert {each.person and each.person.username for each in made} == {"operator", "administrator"}
    now = timezone.now()
    assert all(now - timedelta(days=14) < each.created_at <= now for each in made)
    keys = list(SentRecord.objects.order_by("pk").values_list("submission__created_at", flat=True))
    assert keys == sorted(keys)


@pytest.mark.usefixtures("alive")
def test_all_that_it_sent_is_valid_and_what_arrived_is_stored() -> None:
    schemas = {each.arn: each.schema.text for each in Dataset.objects.select_related("schema")}
    for each in Submission.objects.all():
        schema = read_entity_schema(each.entity, schemas[each.dataset_arn])
        found = validate_record_input(schema, each.record_input)
        assert not found.problems, found.problems
        assert [record.sent for record in found.records] == each.records
    sent = Submission.objects.filter(outcome=Outcome.CREATED, dataset_type="USERS")
    for each in sent:
        stored = dict(
            StoredRecord.objects.filter(dataset__arn=each.dataset_arn).values_list("record_id", "properties")
        )
        assert {record_id: stored[record_id] for record_id, _properties in each.records} == dict(each.records)
    assert StoredRecord.objects.filter(import_job__isnull=False).count() == 19 + 16 + 14 + 12 + 16 + 9 + 9 + 8
    assert StoredEvent.objects.filter(import_job__isnull=False).count() == 60 + 44 + 24 + 12 + 16


@pytest.mark.usefixtures("alive")
def test_it_has_jobs_of_each_kind_that_ended_well_and_not() -> None:
    assert set(Job.objects.values_list("kind", "outcome")) == {
        (kind, outcome)
        for kind in ("dataset-import-job", "dataset-export-job", "data-deletion-job")
        for outcome in ("ACTIVE", "CREATE FAILED")
    }


@pytest.mark.usefixtures("alive")
def test_its_rows_are_marked_as_its_own_and_the_mark_is_kept() -> None:
    (origin,) = Origin.objects.all()
    assert (origin.environment, origin.endpoint, origin.generation) == ("local", "local", 1)
    assert set(Submission.objects.values_list("origin", flat=True)) == {origin.pk}
    assert send({"u": {}}).origin == origin
    assert send({"u": {}}, environment="staging").origin != origin
    for change in ("generation = 0", "began_at = NULL"):
        with pytest.raises(Error, match="neither changed nor removed"), transaction.atomic():
            connection.cursor().execute(f"UPDATE history_origin SET {change}")


@pytest.mark.usefixtures("alive")
def test_a_reset_begins_a_new_demo_and_removes_nothing_of_the_trail(viewer: Client) -> None:
    own = send({"ada": {}}, dataset_group="ours", dataset_arn=f"{Origin.objects.get().arn_prefix}:dataset/ours/USERS")
    before = set(Submission.objects.values_list("pk", flat=True))
    said = reset_demo(is_filled=True)
    assert said == f"The demo data was reset. {CONTENTS} {FILLED} What was sent before is under Earlier demos."
    assert before < set(Submission.objects.values_list("pk", flat=True))
    assert Submission.objects.count() == 181 + 1 + 181
    assert list(Origin.objects.order_by("pk").values_list("generation", flat=True)) == [1, 2]
    assert send({"u": {}}).origin.generation == 2

    assert "Submissions (60)" in text_of(viewer.get(VIEWERS))
    rows = {row[0]: row[1:3] for row in rows_of(viewer.get(EARLIER))}
    assert rows["ours"] == ["Demo 1", "1"]
    assert rows["video-streaming"] == ["Demo 1", "60"]
    address = VIEWERS.replace("/local/", f"/{own.origin.address_name}/").replace("video-streaming", "ours")
    assert address in viewer.get(EARLIER).content.decode()
    text = text_of(viewer.get(address))
    assert "This was sent in an earlier demo, Demo 1, to the dataset group ours." in text
    assert "Dataset groups Earlier demos Submissions" in text
    exported: Any = viewer.get(f"{address}export-submissions/?format=csv")
    assert b"".join(exported.streaming_content).count(b"\n") == 2


@pytest.mark.usefixtures("alive")
def test_what_a_new_demo_sent_was_not_ended_by_the_reset_that_made_it(operator: Client) -> None:
    reset_demo(is_filled=True)
    page = "/local/dataset-groups/video-streaming/datasets/users/record-history/?record_id=viewer-148"
    html = text_of(operator.get(page))
    newest, _, earlier = html.partition("environment Demo 1")
    assert "the demo data was reset" not in newest
    assert "the demo data was reset" in earlier


def test_a_reset_without_filling_leaves_it_empty(demo: None) -> None:
    assert reset_demo(is_filled=False) == "The demo data was reset. Nothing had changed."
    assert not Submission.objects.exists()
    assert not StoredRecord.objects.exists()


def test_what_was_sent_before_the_first_reset_is_kept_too(demo: None, viewer: Client) -> None:
    send({"ada": {}})
    assert reset_demo(is_filled=False).endswith("What was sent before is under Earlier demos.")
    assert [row[:3] for row in rows_of(viewer.get(EARLIER))] == [["loyalty-programme", "Before demo 1", "1"]]


def test_a_start_fills_in_nothing_where_something_was_sent(demo: None) -> None:
    call_command("prepare_demo")
    assert not Submission.objects.exists()
    send({"ada": {}})
    Demo.objects.all().delete()
    call_command("prepare_demo")
    assert Submission.objects.count() == 1
    assert not StoredRecord.objects.exists()


def test_a_first_start_fills_it_in_unless_told_otherwise(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("prepare_demo", empty=True)
    assert capsys.readouterr().out.endswith("Created the demo data of the local service.\n")
    assert not Submission.objects.exists()
    Demo.objects.all().delete()
    call_command("prepare_demo")
    assert capsys.readouterr().out == f"Created the demo data of the local service. {FILLED}\n"


def test_every_type_of_the_demo_has_values(demo: None) -> None:
    fill_demo()
    for dataset in Dataset.objects.exclude(settled_status="CREATE IN_PROGRESS"):
        rows = dataset.events if ENTITIES[dataset.dataset_type].is_event else dataset.records
        assert rows.exists(), dataset.arn
