"""The cache of one process: expiry, one value for each key, and a limit."""

import threading
from types import SimpleNamespace

import pytest

from console.storage.process_cache import ProcessCache


class Clock:
    """A clock that stands until it is told to go on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("console.storage.process_cache.time", SimpleNamespace(monotonic=clock))
    return clock


def test_a_value_is_valid_for_its_seconds(clock: Clock) -> None:
    cache: ProcessCache[str, int] = ProcessCache(30)
    cache.put("a", 1)
    clock.now += 29
    assert (cache.get("a"), cache.get("b")) == (1, None)
    clock.now += 1
    assert cache.get("a") is None


def test_an_expired_value_is_made_from_the_old_one(clock: Clock) -> None:
    cache: ProcessCache[str, str] = ProcessCache(30)
    assert cache.get_or_make("a", lambda before: f"first, of {before}") == "first, of None"
    clock.now += 29
    assert cache.get_or_make("a", lambda before: "not made") == "first, of None"
    clock.now += 1
    assert cache.get_or_make("a", lambda before: f"second, of ({before})") == "second, of (first, of None)"
    clock.now += 29
    assert cache.get("a") == "second, of (first, of None)"


def test_other_threads_get_the_old_value_while_a_new_one_is_made(clock: Clock) -> None:
    cache: ProcessCache[str, str] = ProcessCache(30)
    cache.put("a", "before")
    clock.now += 30
    seen: list[str] = []

    def make(_before: str | None) -> str:
        other = threading.Thread(target=lambda: seen.append(cache.get_or_make("a", lambda _before: "another")))
        other.start()
        other.join()
        return "new"

    assert cache.get_or_make("a", make) == "new"
    assert seen == ["before"]


def test_the_first_of_two_threads_to_make_a_value_wins(clock: Clock) -> None:
    cache: ProcessCache[str, str] = ProcessCache(30)

    def make(_before: str | None) -> str:
        cache.get_or_make("a", lambda _before: "quick")
        return "slow"

    assert cache.get_or_make("a", make) == "quick"


def test_making_a_value_is_tried_again_after_a_failure(clock: Clock) -> None:
    cache: ProcessCache[str, str] = ProcessCache(30)
    cache.put("a", "before")
    clock.now += 30

    def fail(_before: str | None) -> str:
        raise ZeroDivisionError

    for key in ("a", "a", "b", "b"):
        with pytest.raises(ZeroDivisionError):
            cache.get_or_make(key, fail)
    assert cache.get_or_make("a", lambda before: f"after {before}") == "after before"


def test_a_value_that_is_forgotten_while_it_is_made_is_stored_all_the_same(clock: Clock) -> None:
    cache: ProcessCache[str, str] = ProcessCache(30)
    cache.put("a", "before")
    clock.now += 30

    def make(_before: str | None) -> str:
        cache.forget("a")
        return "new"

    assert cache.get_or_make("a", make) == "new"
    assert cache.get("a") == "new"


def test_the_most_recently_used_values_stay() -> None:
    cache: ProcessCache[str, int] = ProcessCache(most=2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, None, 3)
    assert cache.values() == [1, 3]
    cache.clear()
    assert cache.values() == []
