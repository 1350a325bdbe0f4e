"""The view Form of Create user record(s), as a browser without scripts uses it."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from console.local.models import StoredRecord
from console.submissions.models import Submission
from tests.pages.html import fields_of, text_of
from tests.pages.records.test_create_records import HTMX

GROUP = "/local/dataset-groups/loyalty-programme/datasets/users"
PAGE = f"{GROUP}/create-records/"
VALID = {"USER_ID": "u-1", "MEMBERSHIP_TYPE": "a|b", "MEMBER_SINCE": 1, "TOTAL_SPEND": 1.50, "NEWSLETTER": True}
EMPTY = (
    "Nothing is filled in yet. Enter values: at least USER_ID, MEMBERSHIP_TYPE, MEMBER_SINCE, TOTAL_SPEND and "
    "NEWSLETTER"
)


def press(client: Client, page: Any, intent: str, **changes: str) -> Any:
    """Press a button of a page after changing some of its fields."""
    return client.post(PAGE, {**fields_of(page), **changes, "intent": intent})


def form_of(client: Client, *records: dict[str, Any] | str) -> Any:
    """Return the page that shows records as a form."""
    text = records[0] if isinstance(records[0], str) else json.dumps(records)
    return client.post(PAGE, {"record_input": text, "intent": "form"})


def record_of(page: Any) -> Any:
    """Return the first record of the text that a page carries."""
    return json.loads(fields_of(page)["record_input"])[0]


def test_a_form_is_filled_in_and_sent(operator: Client) -> None:
    form = press(operator, operator.get(PAGE), "form")
    assert fields_of(form)["state-1-AGE"] == "absent"
    changes = {
        "value-1-USER_ID": "u-1",
        "value-1-AGE": "34",
        "value-1-MEMBERSHIP_TYPE": "Premium Class\r\nLegacy Member\r\n",
        "value-1-MEMBER_SINCE": " 1600000000 ",
        "value-1-TOTAL_SPEND": "129.90",
        "value-1-NEWSLETTER": "true",
        "state-1-GENDER": "null",
        "value-1-CITY": "Zürich 😀\r\nOerlikon",
    }
    answer = press(operator, form, "create", **changes)
    assert answer["Location"].endswith("&view=form#response-panel")
    user = StoredRecord.objects.get()
    assert (user.record_id, json.loads(user.properties)) == (
        "u-1",
        {
            "age": 34,
            "gender": None,
            "membershipType": "Premium Class|Legacy Member",
            "memberSince": 1600000000,
            "totalSpend": 129.9,
            "newsletter": True,
            "city": "Zürich 😀\nOerlikon",
        },
    )
    shown = operator.get(answer["Location"])
    assert "Success: 1 user record created or replaced." in text_of(shown)
    assert fields_of(shown)["value-1-CITY"] == "Zürich 😀\r\nOerlikon"
    assert '"TOTAL_SPEND": 129.90' in Submission.objects.get().record_input


def test_a_form_that_is_not_filled_in_is_not_sent(operator: Client) -> None:
    answer = press(operator, press(operator, operator.get(PAGE), "form"), "create")
    assert answer.status_code == 422
    assert f"Record 1 · {EMPTY}." in text_of(answer)
    assert "Record 1, " not in text_of(answer)
    assert '<a class="place" href="#record-1"' in answer.content.decode()
    assert not StoredRecord.objects.exists()


@pytest.mark.parametrize("view", ["form", "table"])
def test_problems_stand_in_the_order_of_the_controls(operator: Client, view: str) -> None:
    page = press(operator, form_of(operator, {"TOTAL_SPEND": "x", "AGE": "old", "USER_ID": "u-1"}, {"AGE": 1}), view)
    text = text_of(press(operator, page, "create"))
    problems = text.partition("Problems Nothing was sent.")[2]
    assert re.findall(r"Record (\d), (\w+) ·", problems) == [
        ("1", "AGE"),
        ("1", "MEMBERSHIP_TYPE"),
        ("1", "MEMBER_SINCE"),
        ("1", "TOTAL_SPEND"),
        ("1", "NEWSLETTER"),
        ("2", "USER_ID"),
        ("2", "MEMBERSHIP_TYPE"),
        ("2", "MEMBER_SINCE"),
        ("2", "TOTAL_SPEND"),
        ("2", "NEWSLETTER"),
    ]
    assert "Record 1, AGE · Expected a whole number (int); found the text “old”." in problems


def test_of_an_empty_card_there_is_one_problem_and_of_others_one_for_each_field(operator: Client) -> None:
    page = press(operator, form_of(operator, VALID), "add")
    page = press(operator, page, "add", **{"value-2-USER_ID": "u-2"})
    assert "Errors: 5" in text_of(page)
    assert "Not filled in yet" not in text_of(page).partition("Warnings: 0")[2]
    text = text_of(press(operator, page, "create"))
    assert "Record 2, MEMBERSHIP_TYPE · Not filled in yet. Enter a value." in text
    assert f"Record 3 · {EMPTY}, or remove the record." in text
    assert "Record 3, " not in text


@pytest.mark.parametrize("view", ["json", "form", "table"])
def test_an_untouched_template_has_no_errors_before_a_button_is_pressed(operator: Client, view: str) -> None:
    page = operator.get(PAGE, {"view": view})
    added = press(operator, page, "add")
    for each in (page, added):
        assert "Nothing filled in yet" in text_of(each)
        assert "Errors: " not in text_of(each)
    assert "Error, 2 problems." in text_of(operator.post(PAGE, fields_of(added) | {"intent": "create"}, headers=HTMX))


@pytest.mark.parametrize(
    "text",
    [
        '{"USER_ID":"u",  "AGE":"int"}',
        '[ {"userId": "u", "properties": "{\\"age\\": \\"45\\", \\"colour\\": [1,  2]}"},\r\n 7 ]',
        '[{"AGE": "3\\n4", "NEWSLETTER": " true ", "TOTAL_SPEND": "1\\r\\n", "CITY": " a ", "GENDER": "|"}]',
        '[{"AGE": 1, "age": 2, "Nonsense": {"a": null}, "CITY": "a\\u0000b", "NEWSLETTER": "maybe", "GENDER": "a||b|"}]',
        "[]",
    ],
)
def test_switching_there_and_back_keeps_every_character(operator: Client, text: str) -> None:
    form = form_of(operator, text)
    assert fields_of(form)["view"] == "form"
    table = press(operator, form, "table")
    assert fields_of(table)["view"] == "table"
    back = press(operator, press(operator, table, "form"), "json")
    assert fields_of(back)["view"] == "json"
    assert back.context["page"].text == text


def test_what_the_form_does_not_know_stays_until_it_is_removed(operator: Client) -> None:
    form = form_of(operator, {**VALID, "COLOUR": {"r": 1}, "SIZE": 3})
    assert 'COLOUR : {"r": 1} Remove SIZE : 3 Remove' in text_of(form)
    back = press(operator, form, "json", **{"value-1-USER_ID": "u-2"})
    assert record_of(back) == {**VALID, "USER_ID": "u-2", "COLOUR": {"r": 1}, "SIZE": 3}
    assert record_of(press(operator, form, "json", **{"dropped-1-0": "on"})) == {**VALID, "SIZE": 3}


def test_records_are_added_duplicated_and_removed(operator: Client) -> None:
    page = form_of(operator, VALID, {**VALID, "USER_ID": "u-2"})
    page = press(operator, page, "duplicate 1", **{"value-1-USER_ID": "first"})
    page = press(operator, page, "add", **{"value-2-USER_ID": "copy"})
    page = press(operator, page, "remove 3", **{"value-4-USER_ID": "new"})
    users = [json.loads(fields_of(page)["record_input"])[number]["USER_ID"] for number in range(3)]
    assert users == ["first", "copy", "new"]
    assert "value-4-USER_ID" not in fields_of(page)
    page = press(operator, press(operator, press(operator, page, "remove 1"), "remove 1"), "remove 1")
    assert "No records." in text_of(page)
    assert fields_of(press(operator, page, "add"))["value-1-USER_ID"] == ""


def test_an_eleventh_record_is_refused(operator: Client) -> None:
    page = form_of(operator, *({**VALID, "USER_ID": f"u-{number}"} for number in range(10)))
    for intent in ("add", "duplicate 3"):
        answer = press(operator, page, intent, **{"value-1-USER_ID": "typed"})
        assert answer.status_code == 422
        assert "A request can have at most 10 users. Send these first, then the others." in text_of(answer)
        assert fields_of(answer)["value-1-USER_ID"] == "typed"


@pytest.mark.parametrize(
    "intent",
    ["remove 99999999999", "remove 0", "remove 3", "duplicate 0", "duplicate 3", "remove x", "duplicate", "remove ²"],
)
def test_a_button_that_no_page_has_changes_nothing(operator: Client, intent: str) -> None:
    page = form_of(operator, VALID, {**VALID, "USER_ID": "u-2"})
    assert press(operator, page, intent).context["page"].text == page.context["page"].text


def test_fields_that_are_not_filled_in_are_left_out_at_once(operator: Client) -> None:
    template = {"USER_ID": "string", "AGE": "int", "CITY": "string", "GENDER": "F"}
    page = press(operator, form_of(operator, template), "leave-out")
    assert record_of(page) == {"USER_ID": "string", "GENDER": "F"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"USER_ID": ', "The text is not JSON yet, so the form cannot show it."),
        (json.dumps([VALID] * 11), "The form shows at most 10 records; found 11."),
        ("USER_ID,AGE\nu-1,3\n", "Detected: 1 row of CSV."),
    ],
)
def test_a_text_that_is_no_form_stays_as_it_is(operator: Client, text: str, reason: str) -> None:
    page = form_of(operator, text)
    assert reason in text_of(page)
    assert fields_of(page)["view"] == "json"
    assert page.context["page"].text == text


def test_a_value_that_the_control_cannot_show_is_sent_as_shown_once_that_is_chosen(operator: Client) -> None:
    page = form_of(operator, {**VALID, "CITY": 7})
    assert fields_of(page)["state-1-CITY"] == "kept"
    assert "In the JSON it is 7, which CITY does not take. Choose Value to send what the control shows" in text_of(
        page
    )
    assert press(operator, page, "validate").status_code == 422
    assert record_of(press(operator, page, "json", **{"state-1-CITY": "value"}))["CITY"] == "7"
    assert record_of(press(operator, page, "json", **{"value-1-CITY": "Bern"}))["CITY"] == "Bern"


def test_problems_of_controls_do_not_speak_of_quotes(operator: Client) -> None:
    page = press(operator, form_of(operator, {**VALID, "USER_ID": "u" * 257}), "validate")
    assert "Record 1, USER_ID · Expected text, 1 to 256 characters (string); found the text" in text_of(page)


def test_an_untouched_template_is_the_template_in_both_views(operator: Client) -> None:
    page = operator.get(PAGE)
    form = press(operator, page, "form")
    assert press(operator, form, "json").context["page"].text == page.context["page"].text
    assert press(operator, form, "reset").context["page"].text == form.context["page"].text
    assert fields_of(operator.get(f"{PAGE}?view=form"))["view"] == "form"


def test_htmx_renews_the_editor_with_the_view(operator: Client) -> None:
    answer = operator.post(PAGE, {"record_input": json.dumps(VALID), "intent": "form"}, headers=HTMX)
    html = answer.content.decode()
    assert '<div id="record-editor" class="container" hx-swap-oob="true">' in html
    assert html.count('id="editor-problems"') == 1
    validated = operator.post(PAGE, {**fields_of(form_of(operator, VALID)), "intent": "typing"}, headers=HTMX)
    assert "record-editor" not in validated.content.decode()
    assert 'id="text-of-form"' in validated.content.decode()


def test_a_form_comes_back_after_an_expired_session(demo: None, client: Client, operator: Client) -> None:
    fields = fields_of(form_of(operator, VALID))
    typed_by = str(User.objects.get(username="operator").pk)
    operator.logout()
    page = client.post(PAGE, {**fields, "value-1-USER_ID": "kept", "intent": "create", "csrfmiddlewaretoken": ""})
    assert page.status_code == 403
    html = page.content.decode()
    assert '<textarea name="value-1-USER_ID" hidden>\nkept</textarea>' in html
    sign_in = {**fields, "value-1-USER_ID": "kept", "typed_by": typed_by, "next": PAGE}
    page = client.post("/sign-in/", {**sign_in, "username": "operator", "password": "operator"}, follow=True)
    assert fields_of(page)["value-1-USER_ID"] == "kept"
    assert fields_of(page)["view"] == "form"


def test_a_request_that_names_no_button_sends_nothing(operator: Client) -> None:
    for fields in (fields_of(form_of(operator, VALID)), {"record_input": json.dumps(VALID)}):
        fields.pop("intent", None)
        assert "Nothing was sent." in text_of(operator.post(PAGE, fields))
    assert not StoredRecord.objects.exists()


def test_a_form_that_was_made_from_another_schema_is_not_sent(operator: Client) -> None:
    fields = fields_of(form_of(operator, VALID))
    typed = {
        **fields,
        "schema": "0" * 16,
        "value-1-USER_ID": "new",
        "value-1-COLOUR": "red",
        "state-1-COLOUR": "value",
    }
    page = operator.post(PAGE, {**typed, "intent": "create"})
    assert page.status_code == 409
    assert "The schema of this dataset has changed since the form was opened, so nothing was sent." in text_of(page)
    assert record_of(page) == {**VALID, "USER_ID": "new", "COLOUR": "red"}
    assert not StoredRecord.objects.exists()


def test_many_unknown_fields_are_not_lost_by_a_button(operator: Client) -> None:
    text = json.dumps([{**VALID, **{f"x{number}": number for number in range(101)}}])
    for intent in ("add", "leave-out", "remove 1", "duplicate 1"):
        page = operator.post(PAGE, {"record_input": text, "view": "form", "origin-1": "0", "intent": intent})
        assert page.context["page"].text == text
        assert "The form shows at most 100 fields that the schema does not have; found 101." in text_of(page)


@pytest.mark.parametrize("name", ["origin-1", "origin-" + "9" * 500, "dropped-1-" + "9" * 500, "origin-100"])
def test_fields_that_no_page_has_are_not_read(operator: Client, name: str) -> None:
    fields = fields_of(form_of(operator, VALID))
    page = operator.post(PAGE, {**fields, name: "9" * 5000, "intent": "typing"})
    assert page.status_code == 200
    cards = {f"origin-{number}": "0" for number in range(100)}
    page = operator.post(PAGE, {**fields, **cards, "intent": "json"})
    assert len(json.loads(fields_of(page)["record_input"])) == 10


def test_sentences_on_what_is_no_value_stay_as_they_are(operator: Client) -> None:
    page = press(operator, form_of(operator, json.dumps([{**VALID, "AGE": "45", "age": 2}])), "validate")
    assert "Record 1, AGE · Expected each field once; found it again as “age”, after “AGE”. Keep one." in text_of(page)


def test_a_form_whose_token_expired_comes_back(operator: Client) -> None:
    fields = fields_of(form_of(operator, VALID))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    page = strict.post(PAGE, {**fields, "value-1-USER_ID": "kept", "intent": "create", "csrfmiddlewaretoken": ""})
    assert page.status_code == 403
    assert fields_of(page)["value-1-USER_ID"] == "kept"
