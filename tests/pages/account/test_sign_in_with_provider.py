"""Signing in with a real OpenID provider, in a process of its own."""

import re
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from console.people.models import Session
from console.people.roles import role_of
from tests.pages.account.test_sign_in import CREATE, TYPED
from tests.pages.html import text_of
from tests.people.openid.provider_walk import (
    GROUPS,
    SIGN_IN,
    account,
    at_provider,
    path_of,
    start,
    walk,
)
from tests.support.openid_provider import PASSWORD, OpenIdProvider


def test_asks_the_provider_by_the_code_flow_with_pkce_state_and_nonce(known: OpenIdProvider, client: Client) -> None:
    address = urlsplit(start(client))
    asked = dict(parse_qsl(address.query))
    assert f"http://{address.netloc}{address.path}" == f"{known.url}/o/authorize/"
    assert asked["response_type"] == "code"
    assert asked["client_id"] == "console"
    assert asked["redirect_uri"] == "http://testserver/sign-in/provider/answer/"
    assert asked["scope"] == "openid profile email"
    assert asked["code_challenge_method"] == "S256"
    assert re.fullmatch(r"[\w-]{43}", asked["code_challenge"])
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert dict(parse_qsl(urlsplit(start(client)).query))["nonce"] != asked["nonce"]


