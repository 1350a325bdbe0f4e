"""Change password: a person's own, by the rules."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.pages.html import text_of
from tests.support.served import MANAGE, clean_variables, migrate

PAGE = "/change-password/"
GOOD = "a horse, a battery"


def change(client: Client, old: str = "viewer", new: str = GOOD, again: str = "") -> tuple[int, str]:
    answer = client.post(PAGE, {"old_password": old, "new_password1": new, "new_password2": again or new})
    return answer.status_code, text_of(answer)


def test_changes_the_password_and_signs_out_everywhere_else(demo: None, client: Client) -> None:
    elsewhere = Client()
    for each in (client, elsewhere):
        each.post("/sign-in/", {"username": "viewer", "password": "viewer"})
    assert change(client)[0] == 302
    page = client.get("/settings/")
    assert "The password is changed, and you are signed out everywhere else." in text_of(page)
    assert elsewhere.get("/settings/").status_code == 302
    assert Client().post("/sign-in/", {"username": "viewer", "password": "viewer"}).status_code == 422
    assert Client().post("/sign-in/", {"username": "viewer", "password": GOOD}).status_code == 302


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"old": "wrong"}, "Your old password was entered incorrectly."),
        ({"new": "short"}, "This password is too short."),
        ({"new": "password"}, "This password is too common."),
        ({"new": "8914562371"}, "This password is entirely numeric."),
        ({"new": "viewer12"}, "The password is too similar to the username."),
        ({"again": "another"}, "The two password fields didn\u2019t match."),
        ({"old": "", "new": ""}, "Type your old password."),
        ({"new": ""}, "Type a new password."),
        ({"new": ""}, "Type the new password again."),
    ],
)
def test_refuses_what_breaks_a_rule(viewer: Client, fields: dict[str, str], sentence: str) -> None:
    status, text = change(viewer, **fields)
    assert status == 422
    assert sentence in text
    assert User.objects.get(username="viewer").check_password("viewer")


def test_the_first_field_with_a_problem_is_focused(viewer: Client) -> None:
    answer = viewer.post(PAGE, {"old_password": "viewer", "new_password1": "short", "new_password2": "other"})
    html = answer.content.decode()
    assert html.count(" autofocus") == 1
    assert re.search(r'name="new_password1"[^>]* aria-invalid="true" autofocus>', html)
    assert " autofocus" not in viewer.get(PAGE).content.decode()


def test_says_the_rules_and_never_shows_what_was_typed(viewer: Client) -> None:
    assert "Your password must contain at least 8 characters." in text_of(viewer.get(PAGE))
    answer = viewer.post(PAGE, {"old_password": "my-old", "new_password1": "my-new", "new_password2": "my-new"})
    assert b"my-old" not in answer.content
    assert b"my-new" not in answer.content


def test_an_old_password_can_be_tried_only_so_often(viewer: Client) -> None:
    for _ in range(5):
        assert "was entered incorrectly" in change(viewer, old="guessed")[1]
    for old in ("guessed", "viewer"):
        status, text = change(viewer, old=old)
        assert status == 422
        assert "Signing in has failed too often. Try again in 15 minutes, or ask an administrator." in text


def test_settings_lead_there(viewer: Client) -> None:
    assert f'href="{PAGE}"' in viewer.get("/settings/").content.decode()


def test_the_rules_hold_in_the_admin(administrator: Client) -> None:
    form = {"username": "new", "usable_password": "true", "password1": "password", "password2": "password"}
    assert "This password is too common." in text_of(administrator.post("/admin/auth/user/add/", form))
    viewer = User.objects.get(username="viewer")
    answer = administrator.post(
        f"/admin/auth/user/{viewer.pk}/password/",
        {"usable_password": "true", "password1": "1234", "password2": "1234"},
    )
    assert "This password is too short." in text_of(answer)


def test_the_rules_hold_at_the_command_line(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path, DJANGO_SUPERUSER_PASSWORD="password")
    migrate(tmp_path)
    make = [sys.executable, MANAGE, "createsuperuser", "--noinput", "--username=ada", "--email=ada@example.com"]
    weak = subprocess.run(make, env=variables, capture_output=True, text=True)
    assert weak.returncode == 1
    assert weak.stderr == "CommandError: This password is too common.\n"
    strong = subprocess.run(make, env={**variables, "DJANGO_SUPERUSER_PASSWORD": GOOD}, capture_output=True, text=True)
    assert (strong.returncode, strong.stderr) == (0, "")
