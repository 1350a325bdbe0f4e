"""A page sends once: a key that was answered with a success is retired, and what comes with it later sends nothing."""

import json
import re
from datetime import timedelta
from threading import Timer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from console.local.models import Dataset, Schema, StoredRecord
from console.local.simulation import simulate
from console.records.entities import USERS
from console.submissions import journal
from console.submissions.answers import answer_fields
from console.submissions.demo.demos import reset_demo
from console.submissions.models import Outcome, Submission
from console.submissions.presses.attempts import submission_id
from console.submissions.presses.beginning import begin_submission
from console.submissions.recording import MOMENT
from tests.pages.html import fields_of, text_of
from tests.submissions.sent import complete

GROUP = "/local/dataset-groups/video-streaming"
PAGE = f"{GROUP}/datasets/users/create-records/"
ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/video-streaming/USERS"
KEY = "6e1a5a56-8a3f-4f43-a1c8-0f8a4a1f6a55"
HTMX = {"HX-Request": "true"}
SUCCESS = "Success: 1 user record created or replaced."
SAME = "Nothing was sent. This page already sent the same text, on {}. To send it again, choose Send again as new."
OTHER = (
    "Nothing was sent. This page already sent records, on {}. "
    "To send what is in Record input now, choose Send again as new."
)
SEND_AGAIN = '<button type="submit" name="intent" value="create" form="create-records">Send again as new</button>'
VIEWS = ["json", "form"]


def record(value: str) -> str:
    return f'{{"USER_ID": "u-1", "SUBSCRIPTION_MODEL": "{value}"}}'


def stored() -> dict[str, str]:
    """Return the value that each user of the dataset has."""
    return {each.record_id: json.loads(each.properties)["subscriptionModel"] for each in StoredRecord.objects.all()}


def sent_at(submission: Submission) -> str:
    return f"{submission.created_at:%a, %d %b %Y %H:%M:%S} GMT"


def key_in(answer: Any) -> str:
    """Return the key that a page carries, or the part of one that htmx puts into it."""
    (key,) = re.findall(r'<input type="hidden" name="key" value="([^"]*)"', answer.content.decode())
    return str(key)


def fields_in(client: Client, view: str, text: str) -> dict[str, str]:
    """Return the fields of a page with a text in one of its views, as a browser sends them."""
    if view == "json":
        return {"record_input": text, "view": "json"}
    return fields_of(client.post(PAGE, {"record_input": text, "intent": "form"}))


def press(client: Client, text: str, *, key: str = KEY, view: str = "json", htmx: bool = False, **fields: str) -> Any:
    """Press Create record(s), and return the answer itself."""
    own = {**fields_in(client, view, text), "key": key, "intent": "create", **fields}
    return client.post(PAGE, own, headers=HTMX if htmx else {})


def shown(client: Client, answer: Any) -> str:
    """Return the text of the page that a press leads to."""
    return text_of(client.get(answer["Location"]) if answer.status_code == 302 else answer)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("htmx", [False, True], ids=["without htmx", "with htmx"])
def test_a_retired_key_sends_nothing_and_shows_the_earlier_result(operator: Client, view: str, htmx: bool) -> None:
    assert SUCCESS in shown(operator, press(operator, record("A"), view=view, htmx=htmx))
    first = Submission.objects.get()
    for value in ("B", "A", "A"):
        answer = press(operator, record(value), view=view, htmx=htmx)
        text = text_of(answer)
        assert answer.status_code == 409
        assert (SAME if value == "A" else OTHER).format(sent_at(first)) in text
        assert f"Sent {sent_at(first)} HTTP status 200 Request ID {first.request_id} Duration" in text
        assert "1 u-1 Accepted earlier" in text
        assert "success" not in re.sub(r"(?s)<meta.*?>", "", answer.content.decode()).lower()
        assert "created or replaced" not in text
        html = answer.content.decode()
        assert SEND_AGAIN in html
        assert f'<a href="{GROUP}/submissions/{first.pk}/">View the earlier submission</a>' in html
        assert UUID(key_in(answer)) != UUID(KEY)
    assert (Submission.objects.get(), stored()) == (first, {"u-1": "A"})


