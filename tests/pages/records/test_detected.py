"""Pasted text on Create record(s): what is said of it, what a press makes of it, and that nothing is sent unseen."""

import json
from typing import Any

import pytest
from django.test import Client

from console.submissions.models import Submission
from tests.pages.html import text_of
from tests.pages.records.test_create_records import HTMX, PAGE, VALID, create, shown_text

ROWS = (
    "USER_ID,AGE,MEMBERSHIP_TYPE,MEMBER_SINCE,TOTAL_SPEND,NEWSLETTER\n"
    "u-1,34.0,Gold|Founder,1600000000,12.5,yes\nu-2,NULL,Gold,1600000000,7,no\n"
)
RECORDS = [
    {"USER_ID": "u-1", "AGE": 34, "MEMBERSHIP_TYPE": "Gold|Founder", "MEMBER_SINCE": 1600000000, "TOTAL_SPEND": 12.5, "NEWSLETTER": True},
    {"USER_ID": "u-2", "AGE": None, "MEMBERSHIP_TYPE": "Gold", "MEMBER_SINCE": 1600000000, "TOTAL_SPEND": 7, "NEWSLETTER": False},
]  # fmt: skip
CHANGES = "34.0 becomes 34. yes becomes true. no becomes false. NULL becomes no value (null)."


def press(client: Client, text: str, intent: str, **headers: str) -> Any:
    return client.post(PAGE, {"record_input": text, "intent": intent}, headers=headers)


def test_says_what_a_press_will_change_while_somebody_types(operator: Client) -> None:
    answer = press(operator, ROWS, "typing", **HTMX)
    text = text_of(answer)
    assert f"Detected: 2 rows of CSV. {CHANGES}" in text
    assert 'Preview [ { "USER_ID": "u-1",' in text
    assert "Errors: 1" in text
    assert "Expected a JSON value" not in text


def test_creating_shows_the_records_first(operator: Client) -> None:
    answer = create(operator, ROWS)
    assert answer.status_code == 422
    said = "Nothing was sent yet. The text was turned into records from 2 rows of CSV. Check them, then choose Create"
    assert f"{said} record(s). {CHANGES}" in text_of(answer)
    assert json.loads(shown_text(answer)) == RECORDS
    assert not Submission.objects.exists()
    assert create(operator, shown_text(answer)).status_code == 302
    assert Submission.objects.get().record_id_list == ["u-1", "u-2"]


def test_records_that_lack_something_say_so_at_once(operator: Client) -> None:
    answer = create(operator, "USER_ID,AGE\nu-1,34\n")
    text = text_of(answer)
    missing = "MEMBERSHIP_TYPE, MEMBER_SINCE, TOTAL_SPEND, NEWSLETTER"
    assert f"The heading has no {missing}: add the values that are missing afterwards." in text
    assert "Problems Nothing was sent. Fix what is listed here" in text


@pytest.mark.parametrize("intent", ["create", "validate"])
def test_what_is_not_certain_is_the_one_problem(operator: Client, intent: str) -> None:
    text = f"Either {VALID} or {VALID}?"
    answer = press(operator, text, intent)
    assert answer.status_code == 422
    assert shown_text(answer) == text
    page = text_of(answer)
    assert page.count("Detected: a value among other text. It has more than one value in brackets") == 1
    assert "Turn into records" not in page


def test_the_form_shows_the_cards_of_pasted_rows(operator: Client) -> None:
    answer = press(operator, ROWS, "form")
    assert "Form" in text_of(answer)
    turned = operator.post(PAGE, {"record_input": ROWS, "intent": "convert", "view": "json"})
    cards = operator.post(PAGE, {"record_input": shown_text(turned), "intent": "form"})
    assert [card.number for card in cards.context["page"].cards] == [1, 2]


def test_a_press_fixes_what_the_page_warns_of(operator: Client) -> None:
    text = VALID.replace('"u-1"', '" u-1"')
    warned = press(operator, text, "validate")
    page = text_of(warned)
    assert "The id has spaces around it, so that it is another id than “u-1”." in page
    assert (
        "Suggestions USER_ID has spaces or characters that do not show. Without them it is “u-1”. Remove the spaces"
        in page
    )
    fixed = press(operator, text, "trim-ids")
    assert json.loads(shown_text(fixed))[0]["USER_ID"] == "u-1"
    assert "Remove the spaces" not in text_of(fixed)
    again = press(operator, VALID, "trim-ids")
    assert again.status_code == 422
    assert shown_text(again) == VALID


def test_what_the_schema_has_no_field_for_can_be_left_out(operator: Client) -> None:
    text = VALID.replace('"u-1"', '"u-1", "email": "x"')
    assert "The schema has no field for “email”. Leave it out" in text_of(press(operator, text, "typing", **HTMX))
    assert "email" not in shown_text(press(operator, text, "drop-unknown"))


@pytest.mark.parametrize(
    "text",
    [
        "Please add Ilsa,\nwho is 34.",
        "2026-11-29 10:00 added Ilsa",
        "12 new users came",
        "[INFO] added Ilsa",
        "[10:00:00] added Ilsa",
        "-- nothing else",
    ],
)
def test_text_of_no_known_kind_is_one_problem(operator: Client, text: str) -> None:
    page = text_of(press(operator, text, "validate"))
    assert page.count("This is not a record, nor text of a kind that is known here.") == 1
    assert "Write text in double quotes" not in page


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (ROWS.partition("\n")[0] + "\nu-1,34,Gold,1600000000,12.5,yes" * 25, "Import all 25 records"),
        (json.dumps(RECORDS[:1] * 11), "Import all 11 records"),
        (repr(RECORDS * 600), "Import all 1,200 records"),
        (" " * 400_001, "Import all records"),
    ],
    ids=["CSV", "JSON", "Python", "too long"],
)
@pytest.mark.parametrize("intent", ["typing", "create", "validate"])
def test_more_records_than_a_call_takes_can_be_imported(
    operator: Client, text: str, offered: str, intent: str
) -> None:
    html = press(operator, text, intent, **HTMX).content.decode()
    button = f'formaction="{PAGE.replace("create-records", "import-records")}" data-leads-on>{offered}</button>'
    assert html.count(button) == 1


@pytest.mark.parametrize("text", [json.dumps(RECORDS), '{"USER_ID": 3}', "[1, 2", json.dumps({"ITEM_ID": "i"})])
def test_what_a_call_takes_is_not_offered_to_be_imported(operator: Client, text: str) -> None:
    assert "data-leads-on" not in press(operator, text, "create").content.decode()
