"""A person's account: role and groups, and how they sign in, changed by administrators and told in Activity."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client

from console.activity.models import Entry
from console.activity.words import sentence
from console.people.lock_out import count_try
from console.people.models import ProviderAccount, Session
from tests.pages.configured import configured
from tests.pages.html import tables_of, text_of


def of(name: str) -> User:
    return User.objects.get(username=name)


def post(client: Client, name: str, intent: str, **fields: Any) -> Any:
    return client.post(f"/people/{of(name).pk}/", {"intent": intent, **fields}, follow=True)


def told(number: int) -> list[str]:
    """Return the newest sentences of Activity, the oldest of them first; all are the administrator's."""
    entries = list(Entry.objects.order_by("-pk")[:number])[::-1]
    assert {each.person_name for each in entries} == {"administrator"}
    return [sentence(each) for each in entries]


def test_a_role_and_groups_are_given_and_taken(
    administrator: Client, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = {"live": 'label = "Live"\nviewers = ["support"]\noperators = ["on-call"]\nread_only = true'}
    with configured(tables, "http://127.0.0.1:1", settings, tmp_path / "environments.toml", monkeypatch):
        page = administrator.get(f"/people/{of('viewer').pk}/")
        assert tables_of(page)[0] == [["Local service", "See", "Everybody sees it"]]
        assert "on-call: creates records in Live" in text_of(page)
        fields = {"role": "operator", "groups": ["on-call"], "first_name": "Vi", "last_name": "Ewer"}
        answer = post(administrator, "viewer", "save", **fields)
        assert "The account viewer is saved." in text_of(answer)
        assert tables_of(answer)[0] == [
            ["Live", "See: it is read-only", "Member of on-call"],
            ["Local service", "See, and create records", "Everybody sees it; operators write to it"],
        ]
    settings.CONSOLE_ENVIRONMENTS = ""
    assert "on-call: no environment names it" in text_of(administrator.get(f"/people/{of('viewer').pk}/"))
    assert "on-call" not in text_of(administrator.get(f"/people/{of('operator').pk}/"))
    assert told(3) == [
        "Changed the account viewer: first name changed to Vi; last name changed to Ewer",
        "Created the group on-call",
        "Changed the account viewer: added to the groups on-call, operator",
    ]
    post(administrator, "viewer", "save", role="administrator", first_name="Vi", last_name="Ewer")
    assert (of("viewer").is_superuser, of("viewer").is_staff, of("viewer").groups.count()) == (True, True, 0)
    post(administrator, "viewer", "save", role="viewer", first_name="Vi", last_name="Ewer")
    assert (of("viewer").is_superuser, of("viewer").is_staff) == (False, False)
    assert told(3) == [
        "Changed the account viewer: made an administrator",
        "Changed the account viewer: removed from the groups on-call, operator",
        "Changed the account viewer: no longer an administrator",
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose a role."),
        ({"role": "emperor"}, "Choose a role."),
        ({"role": "viewer", "groups": ["nobody"]}, "There is no group nobody. Choose from the list."),
        ({"role": "viewer", "first_name": "x" * 151}, "Shorten it: at most 150 characters."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(administrator: Client, fields: dict[str, Any], said: str) -> None:
    answer = post(administrator, "viewer", "save", **fields)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_person_is_deactivated_signed_out_and_activated(administrator: Client) -> None:
    other = Client()
    other.force_login(of("operator"))
    assert "operator is deactivated. Sessions ended: 1." in text_of(post(administrator, "operator", "deactivate"))
    assert not Session.objects.filter(person_id=of("operator").pk).exists()
    assert "operator is active again." in text_of(post(administrator, "operator", "activate"))
    other.force_login(of("operator"))
    answer = post(administrator, "operator", "sign-out")
    assert "operator is signed out everywhere. Sessions ended: 1." in text_of(answer)
    assert other.get("/settings/").status_code == 302
    assert told(3) == [
        "Changed the account operator: deactivated",
        "Changed the account operator: activated",
        "Signed operator out everywhere: 1 session ended",
    ]


def test_a_lock_is_lifted(administrator: Client, client: Client) -> None:
    for _ in range(5):
        count_try("operator", "127.0.0.1")
    assert "Too many failures to sign in" in text_of(administrator.get(f"/people/{of('operator').pk}/"))
    assert "operator may sign in again." in text_of(post(administrator, "operator", "unlock"))
    assert client.post("/sign-in/", {"username": "operator", "password": "operator"}).status_code == 302
    assert Entry.objects.filter(kind="lock-out lifted", name="operator", person_name="administrator").exists()


def test_a_reset_password_is_worthless_at_once_and_leaves_a_link(administrator: Client, client: Client) -> None:
    client.force_login(of("operator"))
    answer = post(administrator, "operator", "link")
    assert f"/set-password/#{of('operator').pk}-" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/settings/").status_code == 302
    assert client.post("/sign-in/", {"username": "operator", "password": "operator"}).status_code == 422
    entries = Entry.objects.filter(kind="account changed", name="operator", person_name="administrator").order_by("pk")
    assert [sentence(each) for each in entries] == [
        "Changed the account operator: password removed",
        "Changed the account operator: one-time link to set a password made, valid for 72 hours",
    ]


def test_nobody_shuts_themselves_out(administrator: Client) -> None:
    for intent, said in (
        ("deactivate", "You cannot deactivate your own account. Ask another administrator."),
        ("link", "This is your own account. Change your password under Settings."),
        ("sign-out", "This is your own account. Sign out, or sign out everywhere else, under Settings."),
        ("nothing", "Nothing was done: this form has no button of this name."),
    ):
        answer = post(administrator, "administrator", intent)
        assert answer.status_code == 422
        assert said in text_of(answer)
    answer = post(administrator, "administrator", "save", role="operator")
    assert "You cannot take the role of administrator from yourself. Ask another administrator." in text_of(answer)
    assert of("administrator").is_superuser
    assert of("administrator").is_active


def test_the_provider_decides_about_its_people(administrator: Client, settings: LazySettings) -> None:
    settings.CONSOLE_OIDC_LABEL = "Example Corp"
    ProviderAccount.objects.create(person=of("viewer"), issuer="https://id.example", subject="1")
    page = administrator.get(f"/people/{of('viewer').pk}/")
    assert "Example Corp gives them at each sign-in" in text_of(page)
    assert 'value="save"' not in page.content.decode()
    answer = post(administrator, "viewer", "save", role="operator")
    assert "viewer signs in with Example Corp, which gives role and groups at each sign-in." in text_of(answer)
    assert "viewer signs in with Example Corp, and has no password here." in text_of(
        post(administrator, "viewer", "link")
    )
