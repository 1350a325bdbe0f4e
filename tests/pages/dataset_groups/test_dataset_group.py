import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import NoReturn

import pytest
from django.test import Client
from django.utils import timezone

from console.local.errors import ServiceError
from console.local.models import Dataset, Schema
from console.local.operations import OPERATIONS
from console.records.entities import USERS
from console.submissions.models import Outcome
from console.submissions.presses.beginning import begin_submission
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import ARN, complete

PAGE = "/local/dataset-groups/loyalty-programme/"


def send(*record_ids: str, outcome: Outcome = Outcome.CREATED, at: datetime | None = None) -> None:
    users = [(each, "{}") for each in record_ids]
    submission = begin_submission(
        USERS,
        users,
        endpoint="local",
        person_name="somebody",
        environment="local",
        dataset_group="loyalty-programme",
        dataset_arn=ARN,
        record_input="{}",
        created_at=at or timezone.now(),
    )
    complete(submission, outcome)


def test_shows_the_group(viewer: Client) -> None:
    text = text_of(viewer.get(PAGE))
    assert "Domain Custom Status Active" in text
    assert "arn:aws:personalize:us-east-1:000000000000:dataset-group/loyalty-programme" in text


def test_shows_each_dataset_with_its_status_and_the_number_of_its_fields(viewer: Client) -> None:
    text = text_of(viewer.get(PAGE))
    assert "Datasets (3)" in text
    # The demo's schema, counted by hand: USER_ID and ten others.
    assert "loyalty-programme-users Dataset type Users Status Active Fields 11" in text
    assert "Dataset type Items Status Active Fields 3" in text
    assert f'href="{PAGE}datasets/users/"' in viewer.get(PAGE).content.decode()


def test_a_dataset_whose_schema_cannot_be_read_is_shown_without_a_number(viewer: Client) -> None:
    Schema.objects.filter(datasets__group__name="loyalty-programme").update(text="{}")
    assert "loyalty-programme-users Dataset type Users Status Active Fields -" in text_of(viewer.get(PAGE))


def test_a_group_without_datasets_says_so(viewer: Client) -> None:
    Dataset.objects.filter(group__name="loyalty-programme").delete()
    text = text_of(viewer.get(PAGE))
    assert "Datasets (0)" in text
    assert "This dataset group has no datasets." in text


def test_says_why_a_group_failed(viewer: Client) -> None:
    text = text_of(viewer.get("/local/dataset-groups/retired-campaigns/"))
    assert "Status Create failed" in text
    assert "Failure reason The IAM role of this dataset group could not be assumed." in text


def test_lists_the_last_five_submissions_newest_first(viewer: Client) -> None:
    for number in range(6):
        send(*[f"u{each}" for each in range(number + 1)])
    send("a", outcome=Outcome.REFUSED)
    page = viewer.get(PAGE).content.decode()
    recent = page[page.index('<h2 id="recent">') :]
    rows = re.findall(r"<tr>\s*<td.*?</tr>", recent, re.DOTALL)
    cells = [re.sub(r"<[^>]+>", " ", row).split() for row in rows]
    assert [[row[-4], *row[-2:]] for row in cells] == [
        ["Refused", "1", "user"],
        ["Created", "6", "users"],
        ["Created", "5", "users"],
        ["Created", "4", "users"],
        ["Created", "3", "users"],
    ]


def test_follows_a_submission_that_is_being_sent(viewer: Client) -> None:
    send("a", outcome=Outcome.SENDING)
    html = viewer.get(PAGE).content.decode()
    assert "Sending" in html[html.index('<h2 id="recent">') :]
    assert "seen=sending" in html


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=119), "1 hour ago"),
        (timedelta(hours=49), "2 days ago"),
    ],
)
def test_recent_submissions_say_how_long_ago_beside_the_exact_time(
    viewer: Client, since: timedelta, words: str
) -> None:
    send("a", at=(at := timezone.now() - since))
    assert f"{at.astimezone(UTC):%Y %H:%M:%S} GMT {words}" in text_of(viewer.get(PAGE))


def test_draws_users_sent_per_day_by_outcome_with_a_table(viewer: Client) -> None:
    send("a", "b", "c")
    send("a", outcome=Outcome.SENDING)
    answer = viewer.get(PAGE)
    html = answer.content.decode()
    assert "in the last 14 days (GMT): 4 records in total." in text_of(answer)
    assert html.count('<rect class="piece-created" ') == html.count('<rect class="piece-unconfirmed" ') == 2
    assert 'class="piece-refused"' not in html
    rows = rows_of(answer)
    assert len(rows) == 14
    assert rows[-1] == ["3", "1", "0", "0", "4"]
    assert all(row == ["0"] * 5 for row in rows[:-1])
    assert f"{timezone.now():%a, %d %b %Y}" in html


def test_says_that_nothing_was_sent_instead_of_an_empty_chart(viewer: Client) -> None:
    answer = viewer.get(PAGE)
    assert "0 records in total." in text_of(answer)
    assert "Nothing has been sent to this dataset group from this console yet." in text_of(answer)
    assert "<rect" not in answer.content.decode()


def test_shows_how_many_users_were_sent_and_not_who(viewer: Client) -> None:
    send("secret-id", "another")
    answer = viewer.get(PAGE)
    assert "2 records in total." in text_of(answer)
    assert "secret-id" not in answer.content.decode()


def test_a_number_of_fields_that_cannot_be_had_is_not_asked_for_at_each_visit(
    viewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def deny(_caller: object, parameters: dict[str, str]) -> NoReturn:
        asked.append(parameters["datasetArn"].rpartition("/")[2])
        raise ServiceError("AccessDeniedException", "Not today.", HTTPStatus.FORBIDDEN)

    monkeypatch.setitem(OPERATIONS, "DescribeDataset", deny)
    for _visit in range(2):
        assert "loyalty-programme-users Dataset type Users Status Active Fields -" in text_of(viewer.get(PAGE))
    assert sorted(asked) == ["INTERACTIONS", "ITEMS", "USERS"]
