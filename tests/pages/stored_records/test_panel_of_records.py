"""The panel Users in this dataset, on the page of a local Users dataset."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, Schema, StoredRecord
from console.local.storage import looking
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
    file = f'<p><a href="{PAGE}import-records/">Import records from a file</a></p>'
    html = operator.get(PAGE).content.decode()
    assert (link in html, file in html) == (True, True)
    operator.force_login(User.objects.get(username="viewer"))
    html = operator.get(PAGE).content.decode()
    assert (link in html, file in html) == (False, False)


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


@pytest.fixture
def cities(demo: None) -> None:
    """Three users with properties."""
    store("ada", "bob", "cyd")
    for record_id, properties in (
        ("ada", '{"city": "Bern", "age": 30, "memberSince": 1600000000}'),
        ("bob", '{"city": "Rome", "age": 9, "gender": "bernese"}'),
        ("cyd", '{"city": null}'),
    ):
        StoredRecord.objects.filter(record_id=record_id).update(properties=properties)


@pytest.mark.usefixtures("cities")
def test_has_a_column_for_each_of_the_first_fields_and_of_those_that_were_chosen(operator: Client) -> None:
    answer = operator.get(PAGE)
    assert (
        "User ID AGE GENDER MEMBERSHIP_TYPE INTERESTS MEMBER_SINCE TOTAL_SPEND Created Last replaced ada 30 - - - "
        "1600000000 -" in text_of(answer)
    )
    (address,) = re.findall(r'id="preferences-of-records"[^>]* href="([^"]*)"', answer.content.decode())
    assert "CITY" in text_of(operator.get(unescape(address)))
    fields = re.findall(r'<input type="hidden" name="(field|extra)" value="(\w+)">', answer.content.decode())
    assert ("extra", "CITY") in fields
    form: dict[str, Any] = {
        "page_size": "20",
        "columns": ["field-CITY", "field-AGE"],
        "field": [name for kind, name in fields if kind == "field"],
        "extra": [name for kind, name in fields if kind == "extra"],
    }
    operator.post("/table-preferences/records/", form)
    assert rows_of(operator.get(PAGE)) == [["ada", "30", "Bern"], ["bob", "9", "Rome"], ["cyd", "-", "-"]]
    # What a person chose for fields of one dataset stays while they choose for those of another.
    operator.post("/table-preferences/records/", {"page_size": "20", "field": ["GENRE"], "columns": ["field-GENRE"]})
    assert rows_of(operator.get(PAGE)) == [["ada", "30", "Bern"], ["bob", "9", "Rome"], ["cyd", "-", "-"]]


@pytest.mark.usefixtures("cities")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"filter": "bern"}, ["ada", "bob"]),
        ({"filter": " bern ", "in": "field-CITY"}, ["ada"]),
        ({"filter": "b", "in": "id"}, ["bob"]),
        ({"filter": "b", "in": "nothing"}, ["ada", "bob"]),
        ({"sort": "field-AGE"}, ["bob", "ada", "cyd"]),
        ({"sort": "-field-AGE"}, ["ada", "bob", "cyd"]),
        ({"sort": "-id"}, ["cyd", "bob", "ada"]),
        ({"filter": "bern", "sort": "field-AGE"}, ["bob", "ada"]),
        ({"sort": "nothing"}, ["ada", "bob", "cyd"]),
    ],
)
def test_searches_in_fields_and_sorts_by_them(operator: Client, asked: dict[str, str], found: list[str]) -> None:
    answer = operator.get(PAGE, asked)
    assert ids(answer) == found
    if "filter" in asked:
        assert f"{len(found)} match" in text_of(answer)


@pytest.mark.usefixtures("cities")
def test_says_what_was_not_found_where(operator: Client) -> None:
    assert "No user has “oslo” in any field." in text_of(operator.get(PAGE, {"filter": "oslo"}))
    assert "No user has “oslo” in CITY ." in text_of(operator.get(PAGE, {"filter": "oslo", "in": "field-CITY"}))


@pytest.mark.usefixtures("cities")
@pytest.mark.parametrize("asked", [{"in": "field-CITY"}, {"in": "id"}, {"sort": "field-CITY"}, {}])
def test_a_viewer_searches_ids_alone(viewer: Client, asked: dict[str, str]) -> None:
    assert "0 matches" in text_of(viewer.get(PAGE, {"filter": "Bern", **asked}))
    answer = viewer.get(PAGE, {"sort": "-field-AGE", **asked})
    assert ids(answer) == ["ada", "bob", "cyd"]
    assert "CITY" not in answer.content.decode().partition('id="records"')[2].partition("</section>")[0]


def test_pages_keep_search_and_sort(operator: Client) -> None:
    store(*(f"u-{number:03}" for number in range(45)), "other")
    second = operator.get(link(operator.get(PAGE, {"filter": "u-", "sort": "-id"}), "Next page"))
    assert ids(second) == [f"u-{number:03}" for number in range(24, 4, -1)]
    assert ids(operator.get(link(second, "Previous page"))) == [f"u-{number:03}" for number in range(44, 24, -1)]


@pytest.mark.usefixtures("cities")
def test_says_where_there_are_more_than_are_searched(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "MOST_READ", 2)
    text = text_of(operator.get(PAGE, {"filter": "b"}))
    assert "There are more users than are searched and sorted here: these are of the first 2, in the order" in text
    assert "There are more" not in text_of(operator.get(PAGE, {"filter": "cy", "in": "id"}))
