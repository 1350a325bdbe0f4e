"""Simulate responses, and the banner on all pages of the local service."""

import json
import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.local.models import Simulation, StoredRecord
from console.local.simulation import NORMAL, simulate
from console.submissions.models import Outcome, Submission
from tests.pages.html import text_of

PAGE = "/local/simulate-responses/"
GROUP = "/local/dataset-groups/loyalty-programme"
CREATE = f"{GROUP}/datasets/users/create-records/"
RECORD = json.dumps({"USER_ID": "u", "MEMBERSHIP_TYPE": "a", "MEMBER_SINCE": 1, "TOTAL_SPEND": 1, "NEWSLETTER": True})
BANNER = "Responses are simulated. Every Put operation responds"
PAGES = (
    "/local/dataset-groups/",
    f"{GROUP}/",
    f"{GROUP}/datasets/",
    f"{GROUP}/datasets/users/",
    f"{GROUP}/datasets/users/stored-record/?record_id=nobody",
    CREATE,
    f"{GROUP}/submissions/",
    "/local/dataset-groups/missing/",
)


def start(client: Client, response: str = "ThrottlingException", **fields: str) -> Any:
    return client.post(PAGE, {"response": response, "seconds": "", "scope": "next", "calls": "3", **fields})


def simulated() -> tuple[str, float, int | None, int | None, str]:
    row = Simulation.objects.get()
    return row.response, row.seconds, row.calls, row.remaining, row.started_by


def test_nothing_is_simulated_at_first(operator: Client) -> None:
    assert "Nothing is simulated: every Put operation responds normally." in text_of(operator.get(PAGE))
    for page in PAGES:
        assert BANNER not in text_of(operator.get(page))


def test_the_number_of_calls_stands_with_its_choice(operator: Client) -> None:
    text = text_of(operator.get(PAGE))
    assert "For The next calls Number of calls From 1 to 1000. All calls, until it is switched off Simulate" in text


def test_says_which_calls_are_tried_again(operator: Client) -> None:
    text = text_of(operator.get(PAGE))
    assert "a closed connection, and a delay longer than their timeout." in text


def test_switches_on_for_the_next_calls(operator: Client) -> None:
    answer = start(operator, seconds="1.5")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert simulated() == ("ThrottlingException", 1.5, 3, 3, "operator")
    text = text_of(operator.get(PAGE))
    assert "Response ThrottlingException (HTTP 400) Delay 1.5 s Calls left 3 of 3 Switched on by operator" in text


def test_switches_on_for_all_calls_whatever_their_number_is(operator: Client) -> None:
    start(operator, "dropped", scope="all", calls="3")
    assert simulated() == ("dropped", 0, None, None, "operator")
    assert "Calls left All, until it is switched off" in text_of(operator.get(PAGE))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"response": "nothing"}, "Choose a response."),
        ({"response": ""}, "Choose a response."),
        ({"scope": ""}, "Choose which calls."),
        ({"calls": "0"}, "Expected a whole number of calls from 1 to 1000."),
        ({"calls": "1001"}, "Expected a whole number of calls from 1 to 1000."),
        ({"calls": "1.5"}, "Expected a whole number of calls from 1 to 1000."),
        ({"calls": ""}, "Expected a whole number of calls from 1 to 1000."),
        ({"seconds": "60.1"}, "Expected a number of seconds from 0.1 to 60, or nothing for no delay."),
        ({"seconds": "0.01"}, "Expected a number of seconds from 0.1 to 60, or nothing for no delay."),
        ({"seconds": "-1"}, "Expected a number of seconds from 0.1 to 60, or nothing for no delay."),
        ({"seconds": "nan"}, "Expected a number of seconds from 0.1 to 60, or nothing for no delay."),
        ({"seconds": "inf"}, "Expected a number of seconds from 0.1 to 60, or nothing for no delay."),
        ({"seconds": "soon"}, "Expected a number of seconds from 0.1 to 60, or nothing for no delay."),
        ({"response": "normal"}, "A normal response needs a delay. Enter one."),
    ],
)
def test_says_what_is_wrong_and_simulates_nothing(operator: Client, fields: dict[str, str], sentence: str) -> None:
    answer = start(operator, **fields)
    assert answer.status_code == 422
    assert text_of(answer).count(sentence) == 1
    assert not Simulation.objects.exists()


def test_what_was_entered_is_kept_beside_what_is_wrong(operator: Client) -> None:
    html = start(operator, "InternalFailure", seconds="soon", calls="7").content.decode()
    assert 'value="soon" aria-describedby="seconds-help seconds-error" aria-invalid="true"' in html
    assert 'name="calls" inputmode="numeric" value="7"' in html
    (chosen,) = re.findall(r'<input type="radio" name="response" value="(\w+)"[^>]* checked', html)
    assert chosen == "InternalFailure"


def test_stops(operator: Client) -> None:
    start(operator)
    answer = operator.post(PAGE, {"intent": "stop"}, follow=True)
    assert "Responses are no longer simulated: every Put operation responds normally." in text_of(answer)
    assert not Simulation.objects.exists()
    assert "Nothing was simulated." in text_of(operator.post(PAGE, {"intent": "stop"}, follow=True))


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_viewer_is_refused_with_a_page_that_says_why(viewer: Client, method: str) -> None:
    answer = getattr(viewer, method)(PAGE, {"response": "dropped", "scope": "all"})
    assert answer.status_code == 403
    assert "Your role, viewer, may not simulate responses. Ask an administrator for a role." in text_of(answer)
    assert not Simulation.objects.exists()