def test_the_text_that_was_not_sent_stays_and_the_address_too(operator: Client) -> None:
    press(operator, record("A"))
    answer = press(operator, record("B"))
    assert fields_of(answer)["record_input"] == record("B")
    part = press(operator, record("B"), htmx=True)
    assert "HX-Replace-Url" not in part
    assert '<div id="record-editor"' not in part.content.decode()


def test_a_draft_is_dropped_and_leaving_asks_nothing_where_the_text_was_sent(operator: Client) -> None:
    # By this the script tells.
    has_mark = [" data-sent>" in press(operator, record(value), htmx=True).content.decode() for value in "ABA"]
    assert has_mark == [True, False, True]
    assert " data-sent>" not in press(operator, "{", htmx=True).content.decode()


def test_a_screen_reader_says_that_nothing_was_sent(operator: Client) -> None:
    announcer = '<div id="announcer" hx-swap-oob="innerHTML">{}</div>'
    first = press(operator, record("A"), htmx=True)
    assert announcer.format("") in first.content.decode()
    for value in ("A", "B"):
        again = press(operator, record(value), htmx=True)
        assert announcer.format("Nothing was sent. An earlier response is shown.") in again.content.decode()


def test_htmx_swaps_the_answer_to_a_retired_key_in(operator: Client) -> None:
    config = re.search(r"<meta name=\"htmx-config\" content='([^']*)'", operator.get(PAGE).content.decode())
    assert config
    swapped = [each["code"] for each in json.loads(config[1])["responseHandling"] if each["swap"]]
    assert any("409" in code.split("|") for code in swapped)


@pytest.mark.parametrize("view", VIEWS)
def test_send_again_as_new_sends_what_is_in_the_editor(operator: Client, view: str) -> None:
    press(operator, record("A"), view=view)
    told = press(operator, record("B"), view=view)
    # The key stands beside the form.
    fields = {**fields_of(told), "key": key_in(told), "intent": "create"}
    assert SUCCESS in shown(operator, operator.post(PAGE, fields))
    assert (Submission.objects.count(), stored()) == (2, {"u-1": "B"})
    # It is a key as any other: two presses send once.
    assert operator.post(PAGE, fields).status_code == 409
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_that_htmx_has_updated_after_a_success_sends_again(operator: Client, view: str) -> None:
    key = key_in(operator.get(PAGE))
    ids = []
    for value in ("A", "B", "A", "A"):
        answer = press(operator, record(value), key=key, view=view, htmx=True)
        assert SUCCESS in text_of(answer)
        assert stored() == {"u-1": value}
        key = key_in(answer)
        ids.append(re.findall(r"<dt>Request ID</dt><dd>([0-9a-f-]+)</dd>", answer.content.decode()))
    newest_first = Submission.objects.order_by("-created_at")
    assert [[each.request_id] for each in newest_first] == ids[::-1]
    assert len({each for (each,) in ids}) == 4


def test_the_page_that_a_redirect_leads_to_sends_again(operator: Client) -> None:
    key = key_in(operator.get(PAGE))
    for value in ("A", "B", "A"):
        page = operator.get(press(operator, record(value), key=key)["Location"])
        assert SUCCESS in text_of(page)
        assert stored() == {"u-1": value}
        key = key_in(page)
    assert Submission.objects.count() == 3


def test_what_another_client_has_changed_since_is_not_said_to_be_as_it_was(
    operator: Client, personalize_events: Any
) -> None:
    answer = press(operator, record("A"), htmx=True)
    personalize_events.put_users(datasetArn=ARN, users=[{"userId": "u-1", "properties": '{"subscriptionModel": "X"}'}])
    assert "success" not in text_of(press(operator, record("A"), htmx=True)).lower()
    assert stored() == {"u-1": "X"}
    assert SUCCESS in text_of(press(operator, record("A"), key=key_in(answer), htmx=True))
    assert stored() == {"u-1": "A"}


