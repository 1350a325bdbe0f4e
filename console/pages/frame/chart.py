"""A stacked bar chart of records over time by outcome: the position of each of its marks.

The template draws it as SVG with its geometry in attributes, as a strict CSP requires.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.submissions.models import Outcome

# In the units of the SVG's viewBox.
WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 48, 8, 12, 28
BAR = 0.6
MOST_STEPS = 5
MOST_TEXTS = 7
# From the bottom of a bar to its top.
OUTCOMES = (Outcome.CREATED, Outcome.UNCONFIRMED, Outcome.REFUSED, Outcome.NOT_SENT)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, and its records by outcome."""

    text: str
    records: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        """The number of its records."""
        return sum(self.records.values())


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment of a bar: the records of one outcome."""

    outcome: Outcome
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick of an axis: its position and its label."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The positions of a chart's marks in its viewBox."""

    pieces: list[Piece]
    texts: list[Tick]
    values: list[Tick]
    outcomes: list[Outcome]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def draw(bars: Sequence[Bar]) -> Chart:
    """Return the chart of one or more bars."""
    most = max(bar.total for bar in bars)
    step = _step(most)
    top_value = step * max(1, -(-most // step))
    scale = (HEIGHT - TOP - BOTTOM) / top_value
    slot = (WIDTH - LEFT - RIGHT) / len(bars)
    every = -(-len(bars) // MOST_TEXTS)
    return Chart(
        [piece for at, bar in enumerate(bars) for piece in _bar(bar, LEFT + (at + (1 - BAR) / 2) * slot, slot, scale)],
        [Tick(LEFT + (at + 0.5) * slot, bar.text) for at, bar in enumerate(bars) if at % every == 0],
        [Tick(HEIGHT - BOTTOM - value * scale, f"{value:,}") for value in range(0, top_value + 1, step)],
        [outcome for outcome in OUTCOMES if any(bar.records.get(outcome) for bar in bars)],
    )


def _step(most: int) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50 … that reaches the highest bar in a few steps."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if most <= step * MOST_STEPS:
                return step
        power *= 10


def _bar(bar: Bar, x: float, slot: float, scale: float) -> list[Piece]:
    pieces, bottom = [], float(HEIGHT - BOTTOM)
    for outcome in OUTCOMES:
        height = bar.records.get(outcome, 0) * scale
        if height:
            bottom -= height
            pieces.append(Piece(outcome, round(x, 2), round(bottom, 2), round(BAR * slot, 2), round(height, 2)))
    return pieces
