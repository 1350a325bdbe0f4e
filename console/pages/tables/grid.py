"""The grid: a table whose cells can be edited row by row, with what is wrong in each marked by text and icon.

It knows columns, rows and problems, and nothing of what they are about. Each row is a form of its own, so that it
works without scripts; with them a row that was saved takes the place of its former self. Or all rows are part of the
form that the grid stands in. With scripts its keys are those of a spreadsheet, and pasted rows spread over its cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

CELL = "cell-"


@dataclass(frozen=True, slots=True)
class GridCell:
    """The cell of a column, by its name: its text, and what is wrong with it in sentences.

    `template` shows what it is edited with, from `content`; "" is one text.
    """

    column: str
    text: str
    problems: Sequence[str] = ()
    template: str = ""
    content: Any = None

    @property
    def name(self) -> str:
        """The name of its input."""
        return f"{CELL}{self.column}"

    @property
    def has_lines(self) -> bool:
        """Whether it takes a control of several lines, since one of a single line would lose the others."""
        return "\n" in self.text or "\r" in self.text


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its name, what its cells take, and what else is to be said beside its name."""

    name: str
    help: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class GridButton:
    """A button at the end of a row: its words, the field that it sends, and where its form is sent."""

    words: str
    name: str
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: what tells it from others in ids, what it is called, its cells, and what is wrong with it as a whole.

    `hidden` are fields of its form, by name. `as_it_stands` is its text where it could not be read as cells, and
    `notes` is what else is to be said of it. `row_id`
    is its id on the page, if it is not made of its key, and `buttons` are those of a row that has no form of its own.
    Where it `is_typed`, its cells have what was typed, and are not saved yet.
    """

    key: str
    label: str
    cells: Sequence[GridCell]
    problems: Sequence[str] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)
    as_it_stands: str = ""
    notes: Sequence[str] = ()
    row_id: str = ""
    buttons: Sequence[GridButton] = ()
    is_typed: bool = False

    @property
    def element(self) -> str:
        """Its id on the page."""
        return self.row_id or f"row-{self.key}"

    @property
    def first_problem(self) -> str:
        """The column of the first cell that something is wrong with, "" if there is none."""
        return next((cell.column for cell in self.cells if cell.problems), "")


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid: what it is called, the heading of its first column, its columns and rows, and where rows are sent.

    `saves` are the words on the button of a row. Where `is_of_one_form`, rows have no forms, and a script may add some
    as `new_row` is, whose key is NEW, until there are `most_rows`.
    """

    # No number, and nothing that a person types.
    NEW: ClassVar[str] = "NEW-ROW"

    label: str
    first: str
    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]
    address: str = ""
    saves: str = "Save row"
    is_of_one_form: bool = False
    new_row: GridRow | None = None
    most_rows: int = 0


def cells_of(form: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """Return the texts that the form of a row has for columns, by name."""
    return {name: form[f"{CELL}{name}"] for name in columns if f"{CELL}{name}" in form}
