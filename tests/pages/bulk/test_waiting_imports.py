"""What the page of an import says while it waits for another, is about to stop, or has lost its worker."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from console.bulk import controls
from console.bulk.models import Import, Stage
from tests.bulk.importing import checked, csv_of, row, uploaded
from tests.pages.bulk.test_bulk_import import DATASET, HTMX, address
from tests.pages.html import text_of


def leased(made: Import, seconds: float = 60, **changes: Any) -> None:
    """Let a worker have an import, whose lease lasts for so many seconds more."""
    until = timezone.now() + timedelta(seconds=seconds)
    Import.objects.filter(pk=made.pk).update(lease="worker", leased_until=until, **changes)


def test_those_of_one_dataset_take_turns_and_the_time_that_is_left_counts_them(operator: Client) -> None:
    rows = [row(f"u-{number}") for number in range(80)]
    first = checked(csv_of(*rows), name="first.csv", person="administrator")
    second = checked(csv_of(*rows))
    controls.start_sending(first, share=80)
    # Before it is sent, too.
    text = text_of(operator.get(address(second)))
    assert "Another import is being sent to this dataset: first.csv of administrator." in text
    assert "They would take turns of some seconds with this one" in text
    controls.start_sending(second, share=80)
    answer = operator.get(address(second))
    text = text_of(answer)
    assert "They take turns of some seconds with this one, since AWS's rate is that of the dataset group." in text
    assert "Where two of them have a record with the same ID, the one that is sent last replaces the other." in text
    assert f'href="{address(first)}"' in answer.content.decode()
    # Eight calls of each at eight calls a second.
    assert "Time left about 2 seconds" in text
    controls.pause(first)
    text = text_of(operator.get(address(second)))
    assert "first.csv" not in text
    assert "Time left about 1 second" in text


def test_one_that_a_job_is_before_waits_and_no_time_is_promised(operator: Client) -> None:
    first, second = checked(csv_of(row("u-1")), name="first.csv"), checked(csv_of(row("u-2")))
    controls.start_sending(first, import_mode="FULL")
    controls.start_sending(second)
    answer = operator.get(address(second))
    text = text_of(answer)
    assert "This one begins once that of first.csv has ended or is paused." in text
    assert f'href="{address(first)}"' in answer.content.decode()
    assert "Waiting" in text
    assert "Time left -" in text
    controls.pause(first)
    text = text_of(operator.get(address(second)))
    assert "first.csv" not in text
    assert "Time left about 1 second" in text


def test_one_whose_last_calls_are_under_way_is_waited_for(operator: Client) -> None:
    first, second = checked(csv_of(row("u-1")), name="first.csv"), checked(csv_of(row("u-2")))
    controls.start_sending(first)
    controls.start_sending(second)
    leased(first, stage=Stage.PAUSED)
    assert "The last calls of the import of first.csv are under way." in text_of(operator.get(address(second)))


def test_a_check_that_waits_for_its_turn_says_so(operator: Client) -> None:
    first, second = uploaded(csv_of(row("u-1"))), uploaded(csv_of(row("u-2")))
    controls.start_check(first)
    controls.start_check(second)
    Import.objects.update(file_size=5_000_000)
    leased(first)
    Import.objects.filter(pk=second.pk).update(starts_at=timezone.now() - timedelta(seconds=5))
    text = text_of(operator.get(address(second)))
    assert "The check has not begun." in text
    assert "Another large file of yours is being checked. This one has its turn after that." in text
    assert "The file is being read." in text_of(operator.get(address(first)))


@pytest.mark.parametrize(
    ("intent", "during", "after"),
    [
        ("pause", "Pausing", "Paused"),
        ("cancel", "Cancelling", "This import was cancelled by operator. 1 record was not sent."),
    ],
)
def test_it_asks_on_until_the_last_calls_have_their_answers(
    operator: Client, intent: str, during: str, after: str
) -> None:
    made = checked(csv_of(row("u-1"), row("u-2")))
    controls.start_sending(made)
    leased(made)
    page = operator.post(address(made), {"intent": intent}, follow=True)
    text = text_of(page)
    assert during in text
    assert "The last calls are under way" in text
    assert after not in text
    asked = page.content.decode().partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    assert 'id="asks-again"' in operator.get(f"{DATASET}imports/").content.decode()
    # The worker counts what was answered, and gives it back.
    Import.objects.filter(pk=made.pk).update(lease="", leased_until=None, created_count=1)
    page = operator.get(asked, headers=HTMX)
    assert after in text_of(page)
    assert "Sent 1" in text_of(page)
    assert 'id="asks-again"' not in page.content.decode()


def test_a_worker_that_says_nothing_is_said_to_be_followed_by_another(operator: Client) -> None:
    made = checked(csv_of(row("u-1")))
    controls.start_sending(made)
    leased(made)
    assert "has not reported" not in text_of(operator.get(address(made)))
    leased(made, 3)
    text = text_of(operator.get(address(made)))
    assert "If it has ended, the import goes on by itself within about ten seconds." in text
    assert "Time left -" in text
