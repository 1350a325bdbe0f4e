import pytest

from console.pages.frame.chart import BOTTOM, HEIGHT, TOP, Bar, Piece, draw
from console.submissions.models import Outcome


def bars(*records: dict[Outcome, int]) -> list[Bar]:
    return [Bar(f"{index}", each) for index, each in enumerate(records)]


def test_a_bar_is_a_piece_for_each_outcome_on_top_of_each_other() -> None:
    chart = draw(bars({}, {Outcome.REFUSED: 1, Outcome.CREATED: 4}))
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
    chart = draw(bars({Outcome.CREATED: most}))
    assert [tick.text for tick in chart.values] == values
    assert (chart.values[0].at, chart.values[-1].at) == (HEIGHT - BOTTOM, TOP)


def test_as_many_bars_are_named_as_there_is_room_for() -> None:
    assert [tick.text for tick in draw(bars({}, {})).texts] == ["0", "1"]
    named = [tick.text for tick in draw(bars(*[{}] * 14)).texts]
    assert named == ["0", "2", "4", "6", "8", "10", "12"]
