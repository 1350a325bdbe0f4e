"""What the ARNs of environments begin with is asked for all of them at once."""

import socket
import time

import pytest

from console.personalize.accounts import arn_prefixes
from console.personalize.environments import Environment
from tests.support.threads import NoThread


def test_an_aws_that_does_not_answer_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    arn_prefixes.ask_anew()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        several = [Environment(f"e{number}", "E", "us-east-1", endpoint_url=url) for number in range(5)]
        began = time.monotonic()
        for _ in range(3):
            arn_prefixes.ask_for_arn_prefixes(several)
        # One after another, they would take ten seconds the first time alone.
        assert time.monotonic() - began < 5
        assert [arn_prefixes.known_arn_prefix(each) for each in several] == [""] * 5
    for thread, _began in arn_prefixes._asking.values():
        thread.join()
    arn_prefixes.ask_anew()


def test_what_gets_no_thread_is_not_known_and_asked_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    arn_prefixes.ask_anew()
    staging = Environment("threadless", "Threadless", "us-east-1")
    with monkeypatch.context() as patched:
        patched.setattr(arn_prefixes, "Thread", NoThread)
        arn_prefixes.ask_for_arn_prefixes([staging])
    assert arn_prefixes._asking.get(staging) is None
    assert arn_prefixes.known_arn_prefix(staging) == ""
