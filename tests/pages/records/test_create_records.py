import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, Schema, StoredRecord
from console.pages.frame.template_tags.labels import date_words
from console.personalize import calls
from console.personalize.connections.endpoints import LOCAL_SERVICE
from console.personalize.environments import Environment
from console.submissions.known import dataset_events
from console.submissions.models import DatasetEvent, Outcome, Submission
from tests.pages.html import rows_of, text_of
from tests.submissions.sent import send

GROUP = "/local/dataset-groups/loyalty-programme"
PAGE = f"{GROUP}/datasets/users/create-records/"
PROPERTIES = {
    "membershipType": "Premium Class|Legacy Member",
    "memberSince": 1600000000,
    "totalSpend": 12.5,
    "newsletter": True,
}
VALID = json.dumps({"userId": "u-1", **PROPERTIES})
HTMX = {"HX-Request": "true"}


def shown_text(answer: Any) -> str:
    """Return the text of Record input, as a browser reads the page."""
    match = re.search(r'<textarea id="record-input"[^>]*>\n(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    assert match
    return html.unescape(match[1])


def create(client: Client, text: str, **headers: str) -> Any:
    return client.post(PAGE, {"record_input": text, "intent": "create"}, headers=headers)


def test_says_when_filters_know_of_new_users(operator: Client) -> None:
    """The developer guide, "Importing individual records into an Amazon Personalize dataset": within 20 minutes."""
    assert "updates filters with new users within 20 minutes." in text_of(operator.get(PAGE))


def test_creates_a_record_and_shows_the_response(operator: Client) -> None:
    answer = create(operator, VALID)
    submission = Submission.objects.get()
    assert answer.status_code == 302
    address = rf"{re.escape(PAGE)}\?submission={submission.pk}&key=[0-9a-f-]{{36}}#response-panel"
    assert re.fullmatch(address, answer["Location"])
    page = operator.get(answer["Location"])
    assert shown_text(page) == VALID
    assert "Success: 1 user record created or replaced." in text_of(page)
    assert f"HTTP status 200 Request ID {submission.request_id} Duration" in text_of(page)
    assert ["1", "u-1", "New to this console View stored user"] in rows_of_response(page)
    stored = StoredRecord.objects.get()
    assert (stored.record_id, json.loads(stored.properties)) == ("u-1", PROPERTIES)


def rows_of_response(page: Any) -> list[list[str]]:
    table = page.content.decode().partition('<table aria-label="Result for each record">')[2]
    return rows_of(type("Page", (), {"content": table.encode()}))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_response_says_what_is_new_and_what_was_replaced(operator: Client, headers: dict[str, str]) -> None:
    create(operator, VALID)
    first = Submission.objects.get()
    answer = create(operator, json.dumps([json.loads(VALID), {"userId": "u-2", **PROPERTIES}]), **headers)
    page = operator.get(answer["Location"]) if answer.status_code == 302 else answer
    assert "2 user records created or replaced. 1 is new to this console, 1 replaced what was sent" in text_of(page)
    assert [row[:3] for row in rows_of_response(page)] == [
        ["1", "u-1", f"Replaced that of {date_words(first.created_at)} View stored user"],
        ["2", "u-2", "New to this console View stored user"],
    ]
    assert f'href="{GROUP}/datasets/users/record-history/?record_id=u-1"' in page.content.decode()
    second = Submission.objects.exclude(pk=first.pk).get()
    assert f'<a href="{GROUP}/submissions/{second.pk}/">View submission</a>' in page.content.decode()
    assert "u-2 does not differ from what is stored" in text_of(page)


def store_last_week(record_id: str) -> None:
    """Store a user in the local service as an import does, which no submission tells of."""
    then = timezone.now() - timedelta(days=7)
    dataset = Dataset.objects.get(group__name="loyalty-programme", dataset_type="USERS")
    properties = json.dumps(PROPERTIES)
    StoredRecord.objects.create(
        dataset=dataset, record_id=record_id, properties=properties, created_at=then, replaced_at=then
    )


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_an_import_stored_is_not_called_new(operator: Client, headers: dict[str, str]) -> None:
    store_last_week("u-3")
    create(operator, VALID)
    both = [json.loads(VALID), *({"userId": f"u-{number}", **PROPERTIES} for number in (2, 3))]
    answer = create(operator, json.dumps(both), **headers)
    page = operator.get(answer["Location"]) if answer.status_code == 302 else answer
    said = "1 is new to this console, 1 replaced what was sent before, 1 replaced what was stored before."
    assert f"3 user records created or replaced. {said}" in text_of(page)
    assert [row[2] for row in rows_of_response(page)][1:] == [
        "New to this console View stored user",
        "Replaced what was stored View stored user",
    ]


def test_one_that_an_import_stored_replaced_it(operator: Client) -> None:
    store_last_week("u-1")
    page = operator.get(create(operator, VALID)["Location"])
    assert "created or replaced. It replaced the record that was stored before." in text_of(page)


def test_what_may_have_been_deleted_is_neither_new_nor_replaced(operator: Client) -> None:
    create(operator, VALID)
    users_deleted = DatasetEvent.Kind.USERS_DELETED
    dataset_events.record(LOCAL_SERVICE, Submission.objects.get().dataset_arn, users_deleted, ["u-1"])
    page = operator.get(create(operator, VALID)["Location"])
    assert ["1", "u-1", "Created or replaced View stored user"] in rows_of_response(page)
    assert "new to this console" not in text_of(page)


def announcement(answer: Any) -> str:
    """Return what an answer to htmx has screen readers say at once."""
    found = re.search(r'<div id="announcer" hx-swap-oob="innerHTML">(.*?)</div>', answer.content.decode())
    assert found
    return html.unescape(found[1])


def test_what_was_not_successful_is_announced(operator: Client) -> None:
    assert announcement(create(operator, "{", **HTMX)) == "Error, 1 problem."
    two = json.dumps([{"userId": True, **PROPERTIES}, {"userId": [], **PROPERTIES}])
    assert announcement(create(operator, two, **HTMX)) == "Error, 2 problems."
    assert announcement(create(operator, VALID, **HTMX)) == ""
    Dataset.objects.filter(name="loyalty-programme-users").update(settled_status="DELETE IN_PROGRESS")
    assert announcement(create(operator, VALID, **HTMX)) == "Error, the records were not created."


def test_creates_ten_records_with_a_row_for_each(operator: Client) -> None:
    text = json.dumps([{"userId": f"u-{number}", "properties": PROPERTIES} for number in range(10)])
    page = operator.get(create(operator, text)["Location"])
    assert "Success: 10 user records created or replaced." in text_of(page)
    assert [row[1] for row in rows_of_response(page)] == [f"u-{number}" for number in range(10)]
    assert StoredRecord.objects.count() == 10


def test_htmx_gets_the_response_alone(operator: Client) -> None:
    answer = create(operator, VALID, **HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "Success: 1 user record created or replaced." in text_of(answer)
    key = answer.context["page"].key
    assert answer["HX-Replace-Url"] == f"{PAGE}?submission={Submission.objects.get().pk}&key={key}"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_shows_every_problem_and_sends_nothing(operator: Client, headers: dict[str, str]) -> None:
    answer = create(operator, '{"USER_ID": "u-1",\r\n "AGE": "thirty"}', **headers)
    items = [
        " ".join(re.sub(r"<[^>]+>", "", item).split())
        for item in re.findall(r"<li>(<a class=\"place\".*?)</li>", answer.content.decode(), re.DOTALL)
    ]
    assert answer.status_code == 422
    assert [item[:32] for item in items] == [
        "Ln 1, Col 1 · Record 1, MEMBERSH",
        "Ln 1, Col 1 · Record 1, MEMBER_S",
        "Ln 1, Col 1 · Record 1, TOTAL_SP",
        "Ln 1, Col 1 · Record 1, NEWSLETT",
        "Ln 2, Col 9 · Record 1, AGE · Ex",
    ]
    assert 'aria-labelledby="problems"' in answer.content.decode()
    assert not Submission.objects.exists()
    assert not StoredRecord.objects.exists()


AWKWARD = [
    "",
    "\n\n leading line breaks and spaces \n",
    "</textarea><script>alert(1)</script>",
    "&amp; &lt; &#39; ' \" `$(x)` \\ \\n",
    "\ttabs\r\nand\rline breaks\n",
    "😀 \u202eright to left\u202c é \u0301 \ufeff \u200b",
    "x" * 100_000,
    "[" * 50_000,
    "\x00\x01\x1b",
    '{"a": "\ud800"}'.encode("utf-8", "replace").decode(),
]


@pytest.mark.parametrize("text", AWKWARD)
def test_gives_back_what_was_typed_to_the_character(operator: Client, text: str) -> None:
    answer = create(operator, text)
    assert answer.status_code == 422
    assert shown_text(answer) == text
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("body", [{}, {"record_input": ["a", "b"]}, {"other": "x"}])
def test_any_form_is_answered_with_problems(operator: Client, body: dict[str, Any]) -> None:
    assert operator.post(PAGE, body).status_code == 422


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xff\xfe%zz=&&&", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
    ],
)
def test_any_body_is_answered_with_problems(operator: Client, body: bytes, content_type: str) -> None:
    assert operator.post(PAGE, body, content_type=content_type).status_code == 422


