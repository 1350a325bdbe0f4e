"""The time that requests wait for an OpenID provider, and how many of them do so at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from console.people.openid.deadline import MOST_WAITING, TooLateError, in_time
from tests.support.threads import NoThread


def test_who_comes_while_many_wait_for_the_provider_does_not_wait() -> None:
    goes_on, begun = Event(), [Event() for _ in range(MOST_WAITING)]

    def hang(number: int) -> int:
        begun[number].set()
        assert goes_on.wait(9)
        return number

    with ThreadPoolExecutor(MOST_WAITING) as threads:
        waiting = [threads.submit(in_time, lambda number=number: hang(number)) for number in range(MOST_WAITING)]
        assert all(each.wait(9) for each in begun)
        with pytest.raises(TooLateError, match="Many requests wait for the provider already"):
            in_time(lambda: None)
        goes_on.set()
        assert [each.result() for each in waiting] == list(range(MOST_WAITING))
    assert in_time(lambda: "answered") == "answered"


def test_a_request_that_gets_no_thread_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("console.people.openid.deadline.Thread", NoThread)
        with pytest.raises(TooLateError, match="no thread left"):
            in_time(lambda: None)
    assert in_time(lambda: "answered") == "answered"
