"""Cancelling an import: it asks, says who did it, and what was not sent can still be imported."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import, Part, Stage
from console.bulk.running import settling_step
from console.bulk.waiting import is_ending
from console.personalize.job_calls import create_import_job
from console.records.entities import INTERACTIONS
from console.submissions.models import SentRecord, Submission
from console.submissions.presses.beginning import begin_submission
from console.work.leases import never
from tests.bulk.importing import checked, csv_of, ids_of, row, sent, work
from tests.pages.bulk.test_bulk_import import address, press
from tests.pages.html import text_of

EVENTS = "USER_ID,SESSION_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP"


def test_it_asks_first_and_says_who_has_cancelled(operator: Client) -> None:
    made = checked(csv_of(row("u-1"), row("u-2")))
    controls.start_sending(made)
    page = operator.get(address(made), {"step": "cancel"})
    text = text_of(page)
    assert "Cancel this import? 2 records are not sent yet. What was sent stays sent." in text
    assert "Keep this import Cancel import" in text
    # What comes by itself would take the question away.
    assert 'id="asks-again"' not in page.content.decode()
    made.refresh_from_db()
    assert made.stage == Stage.SENDING
    assert 'name="step" value="cancel"' in operator.get(address(made)).content.decode()
    press(operator, made, "cancel")
    assert "This import was cancelled by operator. 2 records were not sent." in text_of(operator.get(address(made)))


def test_what_was_not_sent_is_imported_by_another_import(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.bulk.sending.part_sending.SECONDS_BETWEEN_COUNTS", 0)
    made = checked(csv_of(*(row(f"u-{number}") for number in range(40))))
    controls.start_sending(made)

    def cancelling() -> bool:
        if Submission.objects.filter(bulk_import=made.key).count() == 2:
            controls.cancel(made)
        return False

    work(cancelling)
    made.refresh_from_db()
    assert (made.stage, made.created_count) == (Stage.CANCELLED, 30)
    assert 'value="import_rest"' in operator.get(address(made)).content.decode()
    first, second = (press(operator, made, "import_rest")["Location"] for _press in range(2))
    assert first == second
    work()
    rest = Import.objects.get(retry_of=made)
    assert (rest.stage, ids_of(rest)) == (Stage.CHECKED, [f"u-{number}" for number in range(30, 40)])
    text = text_of(operator.get(first))
    assert "the records of an earlier import that were not sent" in text
    assert "These are the records that were not sent, compared with what is known of them by now." in text
    operator.post(first, {"intent": "send", "share": "100"})
    work()
    times = Counter(SentRecord.objects.filter(record_id__startswith="u-").values_list("record_id", flat=True))
    assert times == {f"u-{number}": 1 for number in range(40)}
    assert "The rest was imported on" in text_of(operator.get(address(made)))


@pytest.mark.usefixtures("demo")
def test_events_that_the_trail_knows_are_no_rest() -> None:
    events = [f"u-{number},s,i-1,Watch,{1_700_000_000 + number}" for number in range(3)]
    made = sent("\n".join([EVENTS, *events, ""]), group="video-streaming", entity=INTERACTIONS)
    # As where the worker died after the answers, and it was cancelled then.
    Part.objects.filter(bulk_import=made).update(outcomes="", is_settled=False)
    Import.objects.filter(pk=made.pk).update(stage=Stage.CANCELLED, created_count=0)
    made.refresh_from_db()
    rest = controls.import_rest(made, person=made.person, person_name="operator", address="")
    assert ids_of(rest) == []


def test_a_check_that_was_cancelled_says_that_it_is_not_whole(operator: Client) -> None:
    made = checked(csv_of(row("u-1"), row("u-2", AGE="x")))
    Import.objects.filter(pk=made.pk).update(stage=Stage.CHECKING, progress=40)
    press(operator, made, "cancel")
    page = operator.get(address(made))
    text = text_of(page)
    assert "Its check had not finished: 2 rows were read until then." in text
    assert "Download failed rows" not in text
    assert 'value="import_rest"' not in page.content.decode()


def test_records_that_are_compared_are_said_to_be(operator: Client) -> None:
    made = checked(csv_of(row("u-1")))
    Import.objects.filter(pk=made.pk).update(stage=Stage.CHECKING, progress=80)
    assert "All rows are read. The valid ones are compared" in text_of(operator.get(address(made)))


def test_a_job_that_was_created_goes_on(operator: Client) -> None:
    made = checked(csv_of(row("u-1"), row("u-2")))
    controls.start_sending(made, import_mode="FULL")
    press(operator, made, "cancel")
    text = text_of(operator.get(address(made)))
    assert "cancelled by operator. No dataset import job was created for it." in text
    assert "were not sent" not in text


def test_a_job_is_known_that_was_created_while_its_import_was_cancelled(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = checked(csv_of(row("u-1"), row("u-2")))
    controls.start_sending(made, import_mode="FULL")

    def cancelled_meanwhile(*args: Any) -> None:
        create_import_job(*args)
        controls.cancel(made)

    monkeypatch.setattr("console.bulk.sending.by_job.create_import_job", cancelled_meanwhile)
    work()
    page = operator.get(address(made))
    name = f"console-import-{made.key}"
    assert f"If its dataset import job, {name}, was created, it goes on: the console follows it no more." in text_of(
        page
    )
    assert f"/dataset-import-jobs/{name}/" in page.content.decode()


def test_calls_that_a_dead_worker_left_are_counted_once_its_lease_is_over(operator: Client) -> None:
    events = [f"u-{number},s-1,i-1,view,1764496800" for number in range(3)]
    made = sent("\n".join([EVENTS, *events, ""]), group="video-streaming", entity=INTERACTIONS)
    # As kill -9 leaves it where nothing was counted yet.
    Part.objects.filter(bulk_import=made).update(outcomes="", is_settled=False)
    over = timezone.now() - timedelta(seconds=1)
    Import.objects.filter(pk=made.pk).update(stage=Stage.CANCELLED, created_count=0, lease="dead", leased_until=over)
    made.refresh_from_db()
    page = f"/local/dataset-groups/video-streaming/datasets/interactions/imports/{made.key}/"
    assert "The last calls are under way" in text_of(operator.get(page))
    assert controls.rest_count(made) == 0
    settling_step()(never)
    made.refresh_from_db()
    assert (made.stage, made.lease, made.created_count, made.unconfirmed_count) == (Stage.CANCELLED, "", 3, 0)
    answer = operator.get(page)
    assert "were not sent" not in text_of(answer)
    assert 'value="import_rest"' not in answer.content.decode()


@pytest.mark.usefixtures("demo")
def test_calls_that_may_still_get_their_answers_are_waited_for() -> None:
    made = checked(csv_of(row("u-1")))
    controls.start_sending(made)
    begin_submission(
        made.entity,
        [("u-1", "{}")],
        endpoint=made.endpoint,
        person_id=made.person_id,
        person_name="operator",
        environment="local",
        dataset_group=made.dataset_group,
        dataset_arn=made.dataset_arn,
        bulk_import=made.key,
        bulk_call=0,
    )
    over = timezone.now() - timedelta(seconds=1)
    Import.objects.filter(pk=made.pk).update(stage=Stage.PAUSED, lease="dead", leased_until=over)
    settling_step()(never)
    made.refresh_from_db()
    assert made.lease not in ("", "dead")
    assert is_ending(made)
