"""All submissions: those of all dataset groups of an environment, and a search in all of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from console.submissions.models import Outcome, Submission
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import ARN, complete, send

PAGE = "/local/submissions/"
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)


def to(group: str, user_id: str, at: datetime = MARCH, *, hours: int = 0, person: str = "operator") -> Submission:
    """Write a submission of a user to a dataset group, some hours after a moment, without an answer."""
    arn = ARN.replace("loyalty-programme", group)
    known = {"dataset_group": group, "dataset_arn": arn, "person_name": person}
    return send({user_id: {}}, Outcome.SENDING, at=at + timedelta(hours=hours), **known)


def sent(client: Client, query: str = "") -> list[str]:
    """Return the records of each row that the page shows, without their number."""
    return [row[4].partition(": ")[2] for row in rows_of(client.get(f"{PAGE}{query}"))]


@pytest.fixture
def submissions(demo: None) -> None:
    """Submissions to three dataset groups, by turns, of which some failed; and one from another environment."""
    complete(to("books", "Ada-1"), Outcome.CREATED, request_id="1a-first")
    failure = {"error_code": "ThrottlingException", "sentence": "AWS refused it.", "message": "Too many of ADA today"}
    complete(to("films", "ada-2", hours=1), Outcome.REFUSED, request_id="2b-second", **failure)
    complete(to("books", "bob-1", hours=2, person="grace"), Outcome.CREATED)
    complete(to("games", "bob-2", hours=3), Outcome.NOT_SENT, error_code="NoAnswer", sentence="Nothing was sent.")
    send({"elsewhere": {}}, environment="staging", at=MARCH)


@pytest.mark.usefixtures("submissions")
def test_lists_those_of_all_groups_newest_first(viewer: Client) -> None:
    answer = viewer.get(PAGE)
    assert [row[2:5] for row in rows_of(answer)] == [
        ["games", "operator", "1 user: bob-2"],
        ["books", "grace", "1 user: bob-1"],
        ["films", "operator", "1 user: ada-2"],
        ["books", "operator", "1 user: Ada-1"],
    ]
    assert "All submissions (4)" in text_of(answer)
    last = Submission.objects.get(record_ids="Ada-1")
    assert f'href="/local/dataset-groups/books/submissions/{last.pk}/"' in answer.content.decode()
    assert 'href="/local/submissions/"' in viewer.get("/local/dataset-groups/").content.decode()


@pytest.mark.usefixtures("submissions")
def test_finds_in_all_groups(viewer: Client) -> None:
    expected = {
        "filter=ADA-": ["ada-2", "Ada-1"],
        "filter=2b-second": ["ada-2"],
        "filter=throttling": ["ada-2"],
        "filter=GRACE": ["bob-1"],
        "filter=nothing+WAS": ["bob-2"],
        "filter=nowhere": [],
        "outcome=created": ["bob-1", "Ada-1"],
        "person=Grace": ["bob-1"],
        "record_id=Ada-1": ["Ada-1"],
        "from=2026-03-02": [],
        "to=2026-03-01&filter=bob": ["bob-2", "bob-1"],
        "sort=person": ["bob-2", "bob-1", "ada-2", "Ada-1"],
    }
    assert {query: sent(viewer, f"?{query}") for query in expected} == expected


@pytest.mark.usefixtures("submissions")
def test_messages_of_aws_are_found_by_those_who_see_them(client: Client) -> None:
    for name, found in (("operator", ["ada-2"]), ("viewer", [])):
        client.post("/sign-in/", {"username": name, "password": name})
        assert sent(client, "?filter=of+ada+today") == found
        client.post("/sign-out/")


def test_the_last_hours_and_days(viewer: Client) -> None:
    now = timezone.now() - timedelta(minutes=1)
    for days, user_id in ((0, "now"), (2, "days"), (10, "weeks"), (40, "months")):
        complete(to("books", user_id, now - timedelta(days=days)), Outcome.CREATED)
    assert sent(viewer, "?within=24h") == ["now"]
    assert sent(viewer, "?within=7d") == ["now", "days"]
    assert sent(viewer, "?within=30d") == ["now", "days", "weeks"]
    assert "Time: there is no such choice." in text_of(viewer.get(f"{PAGE}?within=1y"))


def test_pages_go_through_all_groups(viewer: Client) -> None:
    for number in range(45):
        complete(to(("books", "films", "games")[number % 3], f"u{number:02}", hours=number), Outcome.CREATED)
    first = sent(viewer)
    assert first == [f"u{number:02}" for number in range(44, 24, -1)]
    after = Submission.objects.get(record_ids="u25").pk
    assert sent(viewer, f"?after={after}") == [f"u{number:02}" for number in range(24, 4, -1)]
    before = Submission.objects.get(record_ids="u24").pk
    assert sent(viewer, f"?before={before}") == first
    assert sent(viewer, "?end=last") == [f"u{number:02}" for number in range(19, -1, -1)]
    # Twelve hours after noon, the first day is over.
    assert sent(viewer, "?date=2026-03-01")[:2] == ["u11", "u10"]
    assert sent(viewer, "?page=2") == first
