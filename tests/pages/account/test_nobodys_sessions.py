"""What people who are not signed in may make the database keep: so much, and no more."""

import secrets
from datetime import timedelta

import pytest
from django.db.models import Sum
from django.db.models.functions import Length
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from console.people import known_browser, sessions
from console.people.models import Session
from console.people.sessions import SessionStore
from console.work import worker
from tests.pages.account.test_sign_in import CREATE, TYPED
from tests.pages.html import text_of
from tests.people.openid.provider_walk import SIGN_IN, at_provider, path_of, start
from tests.support.openid_provider import OpenIdProvider

NOT_KEPT = (
    "Nobody has signed in with this browser before, so the text that you typed cannot be kept while you sign in."
)


def known_client() -> Client:
    """Return a browser that somebody has signed in with before."""
    client, response = Client(), HttpResponse()
    known_browser.remember(response)
    client.cookies.load({name: cookie.value for name, cookie in response.cookies.items()})
    return client


def characters() -> int:
    found: int = Session.objects.aggregate(all=Sum(Length("session_data"), default=0))["all"]
    return found


def test_text_of_a_browser_that_nobody_has_signed_in_with_is_not_kept(known: OpenIdProvider) -> None:
    for client in (Client(), Client(headers={"cookie": "known_browser=known:1abc:defg"})):
        answer = client.post(SIGN_IN, {"next": CREATE, "record_input": TYPED})
        assert answer.status_code == 422
        assert NOT_KEPT in text_of(answer)
        assert answer.context["typed"] == {"record_input": TYPED}
    assert not Session.objects.exists()


def test_a_browser_is_known_once_somebody_has_signed_in_with_it(demo: None, known: OpenIdProvider) -> None:
    client = Client()
    client.post("/sign-in/", {"username": "operator", "password": "operator"})
    cookie = client.cookies["known_browser"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    client.session.flush()
    assert client.post(SIGN_IN, {"next": CREATE, "record_input": TYPED}).status_code == 200
    assert Session.objects.count() == 1


def test_a_long_address_to_go_on_to_is_not_kept(known: OpenIdProvider) -> None:
    path = f"/local/dataset-groups/?filter={secrets.token_hex(30_000)}"
    client = Client()
    assert client.post(SIGN_IN, {"next": path, "typed_by": secrets.token_hex(30_000)}).status_code == 200
    assert client.get(SIGN_IN, {"next": path}).status_code == 302
    assert characters() < 3000


def test_sessions_of_nobody_are_so_many_and_the_newest_stay(
    known: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "MOST_OF_NOBODY", 20)
    known.has_person("mia")
    typing = known_client()
    typing.post(SIGN_IN, {"next": CREATE, "record_input": secrets.token_hex(30_000)})
    kept = typing.session.session_key
    signed_in = SessionStore()
    signed_in["_auth_user_id"] = "1"
    signed_in.save()
    for _ in range(50):
        start(Client())
        assert Session.objects.filter(person_id=None).count() <= 20
    # With a text in it, and somebody's who is signed in.
    assert Session.objects.filter(session_key__in=[kept, signed_in.session_key]).count() == 2
    newest = Client()
    address = start(newest)
    assert newest.get(path_of(at_provider(address, "mia"))).status_code == 302


def test_texts_of_nobody_are_so_long_in_all(known: OpenIdProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST_CHARACTERS_OF_NOBODY", 500_000)
    for _ in range(12):
        client = known_client()
        client.post(SIGN_IN, {"next": CREATE, "record_input": secrets.token_hex(50_000)})
        assert characters() < 700_000
    assert client.session["begun_sign_ins"]


def test_the_worker_removes_sessions_that_are_over(db: None) -> None:
    for days in (-1, 1):
        session = SessionStore()
        session["a"] = days
        session.set_expiry(timezone.now() + timedelta(days=days))
        session.save()
    over = [
        Session(session_key=f"over{number:036}", expire_date=timezone.now() - timedelta(1)) for number in range(2500)
    ]
    Session.objects.bulk_create(over)
    assert {"ended sessions", "failures to sign in"} <= set(worker.registered())
    assert sessions.remove_ended() == 2501
    assert Session.objects.get().get_decoded()["a"] == 1
