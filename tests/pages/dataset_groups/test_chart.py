from datetime import date, timedelta

import pytest

from console.pages.dataset_groups.chart import BOTTOM, HEIGHT, TOP, Piece, draw
from console.submissions.lists.daily import Day
from console.submissions.models import Outcome

FIRST = date(2026, 2, 25)


def days(*users: dict[Outcome, int]) -> list[Day]:
    return [Day(FIRST + timedelta(days=after), each) for after, each in enumerate(users)]


def test_a_bar_is_a_piece_for_each_outcome_on_top_of_each_other() -> None:
    chart = draw(days({}, {Outcome.REFUSED: 1, Outcome.CREATED: 4}))
    # Two slots of 332 from 48 on, and a bar of three fifths in the middle of its own: 5 users are 180 high.
    assert chart.pieces == [
        Piece(Outcome.CREATED, 446.4, 48.0, 199.2, 144.0),
        Piece(Outcome.REFUSED, 446.4, 12.0, 199.2, 36.0),
    ]
    assert chart.outcomes == [Outcome.CREATED, Outcome.REFUSED]


@pytest.mark.parametrize(
    ("most", "values"),
    [
        (0, ["0", "1"]),
        (1, ["0", "1"]),
        (5, ["0", "1", "2", "3", "4", "5"]),
        (6, ["0", "2", "4", "6"]),
        (11, ["0", "5", "10", "15"]),
        (1_234, ["0", "500", "1,000", "1,500"]),
        (864_000, ["0", "200,000", "400,000", "600,000", "800,000", "1,000,000"]),
    ],
)
def test_the_axis_of_values_has_round_steps_above_the_highest_bar(most: int, values: list[str]) -> None:
    chart = draw(days({Outcome.CREATED: most}))
    assert [tick.text for tick in chart.values] == values
    assert (chart.values[0].at, chart.values[-1].at) == (HEIGHT - BOTTOM, TOP)


def test_as_many_days_are_named_as_there_is_room_for() -> None:
    assert [tick.text for tick in draw(days({}, {})).days] == ["25 Feb", "26 Feb"]
    named = [tick.text for tick in draw(days(*[{}] * 14)).days]
    assert named == ["25 Feb", "27 Feb", "1 Mar", "3 Mar", "5 Mar", "7 Mar", "9 Mar"]
