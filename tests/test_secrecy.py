"""What looks for secrets and properties in logs, error pages and addresses finds them, and does not repeat them."""

import logging
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.support.secrecy import PROPERTY, SECRET, SearchedLog, Secrecy, look_into, of_request
from tests.support.secrecy_served import search_served
from tests.support.served import Served

# Made up for this: nothing else has them.
PASSWORD, TYPED, SESSION = "canary-7f3a-password", "canary-91bd-value", "canary52c8session00000000000000a"
RECORD = '{"USER_ID": "canary-0000-user", "ITEM_ID": "canary-0000-item", "MEMBERSHIP_TYPE": "canary-91bd-value", "MEMBER_SINCE": 1600000123}'


@pytest.fixture
def secrecy() -> Secrecy:
    found = Secrecy()
    found.learn(SECRET, "password", PASSWORD)
    found.learn(PROPERTY, "value of a record", TYPED)
    return found


def logged(secrecy: Secrecy, message: str, *arguments: str, error: Exception | None = None) -> list[str]:
    raised = (type(error), error, None) if error else None
    SearchedLog(secrecy).emit(logging.LogRecord("console.any", logging.INFO, __file__, 1, message, arguments, raised))
    return secrecy.findings


def looked(secrecy: Secrecy, response: HttpResponse, *templates: str, path: str = "/") -> list[str]:
    request = RequestFactory().get(path)
    request.resolver_match = None
    look_into(secrecy, request, response, list(templates))
    return secrecy.findings


def brought(request: HttpRequest) -> set[tuple[str, str, str]]:
    return {(each.kind, each.what, each.text) for each in of_request(request) if each.text}


def test_finds_what_is_logged_and_does_not_repeat_it(secrecy: Secrecy) -> None:
    assert logged(secrecy, "Somebody has %s.", PASSWORD) == ["The log console.any holds a secret: password."]
    assert logged(secrecy, f"The row is ({TYPED}).")[1:] == [
        "The log console.any holds a property: value of a record."
    ]


def test_finds_the_secrets_of_the_settings(secrecy: Secrecy, settings: LazySettings) -> None:
    settings.CONSOLE_METRICS_TOKEN = "canary-3ce1-token"
    assert logged(secrecy, "Bearer canary-3ce1-token") == [
        "The log console.any holds a secret: CONSOLE_METRICS_TOKEN."
    ]


def test_what_an_exception_says_of_a_value_is_not_logged(secrecy: Secrecy) -> None:
    assert logged(secrecy, "A defect.", error=ValueError(f"Failing row contains ({TYPED}).")) == []
    # An address or a file may be named, so that one that holds a value is found.
    assert logged(secrecy, "A defect.", error=OSError(TYPED)) != []


def test_finds_properties_on_error_pages_and_not_in_forms_that_are_given_back(secrecy: Secrecy) -> None:
    assert looked(secrecy, HttpResponse(TYPED, status=422), "records/create_records.html") == []
    assert looked(secrecy, HttpResponse(TYPED), "submissions/submission.html") == []
    assert looked(secrecy, HttpResponse(TYPED, status=404), "frame/error_page.html") == [
        "The answer 404 of ? holds a property: value of a record."
    ]


@pytest.mark.parametrize("template", ["500.html", "frame/call_failed.html"])
def test_finds_properties_on_each_kind_of_error_page(secrecy: Secrecy, template: str) -> None:
    assert looked(secrecy, HttpResponse(TYPED, status=500), template)


def test_finds_properties_in_metrics_and_in_errors_without_a_template(secrecy: Secrecy) -> None:
    assert looked(secrecy, HttpResponse(TYPED), path="/metrics")
    assert looked(secrecy, HttpResponse(TYPED, status=503))


def test_finds_secrets_on_every_page(secrecy: Secrecy) -> None:
    assert looked(secrecy, HttpResponse(f'<input value="{PASSWORD}">'), "account/sign_in.html") == [
        "The answer 200 of ? holds a secret: password."
    ]


def test_finds_what_is_in_an_address(secrecy: Secrecy) -> None:
    link = HttpResponse('<a href="/local/?filter=canary-91bd%2Dvalue">')
    assert looked(secrecy, link, "any.html") == [
        "The answer 200 of ?, in an address, holds a property: value of a record."
    ]
    led = HttpResponse(status=302, headers={"Location": f"/?text={TYPED}"})
    assert looked(secrecy, led)[1:] == ["The answer 302 of ?, in Location, holds a property: value of a record."]


def test_learns_what_forms_and_cookies_bring() -> None:
    made = RequestFactory()
    assert brought(made.post("/sign-in/", {"username": "ada", "password": PASSWORD})) == {
        (SECRET, "password", PASSWORD)
    }
    encoded = "application/x-www-form-urlencoded"
    assert brought(made.post("/", f"old_password={PASSWORD}", encoded)) == {(SECRET, "password", PASSWORD)}
    assert brought(made.post("/", {"record_input": RECORD})) == {
        (PROPERTY, "value of a record", TYPED),
        (PROPERTY, "value of a record", "1600000123"),
    }
    assert brought(made.post("/", {"value-1-CITY": TYPED, "value-1-USER_ID": "canary-0000-user"})) == {
        (PROPERTY, "value of a field", TYPED)
    }
    request = made.get(
        "/sign-in/provider/answer/?code=canary-code",
        headers={"cookie": f"sessionid={SESSION}", "authorization": "Bearer canary-5d21-bearer"},
    )
    assert brought(request) == {
        (SECRET, "session", SESSION),
        (SECRET, "header Authorization", "canary-5d21-bearer"),
        (SECRET, "code of an OpenID provider", "canary-code"),
    }


def test_finds_in_what_a_console_printed_what_it_knew(tmp_path: Path) -> None:
    log = tmp_path / "serve.log"
    variables = {
        "CONSOLE_DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://console:canary%2Fdb-1@127.0.0.1/console",
    }
    variables |= {"CONSOLE_OIDC_CLIENT_SECRET": "canary-oidc-secret"}
    (tmp_path / "secret-key").write_text("canary-secret-key")
    database = sqlite3.connect(tmp_path / "console.sqlite3")
    database.execute("CREATE TABLE people_session (session_key TEXT)")
    database.execute("CREATE TABLE history_sentrecord (properties TEXT)")
    database.execute("INSERT INTO people_session VALUES (?)", [SESSION])
    database.execute("INSERT INTO history_sentrecord VALUES (?)", [RECORD])
    database.commit()
    database.close()

    def found(printed: str) -> list[str]:
        log.write_text(printed)
        secrecy, process = Secrecy(), Any
        search_served(secrecy, [Served("http://127.0.0.1:1", variables, log, process)])  # type: ignore[arg-type]  # It is not asked.
        return [each.removeprefix("What a demo printed holds a ") for each in secrecy.findings]

    assert found("Serving. canary-0000-user") == []
    assert found("postgresql://console:canary%2Fdb-1@127.0.0.1") == ["secret: the database's password."]
    assert found("canary-oidc-secret") == ["secret: CONSOLE_OIDC_CLIENT_SECRET."]
    assert found("canary-secret-key") == ["secret: the file secret-key."]
    assert found(SESSION) == ["secret: session."]
    assert found(f"Failing row contains ({TYPED}).") == ["property: value of a record."]
