"""Commands start without the packages that only pages, calls to AWS and servers use: they take longer than Django."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.numbers import some_of
from tests.support.served import MANAGE, clean_variables, manage

SLOW = {
    "authlib",
    "boto3",
    "cryptography",
    "granian",
    "joserfc",
    "jsonschema",
    "jsonschema_rs",
    "prometheus_client",
    "psycopg",
    "regex",
    "requests",
    "urllib3",
    "yaml",
}


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    made = clean_variables(tmp_path_factory.mktemp("data"))
    manage("migrate", variables=made)
    return made


COMMANDS = ("help", "check", "migrate --check", "makemigrations --check", "local_keys list", "run_worker --help")


@pytest.mark.parametrize("command", some_of(COMMANDS, 1, -2, -1))
def test_a_command_starts_without_what_only_others_use(variables: dict[str, str], command: str) -> None:
    python = [sys.executable, "-X", "importtime", MANAGE, *command.split()]
    done = subprocess.run(python, env=variables, capture_output=True, text=True, cwd=Path(MANAGE).parent)
    # Of each import: "import time: microseconds | with those in it | name".
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert done.returncode == 0
    assert "django" in imported
    assert imported & SLOW == set()