def test_signs_a_person_in_and_goes_on_to_the_page_that_was_asked_for(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia", email="mia@example.com", first_name="Mia")
    page = client.get("/local/dataset-groups/?filter=a")
    link = re.search(
        r'href="(/sign-in/provider/[^"]*)">Sign in with Example Corp<', client.get(page["Location"]).content.decode()
    )
    assert link
    answer = client.get(path_of(at_provider(client.get(link[1])["Location"], "mia")))
    assert (answer.status_code, answer["Location"]) == (302, "/local/dataset-groups/?filter=a")
    assert "mia Viewer Settings" in text_of(client.get("/settings/"))
    assert (account("mia").email, account("mia").first_name) == ("mia@example.com", "Mia")


@pytest.mark.parametrize("path", ["https://example.com/", "//example.com/", "javascript:alert(1)", ""])
def test_never_goes_on_to_another_place(known: OpenIdProvider, client: Client, path: str) -> None:
    known.has_person("mia")
    answer = client.get(path_of(at_provider(client.get(SIGN_IN, {"next": path})["Location"], "mia")))
    assert answer["Location"] == "/"


def test_groups_are_roles_and_what_is_gone_is_taken_away(known: OpenIdProvider) -> None:
    for groups, role, in_groups in (
        (["data-team", "berlin"], "operator", {"operator", "data-team", "berlin"}),
        (["it"], "administrator", {"it"}),
        (["operator"], "viewer", set()),
        ([], "viewer", set()),
    ):
        known.has_person("noa", *groups)
        walk(Client(), "noa")
        person = account("noa")
        assert role_of(person) == role
        assert person.is_staff == person.is_superuser == (role == "administrator")
        assert {group.name for group in person.groups.all()} == in_groups
    assert Group.objects.filter(name="operator").count() == 1


def test_an_administrator_of_the_provider_reaches_the_admin_and_others_do_not(
    known: OpenIdProvider, client: Client
) -> None:
    known.has_person("noa", "console-admins")
    walk(client, "noa")
    assert client.get("/admin/").status_code == 200
    known.has_person("noa")
    walk(Client(), "noa")
    assert client.get("/admin/").status_code == 302


def test_only_members_of_an_allowed_group_come_in(
    known: OpenIdProvider, client: Client, settings: LazySettings
) -> None:
    settings.CONSOLE_OIDC_ALLOWED = ["staff", "it"]
    known.has_person("eve", "data-team")
    answer = walk(client, "eve")
    assert answer.status_code == 403
    assert "You are in none of the groups that may use this console. Ask an administrator." in text_of(answer)
    assert not User.objects.filter(username="eve").exists()
    known.has_person("eve", "data-team", "staff")
    assert walk(client, "eve")["Location"] == GROUPS
    assert client.get(GROUPS).status_code == 200

    known.has_person("eve", "data-team")
    assert walk(Client(), "eve").status_code == 403
    assert role_of(account("eve")) == "viewer"
    assert client.get(GROUPS)["Location"].startswith("/sign-in/")


def test_an_account_is_of_issuer_and_subject_and_never_of_a_name_or_address(
    known: OpenIdProvider, client: Client
) -> None:
    User.objects.create_superuser("lia", "lia@example.com", "a password of hers")
    known.has_person("lia", email="lia@example.com")
    walk(client, "lia")
    assert "lia-2 Viewer" in text_of(client.get("/settings/"))
    assert User.objects.filter(email="lia@example.com").count() == 2
    assert account("lia").is_superuser
    walk(Client(), "lia")
    assert User.objects.count() == 2


def test_the_same_subject_of_another_issuer_is_somebody_else(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia")
    walk(client, "mia")
    linked = account("mia").provider_account
    linked.issuer = "https://elsewhere.example"
    linked.save()
    walk(Client(), "mia")
    assert set(User.objects.values_list("username", flat=True)) == {"mia", "mia-2"}


def test_a_person_of_the_provider_cannot_sign_in_with_a_password(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia")
    walk(client, "mia")
    client.post("/sign-out/")
    person = account("mia")
    assert not person.has_usable_password()
    person.set_password(PASSWORD)
    person.save()
    answer = client.post("/sign-in/", {"username": "mia", "password": PASSWORD})
    assert answer.status_code == 422
    assert "Please enter a correct username and password." in text_of(answer)


def test_a_person_of_the_provider_has_no_password_to_change(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia")
    walk(client, "mia")
    assert "Change password" not in text_of(client.get("/settings/"))
    answer = client.get("/change-password/")
    assert answer.status_code == 403
    assert "You have no password here" in text_of(answer)


def test_an_account_that_is_switched_off_stays_out(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia")
    walk(client, "mia")
    User.objects.update(is_active=False)
    answer = walk(Client(), "mia")
    assert answer.status_code == 403
    assert "Your account is deactivated here. Ask an administrator." in text_of(answer)


def test_signing_out_ends_the_session_here(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia")
    walk(client, "mia")
    client.post("/sign-out/")
    assert client.get(GROUPS)["Location"] == f"/sign-in/?next={GROUPS}"


@pytest.mark.parametrize(
    "issuer",
    ["http://127.0.0.1:9", "{url}/login", "{url}/o/", "{localhost}/o"],
    ids=["nobody", "a page", "slash", "alias"],
)
def test_what_is_no_provider_or_another_issuer_is_a_sentence(
    known: OpenIdProvider, client: Client, settings: LazySettings, issuer: str
) -> None:
    localhost = known.url.replace("127.0.0.1", "localhost")
    settings.CONSOLE_OIDC_ISSUER = issuer.format(url=known.url, localhost=localhost)
    answer = client.get(SIGN_IN, {"next": CREATE})
    assert answer.status_code == 502
    assert "Example Corp cannot be reached, or does not respond as it should." in text_of(answer)
    assert answer.context["next"] == CREATE


def test_the_address_of_the_discovery_does_for_the_issuer(
    known: OpenIdProvider, client: Client, settings: LazySettings
) -> None:
    settings.CONSOLE_OIDC_ISSUER = f"{known.issuer}/.well-known/openid-configuration"
    known.has_person("mia")
    assert walk(client, "mia").status_code == 302
    assert account("mia").provider_account.issuer == known.issuer


def test_typed_text_comes_back_after_signing_in(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia", "data-team")
    walk(client, "mia")
    typed_by = account("mia").pk
    client.session.flush()
    refused = client.post(CREATE, {"record_input": TYPED, "typed_by": typed_by})
    assert 'action="/sign-in/provider/"' in refused.content.decode()
    form = {"next": CREATE, "record_input": TYPED, "typed_by": typed_by}
    between = client.post(SIGN_IN, form)
    assert between.status_code == 200
    address = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', between.content.decode())
    assert address
    back = at_provider(address[1].replace("&amp;", "&"), "mia")
    assert client.get(path_of(back))["Location"] == CREATE
    assert client.session["carried_fields"] == {"path": CREATE, "fields": {"record_input": TYPED}}


def test_passwords_can_be_switched_off(
    known: OpenIdProvider, demo: None, client: Client, settings: LazySettings
) -> None:
    settings.CONSOLE_PASSWORD_SIGN_IN = False
    page = client.get("/sign-in/")
    assert "Password" not in text_of(page)
    assert "Demo accounts" not in text_of(page)
    assert "Sign in with Example Corp" in text_of(page)
    answer = client.post("/sign-in/", {"username": "viewer", "password": "viewer"})
    assert answer.status_code == 403
    assert "Signing in with a password is switched off here." in text_of(answer)
    settings.AUTHENTICATION_BACKENDS = ["console.people.backends.ProviderBackend"]
    known.has_person("mia")
    assert walk(client, "mia").status_code == 302


def test_there_is_no_such_page_without_a_provider(db: None, client: Client) -> None:
    for path in (SIGN_IN, "/sign-in/provider/answer/?code=a&state=b"):
        assert client.get(path).status_code == 404
    assert "Sign in with" not in text_of(client.get("/sign-in/"))


def test_whoever_is_signed_in_goes_on_at_once(known: OpenIdProvider, operator: Client) -> None:
    assert operator.get(SIGN_IN, {"next": CREATE})["Location"] == CREATE
    assert operator.post(SIGN_IN, {"next": CREATE, "record_input": TYPED})["Location"] == CREATE
    assert operator.session["carried_fields"]["fields"] == {"record_input": TYPED}


def test_a_sign_in_that_was_only_begun_leaves_nothing_for_long(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia")
    address = start(client)
    for _ in range(3):
        start(client)
    (left,) = Session.objects.all()
    assert left.expire_date < timezone.now() + timedelta(minutes=10)
    assert len(client.session["begun_sign_ins"]) == 3
    assert client.get(path_of(at_provider(address, "mia"))).status_code == 403
    walk(client, "mia")
    session = Session.objects.get(session_key=client.session.session_key)
    assert session.expire_date > timezone.now() + timedelta(hours=11)


def test_text_that_is_too_long_to_be_kept_is_given_back(known: OpenIdProvider, client: Client) -> None:
    answer = client.post(SIGN_IN, {"next": CREATE, "record_input": "x" * 1_000_001})
    assert answer.status_code == 422
    assert "The text that you typed is too long to be kept while you sign in." in text_of(answer)
    assert answer.context["typed"] == {"record_input": "x" * 1_000_001}
