"""What an OpenID provider answers: what signs a person in, and what is refused."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client

from console.people.roles import role_of
from tests.pages.account.test_sign_in import CREATE
from tests.pages.html import text_of
from tests.people.openid.provider_walk import ANSWER, account, at_provider, path_of, start, walk, with_parameters
from tests.support.openid_provider import OpenIdProvider


def test_a_person_who_says_no_at_the_provider_is_not_signed_in(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia")
    back = at_provider(start(client, CREATE), "mia", allows=False)
    answer = client.get(path_of(back))
    assert answer.status_code == 403
    assert "You were not signed in: the sign-in was cancelled or denied at Example Corp." in text_of(answer)
    assert answer.context["next"] == CREATE


def test_an_answer_with_another_state_is_refused(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia")
    back = path_of(at_provider(start(client), "mia"))
    for changed in (with_parameters(back, state="x" * 30), with_parameters(back, state="\u00e9"), back):
        browser = Client() if changed == back else client
        answer = browser.get(changed)
        assert answer.status_code == 403
        assert "This sign-in took too long, or was started in another browser. Try again." in text_of(answer)
    assert not User.objects.exists()


def test_an_answer_counts_once(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia")
    back = path_of(at_provider(start(client), "mia"))
    assert client.get(back).status_code == 302
    signed_in = client.session.session_key
    again = client.get(back)
    assert (again.status_code, again["Location"], client.session.session_key) == (302, "/", signed_in)
    client.logout()
    assert client.get(back).status_code == 403


def test_an_answer_that_comes_too_late_is_refused(
    known: OpenIdProvider, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.has_person("mia")
    back = path_of(at_provider(start(client), "mia"))
    session = client.session
    for begun in session["begun_sign_ins"].values():
        begun["at"] -= 601
    session.save()
    assert "This sign-in took too long" in text_of(client.get(back))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"nonce": "of-another-sign-in"}, "The response of Example Corp could not be verified"),
        ({"code_challenge": "x" * 43}, "Example Corp did not sign you in."),
    ],
)
def test_an_answer_to_another_question_is_refused(
    known: OpenIdProvider, client: Client, changed: dict[str, str], sentence: str
) -> None:
    known.has_person("mia")
    answer = walk(client, "mia", **changed)
    assert answer.status_code == 403
    assert sentence in text_of(answer)
    assert not User.objects.exists()


def test_a_code_that_the_provider_does_not_know_is_refused(known: OpenIdProvider, client: Client) -> None:
    state = dict(parse_qsl(urlsplit(start(client)).query))["state"]
    answer = client.get("/sign-in/provider/answer/", {"state": state, "code": "guessed"})
    assert answer.status_code == 403
    assert "Example Corp did not sign you in." in text_of(answer)


def test_a_wrong_client_secret_is_a_sentence_and_nowhere_shown(
    known: OpenIdProvider, client: Client, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CONSOLE_OIDC_CLIENT_SECRET = "a-wrong-secret"
    known.has_person("mia")
    back = path_of(at_provider(start(client), "mia"))
    answer = client.get(back)
    assert answer.status_code == 403
    assert "Example Corp did not sign you in." in text_of(answer)
    code = dict(parse_qsl(urlsplit(back).query))["code"]
    assert "a-wrong-secret" not in answer.content.decode() + caplog.text
    assert code not in caplog.text
    assert "Signing in with the OpenID provider failed" in caplog.text


def test_a_new_key_of_the_provider_is_taken_at_once(known: OpenIdProvider, client: Client) -> None:
    known.has_person("mia")
    assert walk(client, "mia").status_code == 302
    for keeps_old in (True, False):
        known.rotate_key(keeps_old=keeps_old)
        assert walk(Client(), "mia").status_code == 302


def test_a_token_that_is_not_signed_by_a_key_of_the_provider_is_refused(known: OpenIdProvider, client: Client) -> None:
    """A provider may sign with the client's secret (HS256), which others know too."""
    known.has_person("mia")
    known.has_client(ANSWER, algorithm="HS256")
    answer = walk(client, "mia")
    known.has_client(ANSWER)
    assert answer.status_code == 403
    assert "The response of Example Corp could not be verified" in text_of(answer)
    assert not User.objects.exists()


def test_groups_may_be_in_what_the_provider_says_when_it_is_asked(
    known: OpenIdProvider, client: Client, settings: LazySettings
) -> None:
    settings.CONSOLE_OIDC_GROUPS_CLAIM = "teams"
    known.has_person("mia", "data-team")
    walk(client, "mia")
    assert role_of(account("mia")) == "operator"


@pytest.mark.parametrize("claim", ["email", "preferred_username", "nothing"])
def test_a_claim_that_is_no_list_is_one_group_or_none(
    known: OpenIdProvider, client: Client, settings: LazySettings, claim: str
) -> None:
    settings.CONSOLE_OIDC_GROUPS_CLAIM = claim
    settings.CONSOLE_OIDC_OPERATORS = ["mia"]
    known.has_person("mia", email="mia@example.com")
    walk(client, "mia")
    assert role_of(account("mia")) == ("operator" if claim == "preferred_username" else "viewer")


def test_a_code_is_of_the_client_that_asked_for_it(
    known: OpenIdProvider, client: Client, settings: LazySettings
) -> None:
    known.has_person("mia")
    back = path_of(at_provider(start(client), "mia"))
    settings.CONSOLE_OIDC_CLIENT_ID = "another"
    assert client.get(back).status_code == 403
    assert not User.objects.exists()
