"""Too many failed sign-ins lock an account for an address, an account for all, and an address for all accounts."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from console.people import lock_out
from console.people.lock_out import count_try, remove_failures_that_are_over
from console.people.models import FailedSignIns
from tests.pages.html import text_of
from tests.people.hasher import CountingHasher

RIGHT = {"username": "viewer", "password": "viewer"}
WRONG = {"username": "viewer", "password": "wrong"}
LOCKED = "Signing in has failed too often. Try again in 15 minutes, or ask an administrator."
HOME, OFFICE = "203.0.113.7", "198.51.100.20"


def sign_in(form: dict[str, str], address: str = HOME) -> tuple[int, str]:
    """Return the status and the text of the answer to a sign-in from an address."""
    answer = Client(REMOTE_ADDR=address).post("/sign-in/", form)
    return answer.status_code, text_of(answer)


def fail(times: int, form: dict[str, str] = WRONG, address: str = HOME) -> None:
    for _ in range(times):
        assert sign_in(form, address)[0] == 422


def pass_minutes(minutes: float) -> None:
    for row in FailedSignIns.objects.all():
        row.last_at -= timedelta(minutes=minutes)
        row.save()


def test_five_failures_lock_the_account_for_the_address_and_say_for_how_long(demo: None) -> None:
    fail(5)
    for form in (RIGHT, WRONG):
        status, text = sign_in(form)
        assert status == 429
        assert LOCKED in text
    answer = Client(REMOTE_ADDR=HOME).post("/sign-in/", RIGHT)
    assert 890 < int(answer["Retry-After"]) <= 900
    assert sign_in(RIGHT, OFFICE)[0] == 302
    assert sign_in({"username": "operator", "password": "operator"})[0] == 302


def test_the_lock_is_lifted_by_time_and_says_what_is_left(demo: None) -> None:
    fail(5)
    pass_minutes(13.5)
    assert "Try again in 2 minutes," in sign_in(RIGHT)[1]
    pass_minutes(1)
    assert "Try again in a minute," in sign_in(RIGHT)[1]
    pass_minutes(1)
    assert sign_in(RIGHT)[0] == 302


def test_tries_while_it_is_locked_do_not_make_it_longer(demo: None) -> None:
    fail(5)
    pass_minutes(14)
    assert sign_in(WRONG)[0] == 429
    pass_minutes(1)
    fail(1)


def test_a_right_password_forgets_the_failures(demo: None) -> None:
    for _ in range(3):
        fail(4)
        assert sign_in(RIGHT)[0] == 302
    assert not FailedSignIns.objects.filter(account__gt="").exists()


def test_a_name_that_nobody_has_is_locked_in_the_same_words(demo: None) -> None:
    nobody = {"username": "nobody", "password": "wrong"}
    assert sign_in(nobody)[1].replace("nobody", "viewer") == sign_in(WRONG)[1]
    fail(4, nobody)
    assert LOCKED in sign_in(nobody)[1]


def test_names_are_the_same_however_they_are_written(demo: None) -> None:
    for name in ("viewer", "Viewer", "VIEWER", "\uff56iewer", "viewer "):
        fail(1, {"username": name, "password": "wrong"})
    assert sign_in(RIGHT)[0] == 429


def test_twenty_failures_from_many_addresses_lock_the_account_for_all(demo: None) -> None:
    for number in range(5):
        fail(4, address=f"203.0.113.{number}")
    assert LOCKED in sign_in(RIGHT, OFFICE)[1]


def test_fifty_failures_at_many_accounts_lock_the_address_for_all_of_them(demo: None) -> None:
    for number in range(50):
        fail(1, {"username": f"person-{number}", "password": "wrong"})
    assert LOCKED in sign_in(RIGHT)[1]
    assert sign_in(RIGHT, OFFICE)[0] == 302


def test_an_address_of_this_machine_is_a_proxy_s_and_is_not_locked(demo: None) -> None:
    for number in range(51):
        fail(1, {"username": f"person-{number}", "password": "wrong"}, "127.0.0.1")
    assert sign_in(RIGHT, "127.0.0.1")[0] == 302


def test_a_form_that_is_not_filled_in_is_no_failure(demo: None) -> None:
    fail(6, {"username": "viewer", "password": ""})
    fail(6, {"username": "", "password": "viewer"})
    assert sign_in(RIGHT)[0] == 302


def test_nothing_that_was_typed_and_no_address_is_kept(demo: None) -> None:
    fail(1, {"username": "a-password-in-the-wrong-field", "password": "x"})
    kept = str(list(FailedSignIns.objects.values()))
    assert "password" not in kept
    assert HOME not in kept
    pass_minutes(16)
    fail(1)
    assert FailedSignIns.objects.count() == 3


@pytest.mark.parametrize(
    ("arguments", "unlocked"),
    [(["viewer"], True), (["VIEWER"], True), (["operator"], False), (["--address", HOME], False)],
)
def test_an_administrator_lifts_the_lock_of_an_account(demo: None, arguments: list[str], unlocked: bool) -> None:
    fail(5)
    call_command("lift_lock_out", *arguments, stdout=StringIO())
    assert (sign_in(RIGHT)[0] == 302) == unlocked


def test_an_administrator_lifts_the_lock_of_an_address(demo: None) -> None:
    for number in range(50):
        fail(1, {"username": f"person-{number}", "password": "wrong"})
    said = StringIO()
    call_command("lift_lock_out", "--address", HOME, stdout=said)
    assert said.getvalue() == f"{HOME} may sign in again.\n"
    assert sign_in(RIGHT)[0] == 302


def test_the_command_says_when_there_is_nothing_to_lift(db: None) -> None:
    said = StringIO()
    call_command("lift_lock_out", "viewer", stdout=said)
    assert said.getvalue() == "viewer was not locked out: there are no failures.\n"
    with pytest.raises(CommandError, match="Name an account, or an address by --address"):
        call_command("lift_lock_out")


def test_the_limits_are_settings(demo: None, settings: LazySettings) -> None:
    settings.CONSOLE_SIGN_IN_FAILURES = 2
    settings.CONSOLE_LOCK_OUT_MINUTES = 60
    fail(2)
    assert "Try again in 60 minutes," in sign_in(RIGHT)[1]
    settings.CONSOLE_SIGN_IN_FAILURES = 0
    fail(30)
    assert sign_in(RIGHT)[0] == 302


def test_an_answer_takes_as_long_whether_there_is_an_account_or_not(db: None, settings: LazySettings) -> None:
    """What takes long is the hash of the password: it is made once, also for an account that is switched off."""
    settings.PASSWORD_HASHERS = ["tests.people.hasher.CountingHasher"]
    User.objects.create_user("ada", password="right")
    User.objects.create_user("bob", password="right", is_active=False)
    User.objects.create_user("cem")
    for name in ("ada", "bob", "cem", "nobody"):
        CountingHasher.count = 0
        assert sign_in({"username": name, "password": "wrong"})[0] == 422
        assert CountingHasher.count == 1, name


def test_names_that_anybody_tries_leave_so_many_rows_and_who_is_locked_stays(
    demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_out, "MOST_ROWS", 30)
    monkeypatch.setattr(lock_out, "REMOVED_AT_ONCE", 10)
    fail(5)
    for number in range(40):
        count_try(f"name-{number}", f"2001:db8::{number:x}")
        assert FailedSignIns.objects.count() <= 33
    assert sign_in(RIGHT) == (429, sign_in(RIGHT)[1])
    assert LOCKED in sign_in(RIGHT)[1]


def test_the_worker_removes_failures_that_lock_nobody_any_more(db: None) -> None:
    for number in range(5):
        count_try(f"name-{number}", HOME)
    pass_minutes(14)
    count_try("name", OFFICE)
    assert remove_failures_that_are_over() == 0
    pass_minutes(2)
    assert remove_failures_that_are_over() == 11
    assert FailedSignIns.objects.count() == 3
