"""Invite person, and Set password: a link that works once, in time, and is in no address that is sent."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client

from console.activity.models import Entry
from console.activity.words import sentence
from console.people import password_links
from console.people.lock_out import count_try
from tests.pages.html import text_of

PAGE = "/people/invite-person/"
SET = "/set-password/"
PASSWORD = "Kd83-long-enough"
OVER = "This link does not work any more: it was used, a newer one was made, or its time is over."


def link_in(answer: Any) -> str:
    link: str
    (link,) = set(re.findall(r"http://testserver/set-password/#[\w-]+", answer.content.decode()))
    return link


def invite(administrator: Client, name: str = "ada", **fields: Any) -> str:
    answer = administrator.post(PAGE, {"username": name, "role": "viewer", **fields})
    assert answer.status_code == 200
    return link_in(answer)


def set_password(client: Client, link: str, password: str = PASSWORD, again: str = PASSWORD) -> Any:
    return client.post(SET, {"code": link, "new_password1": password, "new_password2": again}, follow=True)


def test_a_person_is_invited_sets_a_password_and_signs_in(administrator: Client, client: Client) -> None:
    link = invite(administrator, "ada", role="operator", first_name="Ada", last_name="Lovelace")
    code = link.partition("#")[2]
    # As a script puts it into the form; a person pastes the whole link.
    answer = set_password(client, code)
    assert "The password of ada is set. Sign in with it." in text_of(answer)
    assert client.post("/sign-in/", {"username": "ada", "password": PASSWORD}).status_code == 302
    assert "Operator" in text_of(client.get("/settings/"))
    entries = Entry.objects.filter(name="ada").order_by("pk")
    assert [(each.person_name, sentence(each)) for each in entries] == [
        ("administrator", "Created the account ada"),
        ("administrator", "Changed the account ada: added to the group operator"),
        (
            "administrator",
            "Changed the account ada: one-time link to set a password made, valid for 72 hours",
        ),
        ("ada", "Changed the account ada: password set"),
    ]
    assert code not in str(Entry.objects.values())


def test_a_link_works_once_and_not_after_a_newer_one(administrator: Client, client: Client) -> None:
    first = invite(administrator)
    ada = User.objects.get(username="ada")
    second = link_in(administrator.post(f"/people/{ada.pk}/", {"intent": "link"}))
    assert OVER in text_of(set_password(client, first))
    set_password(client, second)
    assert OVER in text_of(set_password(client, second, "Another-long-1", "Another-long-1"))
    assert User.objects.get(username="ada").check_password(PASSWORD)


def test_a_link_ends(
    administrator: Client, client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = invite(administrator)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert OVER in text_of(set_password(client, link))


@pytest.mark.parametrize("code", ["", "7", "x-y", "999999999-csw2mx-0", f"{'9' * 30}-a-b", "#", "1-\0-x", "²-a-b"])
def test_what_is_no_link_is_refused(demo: None, client: Client, code: str) -> None:
    answer = set_password(client, code)
    assert answer.status_code == 422
    assert not User.objects.exclude(username__in=("viewer", "operator", "administrator")).exists()


def test_the_rules_of_passwords_hold(administrator: Client, client: Client) -> None:
    link = invite(administrator, "adalovelace")
    assert "The password is too similar to the username." in text_of(
        set_password(client, link, "adalovelace1", "adalovelace1")
    )
    assert "The two password fields" in text_of(set_password(client, link, PASSWORD, "other"))
    assert not User.objects.get(username="adalovelace").has_usable_password()


def test_a_lock_of_the_old_password_is_lifted_with_the_new_one(administrator: Client, client: Client) -> None:
    link = invite(administrator)
    for _ in range(5):
        count_try("ada", "127.0.0.1")
    set_password(client, link)
    assert client.post("/sign-in/", {"username": "ada", "password": PASSWORD}).status_code == 302


def test_deactivated_people_and_those_who_are_signed_in_set_none(administrator: Client, client: Client) -> None:
    link = invite(administrator)
    assert "You are signed in as administrator. Sign out first" in text_of(administrator.get(SET))
    User.objects.filter(username="ada").update(is_active=False)
    assert OVER in text_of(set_password(client, link))


def test_of_two_at_once_one_sets_it(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    code = invite(administrator).partition("#")[2]
    hashed = User.set_password

    def other_was_faster(person: User, password: str) -> None:
        monkeypatch.setattr(User, "set_password", hashed)
        assert password_links.set_password(code, PASSWORD)
        hashed(person, password)

    monkeypatch.setattr(User, "set_password", other_was_faster)
    assert not password_links.set_password(code, "Another-long-1")
    assert User.objects.get(username="ada").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Type a username, such as ada."),
        ("two words", "Use letters, digits and @ . + - _ only, without spaces."),
        ("VIEWER", "There is an account of this name, whatever the case of its letters. Choose another one."),
    ],
)
def test_a_wrong_name_makes_no_account(administrator: Client, name: str, said: str) -> None:
    answer = administrator.post(PAGE, {"username": name, "role": "viewer"})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert User.objects.count() == 3
