"""The filters of Submissions, in the address."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from console.submissions.models import Outcome, Submission
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import ARN, send

PAGE = "/local/dataset-groups/loyalty-programme/submissions/"
ELSEWHERE = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-program-2/USERS"


@pytest.fixture(autouse=True)
def submissions(demo: None) -> None:
    """Four submissions to a group, and one to another."""
    send({"a": {}, "b": {}}, at=datetime(2026, 3, 1, 23, 59, 59, 999999, tzinfo=UTC), person_name="ada")
    send({"B": {}}, Outcome.REFUSED, at=datetime(2026, 3, 2, tzinfo=UTC), person_name="Ada", dataset_arn=ELSEWHERE)
    send({"a%": {}}, Outcome.NOT_SENT, at=datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC), person_name="bob")
    send({"a b": {}}, Outcome.SENDING, at=datetime(2026, 3, 3, tzinfo=UTC), person_name="ada-2")
    send({"a": {}}, at=datetime(2026, 3, 1, tzinfo=UTC), dataset_group="online-shop")


def users_of(client: Client, **asked: str) -> list[str]:
    return [row[3] for row in rows_of(client.get(PAGE, asked))]


ALL = ["1 user: a b", "1 user: a%", "1 user: B", "2 users: a, b"]


@pytest.mark.parametrize(
    ("asked", "users"),
    [
        ({}, ALL),
        ({"person": "ADA"}, ["1 user: B", "2 users: a, b"]),
        ({"person": "ad"}, []),
        ({"person": " bob "}, ["1 user: a%"]),
        ({"dataset": "PROGRAM-2"}, ["1 user: B"]),
        ({"dataset": ARN}, ["1 user: a b", "1 user: a%", "2 users: a, b"]),
        ({"outcome": "created"}, ["2 users: a, b"]),
        ({"outcome": "not sent"}, ["1 user: a%"]),
        ({"outcome": "unconfirmed"}, ["1 user: a b"]),
        ({"outcome": "sending"}, []),
        ({"record_id": "a"}, ["2 users: a, b"]),
        ({"record_id": "b"}, ["2 users: a, b"]),
        ({"record_id": "B"}, ["1 user: B"]),
        ({"record_id": "%"}, []),
        ({"record_id": "a b"}, ["1 user: a b"]),
        ({"record_id": "a "}, []),
        ({"from": "2026-03-02"}, ["1 user: a b", "1 user: a%", "1 user: B"]),
        ({"to": "2026-03-01"}, ["2 users: a, b"]),
        ({"from": "2026-03-02", "to": "2026-03-02"}, ["1 user: a%", "1 user: B"]),
        ({"from": "0001-01-01", "to": "9999-12-31"}, ALL),
        ({"person": "ada", "outcome": "refused"}, ["1 user: B"]),
        ({"person": "ada", "filter": "created"}, ["2 users: a, b"]),
        ({"person": "ada", "sort": "created"}, ["2 users: a, b", "1 user: B"]),
        ({"filter": "A"}, ["1 user: a b", "1 user: a%", "1 user: B", "2 users: a, b"]),
        ({"filter": "a%"}, ["1 user: a%"]),
        ({"filter": "A B"}, ["1 user: a b"]),
        ({"filter": "%"}, []),
        ({"filter": "ob"}, ["1 user: a%"]),
        ({"filter": "NOT"}, ["1 user: a%"]),
        ({"person": "\0ada"}, ["1 user: B", "2 users: a, b"]),
    ],
)
def test_leaves_what_is_asked_for(viewer: Client, asked: dict[str, str], users: list[str]) -> None:
    assert users_of(viewer, **asked) == users


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"from": "1.3.2026"}, "From: expected a day as YYYY-MM-DD, such as 2026-03-31."),
        ({"to": "2026-02-30"}, "To: expected a day as YYYY-MM-DD, such as 2026-03-31."),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "From is later than To. Swap them."),
        ({"outcome": "<b>"}, "Outcome: there is no such outcome. Choose one from the list."),
        ({"record_id": "u" * 257}, "Record ID: expected at most 256 characters."),
    ],
)
def test_says_what_is_wrong_with_a_filter_and_shows_nothing(
    viewer: Client, asked: dict[str, str], sentence: str
) -> None:
    answer = viewer.get(PAGE, asked)
    assert sentence in text_of(answer)
    assert rows_of(answer) == []
    assert sentence in text_of(viewer.get(PAGE, asked, headers={"HX-Request": "true"}))


def test_events_are_said_to_have_the_ids_of_their_users(viewer: Client) -> None:
    text = text_of(viewer.get(PAGE))
    assert "The record ID of an event is its user ID. Items and actions of events are not searched." in text
    how = "To find an event by its item or action, search the stored events on the page of its dataset"
    assert how in text


def test_counts_what_is_left_of_all(viewer: Client) -> None:
    text = text_of(viewer.get(PAGE, {"person": "ada"}))
    assert "(2/4)" in text
    assert "2 matches" in text
    assert "Nothing here matches these filters. Clear all filters" in text_of(viewer.get(PAGE, {"person": "x"}))


def links(answer: Any) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*person=[^"]*)"', answer.content.decode())]


def test_pages_and_exports_keep_the_filters(viewer: Client) -> None:
    for number in range(30):
        send({f"u{number}": {}}, person_name="many & more")
    answer = viewer.get(PAGE, {"person": "many & more", "sort": "person", "from": ""})
    last = list(Submission.objects.filter(person_name="many & more").order_by("-created_at"))[19]
    assert f"?person=many+%26+more&sort=person&after={last.pk}" in links(answer)
    assert f"{PAGE}export-submissions/?person=many+%26+more&format=csv" in links(answer)


def test_the_address_follows_the_filters(viewer: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}"}
    answer = viewer.get(PAGE, {"filter": "", "person": "ada", "outcome": ""}, headers=headers)
    assert answer["HX-Push-Url"] == f"{PAGE}?person=ada"
    headers["HX-Current-URL"] += "?person=ada"
    assert "HX-Push-Url" not in viewer.get(PAGE, {"person": "ada"}, headers=headers)


def test_view_details_leads_to_the_one_that_is_selected(viewer: Client) -> None:
    one = send({"u": {}})
    assert viewer.get(PAGE, {"view": "details", "selected": str(one.pk)})["Location"] == f"{PAGE}{one.pk}/"
    for selected in ("", "x", "00000000-0000-0000-0000-000000000000"):
        answer = viewer.get(PAGE, {"view": "details", "selected": selected})
        assert answer.status_code == 422
        assert "Choose a submission first, then View details." in text_of(answer)
    assert f'<a id="view-{one.pk}" href="{PAGE}{one.pk}/">' in viewer.get(PAGE).content.decode()


def test_the_fields_hold_what_was_asked_for(viewer: Client) -> None:
    html = viewer.get(
        PAGE, {"from": "0999-03-01", "to": "soon", "person": 'a"b', "outcome": "refused"}
    ).content.decode()
    assert 'name="from" value="0999-03-01"' in html
    assert 'name="to" value=""' in html
    assert 'name="person" value="a&quot;b"' in html
    assert '<option value="refused" selected>Refused</option>' in html
