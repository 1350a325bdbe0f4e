"""What DATABASE_URL takes, and what is said where its database cannot be used: never a password.

An address is read in this process; that a command says the same is tried with one address, and with all of them by
`make test-all`.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.storage import database
from tests.support.numbers import IS_WHOLE, some_of
from tests.support.postgresql import PASSWORD, PostgreSQL, postgresql
from tests.support.served import MANAGE, clean_variables

SECRET = "s3kret"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with postgresql() as server:
        yield server


def refusals(url: str, data: Path) -> list[str]:
    """Return what commands that read the database say of one that they cannot have."""
    said = []
    for command in (["prepare_demo"], ["local_keys", "list"]):
        variables = clean_variables(data, DATABASE_URL=url)
        done = subprocess.run([sys.executable, MANAGE, *command], env=variables, capture_output=True, text=True)
        assert done.returncode == 1
        said.append(done.stderr.removeprefix("CommandError: "))
    return said


NO_ADDRESSES = [
    SECRET,
    f"mysql://u:{SECRET}@127.0.0.1/d",
    "sqlite:///d",
    f"postgresql://u:{SECRET}@127.0.0.1",
    f"postgresql://u:{SECRET}@127.0.0.1/",
    f"postgresql://u:{SECRET}@127.0.0.1/{'d' * 64}",
    f"postgresql://u:{SECRET}@127.0.0.1:port/d",
    f"postgresql://u:{SECRET}@127.0.0.1:0/d",
    f"postgresql://u:{SECRET}@127.0.0.1:65536/d",
    f"postgresql://u:{SECRET}@127.0..1/d",
    f"postgresql://u:{SECRET}@[::1/d",
    f"postgresql://u:{SECRET}/{SECRET}@127.0.0.1/d",
    f"postgresql://u:12/{SECRET}@127.0.0.1/d",
    f"postgresql://u:12?{SECRET}=a@127.0.0.1/d",
    f"postgresql://u:12#{SECRET}@127.0.0.1/d",
    f"postgresql://u:{SECRET}\udcff@127.0.0.1/d",
    f"postgresql://u:{SECRET}@127.0.0.1/%00",
]
EXPECTED = "DATABASE_URL: expected postgresql://user:password@host:port/database, with %40 for @, %2F for / and so on in the password. Leave it out to use SQLite in CONSOLE_DATA_DIR."


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_an_address_that_is_none_is_one_sentence_without_the_password(url: str) -> None:
    with pytest.raises(SystemExit) as said:
        database.postgresql(url)
    assert said.value.code == EXPECTED


@pytest.mark.parametrize("url", NO_ADDRESSES if IS_WHOLE else NO_ADDRESSES[-1:])
def test_a_command_says_the_sentence_and_nothing_else(url: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, MANAGE, "check"],
        env=clean_variables(tmp_path, DATABASE_URL=url),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{EXPECTED}\n")


@pytest.mark.parametrize(
    ("rest", "reason"),
    some_of(
        [
            ("127.0.0.1:1/d", "Connection refused"),
            ("nobody.invalid/d", "failed to resolve host 'nobody.invalid'"),
            ("127.0.0.1:1/d?sslmode=maybe", 'invalid sslmode value: "maybe"'),
            ("127.0.0.1:1/d?connect_timeout=soon", "bad value for connect_timeout: 'soon'"),
        ],
        0,
        -1,
    ),
)
def test_a_database_that_cannot_be_reached_is_one_sentence(rest: str, reason: str, tmp_path: Path) -> None:
    for said in refusals(f"postgresql://u:{SECRET}@{rest}", tmp_path):
        assert said.startswith(
            f"The database of DATABASE_URL, postgresql://u@{rest.partition('?')[0]}, cannot be used ("
        )
        assert reason in said
        assert (said.count("\n"), SECRET in said) == (1, False)


OPTIONS = {
    "pool=true": "DATABASE_URL: the option pool is not one of PostgreSQL's connection parameters.",
    "sslmode=a&sslmode=b": "DATABASE_URL: the option sslmode is there 2 times. Give it once.",
}


@pytest.mark.parametrize("options", OPTIONS)
def test_options_are_those_of_postgresql(options: str) -> None:
    with pytest.raises(SystemExit) as said:
        database.postgresql(f"postgresql://u:{SECRET}@127.0.0.1:1/d?{options}")
    assert said.value.code == OPTIONS[options]


@pytest.mark.parametrize("options", OPTIONS if IS_WHOLE else list(OPTIONS)[:1])
def test_commands_say_so_of_options(options: str, tmp_path: Path) -> None:
    url = f"postgresql://u:{SECRET}@127.0.0.1:1/d?{options}"
    assert refusals(url, tmp_path) == [f"{OPTIONS[options]}\n"] * 2


def test_a_wrong_password_and_a_missing_database_are_said(server: PostgreSQL, tmp_path: Path) -> None:
    for url, reason in (
        (server.url(password=SECRET), 'password authentication failed for user "console"'),
        (server.url("missing"), 'database "missing" does not exist'),
    ):
        for said in refusals(url, tmp_path):
            assert reason in said
            assert (SECRET in said, PASSWORD in said, url in said) == (False, False, False)


def test_a_database_without_tables_has_no_data_yet(server: PostgreSQL, tmp_path: Path) -> None:
    variables = clean_variables(tmp_path, DATABASE_URL=server.new_database())
    for command in (["local_keys", "list"], ["local_records", "arn"]):
        done = subprocess.run([sys.executable, MANAGE, *command], env=variables, capture_output=True, text=True)
        assert done.stderr == "CommandError: The local service has no data yet: start it once with make run.\n"