def test_what_a_reset_of_the_demo_has_removed_is_sent_again(administrator: Client) -> None:
    answer = press(administrator, record("A"), htmx=True)
    reset_demo(is_filled=False)
    assert "success" not in text_of(press(administrator, record("A"), htmx=True)).lower()
    assert stored() == {}
    assert SUCCESS in text_of(press(administrator, record("A"), key=key_in(answer), htmx=True))
    assert stored() == {"u-1": "A"}


@pytest.mark.parametrize("view", VIEWS)
def test_a_response_is_news_once(operator: Client, view: str) -> None:
    address = press(operator, record("A"), view=view)["Location"]
    first = Submission.objects.get()
    assert SUCCESS in text_of(operator.get(address))
    for path in (address, address, f"{PAGE}?submission={first.pk}"):
        page = operator.get(path)
        assert page.status_code == 200
        assert f"Earlier response from {sent_at(first)}. Nothing was sent again." in text_of(page)
        assert f"Request ID {first.request_id}" in text_of(page)
        assert "Success" not in text_of(page)
        assert f'href="{PAGE}?submission={first.pk}' in page.content.decode()
        # What is edited here is sent.
        assert key_in(page) != KEY
    assert Submission.objects.count() == 1


def test_a_response_of_htmx_is_no_news_when_its_page_is_loaded_again(operator: Client) -> None:
    answer = press(operator, record("A"), htmx=True)
    page = operator.get(answer["HX-Replace-Url"])
    assert "Earlier response from" in text_of(page)
    assert "Success" not in text_of(page)


def test_the_news_of_one_submission_are_not_those_of_another(operator: Client) -> None:
    earlier = press(operator, record("A"), htmx=True)["HX-Replace-Url"]
    press(operator, record("B"), key=str(uuid4()))
    assert "Success" not in text_of(operator.get(earlier))


def test_the_cookie_of_news_is_for_its_page_alone(operator: Client, settings: LazySettings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    answer = press(operator, record("A"))
    name = f"new_response_{Submission.objects.get().pk.hex}"
    cookie = answer.cookies[name]
    attributes = {name: value for name, value in cookie.items() if value and name != "expires"}
    assert attributes == {"path": PAGE, "max-age": 60, "httponly": True, "secure": True, "samesite": "Lax"}
    assert operator.get(answer["Location"]).cookies[name].value == ""
    assert name not in operator.get(PAGE).cookies


def test_two_tabs_without_scripts_each_show_their_own_success(operator: Client) -> None:
    answers = [press(operator, record(name), key=str(uuid4())) for name in ("A", "B")]
    assert operator.get(PAGE).status_code == 200
    for answer in answers:
        assert "Success" in text_of(operator.get(answer["Location"]))
    for answer in answers:
        assert "Earlier response from" in text_of(operator.get(answer["Location"]))


def refuse() -> None:
    simulate("InvalidInputException", 0, 1, "operator")


def drop() -> None:
    # boto3 tries three times.
    simulate("dropped", 0, 3, "operator")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("fail", "outcome"), [(refuse, "refused"), (drop, "unconfirmed")], ids=["refused", "unconfirmed"]
)
def test_what_was_not_accepted_is_tried_again(operator: Client, view: str, fail: Any, outcome: str) -> None:
    key = key_in(operator.get(PAGE))
    fail()
    answer = press(operator, record("A"), key=key, view=view, htmx=True)
    assert 'form="create-records">Try again</button>' in answer.content.decode()
    fail()
    answer = press(operator, record("B"), key=key_in(answer), view=view, htmx=True)
    tried = {**fields_in(operator, view, record("B")), "key": key_in(answer), "intent": "create"}
    again = operator.post(PAGE, tried, headers=HTMX)
    assert SUCCESS in text_of(again)
    assert operator.post(PAGE, tried, headers=HTMX).status_code == 409
    outcomes = Submission.objects.order_by("created_at").values_list("outcome", flat=True)
    assert (list(outcomes), stored()) == ([outcome, outcome, "created"], {"u-1": "B"})


