"""The options of `personalize-local`, and what it prints for its clients."""

import json
from pathlib import Path
from typing import Any

import pytest

from console.alone.options import Options, read_options
from console.alone.variables import Ready, as_json, as_shell, endpoint_of, keys_of
from console.local.http import keys

ONE = {"AWS_ACCESS_KEY_ID": "AKIALOCAL1", "AWS_SECRET_ACCESS_KEY": "secret1"}
TWO = {"AWS_ACCESS_KEY_ID": "AKIALOCAL2", "AWS_SECRET_ACCESS_KEY": "secret2"}
READY = Ready(
    "http://127.0.0.1:4567/aws", Path("/data"), "eu-west-1", {"000000000000": ONE, "111122223333": TWO}, "token"
)


def test_without_options_it_creates_at_once_and_has_no_rate() -> None:
    assert read_options([]) == Options(
        host="127.0.0.1",
        port=4567,
        data=None,
        in_memory=False,
        create_seconds=0.0,
        put_rate=0,
        any_time=False,
        accounts=("000000000000",),
        region="us-east-1",
        as_json=False,
        ends_with_stdin=False,
    )


def test_options_are_read() -> None:
    given = (
        "--host=::1 --port=0 --memory --create-seconds=1.5 --put-rate=10 --account=111122223333 --account=000000000000 "
        "--account=111122223333 --region=eu-west-1 --any-time --json --end-with-stdin"
    )
    assert read_options(given.split()) == Options(
        host="::1",
        port=0,
        data=None,
        in_memory=True,
        create_seconds=1.5,
        put_rate=10,
        any_time=True,
        accounts=("000000000000", "111122223333"),
        region="eu-west-1",
        as_json=True,
        ends_with_stdin=True,
    )


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("--port=65536", "argument --port: expected a whole number from 0 to 65535; found 65536"),
        ("--port=x", "argument --port: expected a whole number from 0 to 65535; found x"),
        ("--put-rate=1.5", "argument --put-rate: expected a whole number from 0 to 1000000; found 1.5"),
        ("--create-seconds=-1", "argument --create-seconds: expected a number of seconds from 0 to 86400; found -1"),
        ("--create-seconds=1e3", "argument --create-seconds: expected a number of seconds from 0 to 86400; found 1e3"),
        ("--account=1111", "argument --account: an account is 12 digits; found 1111"),
        ("--region=Ohio!", "argument --region: expected a region such as us-east-1; found Ohio!"),
        ("--memory --data=here", "argument --data: not allowed with argument --memory"),
    ],
)
def test_options_that_are_not_valid_are_refused(given: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        read_options(given.split())
    assert refused.value.code == 2
    assert capsys.readouterr().err.endswith(f"personalize-local: error: {why}\n")


def test_a_shell_reads_what_is_printed() -> None:
    assert as_shell(READY).splitlines() == [
        "export AWS_ENDPOINT_URL_PERSONALIZE=http://127.0.0.1:4567/aws",
        "export AWS_ENDPOINT_URL_PERSONALIZE_EVENTS=http://127.0.0.1:4567/aws",
        "export AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME=http://127.0.0.1:4567/aws",
        "export AWS_ACCESS_KEY_ID=AKIALOCAL1",
        "export AWS_SECRET_ACCESS_KEY=secret1",
        "export AWS_REGION=eu-west-1",
        "export AWS_DEFAULT_REGION=eu-west-1",
        "export PERSONALIZE_LOCAL_TOKEN=token",
        "# Account 111122223333:",
        "# export AWS_ACCESS_KEY_ID=AKIALOCAL2",
        "# export AWS_SECRET_ACCESS_KEY=secret2",
        "# s3://bucket/key is the file /data/s3/bucket/key",
        "# Ready at http://127.0.0.1:4567/aws (Ctrl-C stops it)",
    ]


def test_programs_read_a_line_of_json() -> None:
    printed: dict[str, Any] = json.loads(as_json(READY))
    assert "\n" not in as_json(READY)
    assert printed == {
        "endpoint_url": "http://127.0.0.1:4567/aws",
        "environment": {
            "AWS_ENDPOINT_URL_PERSONALIZE": "http://127.0.0.1:4567/aws",
            "AWS_ENDPOINT_URL_PERSONALIZE_EVENTS": "http://127.0.0.1:4567/aws",
            "AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME": "http://127.0.0.1:4567/aws",
            "AWS_ACCESS_KEY_ID": "AKIALOCAL1",
            "AWS_SECRET_ACCESS_KEY": "secret1",
            "AWS_REGION": "eu-west-1",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "PERSONALIZE_LOCAL_TOKEN": "token",
        },
        "accounts": {"000000000000": ONE, "111122223333": TWO},
        "s3_directory": "/data/s3",
    }


@pytest.mark.parametrize(
    ("host", "endpoint"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/aws"),
        ("0.0.0.0", "http://127.0.0.1:80/aws"),
        ("::", "http://[::1]:80/aws"),
        ("personalize.test", "http://personalize.test:80/aws"),
    ],
)
def test_clients_get_an_address_that_they_can_reach(host: str, endpoint: str) -> None:
    assert endpoint_of(host, 80) == endpoint


@pytest.mark.django_db
def test_an_account_keeps_its_key_and_a_read_only_one_is_not_it() -> None:
    keys.make("000000000000", "personalize-local", is_read_only=True)
    keys.make("000000000000", "nightly import", is_read_only=False)
    made = keys_of(["000000000000", "111122223333"])
    assert keys_of(["111122223333", "000000000000"]) == {
        "111122223333": made["111122223333"],
        "000000000000": made["000000000000"],
    }
    for account, variables in made.items():
        key = keys.find(variables["AWS_ACCESS_KEY_ID"])
        assert key is not None
        assert (key.account, key.secret, key.is_read_only) == (account, variables["AWS_SECRET_ACCESS_KEY"], False)
