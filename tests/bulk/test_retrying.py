"""Retrying what failed: which records, and which of them something newer would be replaced by."""

import pytest

from console.bulk import controls
from console.bulk.models import Import, Part, Stage
from console.bulk.sending.calls import calls_of, calls_per_record
from console.bulk.sending.failures import failed_call_numbers, failed_records
from console.bulk.sending.timeline import timeline
from console.local.simulation import simulate, stop_simulating
from console.records.entities import INTERACTIONS
from console.submissions.models import Outcome
from tests.bulk.importing import checked, csv_of, row, sent, work

pytestmark = pytest.mark.usefixtures("demo")


def failed(content: str, response: str, calls: int, **chosen: object) -> Import:
    """Return an import that was sent, of which so many calls got a simulated response."""
    made = checked(content, **chosen)
    controls.start_sending(made, share=100, leaves_out_same=False)
    simulate(response, 0, calls, "operator")
    work()
    stop_simulating()
    made.refresh_from_db()
    return made


def retried(made: Import) -> Import:
    retry = controls.retry(made, person=made.person, person_name=made.person_name)
    work()
    retry.refresh_from_db()
    return retry


def test_what_was_refused_is_told_with_its_row_and_answer() -> None:
    made = failed(csv_of(*[row(f"u-{number}") for number in range(12)]), "InvalidInputException", 1)
    assert (made.created_count, made.refused_count) == (2, 10)
    assert failed_call_numbers(made) == [0]
    found = list(failed_records(made))
    assert [each.row for each in found] == list(range(2, 12))
    assert found[0].record[0] == "u-0"
    assert found[0].submission
    assert found[0].submission.error_code == "InvalidInputException"


def test_only_what_failed_is_sent_again() -> None:
    made = failed(csv_of(*[row(f"u-{number}") for number in range(12)]), "InvalidInputException", 1)
    retry = retried(made)
    assert (retry.stage, retry.valid_count, retry.new_count) == (Stage.CHECKED, 10, 10)
    assert not controls.start_check(retry)
    controls.start_sending(retry, share=100, leaves_out_same=False)
    work()
    retry.refresh_from_db()
    assert (retry.stage, retry.created_count) == (Stage.DONE, 10)


def test_records_that_were_sent_since_with_other_values_are_newer_and_can_be_left_out() -> None:
    made = failed(csv_of(*[row(f"u-{number}") for number in range(3)]), "InvalidInputException", 1)
    sent(csv_of(row("u-1", CITY="Elsewhere"), row("u-2")))
    retry = retried(made)
    assert (retry.new_count, retry.changed_count, retry.same_count, retry.newer_count) == (1, 0, 1, 1)
    controls.start_sending(retry, share=100, leaves_out_same=False, leaves_out_newer=True)
    assert retry.to_send_count == 2
    work()
    retry.refresh_from_db()
    assert retry.created_count == 2


def test_what_was_sent_before_is_not_newer() -> None:
    sent(csv_of(row("u-1", CITY="Elsewhere")))
    retry = retried(failed(csv_of(row("u-1")), "InvalidInputException", 1))
    assert (retry.changed_count, retry.newer_count) == (1, 0)


def test_calls_of_events_have_the_rows_of_each_user_and_session() -> None:
    heading = "USER_ID,SESSION_ID,ITEM_ID,EVENT_TYPE,TIMESTAMP"
    events = ["u-1,s,i-1,Watch,1700000000", "u-2,s,i-1,Watch,1700000001", "u-1,s,i-1,Watch,1700000000"]
    made = checked("\n".join([heading, *events, ""]), group="video-streaming", entity=INTERACTIONS)
    assert [each.rows for each in calls_of(made, Part.objects.get(bulk_import=made))] == [(2, 4), (3,)]
    assert calls_per_record(made) == pytest.approx(2 / 3)


def test_the_timeline_has_each_record_once_by_its_last_outcome() -> None:
    made = failed(csv_of(*[row(f"u-{number}") for number in range(12)]), "InvalidInputException", 1)
    (span,) = timeline(made)
    assert span.records == {Outcome.REFUSED: 10, Outcome.CREATED: 2}
    assert timeline(checked(csv_of(row("u-1")))) == []


def test_a_second_press_of_send_changes_nothing_of_what_was_sent() -> None:
    made = sent(csv_of(row("u-1")))
    assert not controls.start_sending(made, share=100, leaves_out_same=False)
    assert Part.objects.get(bulk_import=made).outcomes == "c"
