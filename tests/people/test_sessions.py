"""How long a session lasts, and how a person ends all of theirs."""

import time
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from console.activity.models import Entry
from console.activity.words import sentence
from console.people.models import Session
from console.people.sessions import remove_ended
from tests.pages.html import text_of

GROUPS = "/local/dataset-groups/"
HOUR = 60 * 60


def signed_in(name: str = "operator") -> Client:
    client = Client()
    assert client.post("/sign-in/", {"username": name, "password": name}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    """Return whether a client's session is_valid, as the console's next page says."""
    return client.get(GROUPS).status_code == 200


def make_older(client: Client, *, began: float = 0, seen: float = 0) -> None:
    """Let a session have begun, and have been used, so many hours earlier."""
    session = client.session
    session["began_at"] -= began * HOUR
    session["seen_at"] -= seen * HOUR
    session.save()


def test_a_session_ends_two_hours_after_the_last_request(demo: None) -> None:
    client = signed_in()
    make_older(client, seen=1.9)
    assert is_in(client)
    make_older(client, seen=1.9)
    assert is_in(client)
    make_older(client, seen=2.1)
    assert client.get(GROUPS)["Location"] == f"/sign-in/?next={GROUPS}"
    assert "_auth_user_id" not in client.session


def test_a_session_ends_twelve_hours_after_signing_in_however_it_is_used(demo: None) -> None:
    client = signed_in()
    make_older(client, began=11.9)
    assert is_in(client)
    make_older(client, began=0.2)
    assert not is_in(client)


def test_the_hours_are_settings(demo: None, settings: LazySettings) -> None:
    settings.CONSOLE_SESSION_HOURS, settings.CONSOLE_SESSION_IDLE_HOURS = 100, 50
    client = signed_in()
    make_older(client, began=99, seen=49)
    assert is_in(client)
    make_older(client, seen=51)
    assert not is_in(client)


def test_signing_in_again_begins_a_new_session(demo: None) -> None:
    client = signed_in()
    make_older(client, began=13)
    assert not is_in(client)
    client.post("/sign-in/", {"username": "operator", "password": "operator"})
    assert is_in(client)
    assert time.time() - client.session["began_at"] < 60


def test_the_cookie_lasts_as_long_as_the_session(demo: None) -> None:
    assert signed_in().cookies["sessionid"]["max-age"] == 12 * HOUR


def test_what_was_typed_is_kept_when_the_session_was_too_long(demo: None) -> None:
    client = signed_in()
    make_older(client, began=13)
    answer = client.post(
        f"{GROUPS}loyalty-programme/datasets/users/create-records/", {"record_input": "[]", "intent": "create"}
    )
    assert answer.status_code == 403
    assert "Your session has ended." in text_of(answer)


def test_signing_out_everywhere_ends_every_other_session_of_the_person(demo: None) -> None:
    here, laptop, phone, another = signed_in(), signed_in(), signed_in(), signed_in("viewer")
    answer = here.post("/sign-out-everywhere/", follow=True)
    assert answer.redirect_chain == [("/settings/", 302)]
    assert "You are signed out everywhere else. Sessions ended: 2." in text_of(answer)
    assert [is_in(client) for client in (here, laptop, phone, another)] == [True, False, False, True]
    assert "You were not signed in anywhere else." in text_of(here.post("/sign-out-everywhere/", follow=True))


def test_signing_out_everywhere_needs_a_post_and_a_session(demo: None, client: Client) -> None:
    assert signed_in().get("/sign-out-everywhere/").status_code == 405
    assert client.post("/sign-out-everywhere/")["Location"].startswith("/sign-in/")


def test_a_session_knows_whose_it_is_until_they_sign_out(demo: None, client: Client) -> None:
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": "viewer", "password": "viewer"})
    assert list(Session.objects.values_list("person_id", flat=True)) == [User.objects.get(username="viewer").pk]
    client.post("/sign-out/")
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["viewer", "administrator"])
def test_a_page_writes_the_session_only_now_and_then(demo: None, name: str) -> None:
    client = signed_in(name)
    seen = client.session["seen_at"]
    assert is_in(client)
    assert client.session["seen_at"] == seen
    make_older(client, seen=0.2)
    assert is_in(client)
    assert client.session["seen_at"] > seen


def test_ends_of_sessions_are_in_activity(demo: None) -> None:
    client, other = signed_in(), signed_in()
    client.post("/sign-out-everywhere/")
    client.post("/sign-out-everywhere/")
    assert not is_in(other)
    signed_in()
    new = "Kd83-long-enough"
    client.post("/change-password/", {"old_password": "operator", "new_password1": new, "new_password2": new})
    make_older(client, seen=2.1)
    assert not is_in(client)
    entries = Entry.objects.filter(kind="signed out").order_by("pk")
    assert [(each.person_name, sentence(each)) for each in entries] == [
        ("operator", "Signed out everywhere else: 1 session ended"),
        ("operator", "Signed out everywhere else: 1 session ended"),
        ("operator", "Signed out: the session was idle for too long, or too old"),
    ]


def test_a_session_that_nobody_comes_back_with_is_in_activity_once_it_is_removed(demo: None) -> None:
    client = signed_in()
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=1))
    # Somebody else's sign-in removes none of a person: it would come from their address.
    signed_in("viewer")
    assert not Entry.objects.filter(kind="signed out").exists()
    assert remove_ended() == 1
    assert not is_in(client)
    entry = Entry.objects.get(kind="signed out")
    assert (entry.person_name, entry.address) == ("operator", "")
    assert sentence(entry) == "Signed out: the session was idle for too long, or too old"
