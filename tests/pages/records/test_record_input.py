"""Every shape that may be pasted, from literal text to what the local service stored; and the editor's buttons."""

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
ONE = [("u-1", {"membershipStatus": "Premium|Gold"})]
TWO = [("u-1", {"membershipStatus": "a"}), ("u-2", {"membershipStatus": "b"})]

DIRECT = [
    ('{"USER_ID": "u-1", "MEMBERSHIP_STATUS": "Premium|Gold"}', ONE),
    ('{"userId": "u-1", "membershipStatus": "Premium|Gold"}', ONE),
    ('[{"USER_ID": "u-1", "MEMBERSHIP_STATUS": "a"}, {"userId": "u-2", "membershipStatus": "b"}]', TWO),
    ('{"userId": "u-1", "properties": "{\\"membershipStatus\\": \\"Premium|Gold\\"}"}', ONE),
    ('[{"userId": "u-1", "properties": {"membershipStatus": "Premium|Gold"}}]', ONE),
]
PASTED = [
    ("2 lines of JSON Lines", '{"USER_ID": "u-1", "MEMBERSHIP_STATUS": "a"}\n{"userId": "u-2", "membershipStatus": "b"}\n', TWO),
    ("1 user of a PutUsers request", '{"users": [{"userId": "u-1", "properties": "{\\"membershipStatus\\": \\"Premium|Gold\\"}"}]}', ONE),
    ("1 user of a PutUsers request", f'{{"datasetArn": "{ARN}", "users": [{{"userId": "u-1", "properties": "{{\\"membershipStatus\\": \\"Premium|Gold\\"}}"}}]}}', ONE),
    ("1 user of YAML", f"datasetArn: {ARN}\nusers:\n- userId: u-1\n  properties: '{{\"membershipStatus\": \"Premium|Gold\"}}'\n", ONE),
    ("1 user of an AWS CLI command", f"aws personalize-events put-users \\\n  --dataset-arn {ARN} \\\n  --users '[{{\"userId\": \"u-1\", \"properties\": \"{{\\\"membershipStatus\\\": \\\"Premium|Gold\\\"}}\"}}]'", ONE),
    ("2 users of an AWS CLI command", """aws personalize-events put-users --users 'userId=u-1,properties="{\\"membershipStatus\\": \\"a\\"}"' 'userId=u-2,properties="{\\"membershipStatus\\": \\"b\\"}"'""", TWO),
    ("2 rows of a spreadsheet", "USER_ID\tMembership status\tMEMBERSHIP_STATUS\nu-1\t\ta\nu-2\t\tb\n".replace("Membership status\t", "").replace("\t\t", "\t"), TWO),
    ("2 rows of CSV", "\ufeffuserId,membership_status\r\nu-1,a\r\nu-2,b\r\n", TWO),
    ("properties that are encoded twice", '{"userId": "u-1", "properties": "\\"{\\\\\\"membershipStatus\\\\\\": \\\\\\"Premium|Gold\\\\\\"}\\""}', ONE),
    ("nearly JSON: text put in straight double quotes", "{'USER_ID': 'u-1', 'MEMBERSHIP_STATUS': 'Premium|Gold'}", ONE),
    ("nearly JSON: trailing commas removed", '[{"USER_ID": "u-1", "MEMBERSHIP_STATUS": "Premium|Gold",},]', ONE),
    ("nearly JSON: comments removed", '// one\n{"USER_ID": "u-1", /* all */ "MEMBERSHIP_STATUS": "Premium|Gold"} # end', ONE),
    ("nearly JSON: text put in straight double quotes", "{\u201cUSER_ID\u201d: \u201cu-1\u201d, \u201cMEMBERSHIP_STATUS\u201d: \u201cPremium|Gold\u201d}", ONE),
    ("nearly JSON: the missing outer brackets added", '{"USER_ID": "u-1", "MEMBERSHIP_STATUS": "a"},\n{"USER_ID": "u-2", "MEMBERSHIP_STATUS": "b"}', TWO),
    ("nearly JSON: the missing braces added", '"USER_ID": "u-1", "MEMBERSHIP_STATUS": "Premium|Gold"', ONE),
]  # fmt: skip


def post(client: Client, text: str, intent: str, **headers: str) -> Any:
    return client.post(PAGE, {"record_input": text, "intent": intent}, headers=headers)


def stored() -> list[tuple[str, Any]]:
    return [(user.record_id, json.loads(user.properties)) for user in StoredRecord.objects.order_by("record_id")]


