"""Load known record, on Create user record(s), where the store can be read; elsewhere see test_known_at_aws.py."""

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from console.local.demo import reset_demo_data
from console.submissions.models import Outcome
from tests.pages.html import fields_of, text_of
from tests.pages.records.test_create_records import HTMX
from tests.submissions.sent import ARN, send, sent_after

if TYPE_CHECKING:
    from mypy_boto3_personalize_events import PersonalizeEventsClient

PAGE = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"

KNOWN = {"membershipType": "Gold", "memberSince": 1600000000, "totalSpend": 129.5, "newsletter": True, "age": 44}
RECORD = {
    "USER_ID": "ada",
    "MEMBERSHIP_TYPE": "Gold",
    "MEMBER_SINCE": 1600000000,
    "TOTAL_SPEND": 129.5,
    "NEWSLETTER": True,
    "AGE": 44,
}
# With a field less.
SHORTER = {name: value for name, value in RECORD.items() if name not in ("AGE", "age")}


def put(events: "PersonalizeEventsClient", user_id: str, properties: dict[str, Any]) -> None:
    """Store a user as any client of the local service does."""
    events.put_users(datasetArn=ARN, users=[{"userId": user_id, "properties": json.dumps(properties)}])


def load(client: Client, text: str, user_id: str = "ada", **more: Any) -> Any:
    return client.post(PAGE, {"record_input": text, "intent": "load", "known_record": user_id, **more})


def loaded(answer: Any) -> Any:
    return json.loads(fields_of(answer)["record_input"])


def template(client: Client) -> str:
    return fields_of(client.get(PAGE))["record_input"]


def choices_of(answer: Any) -> dict[str, str]:
    """Return what each button that loads a record is worth, by what is on it before the date."""
    found = re.findall(r'name="intent" value="(load [^"]+)"[^>]*>(Load the [a-z ]+) of ', answer.content.decode())
    return {words: value for value, words in found}


def offered(client: Client, text: str) -> list[str]:
    """Return the ids that are offered while a text is typed."""
    return offered_at(PAGE, client, text)


def offered_at(page: str, client: Client, text: str) -> list[str]:
    """Return the ids that a page offers while a text is typed."""
    answer = client.post(page, {"intent": "find", "known_record": text}, headers=HTMX)
    return re.findall(r'<option value="([^"]*)"', answer.content.decode())


@pytest.fixture
def ada(demo: None, personalize_events: "PersonalizeEventsClient") -> None:
    put(personalize_events, "ada", KNOWN)


@pytest.mark.usefixtures("ada")
def test_takes_the_place_of_the_template(operator: Client) -> None:
    send({"ada": {**KNOWN, "memberSince": 1}})
    send({"ada": {}}, Outcome.REFUSED)
    assert loaded(load(operator, template(operator))) == RECORD
    assert loaded(load(operator, " \r\n")) == RECORD


@pytest.mark.usefixtures("ada")
def test_takes_the_place_of_the_record_with_the_same_id_or_comes_last(operator: Client) -> None:
    assert loaded(load(operator, '{"user_id": "ada", "AGE": 3}')) == RECORD
    assert loaded(load(operator, '[{"USER_ID": "eve"}, {"userId": "ada"}]')) == [{"USER_ID": "eve"}, RECORD]
    assert loaded(load(operator, '{"USER_ID": "eve"}')) == [{"USER_ID": "eve"}, RECORD]


@pytest.mark.usefixtures("ada")
def test_shows_the_same_record_in_the_form(operator: Client) -> None:
    opened = fields_of(operator.get(f"{PAGE}?view=form"))
    answer = operator.post(PAGE, {**opened, "intent": "load", "known_record": "ada"})
    fields = fields_of(answer)
    assert fields["view"] == "form"
    assert (fields["value-1-USER_ID"], fields["value-1-MEMBERSHIP_TYPE"].strip()) == ("ada", "Gold")


