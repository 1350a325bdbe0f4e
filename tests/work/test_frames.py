"""Room for frames: a loop asks the system for no memory, however deep its calls are."""

import resource
from threading import Thread

import pytest

from console.work.frames import with_room

CALLS, DEEPEST = 200, 400


def most_faults() -> int:
    """Return how many pages of memory a loop of calls was given at most, of loops of any depth."""
    return max(_faults_at(depth) for depth in range(DEEPEST))


def _faults_at(depth: int) -> int:
    if depth:
        return _faults_at(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(CALLS):
        _nothing()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _nothing() -> None:
    pass


def test_no_loop_is_given_memory_for_each_of_its_calls() -> None:
    found: list[int] = []
    thread = Thread(target=with_room, args=(lambda: found.append(most_faults()),))
    thread.start()
    thread.join()
    assert found[0] < CALLS // 4


def test_it_returns_what_the_call_returns_and_raises_what_it_raises() -> None:
    assert with_room(divmod, 7, 2) == (3, 1)
    assert with_room(sorted, [1, 2], reverse=True) == [2, 1]
    with pytest.raises(ZeroDivisionError):
        with_room(divmod, 1, 0)
