"""Files of records as tables: what a file is, its heading, and its rows, a batch at a time.

The readers of all kinds of files give the same: rows with the number that a person finds them by, and cells as the
file has them. What becomes of cells, by the types of fields, is in `conversions.py`; no reader changes a value.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

# The processor keeps so many near: those of ten times as many rows take a third more time.
ROWS_IN_A_BATCH = 1_000


class FileKind(StrEnum):
    """What a file is, by its content rather than by its name."""

    SEPARATED = "separated"
    JSON_LINES = "json lines"
    JSON = "json"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell without a value that could be taken: what was found in it, and what to do about it."""

    found: str
    advice: str = ""


# A cell without anything is None; `""` is a text without characters. Texts are as they stand in the file.
type Cell = str | bool | int | float | Decimal | date | datetime | BadCell | None


class FileError(ValueError):
    """A file that cannot be read, as a sentence that says where, what is wrong, and what to do."""


class NoRecordsError(FileError):
    """A text in which no heading, and no names of the schema's fields, were found."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person has chosen of what a file alone does not tell: None where nothing was chosen."""

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    # The names and values of columns that the file does not have: see added_columns.py.
    added: tuple[tuple[str, str], ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything was chosen of how the file is read."""
        return any((self.encoding, self.separator, self.sheet))


@dataclass(frozen=True, slots=True)
class Question:
    """What a file does not tell for certain: the field of Choices, its options, the one assumed, and a sentence."""

    choice: str
    options: tuple[str, ...]
    assumed: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FileLook:
    """What a file is, as a first look at its beginning finds it. Imports keep it as plain data, by these names.

    `heading` has a name for each column, "" for one without a name. `heading_row` is the row that it stands in, None
    in files of JSON, whose columns are the names of members. `words` say what was detected, such as `a CSV file
    (semicolons, Windows-1252)`; `notes` are sentences on what is left out or strange. `first_rows` are some rows, for
    the person to see.
    """

    kind: FileKind
    words: str
    heading: tuple[str, ...]
    heading_row: int | None = None
    is_gzip: bool = False
    encoding: str = "utf-8"
    separator: str = ","
    has_quotes: bool = True
    # Whether a backslash before a quote makes it part of the cell; otherwise two quotes are one.
    has_escapes: bool = False
    # Whether NA without quotes is no value, and whether cells have escapes of a database client: see written_by.py.
    tells_missing: bool = False
    is_escaped: bool = False
    sheet: str = ""
    # Where the records of a JSON document are, as a path of names; "" where they are the document itself.
    place: str = ""
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    added: tuple[tuple[str, str], ...] = ()
    first_rows: tuple["Row", ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number: that of a spreadsheet, of a line in JSON Lines, or the place in a list of JSON."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be read, with what was expected of it and what was found."""

    number: int
    expected: str
    found: str
    advice: str = ""
    # Its text as far as that is known, for a person who wants to fix it.
    text: str = ""


@dataclass(slots=True)
class Batch:
    """Some rows in their order, column by column as the heading has them, and the rows among them that are broken.

    Rows without any text are left out. `others` are names of members of JSON that no column has.
    """

    numbers: list[int] = field(default_factory=list)
    columns: Sequence[Sequence[Cell]] = ()
    broken: list[BrokenRow] = field(default_factory=list)
    others: set[str] = field(default_factory=set)
