"""IDs that several rows of a file have."""

import pytest

from console.bulk.checking.repeats import Repeats


def test_the_last_row_of_an_id_counts() -> None:
    repeats = Repeats(is_event=False)
    repeats.look_at(["ada", "bob", "ada", "ada"], [2, 3, 4, 5])
    repeats.look_at(["cleo", "bob"], [6, 7])
    repeats.look_at(["dan", "ada"], [8, 9])
    assert repeats.superseded == {2, 4, 3, 5}
    assert repeats.examples == {"ada": [2, 4, 5, 9], "bob": [3, 7]}


def test_each_id_may_stand_once() -> None:
    repeats = Repeats(is_event=False)
    repeats.look_at(["ada", "bob"], [2, 3])
    repeats.look_at(["cleo"], [4])
    assert (repeats.superseded, repeats.examples) == (set(), {})


def test_events_have_no_ids_of_their_own() -> None:
    repeats = Repeats(is_event=True)
    repeats.look_at(["ada", "ada"], [2, 3])
    assert repeats.superseded == set()


def test_long_ids_are_found_by_a_number_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.bulk.checking.repeats.MOST_CHARACTERS", 8)
    repeats = Repeats(is_event=False)
    repeats.look_at(["ada", "bob"], [2, 3])
    repeats.look_at(["cleo", "dan"], [4, 5])
    repeats.look_at(["bob", "eve", "cleo"], [6, 7, 8])
    assert repeats.superseded == {3, 4}
    assert repeats.examples == {"bob": [3, 6], "cleo": [4, 8]}
