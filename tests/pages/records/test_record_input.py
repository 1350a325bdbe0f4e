"""The editor's buttons, and what the page says of a text before it is sent."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from console.local.models import StoredRecord
from console.local.simulation import simulate
from console.submissions.models import Submission
from tests.pages.html import text_of
from tests.pages.records.test_create_records import HTMX, shown_text

PAGE = "/local/dataset-groups/online-shop/datasets/users/create-records/"
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/online-shop/USERS"
VALID = '{"USER_ID": "u-1", "MEMBERSHIP_STATUS": "Premium|Gold"}'


def post(client: Client, text: str, intent: str, **headers: str) -> Any:
    return client.post(PAGE, {"record_input": text, "intent": intent}, headers=headers)


def stored() -> list[tuple[str, Any]]:
    return [(user.record_id, json.loads(user.properties)) for user in StoredRecord.objects.order_by("record_id")]


def test_says_why_it_cannot_be_turned_into_records(operator: Client) -> None:
    other = ARN.replace("online-shop", "other")
    answer = post(operator, f'{{"datasetArn": "{other}", "users": [{{"userId": "u"}}]}}', "validate")
    assert "It is for another dataset" in text_of(answer)
    assert "Turn into records" not in text_of(answer)
    rows = "USER_ID,MEMBERSHIP_STATUS\n" + "u,a\n" * 11
    answer = post(operator, rows, "create")
    assert "Detected: 11 rows of CSV. Expected 1 to 10 users at a time; found 11." in text_of(answer)
    assert shown_text(answer) == rows


@pytest.mark.parametrize("intent", ["convert", "format", "add"])
def test_a_text_that_cannot_be_changed_stays_as_it_is(operator: Client, intent: str) -> None:
    answer = post(operator, "{nothing", intent)
    assert answer.status_code == 422
    assert "The text cannot be read, so it was left unchanged." in text_of(answer)
    assert shown_text(answer) == "{nothing"


def test_formats_and_keeps_values_as_they_were_typed(operator: Client) -> None:
    answer = post(operator, '[{"USER_ID":"ü","x":1.50,"x":[],"y":{"z":[1,{}]}}]', "format")
    assert shown_text(answer) == (
        '[\n  {\n    "USER_ID": "ü",\n    "x": 1.50,\n    "x": [],\n    "y": {\n      "z": [\n        1,\n        {}\n      ]\n    }\n  }\n]'
    )


def test_validates_without_sending(operator: Client) -> None:
    answer = post(operator, VALID, "validate")
    assert answer.status_code == 200
    assert "The record input is valid. Nothing was sent." in text_of(answer)
    assert shown_text(answer) == VALID
    assert not Submission.objects.exists()
    assert stored() == []
    assert "Problems" in text_of(post(operator, "{}", "validate"))


def test_says_what_a_record_replaces(operator: Client) -> None:
    page = PAGE.replace("online-shop", "loyalty-programme")
    base = {"USER_ID": "u-1", "MEMBERSHIP_TYPE": "a", "MEMBER_SINCE": 1, "TOTAL_SPEND": 1, "NEWSLETTER": True}
    operator.post(page, {"record_input": json.dumps({**base, "CITY": "Bern", "AGE": 30}), "intent": "create"})
    simulate("InvalidInputException", 0, 1, "operator")
    operator.post(page, {"record_input": json.dumps({**base, "MEMBERSHIP_TYPE": "z"}), "intent": "create"})
    answer = operator.post(
        page, {"record_input": json.dumps({**base, "AGE": 31, "GENDER": "F"}), "intent": "validate"}
    )
    assert re.search(
        r"u-1 is stored, as of .* GMT, and will be replaced\. Changes: age, gender \. Lost: city \.",
        text_of(answer),
    )
    warning = "Warnings: 1 Ln 1, Col 1 · Record 1 · u-1 is stored with city: replacing the record removes it."
    assert warning in text_of(answer)
    same = {**base, "CITY": "Bern", "AGE": 30}
    answer = operator.post(page, {"record_input": json.dumps(same), "intent": "validate"})
    assert re.search(r"u-1 does not differ from what is stored, as of .* GMT\. Body", text_of(answer))
    assert "Problems" not in text_of(answer)
    assert ARN in text_of(post(operator, VALID, "typing", **HTMX))


def test_htmx_gets_a_changed_text_with_its_answer(operator: Client) -> None:
    answer = post(operator, "{}", "reset", **HTMX).content.decode()
    assert '<textarea id="changed-text"' in answer
    assert "<textarea" not in post(operator, VALID, "validate", **HTMX).content.decode()


def test_an_unknown_intent_sends_nothing_that_does_not_hold(operator: Client) -> None:
    assert post(operator, "{}", "nonsense").status_code == 422
    assert post(operator, VALID, "nonsense").status_code == 200
    assert stored() == []


def test_each_page_has_a_key_of_its_own(operator: Client) -> None:
    keys = {re.search(r'name="key" value="([^"]+)"', operator.get(PAGE).content.decode())[1] for _ in range(2)}  # type: ignore[index]  # Each page has one.
    assert len(keys) == 2


def test_leads_on_from_the_response(operator: Client) -> None:
    page = operator.get(post(operator, VALID, "create")["Location"])
    assert f'<a class="button" href="{PAGE}">Create another</a>' in page.content.decode()
    assert (
        f'href="{PAGE}?submission={Submission.objects.get().pk}#record-editor">Edit and send again</a>'
        in page.content.decode()
    )
    simulate("InvalidInputException", 0, 1, "operator")
    again = operator.get(post(operator, VALID, "create")["Location"])
    assert 'value="create" form="create-records">Try again</button>' in again.content.decode()
    assert shown_text(again) == VALID


def test_a_long_request_goes_without_samples_while_it_is_typed(operator: Client) -> None:
    text = json.dumps({"USER_ID": "u", "MEMBERSHIP_STATUS": "|".join(["x" * 900] * 25)})
    assert "This request is long" in text_of(post(operator, text, "typing", **HTMX))
    assert "aws personalize-events" in text_of(post(operator, text, "validate", **HTMX))


def test_validating_while_typing_does_not_ask_aws_each_time(
    operator: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "console.local.http.wire")
    for intent in ("typing", "typing", "create"):
        post(operator, "{}", intent, **HTMX)
    asked = [record.getMessage().split()[0] for record in caplog.records]
    assert [each for each in asked if each.startswith("Describe")] == ["DescribeDataset", "DescribeSchema"] * 2