def test_a_submission_is_written_with_all_that_is_known(operator: Client) -> None:
    create(operator, VALID)
    submission = Submission.objects.get()
    assert submission.person == User.objects.get(username="operator")
    assert (submission.person_name, submission.environment, submission.dataset_group) == (
        "operator",
        "local",
        "loyalty-programme",
    )
    assert submission.dataset_arn == "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS"
    assert submission.record_input == VALID
    assert [(user_id, json.loads(properties)) for user_id, properties in submission.records] == [("u-1", PROPERTIES)]
    assert (submission.outcome, submission.http_status, submission.attempts) == (Outcome.CREATED, 200, 1)
    assert submission.request_id
    assert submission.duration_ms is not None
    assert submission.completed_at is not None


def test_a_submission_is_written_before_it_is_sent(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(calls, "put_records", crash)
    with pytest.raises(KeyboardInterrupt):
        create(operator, VALID)
    submission = Submission.objects.get()
    assert submission.outcome == Outcome.SENDING
    page = text_of(operator.get(f"{PAGE}?submission={submission.pk}"))
    assert "Sending: a request of this page is under way, and has no response yet." in page


def test_a_submission_that_a_crash_left_without_an_answer_is_unconfirmed(operator: Client) -> None:
    began = timezone.now() - timedelta(hours=1)
    submission = send({"u-1": {}}, Outcome.SENDING, at=began)
    page = text_of(operator.get(f"{PAGE}?submission={submission.pk}"))
    assert "Unconfirmed: No response was recorded for this request." in page
    assert "Sending the same record again is safe unless a newer record of this user was sent since:" in page


def test_a_refusal_shows_code_message_and_advice(operator: Client) -> None:
    Dataset.objects.filter(name="loyalty-programme-users").update(settled_status="DELETE IN_PROGRESS")
    page = operator.get(create(operator, VALID)["Location"])
    text = text_of(page)
    arn = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS"
    assert f"Failure: no user record was created. The local service refused personalize:PutUsers on {arn}." in text
    assert "Error code ResourceInUseException" in text
    assert "has the status DELETE IN_PROGRESS; it must be ACTIVE." in text
    assert "Wait until it is Active, and try again." in text
    assert "HTTP status 409" in text
    assert rows_of_response(page) == [["1", "u-1", "Not created"]]
    assert shown_text(page) == VALID
    assert Submission.objects.get().outcome == Outcome.REFUSED


def test_a_request_that_never_left_is_not_sent(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    real = calls.put_records

    def without_credentials(_environment: Environment, *request: Any) -> Any:
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        return real(Environment("staging", "Staging", "us-east-1"), *request)

    monkeypatch.setattr(calls, "put_records", without_credentials)
    text = text_of(operator.get(create(operator, VALID)["Location"]))
    assert "Failure: no user record was created. No AWS credentials were found for the environment Staging." in text
    assert Submission.objects.get().outcome == Outcome.NOT_SENT


def test_the_message_of_aws_is_for_those_who_may_still_see_properties(operator: Client) -> None:
    submission = send({"u-1": {}}, Outcome.REFUSED, message="The value of age is 7.", http_status=400)
    page = f"{PAGE}?submission={submission.pk}"
    assert "Error message The value of age is 7." in text_of(operator.get(page))
    User.objects.get(username="operator").groups.clear()
    text = text_of(operator.get(page))
    assert "The value of age is 7." not in text
    assert "Error message Withheld" in text
    assert "You see IDs and outcomes." in text


def test_an_administrator_may_create_records(administrator: Client) -> None:
    assert create(administrator, VALID).status_code == 302


def test_a_response_is_shown_to_the_person_who_sent_alone(operator: Client) -> None:
    address = create(operator, VALID)["Location"]
    operator.force_login(User.objects.get(username="administrator"))
    assert "u-1" not in operator.get(address).content.decode()


@pytest.mark.parametrize(
    "query", ["?submission=x", "?submission=", "?submission=00000000-0000-0000-0000-000000000000"]
)
def test_a_submission_that_is_not_there_leaves_the_template(operator: Client, query: str) -> None:
    assert '"USER_ID": "string"' in shown_text(operator.get(f"{PAGE}{query}"))


def test_a_schema_that_cannot_be_read_is_said_so_and_nothing_is_sent(operator: Client) -> None:
    Schema.objects.filter(name="loyalty-programme-users-schema").update(text="{")
    assert "The schema of this dataset cannot be read" in text_of(operator.get(PAGE))
    answer = create(operator, VALID)
    assert answer.status_code == 422
    assert shown_text(answer) == VALID
    assert not Submission.objects.exists()


def test_a_call_that_fails_before_validation_keeps_the_text(operator: Client) -> None:
    Dataset.objects.filter(name="loyalty-programme-users").delete()
    answer = create(operator, VALID)
    assert answer.status_code == 404
    assert "The dataset group loyalty-programme has no Users dataset." in text_of(answer)
    assert shown_text(answer) == VALID


def test_a_form_that_expired_keeps_the_text_though_aws_does_not_answer(operator: Client) -> None:
    Dataset.objects.filter(name="loyalty-programme-users").delete()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    answer = strict.post(PAGE, {"record_input": VALID, "intent": "create"})
    assert answer.status_code == 403
    assert shown_text(answer) == VALID


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_change_nothing(operator: Client, method: str) -> None:
    assert getattr(operator, method)(PAGE).status_code == 405


def test_going_back_gets_the_whole_page(operator: Client) -> None:
    answer = operator.get(PAGE, headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in answer.content.decode()
    assert "HX-Request" in answer["Vary"]
