"""The pace of calls, by a clock that stands still until it is moved."""

import pytest

from console.bulk.sending.pace import Pace


class Clock:
    """A clock of its own."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("console.bulk.sending.pace.time", made)
    return made


def counted(others: int) -> Pace:
    """Return a pace of ten calls a second that knows of so many which others have just begun."""
    pace = Pace(10)
    pace.begin(others)
    return pace


def begun_in(pace: Pace, clock: Clock, seconds: float) -> int:
    """Return how many calls begin in some seconds, each as soon as it may."""
    count, until = 0, clock.now + seconds
    while (wait := pace.seconds_to_next()) <= until - clock.now:
        clock.now += wait
        if wait == 0:
            pace.begin()
            count += 1
    clock.now = until
    return count


def test_so_many_calls_begin_in_any_second(clock: Clock) -> None:
    pace = Pace(10)
    # A window of 1.002 seconds: ten within it, and ten more nine times before ten seconds are over.
    assert begun_in(pace, clock, 9.9) == 100
    assert pace.seconds_to_next() > 0


def test_they_are_spread_over_the_second(clock: Clock) -> None:
    pace = Pace(10)
    # Half of a tenth of a second after one another; the eleventh 1.002 seconds after the first one.
    assert [begun_in(pace, clock, 0.0499), begun_in(pace, clock, 0.0002)] == [1, 1]
    assert begun_in(pace, clock, 0.9) == 8
    assert begun_in(pace, clock, 0.1) == 1


def test_a_delay_is_caught_up_with(clock: Clock) -> None:
    pace = Pace(10)
    assert begun_in(pace, clock, 0.73) == 10
    clock.now = 101.4
    # Due were those 1.002 seconds after 100.0, 100.05 and so on to 100.35.
    assert begun_in(pace, clock, 0.0) == 8
    # 1.002 seconds after 100.4, and put off by 0.002 at most to be spread again.
    assert pace.seconds_to_next() == pytest.approx(0.004)


def test_after_a_pause_they_are_spread_again(clock: Clock) -> None:
    pace = Pace(10)
    assert begun_in(pace, clock, 0.73) == 10
    clock.now = 110.0
    assert begun_in(pace, clock, 0.17) == 4


def test_what_others_have_sent_just_now_counts(clock: Clock) -> None:
    assert begun_in(counted(10), clock, 1.0) == 0
    # 0.05 seconds after one another, six more.
    assert begun_in(counted(4), clock, 1.0) == 6


def test_less_than_one_a_second(clock: Clock) -> None:
    assert begun_in(Pace(0.5), clock, 9) == 5


def test_it_slows_down_by_what_is_throttled_and_recovers(clock: Clock) -> None:
    pace = Pace(10)
    pace.throttled()
    # 0.7 of ten calls.
    assert begun_in(pace, clock, 0.9) == 7
    for _call in range(20):
        pace.arrived(at_once=True)
    clock.now += 2
    assert begun_in(pace, clock, 0.9) == 10


def test_calls_that_were_tried_again_lengthen_the_second(clock: Clock) -> None:
    pace = Pace(1)
    pace.begin()
    for _call in range(10):
        pace.arrived(at_once=False)
    # 0.002 and ten times 0.01 seconds more.
    assert pace.seconds_to_next() == pytest.approx(1.102)


def test_pauses_get_longer_until_something_arrives() -> None:
    pace = Pace(10)
    assert [pace.next_pause() for _pause in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    pace.arrived(at_once=True)
    assert pace.next_pause() == 1