@pytest.mark.parametrize(("text", "expected"), DIRECT)
def test_record_input_is_sent_as_it_is(operator: Client, text: str, expected: Any) -> None:
    assert post(operator, text, "create").status_code == 302
    assert stored() == expected


@pytest.mark.parametrize(("words", "text", "expected"), PASTED)
def test_what_is_pasted_is_said_and_turned_into_records_by_one_press(
    operator: Client, words: str, text: str, expected: Any
) -> None:
    refused = post(operator, text, "create")
    assert refused.status_code == 422
    assert f"Detected: {words}." in text_of(refused)
    assert shown_text(refused) == text
    assert stored() == []

    converted = post(operator, text, "convert")
    assert converted.status_code == 200
    assert "Problems" not in text_of(converted)
    assert post(operator, shown_text(converted), "create").status_code == 302
    assert stored() == expected


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


def test_adds_a_record_from_the_template(operator: Client) -> None:
    template = {"USER_ID": "string", "MEMBERSHIP_STATUS": "string"}
    first = {"USER_ID": "u-1"}
    assert json.loads(shown_text(post(operator, json.dumps(first), "add"))) == [first, template]
    assert json.loads(shown_text(post(operator, json.dumps([first, first]), "add"))) == [first, first, template]
    assert json.loads(shown_text(post(operator, " ", "add"))) == template


def test_goes_back_to_the_template(operator: Client) -> None:
    assert json.loads(shown_text(post(operator, "{nothing", "reset"))) == {
        "USER_ID": "string",
        "MEMBERSHIP_STATUS": "string",
    }


def test_validates_without_sending(operator: Client) -> None:
    answer = post(operator, DIRECT[0][0], "validate")
    assert answer.status_code == 200
    assert "The record input is valid. Nothing was sent." in text_of(answer)
    assert shown_text(answer) == DIRECT[0][0]
    assert not Submission.objects.exists()
    assert stored() == []
    assert "Problems" in text_of(post(operator, "{}", "validate"))


def test_shows_the_request_before_it_is_sent(operator: Client) -> None:
    text = text_of(post(operator, DIRECT[0][0], "validate"))
    body = f'{{"datasetArn":"{ARN}","users":[{{"userId":"u-1","properties":"{{\\"membershipStatus\\":\\"Premium|Gold\\"}}"}}]}}'
    assert body in text
    assert f"Body {len(body)} bytes" in text
    assert "Users 1 of at most 10" in text
    assert "Longest properties 35 of at most 24000 characters" in text
    assert "u-1 is not stored in this dataset. It will be created." in text
    assert "--endpoint-url http://testserver/aws" in text
    assert re.findall(r"<summary>(.*?)</summary>", post(operator, DIRECT[0][0], "validate").content.decode())[-6:] == [
        "Body", "AWS CLI", "Python (boto3)", "Java", "JavaScript", "HTTP"
    ]  # fmt: skip


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
    assert ARN in text_of(post(operator, DIRECT[0][0], "typing", **HTMX))


def test_htmx_gets_a_changed_text_with_its_answer(operator: Client) -> None:
    answer = post(operator, "{}", "reset", **HTMX).content.decode()
    assert '<textarea id="changed-text"' in answer
    assert "<textarea" not in post(operator, DIRECT[0][0], "validate", **HTMX).content.decode()


def test_an_unknown_intent_sends_nothing_that_does_not_hold(operator: Client) -> None:
    assert post(operator, "{}", "nonsense").status_code == 422
    assert post(operator, DIRECT[0][0], "nonsense").status_code == 200
    assert stored() == []


def test_each_page_has_a_key_of_its_own(operator: Client) -> None:
    keys = {re.search(r'name="key" value="([^"]+)"', operator.get(PAGE).content.decode())[1] for _ in range(2)}  # type: ignore[index]  # Each page has one.
    assert len(keys) == 2


def test_leads_on_from_the_response(operator: Client) -> None:
    page = operator.get(post(operator, DIRECT[0][0], "create")["Location"])
    assert f'<a class="button" href="{PAGE}">Create another</a>' in page.content.decode()
    assert (
        f'href="{PAGE}?submission={Submission.objects.get().pk}#record-editor">Edit and send again</a>'
        in page.content.decode()
    )
    simulate("InvalidInputException", 0, 1, "operator")
    again = operator.get(post(operator, DIRECT[0][0], "create")["Location"])
    assert 'value="create" form="create-records">Try again</button>' in again.content.decode()
    assert shown_text(again) == DIRECT[0][0]


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
