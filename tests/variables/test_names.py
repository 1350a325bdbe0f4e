"""A setting that is misspelt stops a start and is named; other names that nothing reads are a warning."""

import subprocess
import sys
from pathlib import Path

import pytest

from console.variables.names import known_names, misspelt, unknown
from tests.support.documents import documented_settings
from tests.support.served import MANAGE, clean_variables

# What Kubernetes makes for a Service called `console` with a port called `http`: its documents, "Environment variables".
OF_KUBERNETES = [
    "CONSOLE_SERVICE_HOST",
    "CONSOLE_SERVICE_PORT",
    "CONSOLE_SERVICE_PORT_HTTP",
    "CONSOLE_PORT",
    "CONSOLE_PORT_8000_TCP",
    "CONSOLE_PORT_8000_TCP_PROTO",
    "CONSOLE_PORT_8000_TCP_PORT",
    "CONSOLE_PORT_8000_TCP_ADDR",
]


def check(directory: Path, **variables: str) -> tuple[int, str]:
    """Return the status of `manage.py check` and what it prints."""
    command = [sys.executable, MANAGE, "check"]
    done = subprocess.run(command, env=clean_variables(directory, **variables), capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_the_known_settings_are_the_documented_ones() -> None:
    documented = {name for name in documented_settings() if name.startswith("CONSOLE_")}
    of_tests = {name for name in documented if name.startswith("CONSOLE_TEST_")}
    assert known_names() == documented - of_tests | {"CONSOLE_ENVIRONMENT_FILE"}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("CONSOLE_OIDC_ISUER", "CONSOLE_OIDC_ISSUER"),
        ("CONSOLE_OIDC_ISSEUR", "CONSOLE_OIDC_ISSUER"),
        ("CONSOLE_OIDC_ISSUERS", "CONSOLE_OIDC_ISSUER"),
        ("CONSOLE_OIDC_ISSUER_", "CONSOLE_OIDC_ISSUER"),
        ("CONSOLE_OICD_ISSUER", "CONSOLE_OIDC_ISSUER"),
        ("CONSOLE_ODIC_CLIENT_SECRET", "CONSOLE_OIDC_CLIENT_SECRET"),
        ("CONSOLE_ENVIROMENTS", "CONSOLE_ENVIRONMENTS"),
        ("CONSOLE_ENVIRONMENT", "CONSOLE_ENVIRONMENTS"),
        ("CONSOLE_DATADIR", "CONSOLE_DATA_DIR"),
        ("CONSOLE_ALLOWED_HOST", "CONSOLE_ALLOWED_HOSTS"),
        ("CONSOLE_TRUSTED_PROXIE", "CONSOLE_TRUSTED_PROXY"),
        ("CONSOLE__SECRET_KEY", "CONSOLE_SECRET_KEY"),
        ("CONSOL_SECRET_KEY", "CONSOLE_SECRET_KEY"),
        ("CNOSOLE_SECRET_KEY", "CONSOLE_SECRET_KEY"),
        ("console_secret_key", "CONSOLE_SECRET_KEY"),
        ("Console_Secret_Key", "CONSOLE_SECRET_KEY"),
    ],
)
def test_a_name_within_two_letters_of_a_setting_is_misspelt(name: str, meant: str) -> None:
    assert misspelt([name], known_names()) == {name: meant}
    assert unknown([name], known_names()) == []


def test_settings_and_the_names_of_others_are_not_misspelt() -> None:
    others = ["PATH", "HOME", "DATABASE_URL", "AWS_PROFILE", "CONSOLE_TEST_BROWSER", "SECRET_KEY", *OF_KUBERNETES]
    assert misspelt([*known_names(), *others], known_names()) == {}
    assert unknown([*known_names(), *others], known_names()) == sorted(OF_KUBERNETES)


def test_a_misspelt_setting_is_an_error_that_names_it_and_not_its_value(tmp_path: Path) -> None:
    status, printed = check(tmp_path, CONSOLE_OIDC_CLIENT_SECERT="correct-horse")
    assert status == 1
    assert (
        "CONSOLE_OIDC_CLIENT_SECERT is not a setting, so nothing reads it. Did you mean CONSOLE_OIDC_CLIENT_SECRET?"
        in printed
    )
    assert "correct-horse" not in printed


def test_what_a_container_platform_sets_is_a_warning(tmp_path: Path) -> None:
    status, printed = check(tmp_path, **dict.fromkeys(OF_KUBERNETES, "tcp://10.0.0.1:8000"))
    assert status == 0
    assert (
        f"these environment variables, although they begin like settings: {', '.join(sorted(OF_KUBERNETES))}."
        in printed
    )


def test_other_names_are_no_matter(tmp_path: Path) -> None:
    status, printed = check(tmp_path, CONSOLE_ENVIRONMENT_FILE="x", CONSOLEX="1")
    assert (status, printed.partition(" (")[0]) == (0, "System check identified no issues")