def test_an_administrator_may(administrator: Client) -> None:
    assert start(administrator).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_the_banner_is_on_every_page_for_every_role(viewer: Client, page: str) -> None:
    simulate("InternalFailure", 0, 5, "operator")
    Simulation.objects.update(remaining=3)
    answer = viewer.get(page)
    assert f"{BANNER} with: InternalFailure (HTTP 500). 3 of 5 calls left. Switched on by operator, " in text_of(
        answer
    )
    assert PAGE not in answer.content.decode()


def test_the_banner_leads_to_the_page_for_those_who_may(operator: Client) -> None:
    simulate("normal", 2, None, "operator")
    answer = operator.get("/local/dataset-groups/")
    assert f"{BANNER} after 2 seconds. All calls, until it is switched off." in text_of(answer)
    assert f'<a href="{PAGE}">Simulate responses</a>' in answer.content.decode().partition("<main")[0]


def test_the_banner_goes_when_no_call_is_left(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    answer = operator.post(CREATE, {"record_input": RECORD, "intent": "create"}, headers={"HX-Request": "true"})
    assert "Failure: no user record was created." in text_of(answer)
    assert '<div id="simulation" role="status" hx-swap-oob="true">' in answer.content.decode()
    assert BANNER not in text_of(answer)


@pytest.mark.parametrize(
    ("response", "outcome", "sentence"),
    [
        ("InvalidInputException", Outcome.REFUSED, "Failure: no user record was created. The local service refused"),
        (
            "ResourceNotFoundException",
            Outcome.REFUSED,
            "Failure: no user record was created. The local service refused",
        ),
        ("ResourceInUseException", Outcome.REFUSED, "Failure: no user record was created. The local service refused"),
        (
            "ThrottlingException",
            Outcome.REFUSED,
            "Too many requests: the local service throttled personalize:PutUsers",
        ),
        ("AccessDeniedException", Outcome.REFUSED, "Access denied: the credentials of the environment Local service"),
        ("InternalFailure", Outcome.UNCONFIRMED, "Unconfirmed: The local service had an internal error"),
        ("dropped", Outcome.UNCONFIRMED, "Unconfirmed: The connection was closed before the local service responded"),
    ],
)
def test_create_records_shows_what_came_of_it(operator: Client, response: str, outcome: str, sentence: str) -> None:
    simulate(response, 0, None, "operator")
    page = operator.get(operator.post(CREATE, {"record_input": RECORD, "intent": "create"})["Location"])
    assert sentence in text_of(page)
    assert Submission.objects.get().outcome == outcome
    assert not StoredRecord.objects.exists()


@pytest.mark.parametrize(
    ("response", "seconds", "said"),
    [
        (
            "dropped",
            0,
            "The connection was closed before the local service responded in the environment Local service. "
            "It is not known whether the user record arrived. Try again in a moment. Sending the same record",
        ),
        (
            NORMAL,
            0.3,
            "The local service did not respond in time in the environment Local service. "
            "It is not known whether the user record arrived. Try again in a moment. Sending the same record",
        ),
        (
            "AccessDeniedException",
            0,
            "may not do personalize:PutUsers on {arn}. Simulate responses made this response. Once it is stopped, or its "
            "calls are used up, try again.",
        ),
    ],
)
def test_what_is_simulated_is_not_said_of_aws(
    operator: Client, settings: LazySettings, response: str, seconds: float, said: str
) -> None:
    settings.CONSOLE_READ_SECONDS = 0.1
    simulate(response, seconds, None, "operator")
    page = operator.get(operator.post(CREATE, {"record_input": RECORD, "intent": "create"})["Location"])
    submission = Submission.objects.get()
    assert said.format(arn=submission.dataset_arn) in text_of(page)
    details = text_of(operator.get(f"{GROUP}/submissions/{submission.pk}/"))
    overview = text_of(operator.get(f"{GROUP}/submissions/"))
    for name in ("before AWS", "AWS did", "AWS refused", "whether AWS", "network", "IAM", "AWS Support", ".internal"):
        assert name not in text_of(page) + details + overview


def test_create_records_succeeds_when_a_later_try_does(operator: Client) -> None:
    simulate("dropped", 0, 2, "operator")
    page = operator.get(operator.post(CREATE, {"record_input": RECORD, "intent": "create"})["Location"])
    assert "Success: 1 user record created or replaced." in text_of(page)
    assert Submission.objects.get().attempts == 3


def test_the_banner_says_whose_calls_are_simulated_and_leaves_other_accounts_out(operator: Client) -> None:
    arn = "arn:aws:personalize:us-east-1:000000000000:dataset-group/loyalty-programme"
    Simulation.objects.create(response="InternalFailure", account="111122223333", started_by="the controls")
    assert "Responses are simulated" not in text_of(operator.get(f"{GROUP}/"))
    Simulation.objects.create(
        response="ThrottlingException", operation="PutUsers", dataset_group=arn, calls=2, remaining=1, started_by="a"
    )
    said = f"PutUsers for {arn} responds with: ThrottlingException (HTTP 400). 1 of 2 calls left. Switched on by a,"
    assert f"Responses are simulated. {said}" in text_of(operator.get(f"{GROUP}/"))


def test_an_expired_form_changes_nothing(operator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    assert start(strict).status_code == 403
    assert not Simulation.objects.exists()
