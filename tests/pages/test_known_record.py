"""Load known record, on Create user record(s)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from console.history.models import Outcome, Submission
from tests.history.sent import send
from tests.pages.html import fields_of, text_of
from tests.pages.test_create_records import HTMX, PAGE

KNOWN = {"membershipType": "Gold", "memberSince": 1600000000, "totalSpend": 129.5, "newsletter": True, "shoeSize": 44}
RECORD = {
    "USER_ID": "ada",
    "MEMBERSHIP_TYPE": "Gold",
    "MEMBER_SINCE": 1600000000,
    "TOTAL_SPEND": 129.5,
    "NEWSLETTER": True,
    "shoeSize": 44,
}


def load(client: Client, text: str, user_id: str = "ada", **more: Any) -> Any:
    return client.post(PAGE, {"record_input": text, "intent": "load", "known_user": user_id, **more})


def loaded(answer: Any) -> Any:
    return json.loads(fields_of(answer)["record_input"])


def template(client: Client) -> str:
    return fields_of(client.get(PAGE))["record_input"]


def test_takes_the_place_of_the_template(operator: Client) -> None:
    send({"ada": {**KNOWN, "memberSince": 1}})
    send({"ada": KNOWN})
    send({"ada": {}}, Outcome.REFUSED)
    assert loaded(load(operator, template(operator))) == RECORD
    assert loaded(load(operator, " \r\n")) == RECORD


def test_takes_the_place_of_the_record_with_the_same_id_or_comes_last(operator: Client) -> None:
    send({"ada": KNOWN})
    assert loaded(load(operator, '{"user_id": "ada", "AGE": 3}')) == RECORD
    assert loaded(load(operator, '[{"USER_ID": "eve"}, {"userId": "ada"}]')) == [{"USER_ID": "eve"}, RECORD]
    assert loaded(load(operator, '{"USER_ID": "eve"}')) == [{"USER_ID": "eve"}, RECORD]


def test_shows_the_same_record_in_the_form(operator: Client) -> None:
    send({"ada": KNOWN})
    opened = fields_of(operator.get(f"{PAGE}?view=form"))
    answer = operator.post(PAGE, {**opened, "intent": "load", "known_user": "ada"})
    fields = fields_of(answer)
    assert fields["view"] == "form"
    assert (fields["value-1-USER_ID"], fields["value-1-MEMBERSHIP_TYPE"].strip()) == ("ada", "Gold")


def test_htmx_gets_the_text_with_its_answer(operator: Client) -> None:
    send({"ada": KNOWN})
    answer = operator.post(PAGE, {"record_input": "", "intent": "load", "known_user": "ada"}, headers=HTMX)
    assert '<textarea id="changed-text"' in answer.content.decode()
    assert "&quot;MEMBERSHIP_TYPE&quot;: &quot;Gold&quot;" in answer.content.decode()


@pytest.mark.parametrize(
    ("user_id", "sentence"),
    [
        ("", "Enter the USER_ID of the user whose record is to be loaded."),
        ("  ", "Enter the USER_ID of the user whose record is to be loaded."),
        ("eve", "AWS accepted no record of the user eve from this console"),
        ("ADA", "AWS accepted no record of the user ADA from this console"),
        ("a\0b", 'AWS accepted no record of the user "a\\u0000b" from this console'),
    ],
)
def test_says_why_there_is_none_and_keeps_the_text(operator: Client, user_id: str, sentence: str) -> None:
    send({"ada": KNOWN})
    send({"eve": KNOWN}, Outcome.UNCONFIRMED)
    answer = load(operator, '{"USER_ID": "x"}', user_id)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert fields_of(answer)["record_input"] == '{"USER_ID": "x"}'
    assert Submission.objects.count() == 2


def test_a_text_that_cannot_be_read_stays(operator: Client) -> None:
    send({"ada": KNOWN})
    answer = load(operator, '{"USER_ID": ')
    assert answer.status_code == 422
    assert fields_of(answer)["record_input"] == '{"USER_ID": '


def test_a_redacted_record_is_not_loaded_and_what_it_changes_is_not_known(operator: Client) -> None:
    send({"ada": KNOWN}, at=timezone.now() - timedelta(days=40))
    call_command("redact_submissions", "--days=30", verbosity=0)
    assert "The properties of the user ada were redacted" in text_of(load(operator, ""))
    text = json.dumps({**RECORD, "shoeSize": None})
    record = {name: value for name, value in RECORD.items() if name != "shoeSize"}
    answer = operator.post(PAGE, {"record_input": json.dumps(record), "intent": "validate"})
    assert "What was sent then was redacted, so what changes is not known." in text_of(answer), text
    assert "Nothing changes." not in text_of(answer)


def test_another_dataset_s_record_is_not_loaded(operator: Client) -> None:
    send({"ada": KNOWN}, environment="staging")
    assert load(operator, "").status_code == 422


def test_opens_with_the_known_record(operator: Client) -> None:
    send({"ada": KNOWN})
    assert loaded(operator.get(f"{PAGE}?known_user=ada")) == RECORD
    answer = operator.get(f"{PAGE}?known_user=eve")
    assert loaded(answer)["USER_ID"] == "string"
    assert "AWS accepted no record of the user eve" in text_of(answer)


def test_a_viewer_gets_no_known_record(viewer: Client) -> None:
    send({"ada": KNOWN})
    assert "Gold" not in viewer.get(f"{PAGE}?known_user=ada").content.decode()
    answer = load(viewer, "")
    assert answer.status_code == 403
    assert "Gold" not in answer.content.decode()
    assert 'name="known_user"' not in viewer.get(PAGE).content.decode()
