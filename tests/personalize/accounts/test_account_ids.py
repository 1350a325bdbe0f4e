"""The account of an environment in the top navigation: asked of STS, and never waited for."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.personalize.accounts import account_ids, arn_prefixes
from console.personalize.accounts.account_ids import account_of
from console.personalize.connections.connections import forget_connections
from console.personalize.environments import Environment
from tests.support.threads import NoThread

STAGING = Environment("staging", "Staging", "eu-west-1")


@pytest.fixture(autouse=True)
def own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """boto3 finds these credentials and nothing else; whoever still asks STS for one test is waited for."""
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASOURCE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "source")
    arn_prefixes.ask_anew()
    yield
    wait_until_answered()


def wait_until_answered() -> None:
    """Return when nobody asks STS any more."""
    for thread in threading.enumerate():
        if thread.name.startswith("account of "):
            thread.join(60)


def is_asked() -> bool:
    """Return whether STS is being asked, which does not answer."""
    return any(thread.name.startswith("account of ") for thread in threading.enumerate())


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(16)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def account_soon(environment: Environment) -> str:
    """Return the account once it is known; what is known after some seconds if it is never."""
    deadline = time.monotonic() + 20
    while not account_of(environment) and time.monotonic() < deadline:
        time.sleep(0.05)
    return account_of(environment)


def test_sts_says_it_for_the_pages_after_the_first(moto: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", moto)
    assert account_of(STAGING) == ""
    assert account_soon(STAGING) == "123456789012"


def test_nobody_waits_for_an_sts_that_does_not_answer(silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", silent)
    started = time.monotonic()
    for _ in range(100):
        assert account_of(STAGING) == ""
    # CONSOLE_READ_SECONDS is 10.
    assert time.monotonic() - started < 5


def test_it_is_asked_for_once_and_again_later(moto: str, silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_ids, "SECONDS_UNTIL_ASKED_AGAIN", 0.2)
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", silent.replace("http", "nothing"))
    assert account_of(STAGING) == ""
    wait_until_answered()
    # A client keeps its endpoint.
    forget_connections()
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", moto)
    assert account_soon(STAGING) == "123456789012"


def test_it_stays_while_it_is_asked_for_anew(moto: str, silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", moto)
    monkeypatch.setattr(account_ids, "SECONDS_KEPT", 0)
    assert account_soon(STAGING) == "123456789012"
    forget_connections()
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", silent)
    assert account_of(STAGING) == "123456789012"


def test_sts_is_not_asked_with_credentials_for_another_endpoint(moto: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", moto)
    elsewhere = Environment("elsewhere", "Elsewhere", "eu-west-1", endpoint_url="http://127.0.0.1:1/aws")
    assert account_of(elsewhere) == ""
    time.sleep(0.5)
    assert account_of(elsewhere) == ""
    assert not is_asked()


def test_a_role_has_its_account_in_its_arn(silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", silent)
    role = "arn:aws:iam::210987654321:role/console"
    assert account_of(Environment("production", "Production", "eu-west-1", role_arn=role)) == "210987654321"
    assert not is_asked()


def test_who_gets_no_thread_shows_no_account_and_the_next_page_asks(
    monkeypatch: pytest.MonkeyPatch, silent: str
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", silent)
    with monkeypatch.context() as patched:
        patched.setattr(account_ids, "Thread", NoThread)
        assert account_of(STAGING) == ""
    assert not is_asked()
    assert account_of(STAGING) == ""
    assert is_asked()
