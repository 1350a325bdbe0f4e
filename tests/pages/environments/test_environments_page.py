"""Environments: how each is configured, and what works of it and of signing in, for administrators."""

import threading
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from console.people.openid import sign_in_checks
from tests.pages.configured import configured
from tests.pages.html import tables_of, text_of
from tests.support.aws_stand_in import StandIn
from tests.support.openid_provider import CLIENT_SECRET, OpenIdProvider

PAGE = "/environments/"
LINES = """label = "Production"
guarded = true
viewers = ["support"]
operators = ["on-call"]
role_arn = "arn:aws:iam::123456789012:role/console"
external_id = "secret-of-the-trust-policy"
import_bucket = "imports"
import_role_arn = "arn:aws:iam::123456789012:role/personalize"
"""


def test_how_an_environment_is_configured(
    administrator: Client, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = {"production": LINES, "sealed": "read_only = true"}
    with configured(tables, "http://127.0.0.1:1", settings, tmp_path / "environments.toml", monkeypatch):
        answer = administrator.get(PAGE)
    text = text_of(answer)
    for words in (
        "Environments (3)",
        "Account 123456789012",
        "Region us-east-1",
        "Endpoint http://127.0.0.1:1",
        "Guarded: people type the dataset group's name first",
        "Sees it Administrators; members of support, on-call",
        "Creates records Administrators; members of on-call",
        "External ID Given",
        "Import bucket imports",
        "Read-only: nothing is created, deleted or sent",
        "Creates records Nobody",
        "12 hours after signing in, 2 after the last request",
    ):
        assert words in text
    assert "secret-of-the-trust-policy" not in answer.content.decode()


def test_the_checks_of_an_environment(administrator: Client, aws: StandIn) -> None:
    answer = administrator.post(PAGE, {"check": "staging"})
    checks = tables_of(answer)[0]
    assert [row[:2] for row in checks][:2] == [
        ["sts:GetCallerIdentity", "Works"],
        ["personalize:ListDatasetGroups", "Works"],
    ]
    assert "Everything that was tried works" in text_of(answer)
    assert "Not tried, since they write: personalize:PutUsers" in text_of(answer)
    assert not aws.of("PutUsers")


@pytest.mark.usefixtures("broken_environment")
def test_what_does_not_work_says_what_to_do(administrator: Client) -> None:
    answer = administrator.post(PAGE, {"check": "broken"})
    ((what, result, found),) = tables_of(answer)[0]
    assert (what, result) == ("personalize:ListDatasetGroups", "Fails")
    assert found.startswith("AWS could not be reached at http://127.0.0.1:")
    assert found.endswith(
        "Check the network between the console and AWS, and the environment's region and endpoint URL."
    )
    assert "Checks that do not work: 1 of 1" in text_of(answer)


def test_an_environment_that_is_not_there(administrator: Client) -> None:
    answer = administrator.post(PAGE, {"check": "nowhere"})
    assert answer.status_code == 422
    assert "There is no environment of this name" in text_of(answer)


def test_the_checks_of_signing_in(administrator: Client, known: OpenIdProvider) -> None:
    answer = administrator.post(PAGE, {"check": "sign-in"})
    checks = {row[0]: row[1] for row in tables_of(answer)[0]}
    assert checks == {"Discovery": "Works", "Keys": "Works", "Client": "Works", "Address": "Works"}
    assert CLIENT_SECRET not in answer.content.decode()
    assert "Operators: data-team; administrators: console-admins, it" in text_of(answer)


def test_no_check_of_signing_in_begins_when_the_time_is_over(known: OpenIdProvider) -> None:
    found = list(sign_in_checks.findings_in_time(["http://testserver/sign-in/provider/answer/"], -1))
    assert [each.sentence for each in found] == [
        "People sign in with a password.",
        "Stopped after -1 seconds: checks that would follow were not tried.",
    ]
    assert not [each for each in threading.enumerate() if each.name == "request to the provider"]
