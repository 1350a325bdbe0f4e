"""The user information of a URL is in no sentence, no log and no answer, wherever the URL comes from."""

import logging
import sys
from pathlib import Path

import pytest
import requests
from django.conf import LazySettings
from django.db import OperationalError
from django.test import Client

from console.output.logs import JsonFormatter, LineFormatter
from console.output.user_information import without_user_information
from console.personalize import calls
from console.personalize.connections.connections import forget_connection
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.storage.database import cannot_be_used
from tests.pages.configured import configured
from tests.support.served import Served, free_port

SECRET = "correct-horse"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"at https://user:{SECRET}@host:8443/aws in X", "at https://…@host:8443/aws in X"),
        (f"at http://{SECRET}@host", "at http://…@host"),
        (f"'http://user:{SECRET}@[::1]'", "'http://…@[::1]'"),
        (f"http://user:{SECRET}/with@slash@host", "http://…@host"),
        (f"http://user:{SECRET}#?@host", "http://…@host"),
        (f"http://user:{SECRET}@a, http://user:{SECRET}@b", "http://…@a, http://…@b"),
        (f"//user:{SECRET}@host", "//…@host"),
        (f"postgresql://console:{SECRET}@db/console", "postgresql://…@db/console"),
        (
            "ada@example.com wrote https://host/ and http://other",
            "ada@example.com wrote https://host/ and http://other",
        ),
    ],
)
def test_it_is_left_out_of_texts(text: str, shown: str) -> None:
    assert without_user_information(text) == shown


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment whose endpoint is that of AWS's own configuration, where nobody answers."""
    for name, value in {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://user:{SECRET}@127.0.0.1:{free_port()}")
    found = Environment("elsewhere", "Elsewhere", "us-east-1")
    forget_connection(found)
    return found


def test_a_failed_call_names_the_address_without_it(environment: Environment) -> None:
    with pytest.raises(PersonalizeError) as raised:
        calls.list_dataset_groups(environment)
    assert "http://…@127.0.0.1:" in raised.value.failure.sentence
    assert SECRET not in repr(raised.value.failure)


@pytest.mark.parametrize(
    "proxy", ["http://user:{}@127.0.0.1:{}", "user:{}@127.0.0.1:{}", "http://user:{}/@127.0.0.1:{}"]
)
def test_a_failing_proxy_is_not_named_with_it(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.format(SECRET, free_port()))
    for name, value in {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y"}.items():
        monkeypatch.setenv(name, value)
    behind = Environment("behind", "Behind", "us-east-1")
    forget_connection(behind)
    with pytest.raises(PersonalizeError) as raised:
        calls.list_dataset_groups(behind)
    assert SECRET not in repr(raised.value.failure)


def test_a_page_of_a_failed_call_does_not_show_it(
    served: Served, viewer: Client, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with configured({"away": ""}, served.endpoint, settings, tmp_path / "environments.toml", monkeypatch):
        file = Path(settings.CONSOLE_ENVIRONMENTS)
        lines = [line for line in file.read_text().splitlines() if not line.startswith("endpoint_url")]
        file.write_text("\n".join(lines))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://user:{SECRET}@127.0.0.1:{free_port()}")
        answer = viewer.get("/away/dataset-groups/")
    assert answer.status_code == 502
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter("{message}", style="{")])
def test_no_log_has_it(formatter: logging.Formatter) -> None:
    url = f"http://user:{SECRET}@127.0.0.1:{free_port()}/x"
    for raised in (OSError(f"{url} is away"), requests.exceptions.InvalidURL(f"no URL: {url}")):
        try:
            raise raised
        except OSError:
            record = logging.LogRecord("x", logging.WARNING, "x.py", 1, "Asked %s", (url,), sys.exc_info())
        line = formatter.format(record)
        assert "…@127.0.0.1" in line
        assert SECRET not in line


def test_the_sentence_about_the_database_has_none() -> None:
    error = OperationalError(f'could not translate "postgresql://console:{SECRET}@db/console"')
    assert SECRET not in cannot_be_used(error)
