"""Redact records: for administrators, with what it clears, and what is said of it afterwards."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from console.activity.models import Entry, Kind
from console.people.models import Session
from console.submissions.models import Outcome, SentRecord
from tests.pages.html import text_of
from tests.submissions.sent import send

GROUP = "/local/dataset-groups/loyalty-programme"
PAGE = f"{GROUP}/redact-records/"
HISTORY = f"{GROUP}/datasets/users/record-history/"
NOTHING_LEFT = "Nothing was left to redact of 1 user."


@pytest.fixture(autouse=True)
def own_data_directory(settings: LazySettings, tmp_path: Path) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path


def press(client: Client, ids: str, name: str = "loyalty-programme") -> Any:
    return client.post(PAGE, {"record_ids": ids, "confirmation": name}, follow=True)


def test_clears_what_was_sent_and_says_so_on_every_page_and_in_activity(administrator: Client) -> None:
    sent = send({"ann": {"city": "Appenzell"}, "bob": {"city": "Chur"}})
    assert f'href="{PAGE}?record_id=ann"' in administrator.get(HISTORY, {"record_id": "ann"}).content.decode()
    opened = administrator.get(PAGE, {"record_id": "ann"})
    assert ">ann</textarea>" in opened.content.decode()
    assert "What Amazon Personalize stores" not in text_of(opened)
    assert "What the local service stores: nothing is sent." in text_of(opened)
    text = text_of(press(administrator, "ann\r\n"))
    assert "Redacted 1 user: 1 record in 1 submission." in text
    assert re.search(r"Its properties were redacted on .{10,40} by administrator\.", text)
    page = text_of(administrator.get(f"{GROUP}/submissions/{sent.pk}/"))
    assert re.search(r"ann Redacted on .{10,40} by administrator\. Redacted", page)
    assert '{"city": "Chur"}' in page
    assert "Appenzell" not in page
    assert "Record input, as typed" not in page
    assert "Edit and send again" not in page
    (entry,) = Entry.objects.filter(kind=Kind.REDACTED)
    assert (entry.person_name, entry.name, entry.outcome, entry.row_count) == ("administrator", "ann", "done", 1)
    activity = text_of(administrator.get("/activity/"))
    assert "Redacted what was sent of the user ann in the dataset group loyalty-programme: 1 record" in activity
    assert NOTHING_LEFT in text_of(press(administrator, "ann"))


@pytest.mark.parametrize(
    ("ids", "name", "sentence"),
    [
        (" ", "loyalty-programme", "Enter the ID of each user whose records are to be redacted"),
        ("x" * 257, "loyalty-programme", "An ID has at most 256 characters."),
        ("\n".join(map(str, range(1001))), "loyalty-programme", "At most 1,000 users are redacted at a time."),
        ("ann", "", "A redaction cannot be undone, so nothing was redacted. Type the dataset group's name,"),
        ("ann", "other", "This is a different name, so nothing was redacted."),
    ],
)
def test_refuses_what_is_not_meant(administrator: Client, ids: str, name: str, sentence: str) -> None:
    send({"ann": {"city": "Bern"}})
    answer = press(administrator, ids, name)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert SentRecord.objects.get().properties
    assert not Entry.objects.filter(kind=Kind.REDACTED).exists()


def test_a_group_that_nobody_knows_is_not_said_to_be_redacted(administrator: Client) -> None:
    send({"ann": {"city": "Bern"}})
    answer = administrator.get(PAGE.replace("loyalty-programme", "loyaltyy"))
    assert (answer.status_code, "loyaltyy" in text_of(answer)) == (404, True)
    for group in ("loyaltyy", "Loyalty-programme", "loyalty-programme "):
        with pytest.raises(CommandError, match=r"no dataset group|not exist|could not be found|Check"):
            call_command("redact_records", "ann", "--environment=local", f"--group={group}", "--as=administrator")
    assert not Entry.objects.filter(kind=Kind.REDACTED).exists()


def test_the_command_refuses_what_is_no_id_before_anything_is_kept(administrator: Client, tmp_path: Path) -> None:
    send({"ann": {"city": "Bern"}})
    where = ("--environment=local", "--group=loyalty-programme", "--as=administrator")
    for ids, sentence in (
        (["Zo\udceb", "ann"], "An ID is no text in UTF-8."),
        (["x" * 257], "An ID has at most 256"),
        ([""], "Enter the ID"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("redact_records", *ids, *where)
    assert not (tmp_path / "redactions").exists()


def test_operators_are_told_that_administrators_do_this(operator: Client) -> None:
    send({"ann": {"city": "Bern"}})
    answer = press(operator, "ann")
    assert answer.status_code == 403
    assert "Only administrators may redact what was sent of a person: it cannot be brought back." in text_of(answer)
    assert "Redact records" not in text_of(operator.get(HISTORY, {"record_id": "ann"}))
    assert SentRecord.objects.get().properties


def test_what_was_typed_before_a_sign_in_goes_too(administrator: Client) -> None:
    for text in ('[{"userId": "ann"}]', '[{"userId": "annabel"}]'):
        session = Client().session
        session["carried_fields"] = {"path": "/", "fields": {"record_input": text}}
        session.save()
    send({"ann": {}})
    press(administrator, "ann")
    texts = [str(each.get_decoded()) for each in Session.objects.all()]
    assert sum("annabel" in each for each in texts) == 1
    assert not any('"ann"' in each for each in texts)


def test_drafts_of_before_have_another_name(administrator: Client) -> None:
    page = f"{GROUP}/datasets/users/create-records/"
    named = 'data-draft="administrator local loyalty-programme'
    assert (
        f'{named}" data-earlier-draft="administrator local loyalty-programme"'
        in administrator.get(page).content.decode()
    )
    send({"ann": {"city": "Bern"}})
    press(administrator, "ann")
    assert re.search(f'{named} after [0-9]+" data-earlier-draft="admin', administrator.get(page).content.decode())


def test_the_command_does_the_same(demo: None) -> None:
    send({"ann": {"city": "Bern"}, "eve": {"city": "Chur"}}, Outcome.REFUSED)
    arguments = ["redact_records", "ann", "eve", "--environment=local", "--group=loyalty-programme"]
    for person, sentence in (("operator", "Only administrators may"), ("nobody", "There is no active person nobody.")):
        with pytest.raises(CommandError, match=sentence):
            call_command(*arguments, f"--as={person}")
    for said in ("Redacted 2 users: 2 records in 2 submissions.\n", "Nothing was left to redact of 2 users.\n"):
        printed = StringIO()
        call_command(*arguments, "--as=administrator", stdout=printed)
        assert printed.getvalue() == said
    assert {*SentRecord.objects.values_list("properties", flat=True)} == {""}
    assert [*Entry.objects.filter(kind=Kind.REDACTED).values_list("person_name", flat=True)] == ["administrator"] * 4
    with pytest.raises(CommandError, match="There is no environment elsewhere"):
        call_command("redact_records", "ann", "--environment=elsewhere", "--group=g", "--as=administrator")
