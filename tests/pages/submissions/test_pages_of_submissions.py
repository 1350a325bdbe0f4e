"""Pages of Submissions: first, previous, next, last, and one that begins with a day."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from console.submissions.lists import counting
from console.submissions.models import Submission
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import send

PAGE = "/local/dataset-groups/loyalty-programme/submissions/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def sent(demo: None) -> None:
    """Fifty submissions, one a day from 1 March 2026 on, of users from u-01 to u-50."""
    for number in range(50):
        at = datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=number)
        send({f"u-{number + 1:02}": {}}, at=at, person_name="bob" if number % 2 else "ada")


def users(answer: Any) -> list[int]:
    """Return the numbers of the users on a page."""
    return [int(row[3].removeprefix("1 user: u-")) for row in rows_of(answer)]


def step(answer: Any, name: str) -> str | None:
    """Return where a link to another page leads; None if it leads nowhere."""
    match = re.search(rf'<a id="{name}-page"[^>]* href="([^"]*)"', answer.content.decode())
    return PAGE + unescape(match[1]) if match else None


def follow(client: Client, answer: Any, name: str) -> Any:
    address = step(answer, name)
    assert address, name
    return client.get(address)


def down(first: int, last: int) -> list[int]:
    return list(range(first, last - 1, -1))


def test_links_lead_on_back_and_to_both_ends(viewer: Client) -> None:
    first = viewer.get(PAGE)
    assert users(first) == down(50, 31)
    assert (step(first, "first"), step(first, "previous")) == (None, None)
    second = follow(viewer, first, "next")
    assert users(second) == down(30, 11)
    third = follow(viewer, second, "next")
    assert users(third) == down(10, 1)
    assert (step(third, "next"), step(third, "last")) == (None, None)
    assert users(follow(viewer, third, "previous")) == down(30, 11)
    last = follow(viewer, first, "last")
    assert users(last) == down(20, 1)
    assert users(follow(viewer, last, "previous")) == down(40, 21)
    assert step(last, "first") == f"{PAGE}?"
    assert users(follow(viewer, last, "first")) == down(50, 31)


def test_a_link_leads_to_the_same_rows_when_others_were_sent_meanwhile(viewer: Client) -> None:
    address = step(viewer.get(PAGE), "next")
    assert address
    before = users(viewer.get(address))
    for _ in range(25):
        send({"u-99": {}})
    assert users(viewer.get(address)) == before == down(30, 11)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"date": "2026-03-20"}, down(20, 1)),
        ({"date": "2026-04-05"}, down(36, 17)),
        ({"date": "2026-03-20", "sort": "created"}, list(range(20, 40))),
        # After all of them, and before.
        ({"date": "2030-01-01"}, down(50, 31)),
        ({"date": "2001-01-01"}, down(20, 1)),
        ({"date": "9999-12-31"}, down(50, 31)),
        ({"date": "0001-01-01"}, down(20, 1)),
        ({"date": "0001-01-01", "sort": "created"}, list(range(1, 21))),
        ({"date": "2026-03-06", "person": "ada"}, [5, 3, 1]),
        # A day is a place in the order of time.
        ({"date": "2026-04-05", "sort": "person"}, down(36, 17)),
    ],
)
def test_a_day_leads_to_the_newest_of_it(viewer: Client, asked: dict[str, str], expected: list[int]) -> None:
    answer = viewer.get(PAGE, asked)
    assert users(answer)[: len(expected)] == expected or users(answer)[-len(expected) :] == expected
    assert f'name="date" value="{asked["date"]}"' in answer.content.decode()


def test_a_page_that_begins_with_a_day_has_pages_around_it(viewer: Client) -> None:
    answer = viewer.get(PAGE, {"date": "2026-04-05"})
    assert users(follow(viewer, answer, "next")) == down(16, 1)
    assert users(follow(viewer, answer, "previous")) == down(50, 31)
    assert users(follow(viewer, viewer.get(PAGE, {"date": "2026-03-25"}), "previous")) == down(45, 26)


@pytest.mark.parametrize("day", ["soon", "1.3.2026", "2026-02-30", "\0"])
def test_says_that_a_day_is_none_and_shows_the_first_page(viewer: Client, day: str) -> None:
    answer = viewer.get(PAGE, {"date": day})
    assert "Go to date: expected a day as YYYY-MM-DD, such as 2026-03-31." in text_of(answer)
    assert users(answer) == down(50, 31)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("page=1", down(50, 31)),
        ("page=2", down(30, 11)),
        ("page=3&sort=created", list(range(41, 51))),
        ("page=2&sort=person", [9, 7, 5, 3, 1, *range(50, 20, -2)]),
        ("page=2&sort=-person", [10, 8, 6, 4, 2, *range(49, 19, -2)]),
        ("page=50000", down(20, 1)),
        ("page=999999999999999999999", down(50, 31)),
        ("page=-1", down(50, 31)),
        ("page=x", down(50, 31)),
        ("after=x&before=00000000-0000-0000-0000-000000000000", down(50, 31)),
        ("end=first", down(50, 31)),
    ],
)
def test_an_address_of_an_older_version_or_none_leads_somewhere(
    viewer: Client, asked: str, expected: list[int]
) -> None:
    assert users(viewer.get(f"{PAGE}?{asked}", follow=True)) == expected


def test_an_older_address_becomes_one_of_today(viewer: Client) -> None:
    location = viewer.get(f"{PAGE}?page=2&person=ada")["Location"]
    newest = list(Submission.objects.filter(person_name="ada").order_by("-created_at"))
    assert location == f"{PAGE}?person=ada&after={newest[19].pk}"


def test_every_order_goes_on_and_keeps_its_filters_and_the_address_follows(viewer: Client) -> None:
    first = viewer.get(PAGE, {"sort": "person", "filter": "u-"})
    assert users(first) == down(49, 11)[::2]
    address = step(first, "next")
    assert address
    assert address.startswith(f"{PAGE}?filter=u-&sort=person&after=")
    assert users(viewer.get(address)) == [9, 7, 5, 3, 1, *range(50, 20, -2)]
    part = viewer.get(address, headers={**HTMX, "HX-Current-URL": f"http://testserver{PAGE}?filter=u-&sort=person"})
    assert part["HX-Push-Url"] == address


def test_refresh_and_choosing_a_row_keep_the_page(viewer: Client) -> None:
    address = step(viewer.get(PAGE), "next")
    assert address
    assert viewer.get(f"{address}&refresh=1")["Location"] == address
    after = address.partition("after=")[2]
    assert f'<input type="hidden" name="after" value="{after}">' in viewer.get(address).content.decode()


def test_counts_are_exact_up_to_ten_thousand(viewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert counting.FEW == 10_000
    assert "Submissions (50)" in text_of(viewer.get(PAGE))
    for module in ("console.submissions.lists.counting", "console.pages.tables.tables"):
        monkeypatch.setattr(f"{module}.FEW", 49)
    text = text_of(viewer.get(PAGE, {"filter": "u"}))
    assert "Submissions (49+/49+)" in text
    assert "49+ matches" in text
    assert "Export all as CSV" in text
    assert "(25/49+)" in text_of(viewer.get(PAGE, {"person": "ada"}))
    assert "Export all 25 as CSV" in text_of(viewer.get(PAGE, {"person": "ada"}))


def test_ids_that_were_sent_very_often_are_counted_less_far(viewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert counting.LESS == 1_000
    for name, most in (("counting.FEW", 9), ("counting.LESS", 4)):
        monkeypatch.setattr(f"console.submissions.lists.{name}", most)
    monkeypatch.setattr("console.pages.tables.tables.FEW", 9)
    text = text_of(viewer.get(PAGE, {"filter": "u", "person": "ada"}))
    assert "Submissions (4+/9+)" in text
    assert "4+ matches" in text