def test_a_key_is_retired_after_many_failures_too(operator: Client) -> None:
    simulate("InvalidInputException", 0, 33, "operator")
    for _ in range(33):
        assert "Failure:" in shown(operator, press(operator, record("A")))
    assert SUCCESS in shown(operator, press(operator, record("A")))
    assert press(operator, record("A")).status_code == 409
    assert Submission.objects.count() == 34


def first_of(person: User, user_id: str, **fields: Any) -> Submission:
    """Return a submission of the key KEY, as a person's first press writes it; `fields` say what is otherwise."""
    known = {"environment": "local", "dataset_group": "video-streaming", "dataset_arn": ARN}
    return begin_submission(
        USERS,
        [(user_id, "{}")],
        pk=submission_id(UUID(KEY), person.pk, 0),
        endpoint="local",
        person_id=person.pk,
        record_input=record("A"),
        **{**known, **fields},
    )


def begun(since: timedelta) -> Submission:
    """Return the first submission of the operator's key, begun so long ago, which has no answer."""
    return first_of(User.objects.get(username="operator"), "u-1", created_at=timezone.now() - since)


# One of the future is of a clock that was set back since.
@pytest.mark.parametrize("hours", [1, -1])
def test_one_that_a_crash_cut_short_is_tried_again(operator: Client, hours: int) -> None:
    begun(timedelta(hours=hours))
    assert SUCCESS in shown(operator, press(operator, record("A")))
    assert sorted(Submission.objects.values_list("outcome", flat=True)) == ["created", "sending"]


@pytest.mark.parametrize("hours", [1, -1])
def test_one_that_is_under_way_is_waited_for_whatever_the_clock_says(operator: Client, hours: int) -> None:
    submission = begun(timedelta(hours=hours))
    entry = journal.reserve(submission.pk)

    def answer() -> None:
        fields = answer_fields(Outcome.CREATED, http_status=200, request_id="of-the-first", attempts=1, duration_ms=9)
        entry.write({**fields, MOMENT: fields[MOMENT].isoformat()})
        entry.close()

    timer = Timer(0.5, answer)
    timer.start()
    page = shown(operator, press(operator, record("A")))
    timer.join()
    # On a machine that is busy the answer may be there before the press looks for it.
    assert "Nothing was sent" in page
    assert "of-the-first" in page
    assert (Submission.objects.count(), stored()) == (1, {})


@pytest.mark.parametrize(
    "intent", ["validate", "format", "add", "reset", "convert", "load", "json", "form", "nonsense"]
)
def test_a_button_that_sends_nothing_leaves_the_key(operator: Client, intent: str) -> None:
    # An answer may have been lost before it.
    press(operator, record("A"))
    for headers in ({}, HTMX):
        fields = {"record_input": record("A"), "key": KEY, "intent": intent, "known_record": "u-1"}
        assert key_in(operator.post(PAGE, fields, headers=headers)) == KEY


def test_an_answer_that_sends_nothing_leaves_the_key(operator: Client) -> None:
    press(operator, record("A"))
    assert key_in(press(operator, "{", htmx=True)) == KEY
    fields = fields_in(operator, "form", record("A"))
    changed = operator.post(PAGE, {**fields, "key": KEY, "intent": "create", "schema": "another"}, headers=HTMX)
    assert (changed.status_code, key_in(changed)) == (409, KEY)
    Schema.objects.filter(name="video-streaming-users-schema").update(text="{")
    assert key_in(press(operator, record("A"), htmx=True)) == KEY
    Dataset.objects.filter(arn=ARN).delete()
    assert key_in(press(operator, record("A"), htmx=True)) == KEY


