"""The grid: a table whose cells can be edited row by row, with what is wrong in each marked by text and icon.

It knows columns, rows and problems, and nothing of what they are about. Each row is a form of its own, so that it
works without scripts; with them a row that was saved takes the place of its former self.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CELL = "cell-"


@dataclass(frozen=True, slots=True)
class GridCell:
    """The cell of a column, by its name: its text, and what is wrong with it in sentences."""

    column: str
    text: str
    problems: Sequence[str] = ()

    @property
    def name(self) -> str:
        """The name of its input."""
        return f"{CELL}{self.column}"

    @property
    def has_lines(self) -> bool:
        """Whether it takes a control of several lines, since one of a single line would lose the others."""
        return "\n" in self.text or "\r" in self.text


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: what tells it from others in ids, what it is called, its cells, and what is wrong with it as a whole.

    `hidden` are fields of its form, by name. `as_it_stands` is its text where it could not be read as cells.
    """

    key: str
    label: str
    cells: Sequence[GridCell]
    problems: Sequence[str] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)
    as_it_stands: str = ""

    @property
    def first_problem(self) -> str:
        """The column of the first cell that something is wrong with, "" if there is none."""
        return next((cell.column for cell in self.cells if cell.problems), "")


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid: what it is called, the heading of its first column, its columns and rows, and where rows are sent.

    `saves` are the words on the button of a row.
    """

    label: str
    first: str
    columns: Sequence[str]
    rows: Sequence[GridRow]
    address: str
    saves: str = "Save row"


def cells_of(form: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """Return the texts that the form of a row has for columns, by name."""
    return {name: form[f"{CELL}{name}"] for name in columns if f"{CELL}{name}" in form}
