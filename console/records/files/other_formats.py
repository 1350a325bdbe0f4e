"""Files that are no CSV, JSON or spreadsheet, such as SQL, YAML, Markdown and printed tables: read as pasted text.

Such a file is small: pasted text is read as a whole, and in many ways.
"""

import re
from pathlib import Path

from console.records.files.heading_fields import fields_of_columns
from console.records.files.readers.content import opened
from console.records.files.readers.json_records import OTHER_NAMES
from console.records.files.readers.text import Undecodable, encoding_of, texts
from console.records.files.source import BadCell, FileError, FileKind, FileLook, NoRecordsError
from console.records.pasted.all_records import TextFile, text_file
from console.records.pasted.detected import Refusal
from console.records.pasted.tables.headings import matched_columns, names_fields
from console.records.pasted.tables.table import TableError
from console.records.record_input import LONGEST_INPUT
from console.records.schemas.schema import Schema

# The longest encoding of one character.
MOST_BYTES = 4
# The line below the heading of a table that is drawn: `|---|:--|`, `----+----` and the like.
RULE = re.compile(r"^[ |+:\u2502\u251c\u255e\u255f\u2560]*[-=\u2500\u2550]{3,}[-=+|: \u2500-\u257f]*$", re.MULTILINE)
LINES_TO_RULE = 20
WITHOUT_HEADING, IN_CUT = "rows without a heading", "that is cut"
IN_SQL = ("INSERT", "SQL")
NOTHING_SAYS = (
    "It was read as {}, and nothing says which field each column is. Put the names of the fields in the first line, "
    "or into the INSERT statements."
)
ONLY_SHORT = (
    f"Text in other formats, such as SQL, YAML and printed tables, is read where it has at most {LONGEST_INPUT:,} "
    "characters."
)


def read_unread(path: Path, schema: Schema, target: str, error: FileError) -> TextFile:
    """Return the records of a file that is read in no other way, which `error` says, as JSON Lines.

    `target` is what a request names as its own, as for `detect`. Raise FileError.
    """
    try:
        found = _read(path, schema, target)
    except Refusal as refusal:
        raise _refused(refusal) or error from refusal
    if found and _has_no_heading(found):
        raise FileError(NOTHING_SAYS.format(found.words))
    if found:
        return found
    if isinstance(error, NoRecordsError) and _text(path) is None:
        raise FileError(f"{error} {ONLY_SHORT}") from error
    raise error


def read_misread(path: Path, schema: Schema, target: str, look: FileLook) -> TextFile | None:
    """Return what `read_unread` does of a file that a look took for rows or JSON and that is hardly that, else None.

    Raise FileError for a table drawn by lines that cannot be read, and for JSON of which it is known why it has no
    records.
    """
    if look.kind is FileKind.XLSX:
        return None
    is_drawn = look.kind is FileKind.SEPARATED and _is_drawn(path)
    has_other_names = OTHER_NAMES in look.notes
    is_certain = not is_drawn and not has_other_names and _has_names(schema, look)
    if is_certain and not _has_objects_alone(look) and not _has_json_cells(schema, look):
        return None
    try:
        found = _read(path, schema, target)
    except Refusal as refusal:
        if is_drawn:
            raise FileError(str(refusal)) from refusal
        if has_other_names and (refused := _refused(refusal)):
            raise refused from refusal
        # A person may name its columns, as of any rows.
        return None
    if found is None or not _has_no_heading(found):
        return found
    if any(words in found.words for words in IN_SQL):
        raise FileError(NOTHING_SAYS.format(found.words))
    return None


def _read(path: Path, schema: Schema, target: str) -> TextFile | None:
    text = _text(path)
    found = None if text is None else text_file(schema, target, text)
    # Whether a part of a file is enough is for a person to say.
    return found if found and found.words and IN_CUT not in found.words else None


def _refused(refusal: Refusal) -> FileError | None:
    """Return the error for a text whose format is known, else None."""
    is_known = bool(refusal.words) or isinstance(refusal, TableError)
    return FileError(f"{refusal.words}: {refusal}".removeprefix(": ")) if is_known else None


def _has_no_heading(found: TextFile) -> bool:
    return any(WITHOUT_HEADING in each for each in (found.words, *found.changes))


def _has_names(schema: Schema, look: FileLook) -> bool:
    """Return whether a heading names the record, and has no part of a statement such as `INSERT INTO users (AGE`."""
    names, _notes = matched_columns(schema, look.heading)
    is_whole = all(name.count("(") == name.count(")") for name in look.heading)
    return is_whole and schema.id_field.name in names and names_fields(schema, look.heading)


def _is_drawn(path: Path) -> bool:
    """Return whether a file has a table drawn by lines, which as rows has a row that is a line."""
    text = _text(path)
    return text is not None and bool(RULE.search("\n".join(text.splitlines()[:LINES_TO_RULE])))


def _has_objects_alone(look: FileLook) -> bool:
    """Return whether the values of JSON are objects, such as those of columns by the numbers of rows."""
    cells = [cell for row in look.first_rows for cell in row.cells if cell is not None]
    return bool(cells) and all(isinstance(cell, BadCell) for cell in cells)


def _has_json_cells(schema: Schema, look: FileLook) -> bool:
    """Return whether a column that is no field has the text of an object in each of its first cells."""
    columns = zip(*(row.cells for row in look.first_rows), strict=False) if look.kind is FileKind.SEPARATED else ()
    names = fields_of_columns(schema, look.heading)
    return any(
        name is None and any(cells) and all(isinstance(cell, str) and cell.lstrip().startswith("{") for cell in cells)
        for name, cells in zip(names, columns, strict=False)
    )


def _text(path: Path) -> str | None:
    """Return the text of a file; None of one that is too long to be read as pasted text, or no text."""
    try:
        with opened(path) as content:
            if len(content.read(MOST_BYTES * LONGEST_INPUT + 1)) > MOST_BYTES * LONGEST_INPUT:
                return None
        encoding, question = encoding_of(path, None)
        with opened(path) as content:
            text = "".join(texts(content, encoding))
    except (FileError, Undecodable):
        return None
    return None if question or "\0" in text or len(text) > LONGEST_INPUT else text