@pytest.mark.usefixtures("ada")
def test_htmx_gets_the_text_with_its_answer(operator: Client) -> None:
    answer = operator.post(PAGE, {"record_input": "", "intent": "load", "known_record": "ada"}, headers=HTMX)
    assert '<textarea id="changed-text"' in answer.content.decode()
    assert "&quot;MEMBERSHIP_TYPE&quot;: &quot;Gold&quot;" in answer.content.decode()


@pytest.mark.parametrize(
    ("user_id", "sentence"),
    [
        ("", "Enter the USER_ID of the user whose record you want to load."),
        ("  ", "Enter the USER_ID of the user whose record you want to load."),
        ("eve", "The local service does not store the user eve, so there is no record to load."),
        ("ADA", "The local service does not store the user ADA, so there is no record to load."),
        ("a\0b", 'The local service does not store the user "a\\u0000b", so there is no record to load.'),
    ],
)
@pytest.mark.usefixtures("ada")
def test_says_why_there_is_none_and_keeps_the_text(operator: Client, user_id: str, sentence: str) -> None:
    answer = load(operator, '{"USER_ID": "x"}', user_id)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    fields = fields_of(answer)
    assert fields["record_input"] == '{"USER_ID": "x"}'
    assert fields["known_record"] == user_id


@pytest.mark.usefixtures("ada")
def test_a_text_that_cannot_be_read_stays(operator: Client) -> None:
    answer = load(operator, '{"USER_ID": ')
    assert answer.status_code == 422
    assert fields_of(answer)["record_input"] == '{"USER_ID": '


def test_the_store_is_asked_whoever_wrote_there(
    operator: Client, personalize_events: "PersonalizeEventsClient"
) -> None:
    send({"ada": KNOWN})
    put(personalize_events, "ada", {**KNOWN, "membershipType": "Silver"})
    assert loaded(load(operator, "")) == {**RECORD, "MEMBERSHIP_TYPE": "Silver"}
    text = text_of(operator.post(PAGE, {"record_input": json.dumps(SHORTER), "intent": "validate"}))
    assert re.search(r"ada is stored, as of .{29}, and will be replaced\. Changes: membershipType \.", text)
    assert "Lost: age ." in text
    assert "ada is stored with age: replacing the record removes it." in text
    put(personalize_events, "ada", {name: value for name, value in KNOWN.items() if name not in ("AGE", "age")})
    text = text_of(operator.post(PAGE, {"record_input": json.dumps(SHORTER), "intent": "validate"}))
    assert re.search(r"ada does not differ from what is stored, as of .{29}\. Body", text)
    assert "Nothing changes" not in text


def test_a_user_who_is_not_stored_any_more_is_new_and_not_loaded(
    operator: Client, personalize_events: "PersonalizeEventsClient"
) -> None:
    put(personalize_events, "ada", KNOWN)
    send({"ada": KNOWN})
    reset_demo_data("000000000000", "us-east-1")
    answer = operator.post(PAGE, {"record_input": json.dumps(SHORTER), "intent": "validate"})
    words = r"ada is no longer stored in this dataset: it was sent from this console on .{29}"
    assert re.search(rf"{words}, and on .{{29}} the demo data was reset\. It will be created\.", text_of(answer))
    answer = load(operator, "")
    assert answer.status_code == 422
    assert "no longer stores the user ada, which this console sent on" in text_of(answer)
    assert not choices_of(answer)


