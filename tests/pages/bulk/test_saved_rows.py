"""Several invalid rows of an import that are saved in one request."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.bulk.models import Import, Stage
from tests.bulk.importing import checked, csv_of, ids_of, row
from tests.pages.bulk.test_bulk_import import HTMX, address
from tests.pages.html import text_of


def rows_of(*ages: str) -> dict[str, Any]:
    """Return a form with an age for each row from the first one on."""
    rows = [{"part": "0", "row": str(number), "cell-AGE": age} for number, age in enumerate(ages, 2)]
    return {"intent": "save_rows", "rows": json.dumps(rows)}


def with_invalid_rows(count: int) -> Import:
    return checked(csv_of(*(row(f"u-{number}", AGE="x") for number in range(count))))


def test_forty_rows_are_saved_in_one_request(operator: Client) -> None:
    made = with_invalid_rows(40)
    answer = operator.post(address(made), rows_of(*["34"] * 40), follow=True)
    assert "40 rows are valid now, and will be sent after all others." in text_of(answer)
    made.refresh_from_db()
    assert (made.valid_count, made.invalid_count) == (40, 0)
    assert len(ids_of(made)) == 40


def test_those_that_are_still_invalid_keep_what_was_typed(operator: Client) -> None:
    made = with_invalid_rows(3)
    html = operator.post(address(made), rows_of("34", "y", "z"), headers=HTMX).content.decode()
    assert html.strip().startswith('<section class="container" id="rows"')
    assert re.findall(r'name="cell-AGE" value="([^"]*)"', html) == ["y", "z"]
    assert '<span id="invalid-count" class="counter">(2)</span>' in html
    assert "<strong>1 user</strong> in about 1 call of up to 10" in html
    assert "an Excel workbook of them" in html
    assert "1 row is valid now, and will be sent after all others." in html
    assert "Rows 3 and 4 are still invalid, and keep what was typed." in html
    html = operator.post(address(made), rows_of("1", "35", "36"), headers=HTMX).content.decode()
    assert "All rows are valid now." in html
    assert "Row 2: This row was not saved: it was fixed meanwhile" in html
    assert "You typed: AGE “1”." in html


def test_what_was_typed_is_given_back_while_others_are_sent(operator: Client) -> None:
    made = with_invalid_rows(2)
    Import.objects.filter(pk=made.pk).update(stage=Stage.SENDING)
    text = text_of(operator.post(address(made), rows_of("34", "35"), headers=HTMX))
    assert "Row 2: This row was not saved, since the import is at work." in text
    assert "Row 3: This row was not saved, since the import is at work." in text
    assert "You typed: AGE “34”." in text
    assert "You typed: AGE “35”." in text


@pytest.mark.parametrize("rows", ["", "[]", "{}", "[1]", '[{"part": 0}]', "[" * 100_000, '[{"part":"0","row":"2"}] x'])
def test_what_is_no_list_of_rows_is_refused_in_a_sentence(operator: Client, rows: str) -> None:
    made = with_invalid_rows(1)
    answer = operator.post(address(made), {"intent": "save_rows", "rows": rows})
    assert answer.status_code == 400
    assert "This form has no rows that can be saved." in text_of(answer)


@pytest.mark.parametrize("odd", ["\ud800", "a\x00b", "x" * 300_000])
def test_texts_that_no_form_could_send_are_values_like_others(operator: Client, odd: str) -> None:
    made = with_invalid_rows(2)
    answer = operator.post(address(made), rows_of(odd, "35"), headers=HTMX)
    assert answer.status_code == 200
    assert "Row 2 is still invalid, and keeps what was typed." in answer.content.decode()
    assert ids_of(made) == ["u-1"]
    assert operator.get(address(made)).status_code == 200


def test_rows_that_are_none_are_said(operator: Client) -> None:
    made = with_invalid_rows(1)
    form = {"intent": "save_rows", "rows": json.dumps([{"part": "x", "row": "²", "cell-AGE": "1", "cell-NONE": "2"}])}
    assert "You typed: AGE “1”." in text_of(operator.post(address(made), form, follow=True))


def test_rows_whose_form_has_expired_come_back_as_typed(operator: Client) -> None:
    made = with_invalid_rows(31)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="operator"))
    page = strict.post(address(made), rows_of(*(f"y{number}" for number in range(30))))
    text = (
        "30 rows are not saved, since the page was open for too long. They stand above the others with what you typed"
    )
    assert (page.status_code, text in text_of(page)) == (403, True)
    html = page.content.decode()
    assert [f'name="cell-AGE" value="y{number}"' in html for number in range(30)] == [True] * 30
    # A script offers to save them at once again.
    assert html.count("data-typed") == 30


def test_a_page_can_have_a_hundred_rows(operator: Client) -> None:
    made = with_invalid_rows(30)
    page = operator.get(address(made)).content.decode()
    assert page.count('name="cell-AGE"') == 25
    assert 'href="?size=100#rows"' in page
    page = operator.get(address(made), {"size": "100"}).content.decode()
    assert page.count('name="cell-AGE"') == 30
    assert 'href="?size=25#rows"' in page
    assert operator.get(address(made), {"size": "7"}).content.decode().count('name="cell-AGE"') == 25
