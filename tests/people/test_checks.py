"""Wrong settings of how people sign in stop a start with a sentence.

Settings are read and checked in this process. That a command says so is tried with one that cannot be read and one that
does not pass its check, and with all of them by `make test-all`.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.numbers import IS_WHOLE
from tests.support.served import MANAGE, clean_variables
from tests.support.settings_of import said_of_settings

GOOD = {
    "CONSOLE_OIDC_ISSUER": "https://id.example",
    "CONSOLE_OIDC_CLIENT_ID": "console",
    "CONSOLE_OIDC_CLIENT_SECRET": "the-secret",
}


def check(directory: Path, **variables: str) -> tuple[int, str]:
    """Return the status of `manage.py check` and what it prints."""
    command = [sys.executable, MANAGE, "check"]
    done = subprocess.run(command, env=clean_variables(directory, **variables), capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


PROVIDERS = [
    {},
    {"CONSOLE_PASSWORD_SIGN_IN": "0"},
    {"CONSOLE_OIDC_ISSUER": "http://127.0.0.1:9000/o"},
    {"CONSOLE_OIDC_SCOPES": "openid groups"},
]
REFUSED = [
    (
        {"CONSOLE_OIDC_ISSUER": "http://id.example"},
        "CONSOLE_OIDC_ISSUER: expected an address that begins with https://.",
    ),
    ({"CONSOLE_OIDC_ISSUER": "id.example"}, "CONSOLE_OIDC_ISSUER: expected an address that begins with https://."),
    ({"CONSOLE_OIDC_ISSUER": "https://[x"}, "CONSOLE_OIDC_ISSUER: expected an address that begins with https://."),
    (
        {"CONSOLE_OIDC_ISSUER": "https://user:correct-horse@id.example"},
        "CONSOLE_OIDC_ISSUER: expected an address without a user name and a password",
    ),
    (
        {"CONSOLE_OIDC_ISSUER": "https://id.exam\nple"},
        "CONSOLE_OIDC_ISSUER: expected an address that begins with https://.",
    ),
    ({"CONSOLE_OIDC_CLIENT_ID": ""}, "CONSOLE_OIDC_CLIENT_ID or CONSOLE_OIDC_CLIENT_SECRET is not"),
    ({"CONSOLE_OIDC_CLIENT_SECRET": ""}, "CONSOLE_OIDC_CLIENT_ID or CONSOLE_OIDC_CLIENT_SECRET is not"),
    ({"CONSOLE_OIDC_SCOPES": "profile"}, "CONSOLE_OIDC_SCOPES: expected openid among them."),
    ({"CONSOLE_OIDC_ISSUER": "", "CONSOLE_PASSWORD_SIGN_IN": "0"}, "Nobody can sign in"),
    *(
        (
            {"CONSOLE_ALLOWED_HOSTS": f"console.example.com, {host}"},
            "CONSOLE_ALLOWED_HOSTS: expected host names such as console.example.com, of letters, digits and hyphens in "
            "ASCII, separated by commas, without scheme, port, path and a dot at the end; number 2 is not one.",
        )
        for host in (
            "https://x.example",
            "x.example:8443",
            "x.example/",
            "x.example;y.example",
            "*.x.example",
            "x_y.example",
            "x.example.",
            "münchen.example",
        )
    ),
    *(
        (
            {"CONSOLE_LOCAL_ACCESS_KEY_ID": key_id},
            "CONSOLE_LOCAL_ACCESS_KEY_ID: expected 1 to 128 letters, digits and underscores in ASCII.",
        )
        for key_id in ("a/b", "A,B", "AKIA X", "AKIAÄ", "A" * 129)
    ),
    (
        {"CONSOLE_LOCAL_SECRET_ACCESS_KEY": " "},
        "CONSOLE_LOCAL_SECRET_ACCESS_KEY: expected characters of ASCII without spaces.",
    ),
    ({"CONSOLE_PASSWORD_SIGN_IN": "no"}, "CONSOLE_PASSWORD_SIGN_IN: expected 0 or 1; found no."),
    (
        {"CONSOLE_LOCK_OUT_MINUTES": "1e12"},
        "CONSOLE_LOCK_OUT_MINUTES: expected a number from 0 to 525600; found 1e12.",
    ),
    (
        {"CONSOLE_SIGN_IN_FAILURES": "inf"},
        "CONSOLE_SIGN_IN_FAILURES: expected a number from 0 to 1000000; found inf.",
    ),
    (
        {"CONSOLE_SIGN_IN_FAILURES": "1_000"},
        "CONSOLE_SIGN_IN_FAILURES: expected a number from 0 to 1000000; found 1_000.",
    ),
    *(
        (
            {"CONSOLE_TIME_ZONE": zone},
            f"CONSOLE_TIME_ZONE: expected a time zone that this machine knows, such as Europe/Berlin; found {zone}.",
        )
        for zone in ("Berlin", "../GMT", "Europe")
    ),
    ({"CONSOLE_SESSION_IDLE_HOURS": "0"}, "CONSOLE_SESSION_IDLE_HOURS: expected more than 0."),
    ({"CONSOLE_LINK_HOURS": "0"}, "CONSOLE_LINK_HOURS: expected more than 0."),
    ({"CONSOLE_SESSION_HOURS": "-1"}, "CONSOLE_SESSION_HOURS: expected a number from 0 to 8760; found -1."),
]


@pytest.mark.parametrize("changes", PROVIDERS)
def test_takes_a_provider(tmp_path: Path, changes: dict[str, str]) -> None:
    assert said_of_settings(tmp_path, **{**GOOD, **changes}) == []


@pytest.mark.parametrize("changes", PROVIDERS if IS_WHOLE else PROVIDERS[-1:])
def test_a_command_takes_a_provider(tmp_path: Path, changes: dict[str, str]) -> None:
    status, printed = check(tmp_path, **{**GOOD, **changes})
    assert (status, printed.partition(" (")[0]) == (0, "System check identified no issues")


@pytest.mark.parametrize(("changes", "sentence"), REFUSED)
def test_refuses_what_cannot_work(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    (said,) = said_of_settings(tmp_path, **{**GOOD, **changes})
    assert sentence in said
    assert "correct-horse" not in said
    assert "the-secret" not in said


# The first does not pass its check, and the last cannot be read.
@pytest.mark.parametrize(("changes", "sentence"), REFUSED if IS_WHOLE else [REFUSED[0], REFUSED[-1]])
def test_a_command_says_it_and_ends(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    status, printed = check(tmp_path, **{**GOOD, **changes})
    assert status == 1
    assert sentence in printed
    assert "Traceback" not in printed
    assert "correct-horse" not in printed
    assert "the-secret" not in printed