@pytest.mark.parametrize("outcome", [Outcome.UNCONFIRMED, Outcome.SENDING])
def test_a_newer_record_that_may_arrive_is_shown_beside_the_stored_one_and_the_person_chooses(
    operator: Client, personalize_events: "PersonalizeEventsClient", outcome: Outcome
) -> None:
    put(personalize_events, "ada", KNOWN)
    send({"ada": {**KNOWN, "membershipType": "Silver"}}, outcome)
    answer = load(operator, '{"USER_ID": "x"}')
    assert answer.status_code == 422
    assert fields_of(answer)["record_input"] == '{"USER_ID": "x"}'
    state = (
        "is still being sent" if outcome is Outcome.SENDING else "is unconfirmed: it is not known whether it arrived"
    )
    words = rf"stores a record of the user ada, as of .{{29}}\. A newer record, sent on .{{29}}, {state}\."
    assert re.search(words, text_of(answer))
    stored, newer = choices_of(answer).values()
    assert loaded(load(operator, "", intent=stored)) == RECORD
    assert loaded(load(operator, "", intent=newer)) == {**RECORD, "MEMBERSHIP_TYPE": "Silver"}
    text = text_of(operator.post(PAGE, {"record_input": json.dumps(SHORTER), "intent": "validate"}))
    assert re.search(
        rf"A newer record, sent on .{{29}}, {state}\. Compared with that one: Changes: membershipType", text
    )
    # Once it is stored itself, nothing is left to choose.
    put(personalize_events, "ada", {**KNOWN, "membershipType": "Silver"})
    assert loaded(load(operator, "")) == {**RECORD, "MEMBERSHIP_TYPE": "Silver"}


def test_the_choice_is_there_where_the_page_is_opened_for_a_user(
    operator: Client, personalize_events: "PersonalizeEventsClient"
) -> None:
    put(personalize_events, "ada", KNOWN)
    send({"ada": {**KNOWN, "membershipType": "Silver"}}, Outcome.UNCONFIRMED)
    opened = operator.get(f"{PAGE}?known_record=ada")
    assert list(choices_of(opened)) == ["Load the stored record", "Load the unconfirmed record"]
    chosen = choices_of(opened)["Load the unconfirmed record"]
    # Without scripts the button sends the form as it stands.
    answer = operator.post(PAGE, {**fields_of(opened), "intent": chosen})
    assert loaded(answer) == {**RECORD, "MEMBERSHIP_TYPE": "Silver"}


@pytest.mark.usefixtures("ada")
def test_htmx_gets_the_choice_and_then_the_text_in_the_form_too(operator: Client) -> None:
    send({"ada": {**KNOWN, "membershipType": "Silver"}}, Outcome.UNCONFIRMED)
    opened = fields_of(operator.get(f"{PAGE}?view=form"))
    answer = operator.post(PAGE, {**opened, "intent": "load", "known_record": "ada"}, headers=HTMX)
    assert answer.status_code == 422
    chosen = choices_of(answer)["Load the unconfirmed record"]
    answer = operator.post(PAGE, {**opened, "intent": chosen, "known_record": "ada"}, headers=HTMX)
    assert answer.status_code == 200
    assert 'value="Silver"' in answer.content.decode()


@pytest.mark.parametrize("key", ["999999", "x", "stored stored"])
@pytest.mark.usefixtures("ada")
def test_a_choice_that_is_not_there_any_more_asks_again(operator: Client, key: str) -> None:
    answer = load(operator, "", intent=f"load {key}")
    assert answer.status_code == 422
    assert list(choices_of(answer)) == ["Load the stored record"]


def test_opens_with_the_known_record(operator: Client, personalize_events: "PersonalizeEventsClient") -> None:
    put(personalize_events, "ada", KNOWN)
    assert loaded(operator.get(f"{PAGE}?known_record=ada")) == RECORD
    answer = operator.get(f"{PAGE}?known_record=eve")
    assert loaded(answer)["USER_ID"] == "string"
    assert "The local service does not store the user eve" in text_of(answer)


@pytest.mark.usefixtures("ada")
def test_a_viewer_gets_no_known_record(viewer: Client) -> None:
    send({"ada": KNOWN})
    assert "Gold" not in viewer.get(f"{PAGE}?known_record=ada").content.decode()
    answer = load(viewer, "")
    assert answer.status_code == 403
    assert "Gold" not in answer.content.decode()
    assert 'name="known_record"' not in viewer.get(PAGE).content.decode()


def test_after_a_press_the_request_is_compared_with_what_is_stored_then(
    operator: Client, personalize_events: "PersonalizeEventsClient"
) -> None:
    put(personalize_events, "ada", KNOWN)
    answer = operator.post(PAGE, {"record_input": json.dumps(SHORTER), "intent": "create"}, headers=HTMX)
    text = text_of(answer)
    assert "Success: 1 user record created or replaced." in text
    assert re.search(r"ada does not differ from what is stored, as of .{29}\. Body", text)
    assert "Warnings: 0" in text
    assert "will be replaced" not in text


