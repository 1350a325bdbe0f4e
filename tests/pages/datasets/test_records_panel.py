"""The panel Users in this dataset, on the page of a local Users dataset."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, Schema, StoredRecord
from tests.conftest import LOYALTY
from tests.pages.html import rows_of, text_of

PAGE = "/local/dataset-groups/loyalty-programme/datasets/users/"
SAYS_SO = "Amazon Personalize has no call that reads users back: only the local service has this panel."


def store(*record_ids: str) -> None:
    dataset, now = Dataset.objects.get(arn=LOYALTY), timezone.now()
    StoredRecord.objects.bulk_create(
        StoredRecord(dataset=dataset, record_id=record_id, properties="{}", created_at=now, replaced_at=now)
        for record_id in record_ids
    )


def link(answer: Any, words: str) -> str:
    """Return the address that a link of the panel leads to."""
    match = re.search(rf'<a href="([^"]*)">{words}</a>', answer.content.decode())
    assert match, words
    return PAGE + unescape(match[1]).removeprefix(PAGE)


def ids(answer: Any) -> list[str]:
    return [row[0] for row in rows_of(answer)]


def test_says_that_there_is_none_and_why_it_is_there(viewer: Client) -> None:
    text = text_of(viewer.get(PAGE))
    assert f"Users in this dataset (0) {SAYS_SO} No users This dataset has no users." in text


def test_an_empty_panel_leads_to_creating_for_whoever_may(operator: Client) -> None:
    link = f'<a class="button" href="{PAGE}create-records/">Create user record(s)</a>'
    assert link in operator.get(PAGE).content.decode()
    operator.force_login(User.objects.get(username="viewer"))
    assert link not in operator.get(PAGE).content.decode()


def test_lists_users_with_their_times(viewer: Client) -> None:
    store("b", "a")
    replaced = StoredRecord.objects.get(record_id="b")
    replaced.replaced_at = replaced.replaced_at.replace(year=2030, month=1, day=1)
    replaced.save()
    answer = viewer.get(PAGE)
    assert "Users in this dataset (2)" in text_of(answer)
    (first, second) = rows_of(answer)
    assert (first[0], first[2]) == ("a", "-")
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", first[1])
    assert (second[0], second[2][:16]) == ("b", "Tue, 01 Jan 2030")


def test_goes_on_and_back_in_pages_of_twenty(viewer: Client) -> None:
    store(*(f"u-{number:03}" for number in range(45)))
    first = viewer.get(PAGE)
    assert ids(first) == [f"u-{number:03}" for number in range(20)]
    second = viewer.get(link(first, "Next page"))
    third = viewer.get(link(second, "Next page"))
    assert ids(third) == [f"u-{number:03}" for number in range(40, 45)]
    StoredRecord.objects.filter(record_id="u-000").delete()
    assert ids(viewer.get(link(third, "Previous page"))) == ids(second)
    assert ids(viewer.get(link(third, "First page"))) == [f"u-{number:03}" for number in range(1, 21)]
    assert "Next page</a>" not in third.content.decode()
    assert "Previous page</a>" not in first.content.decode()


def test_finds_by_the_beginning_of_the_id(viewer: Client) -> None:
    store("a%", "ab", "A", "b")
    answer = viewer.get(PAGE, {"filter": "a%"})
    assert ids(answer) == ["a%"]
    assert "Users in this dataset (4)" in text_of(answer)
    assert "1 match" in text_of(answer)
    assert "2 matches" in text_of(viewer.get(PAGE, {"filter": "a"}))
    none = text_of(viewer.get(PAGE, {"filter": "x\0 <b>"}))
    assert "0 matches" in none
    assert 'No user ID begins with “"x\\u0000 <b>"”. IDs are case-sensitive.' in none


def test_pages_keep_the_filter(viewer: Client) -> None:
    store("other", *(f"u&={number:03}" for number in range(30)))
    answer = viewer.get(link(viewer.get(PAGE, {"filter": "u&="}), "Next page"))
    assert ids(answer) == [f"u&={number:03}" for number in range(20, 30)]


AWKWARD = [
    "a/b/../c",
    "..",
    "?record_id=x&y#z",
    " ",
    "a b+c%20",
    "\u202eabc",
    "a\nb",
    "😀é",
    "<b>",
    '"',
    "'",
    "\\",
    "x" * 256,
]


@pytest.mark.parametrize("user_id", AWKWARD)
def test_every_id_leads_to_its_record(viewer: Client, user_id: str) -> None:
    store(user_id)
    match = re.search(r'<a href="([^"]*record_id=[^"]*)">(.+?)</a>', viewer.get(PAGE).content.decode())
    assert match
    answer = viewer.get(unescape(match[1]))
    assert answer.status_code == 200
    assert answer.context["record"].record_id == user_id


def test_what_cannot_be_seen_in_an_id_is_written_as_json(viewer: Client) -> None:
    store(" ", "\u202eabc", "a\nb")
    assert ids(viewer.get(PAGE)) == ['" "', '"a\\nb"', '"\\u202eabc"']


def test_is_there_for_a_schema_that_cannot_be_read(viewer: Client) -> None:
    store("a")
    Schema.objects.filter(name="loyalty-programme-users-schema").update(text="{")
    assert ids(viewer.get(PAGE)) == ["a"]
