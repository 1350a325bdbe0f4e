"""Preferences of a table: kept for each person and table, shown by the server."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.people.models import TablePreferences
from tests.pages.html import rows_of, text_of
from tests.pages.tables.test_tables import make_groups

GROUPS = "/local/dataset-groups/"
PAGE = "/table-preferences/dataset_groups/"
CHOSEN = {"page_size": "50", "columns": ["name", "status"], "next": f"{GROUPS}?sort=name"}


def test_what_a_person_chooses_is_how_they_see_the_table_and_nobody_else(viewer: Client) -> None:
    answer = viewer.post(PAGE, CHOSEN | {"wrap_lines": "on", "striped_rows": "on"})
    assert (answer.status_code, answer["Location"]) == (302, f"{GROUPS}?sort=name#preferences-of-dataset_groups")
    seen = viewer.get(GROUPS)
    assert ["online-shop", "Active"] in rows_of(seen)
    assert 'class="data-table wrapped striped"' in seen.content.decode()
    assert 'class="data-table"' in viewer.get(f"{GROUPS}online-shop/datasets/").content.decode()
    viewer.force_login(User.objects.get(username="operator"))
    assert len(rows_of(viewer.get(GROUPS))[0]) == 4


def test_a_later_choice_takes_the_place_of_an_earlier_one(viewer: Client) -> None:
    viewer.post(PAGE, CHOSEN)
    viewer.post(PAGE, CHOSEN | {"page_size": "10", "columns": ["name", "domain", "status", "created"]})
    kept = TablePreferences.objects.get()
    assert (kept.page_size, kept.hidden_columns, kept.wrap_lines) == (10, [], False)
    html = viewer.get(PAGE).content.decode()
    assert re.search(r'value="10" checked', html)


def test_the_first_column_cannot_be_hidden(viewer: Client) -> None:
    viewer.post(PAGE, {"page_size": "20", "next": GROUPS})
    assert rows_of(viewer.get(GROUPS))[0] == ["video-streaming"]


def test_a_page_has_as_many_rows_as_were_chosen(viewer: Client) -> None:
    make_groups(15)
    assert len(rows_of(viewer.get(GROUPS))) == 20
    viewer.post("/table-preferences/datasets/", {"page_size": "50"})
    viewer.post(PAGE, {"page_size": "10"})
    assert len(rows_of(viewer.get(GROUPS))) == 10


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"page_size": "30"}, "Choose a page size."),
        ({}, "Choose a page size."),
        ({"page_size": "10", "columns": ["secret"]}, "There is no column secret: choose from the list."),
    ],
)
def test_refuses_what_there_is_not(viewer: Client, fields: dict[str, object], sentence: str) -> None:
    answer = viewer.post(PAGE, fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not TablePreferences.objects.exists()


@pytest.mark.parametrize("table", ["dataset_groups", "datasets", "submissions", "records"])
def test_every_table_has_the_page_and_stays_in_its_environment(viewer: Client, table: str) -> None:
    answer = viewer.get(f"/table-preferences/{table}/?next={GROUPS}")
    assert answer.status_code == 200
    assert "Page size" in text_of(answer)
    assert f'<a class="button link" href="{GROUPS}">Cancel</a>' in answer.content.decode()


def test_there_is_no_page_for_another_table(viewer: Client) -> None:
    assert viewer.get("/table-preferences/campaigns/").status_code == 404


def test_leads_to_no_other_site(viewer: Client) -> None:
    answer = viewer.post(PAGE, {"page_size": "10", "next": "https://example.com/"})
    assert answer["Location"] == "/#preferences-of-dataset_groups"
