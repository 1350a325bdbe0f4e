"""The grid: a table whose cells can be edited row by row, with problems marked by text and icon.

It handles columns, rows and problems regardless of their meaning. Each row is a form that works without scripts; with
them, a saved row replaces itself. Alternatively all rows belong to the surrounding form. With scripts, its keys are
those of a spreadsheet, and pasted rows spread over its cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

CELL = "cell-"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell, by its column's name: its text, and its problems as sentences.

    `template` renders its control from `content`; "" means plain text.
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
        """Whether it needs a multi-line control, since a single-line one would drop line breaks."""
        return "\n" in self.text or "\r" in self.text


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its name, the rule for its cells, and a note next to its name."""

    name: str
    help: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class GridButton:
    """A button at the end of a row: its label, the field it sends, and the target of its form."""

    words: str
    name: str
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its key for ids, its name, its cells, and the problems of the row as a whole.

    `hidden` are fields of its form, by name. `as_it_stands` is its text if that could not be split into cells, and
    `notes` are further sentences. `row_id` is its id on the page, if not made from its key, and `buttons` are those of
    a row without its own form. `is_typed`: its cells have been typed but not saved.
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
        """The column of the first cell with a problem; "" if there is none."""
        return next((cell.column for cell in self.cells if cell.problems), "")


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid: its name, the heading of its first column, its columns and rows, and where rows are sent.

    `saves` is the label of a row's button. If it `is_of_one_form`, rows have no forms of their own, and a script may
    add copies of `new_row`, whose key is NEW, up to `most_rows`.
    """

    # Neither a number nor anything that a person types.
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
    """Return the texts of a row's form, by column name."""
    return {name: form[f"{CELL}{name}"] for name in columns if f"{CELL}{name}" in form}