def test_a_key_comes_back_after_an_expired_session(demo: None, client: Client, operator: Client) -> None:
    press(operator, record("A"))
    client.logout()
    refused = press(client, record("A"))
    assert refused.status_code == 403
    kept = re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', refused.content.decode(), re.DOTALL)
    assert dict(kept)["key"] == KEY
    fields = {"record_input": record("A"), "view": "json", "key": KEY, "next": PAGE}
    page = client.post("/sign-in/", {"username": "operator", "password": "operator", **fields}, follow=True)
    assert (page.redirect_chain, key_in(page)) == ([(PAGE, 302)], KEY)
    assert press(client, record("A")).status_code == 409
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("view", VIEWS)
def test_a_key_comes_back_after_an_expired_form(operator: Client, view: str) -> None:
    press(operator, record("A"), view=view)
    fields = fields_in(operator, view, record("A"))
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = operator.cookies
    page = strict.post(PAGE, {**fields, "key": KEY, "intent": "create", "csrfmiddlewaretoken": ""})
    assert (page.status_code, key_in(page)) == (403, KEY)


def test_a_press_without_a_key_is_one_of_its_own(operator: Client) -> None:
    for _ in range(2):
        answer = operator.post(PAGE, {"record_input": record("A"), "intent": "create"})
        assert SUCCESS in shown(operator, answer)
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "0", KEY[:-1], f"{KEY}0", "\x00", "<script>", "é" * 36, f"{KEY} {KEY}"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["without htmx", "with htmx"])
def test_a_key_that_is_none_sends_nothing_and_is_replaced(operator: Client, key: str, headers: dict[str, str]) -> None:
    fields = {"record_input": record("A"), "intent": "create"}
    answer = operator.post(PAGE, {**fields, "key": key}, headers=headers)
    assert answer.status_code == 422
    assert "The key of this page cannot be read, so nothing was sent." in text_of(answer)
    assert not Submission.objects.exists()
    assert SUCCESS in shown(operator, operator.post(PAGE, {**fields, "key": key_in(answer)}))


@pytest.mark.parametrize("spelling", [KEY.upper(), KEY.replace("-", ""), f"{{{KEY}}}", f"urn:uuid:{KEY}"])
def test_another_spelling_of_a_key_is_the_same_key(operator: Client, spelling: str) -> None:
    press(operator, record("A"))
    assert press(operator, record("B"), key=spelling).status_code == 409
    assert stored() == {"u-1": "A"}


def test_the_key_of_somebody_else_is_not_theirs_to_use_up_or_to_see(operator: Client, client: Client) -> None:
    press(operator, record("A"))
    first = Submission.objects.get()
    client.force_login(User.objects.get(username="administrator"))
    answer = press(client, record("A"))
    assert SUCCESS in shown(client, answer)
    assert str(first.pk) not in answer["Location"]
    assert Submission.objects.count() == 2
    client.force_login(User.objects.get(username="operator"))
    assert first.request_id in text_of(press(client, record("A")))


def test_a_key_of_another_dataset_group_sends_nothing_and_says_where_it_was_used(operator: Client) -> None:
    press(operator, record("A"))
    first = Submission.objects.get()
    page = PAGE.replace("video-streaming", "online-shop")
    text = '{"USER_ID": "u-1", "MEMBERSHIP_STATUS": "Gold"}'
    answer = operator.post(page, {"record_input": text, "key": KEY, "intent": "create"})
    assert answer.status_code == 409
    words = "in Local service for the dataset group video-streaming. To send what is in Record input now,"
    assert f"This page's key was already used, on {sent_at(first)}, {words}" in text_of(answer)
    assert f'<a href="{GROUP}/submissions/{first.pk}/">' in answer.content.decode()
    assert first.request_id not in text_of(answer)
    assert Submission.objects.count() == 1
    assert operator.post(page, {**fields_of(answer), "key": key_in(answer), "intent": "create"}).status_code == 302
    assert Submission.objects.count() == 2


