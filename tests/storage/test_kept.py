"""What a process keeps: for its time, one for each key, and those used last."""

import threading
from types import SimpleNamespace

import pytest

from console.storage.kept import Kept


class Clock:
    """A clock that stands until it is told to go on."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("console.storage.kept.time", SimpleNamespace(monotonic=clock))
    return clock


def test_a_value_is_kept_for_its_seconds(clock: Clock) -> None:
    kept: Kept[str, int] = Kept(30)
    kept.put("a", 1)
    clock.now += 29
    assert (kept.get("a"), kept.get("b")) == (1, None)
    clock.now += 1
    assert kept.get("a") is None


def test_a_value_whose_time_is_over_is_made_anew_of_the_one_before(clock: Clock) -> None:
    kept: Kept[str, str] = Kept(30)
    assert kept.get_or_make("a", lambda before: f"first, of {before}") == "first, of None"
    clock.now += 29
    assert kept.get_or_make("a", lambda before: "not made") == "first, of None"
    clock.now += 1
    assert kept.get_or_make("a", lambda before: f"second, of ({before})") == "second, of (first, of None)"
    clock.now += 29
    assert kept.get("a") == "second, of (first, of None)"


def test_others_go_on_with_the_one_before_while_it_is_made(clock: Clock) -> None:
    kept: Kept[str, str] = Kept(30)
    kept.put("a", "before")
    clock.now += 30
    seen: list[str] = []

    def make(_before: str | None) -> str:
        other = threading.Thread(target=lambda: seen.append(kept.get_or_make("a", lambda _before: "another")))
        other.start()
        other.join()
        return "new"

    assert kept.get_or_make("a", make) == "new"
    assert seen == ["before"]


def test_the_quicker_of_two_that_make_a_value_has_made_it(clock: Clock) -> None:
    kept: Kept[str, str] = Kept(30)

    def make(_before: str | None) -> str:
        kept.get_or_make("a", lambda _before: "quick")
        return "slow"

    assert kept.get_or_make("a", make) == "quick"


def test_what_cannot_be_made_is_tried_again_the_next_time(clock: Clock) -> None:
    kept: Kept[str, str] = Kept(30)
    kept.put("a", "before")
    clock.now += 30

    def fail(_before: str | None) -> str:
        raise ZeroDivisionError

    for key in ("a", "a", "b", "b"):
        with pytest.raises(ZeroDivisionError):
            kept.get_or_make(key, fail)
    assert kept.get_or_make("a", lambda before: f"after {before}") == "after before"


def test_what_is_forgotten_while_it_is_made_anew_is_kept_as_it_is_made(clock: Clock) -> None:
    kept: Kept[str, str] = Kept(30)
    kept.put("a", "before")
    clock.now += 30

    def make(_before: str | None) -> str:
        kept.forget("a")
        return "new"

    assert kept.get_or_make("a", make) == "new"
    assert kept.get("a") == "new"


def test_those_used_last_are_kept() -> None:
    kept: Kept[str, int] = Kept(most=2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
    assert kept.values() == [1, 3]
    kept.clear()
    assert kept.values() == []
