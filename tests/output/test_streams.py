"""Commands whose output cannot be written end with a sentence: manage.py and console/output/streams.py."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.numbers import some_of
from tests.support.served import MANAGE, clean_variables, manage, prepare

USERS = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS"
STORE_A_USER = f"""
from django.utils import timezone
from console.local.models import Dataset, StoredRecord
others = {{"properties": "{{}}", "created_at": timezone.now(), "replaced_at": timezone.now()}}
StoredRecord.objects.update_or_create(others, dataset=Dataset.objects.get(arn="{USERS}"), record_id="u-1")
"""
FULL = "The output cannot be written (No space left on device).\n"
CLOSED = "The output cannot be written (it is closed).\n"
GONE = "The output cannot be written (Broken pipe).\n"
COMMANDS = {
    "check": ["check"],
    "check_environments": ["check_environments", "local"],
    "check_sign_in": ["check_sign_in"],
    "createsuperuser": ["createsuperuser", "--noinput", "--username=ada", "--email=ada@example.com"],
    "lift_lock_out": ["lift_lock_out", "ada"],
    "local_keys list": ["local_keys", "list"],
    "local_keys make": ["local_keys", "make", "--name=nobody's"],
    "local_records": ["local_records", USERS],
    "redact_submissions": ["redact_submissions", "--days=1"],
    "backup": ["backup", "copy.sqlite3"],
    "help": ["help"],
    "migrate": ["migrate"],
    "reset_demo": ["reset_demo"],
}


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment variables of a console with demo data."""
    data = tmp_path_factory.mktemp("output")
    found = clean_variables(data, DJANGO_SUPERUSER_PASSWORD="long-enough-for-tests")
    prepare(data, found)
    found.pop("PYTHONUNBUFFERED", None)
    return found


def store_a_user(variables: dict[str, str]) -> None:
    """Let there be a user in the demo's dataset, which a reset has removed perhaps."""
    manage("shell", "--no-imports", "--command", STORE_A_USER, variables=variables)


def ended(command: list[str], variables: dict[str, str], directory: Path, *, to: int | None) -> tuple[int, str]:
    """Return the status of a command and what it says in errors, with its output to a file or to nothing at all."""
    program = [sys.executable, MANAGE, *command]
    if to is None:
        program = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *program]
    run = subprocess.run(program, env=variables, cwd=directory, stdout=to, stderr=subprocess.PIPE, text=True)
    return run.returncode, run.stderr


@pytest.mark.parametrize(
    ("name", "unbuffered"),
    # Of those with a way of their own to print, or to undo what was not said, one each.
    [(name, "") for name in some_of(COMMANDS, 0, 3, 7, 10, 12)] + [(name, "1") for name in some_of(COMMANDS, 0, 3)],
)
def test_a_command_that_prints_to_a_full_disk_says_so(
    variables: dict[str, str], tmp_path: Path, name: str, unbuffered: str
) -> None:
    if name == "local_records":
        store_a_user(variables)
    with Path("/dev/full").open("w") as full:
        command = COMMANDS[name]
        if name == "createsuperuser" and unbuffered:
            command = [*command[:2], "--username=eve", command[3]]
        status, said = ended(command, {**variables, "PYTHONUNBUFFERED": unbuffered}, tmp_path, to=full.fileno())
    assert (status, said) == (1, FULL)


@pytest.mark.parametrize(
    "name", some_of(["check", "local_keys list", "local_keys make", "check_environments", "help"], 1, -1)
)
def test_a_command_whose_output_is_closed_says_so(variables: dict[str, str], tmp_path: Path, name: str) -> None:
    assert ended(COMMANDS[name], variables, tmp_path, to=None) == (1, CLOSED)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert ended(COMMANDS[name], variables, tmp_path, to=writing) == (1, GONE)
    finally:
        os.close(writing)


def test_the_reader_of_local_records_may_have_seen_enough(variables: dict[str, str], tmp_path: Path) -> None:
    store_a_user(variables)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert ended(COMMANDS["local_records"], variables, tmp_path, to=writing) == (0, "")
    finally:
        os.close(writing)


def test_a_key_whose_secret_was_not_printed_does_not_stay(variables: dict[str, str], tmp_path: Path) -> None:
    before = manage("local_keys", "list", variables=variables)
    with Path("/dev/full").open("w") as full:
        assert ended(COMMANDS["local_keys make"], variables, tmp_path, to=full.fileno())[0] == 1
    assert ended(COMMANDS["local_keys make"], variables, tmp_path, to=None)[0] == 1
    assert manage("local_keys", "list", variables=variables) == before
    printed = manage("local_keys", "make", "--name=somebody's", variables=variables)
    assert printed.count("export AWS_") == 2
    assert "somebody's" in manage("local_keys", "list", variables=variables)