@pytest.mark.usefixtures("demo")
def test_the_first_press_of_an_environment_takes_no_page_away_that_is_made_meanwhile(administrator: Client) -> None:
    with sent_after('"history_origin"."arn_prefix" = ', {"eve": KNOWN}, Outcome.SENDING):
        answer = administrator.post(
            PAGE, {"record_input": json.dumps(RECORD | {"USER_ID": "eve"}), "intent": "typing"}
        )
    assert answer.status_code == 200
    assert "may have arrived" in text_of(answer)


@pytest.mark.usefixtures("ada")
def test_known_ids_are_offered_while_one_is_typed_the_newest_first(
    operator: Client, personalize_events: "PersonalizeEventsClient"
) -> None:
    for user_id in ("Adam", "eve", "adele"):
        put(personalize_events, user_id, KNOWN)
    assert offered(operator, "AD") == ["adele", "Adam", "ada"]
    assert offered(operator, "adam") == ["Adam"]
    assert offered(operator, "x") == []
    assert offered(operator, "\0") == []


@pytest.mark.usefixtures("ada")
def test_a_viewer_is_offered_no_ids(viewer: Client) -> None:
    assert offered(viewer, "ad") == []


@pytest.mark.usefixtures("ada")
def test_ids_much_like_one_that_is_not_known_are_offered(operator: Client) -> None:
    answer = load(operator, "", "ADA")
    assert answer.status_code == 422
    assert "The local service does not store the user ADA" in text_of(answer)
    assert 'name="intent" value="load-id ada"' in answer.content.decode()
    assert loaded(load(operator, "", "ADA", intent="load-id ada")) == RECORD


@pytest.mark.usefixtures("ada")
def test_says_what_was_loaded_and_where_it_stands(operator: Client) -> None:
    said = "Loaded the user ada, as it has been stored since"
    assert said in text_of(load(operator, template(operator)))
    draft = load(operator, '{"USER_ID": "eve"}', headers=HTMX)
    assert said in text_of(draft)
    assert "GMT. It is record 2 of 2." in text_of(draft)
    assert 'id="loaded" role="status" data-line="5"' in draft.content.decode()
    assert said in text_of(operator.get(PAGE, {"known_record": "ada"}))


@pytest.mark.usefixtures("ada")
def test_any_version_of_a_history_can_be_loaded(operator: Client) -> None:
    older = {**KNOWN, "age": 43}
    send({"ada": older})
    send({"ada": KNOWN})
    history = PAGE.replace("create-records/", "record-history/")
    page = operator.get(history, {"record_id": "ada"}).content.decode()
    newest, oldest = re.findall(r'create-records/\?known_record=ada&amp;version=(\d+)"', page)
    assert loaded(operator.get(PAGE, {"known_record": "ada", "version": oldest})) == {**RECORD, "AGE": 43}
    assert loaded(operator.get(PAGE, {"known_record": "ada", "version": newest})) == RECORD
    assert "Loaded the user ada, as it was accepted on" in text_of(
        operator.get(PAGE, {"known_record": "ada", "version": oldest})
    )
    for version in ("x", "99999999", "9" * 30):
        assert "Choose what to load." in text_of(operator.get(PAGE, {"known_record": "ada", "version": version}))


def test_without_scripts_the_answer_is_found_where_the_record_was_to_be_loaded(operator: Client) -> None:
    html = operator.get(PAGE).content.decode()
    assert f'value="load" formaction="{PAGE}#loaded">Load known record</button>' in html
    answer = operator.post(PAGE, {"record_input": "{}", "known_record": "nobody", "intent": "load"}).content.decode()
    place = answer.partition('<div id="loaded"')[2].partition('<div class="editor-and-request">')[0]
    assert "The local service does not store the user nobody, so there is no record to load." in place
    assert answer.count("so there is no record to load.") == 1
