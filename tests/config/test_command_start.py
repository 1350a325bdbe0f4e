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


@pytest.mark.parametrize(
    ("module", "sentence"),
    [
        ("nope", "names nope, which is not there. Unset it, or set it to console.production."),
        ("console.nope", "names console.nope, which is not there. Unset it, or set it to console.production."),
        ("json", "names json, which has no settings of the console. Unset it."),
    ],
)
def test_settings_that_are_none_are_a_sentence(tmp_path: Path, module: str, sentence: str) -> None:
    variables = clean_variables(tmp_path, DJANGO_SETTINGS_MODULE=module)
    done = subprocess.run([sys.executable, MANAGE, "check"], env=variables, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"DJANGO_SETTINGS_MODULE {sentence}\n")


def test_two_that_prepare_one_directory_take_turns(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path)
    command = [sys.executable, MANAGE, "prepare_demo"]
    both = [
        subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _each in range(2)
    ]
    printed = [each.communicate(timeout=240)[0] for each in both]
    assert ([each.returncode for each in both], sorted(printed)[0]) == ([0, 0], "")