def test_a_key_of_an_environment_that_the_person_does_not_see_tells_nothing_of_it(operator: Client) -> None:
    person = User.objects.get(username="operator")
    hidden = first_of(person, "u-hidden", environment="secret-environment", dataset_group="secret-group")
    complete(hidden, Outcome.CREATED, http_status=200, request_id="secret-request")
    answer = press(operator, record("A"))
    assert answer.status_code == 409
    sentence = f"This page's key was already used, on {sent_at(hidden)}, in another environment."
    assert sentence in text_of(answer)
    assert not re.search(r"secret|u-hidden|View the earlier", answer.content.decode())
    assert stored() == {}


def test_one_that_was_redacted_retires_its_key_too(operator: Client, administrator: Client) -> None:
    person = User.objects.get(username="administrator")
    old = first_of(person, "u-1", created_at=timezone.now() - timedelta(days=40))
    complete(old, Outcome.CREATED, http_status=200)
    call_command("redact_submissions", "--days=30", verbosity=0)
    answer = press(administrator, record("A"))
    assert (answer.status_code, stored()) == (409, {})
    assert OTHER.format(sent_at(old)) in text_of(answer)


def test_a_submission_has_the_same_id_in_every_version() -> None:
    # `(xxd -r -p <<< 6e1a5a568a3f4f43a1c80f8a4a1f6a55; printf '7 0') | sha1sum`, with version and variant of RFC 9562.
    assert submission_id(UUID(KEY), 7, 0) == UUID("c3f82edf-5087-5c23-8713-196fa27c1eb9")


def key_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["key"][0]


def test_the_address_of_a_failure_brings_the_press_that_was_accepted_after_it(operator: Client) -> None:
    simulate("InvalidInputException", 0, 1, "operator")
    failed = press(operator, record("A"))["Location"]
    assert key_of(failed) == KEY
    assert "Failure: no user record was created." in text_of(operator.get(failed))
    assert "Try again" in text_of(operator.get(failed))
    press(operator, record("A"))
    accepted = Submission.objects.get(outcome=Outcome.CREATED)
    page = operator.get(failed)
    assert f"Earlier response from {sent_at(accepted)}. Nothing was sent again." in text_of(page)
    assert "Try again" not in text_of(page)
    assert press(operator, record("A"), key=key_in(page)).status_code == 409
    assert Submission.objects.count() == 2


def test_the_address_of_a_page_brings_what_was_sent_from_it(operator: Client) -> None:
    address = f"{PAGE}?key={KEY}"
    assert key_in(operator.get(address)) == KEY
    assert "the result of the import is shown here" in text_of(operator.get(address))
    press(operator, record("A"))
    page = operator.get(address)
    assert f"Earlier response from {sent_at(Submission.objects.get())}." in text_of(page)
    assert press(operator, record("B"), key=key_in(page)).status_code == 409
    assert stored() == {"u-1": "A"}


def test_another_persons_key_and_one_that_is_none_bring_nothing(operator: Client, administrator: Client) -> None:
    press(operator, record("A"))
    for query in (f"?key={KEY}", "?key=", "?key=x", "?key=x&submission=y"):
        page = administrator.get(f"{PAGE}{query}")
        assert (page.status_code, page.context["page"].submission) == (200, None)
    assert SUCCESS in text_of(press(administrator, record("B"), htmx=True))


def test_a_browser_without_scripts_is_led_to_the_address_with_the_key(operator: Client) -> None:
    page = operator.get(f"{PAGE}?view=form")
    key = key_in(page)
    assert (
        f'<noscript><meta http-equiv="refresh" content="0;url=?view=form&amp;key={key}"></noscript>'
        in page.content.decode()
    )
    assert "http-equiv" not in operator.get(f"{PAGE}?key={key}").content.decode()
    assert "http-equiv" not in press(operator, "nothing", htmx=False).content.decode()
