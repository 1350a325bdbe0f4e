"""The check of a load finds what it is there for; the calls are written by hand."""

import pytest

from tests.load.clients import check_last_writes
from tests.load.writer import Call


def call(version: str, began: float, ended: float, outcome: str = "done") -> Call:
    return {"version": version, "ids": ["u", "v"], "began": began, "ended": ended, "outcome": outcome}


@pytest.mark.parametrize(
    ("calls", "stored"),
    [
        ([call("a", 0, 1), call("b", 2, 3)], "b"),
        ([call("a", 0, 2), call("b", 1, 3)], "a"),
        ([call("a", 0, 2), call("b", 1, 3)], "b"),
        ([call("a", 0, 1, "no answer"), call("b", 2, 3)], "a"),
        ([call("a", 0, 1), call("b", 2, 3, "ThrottlingException")], "a"),
    ],
)
def test_takes_the_last_write_and_those_at_the_same_time(calls: list[Call], stored: str) -> None:
    check_last_writes(calls, {"u": stored, "v": stored})


@pytest.mark.parametrize(
    ("calls", "stored", "said"),
    [
        ([call("a", 0, 1), call("b", 2, 3)], {"u": "b", "v": "a"}, r"v has a, which \['b'\] followed"),
        ([call("a", 0, 1), call("b", 2, 3, "ThrottlingException")], {"u": "a", "v": "b"}, "v has b, which was Thro"),
        ([call("a", 0, 1)], {"u": "a"}, r"\['v'\] are not there"),
    ],
)
def test_finds_a_lost_write_and_a_refused_one(calls: list[Call], stored: dict[str, str], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        check_last_writes(calls, stored)
