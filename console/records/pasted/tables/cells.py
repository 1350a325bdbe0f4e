"""The cells of rows with a separator, and what escapes stand for in them."""

import re
from collections.abc import Iterator, Sequence

from console.records.json.nodes import Bare, Scalar, quoted
from console.records.pasted.tables.surroundings import without_footer
from console.records.pasted.tables.table import Rows, TableError

# How programs that write such text escape a character that would end a cell or a row.
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\\": "\\"}
# Escapes that no database client writes; Tcl writes the bytes of UTF-8 in this way.
ESCAPE_BY_NUMBER = re.compile(r"\\(?:[1-9xuU]|0[0-9])")
BYTES = re.compile(r"(?:\\[0-3][0-7]{2})++")
# The bytes of a character outside ASCII, which plain text does not contain in this form.
BYTES_OF_CHARACTER = re.compile(r"\\3[0-7]{2}\\2[0-7]{2}")
UNESCAPED = "Backslashes are read as MariaDB and PostgreSQL write them: \\t is a tab, \\n a line break."
ESCAPED_IN_QUOTES = 'In quotes, a backslash is read as an escape: \\" is a quote.'
SPACES_LEFT_OUT = "The spaces beside cells in quotes are left out."
SPACES_KEPT = "Not all cells begin with a space: where one does, such as {}, a text keeps it."
OPEN_QUOTE = "A cell's double quotes are not closed, or are in the middle of it."


def read_cells(
    text: str, separator: str, first_line: int, *, skips_space: bool = False, has_escapes: bool = False
) -> Rows:
    """Return the cells of each row with its line; blank lines are no rows."""
    pattern = _cell_pattern(separator, skips_space=skips_space, has_escapes=has_escapes)
    return list(_read_rows(text, pattern, separator, first_line, has_escapes=has_escapes))


def has_space_after(text: str, separator: str, rows: Rows, *, has_heading: bool) -> bool:
    """Return whether every cell after the first in each row begins with a space; headings may differ."""
    if f"{separator} " not in text:
        return False
    body = rows[1:] if has_heading and len(rows) > 1 else rows
    cells = [str(cell.value) for _line, row in body for cell in row[1:] if isinstance(cell, Bare) and cell.value]
    return any(cell.strip() for cell in cells) and all(cell.startswith(" ") for cell in cells)


def notes_on_spaces(text: str, separator: str, rows: Rows, *, has_escapes: bool) -> tuple[str, ...]:
    """Return sentences on spaces beside cells of some rows alone: those at quotes are left out, others are kept."""
    left_out = SPACES_LEFT_OUT if _has_space_at_quotes(text, separator, has_escapes=has_escapes) else ""
    # A row with more cells than the first one may have a separator in a text.
    as_long = [row for _line, row in rows if len(row) == len(rows[0][1])]
    cells = (str(cell.value) for row in as_long for cell in row if isinstance(cell, Bare))
    kept = next((cell for cell in cells if cell.startswith(" ") and cell.strip()), "")
    return tuple(filter(None, (left_out, SPACES_KEPT.format(quoted(kept)) if kept else "")))


def _has_space_at_quotes(text: str, separator: str, *, has_escapes: bool) -> bool:
    if ' "' not in text and '" ' not in text:
        return False
    cells = _cell_pattern(separator, skips_space=False, has_escapes=has_escapes).finditer(text)
    return any(each["quoted"] is not None and " " in (each[0][0], text[each.start("end") - 1]) for each in cells)


def rows_of_any(text: str, separator: str, first_line: int) -> tuple[Rows, bool]:
    """Return the cells of each row with its line, and whether a backslash escapes in their quotes."""
    if separator == " " and BYTES_OF_CHARACTER.search(text):
        return read_cells(text, separator, first_line, has_escapes=True), True
    try:
        return read_cells(text, separator, first_line), False
    except TableError:
        if '\\"' not in text or separator == "\t":
            raise
        return read_cells(text, separator, first_line, has_escapes=True), True


def rows_between(text: str, separator: str) -> Rows:
    """Return the cells of each row of a text with its line; raise TableError."""
    return read_cells(without_footer(text), separator, 1)


def _cell_pattern(separator: str, *, skips_space: bool, has_escapes: bool = False) -> re.Pattern[str]:
    """Return a pattern of a cell with what ends it: spaces before quotes are never part of it."""
    mark, space = re.escape(separator), "[ ]*" if skips_space else ""
    text = r'[^"\\]|\\(?s:.)' if has_escapes else '[^"]'
    quoted = rf'[ ]*"(?P<quoted>(?:{text}|"")*+)"[ ]*(?=[{mark}\r\n]|\Z)'
    return re.compile(rf"(?:{quoted}|{space}(?P<bare>[^{mark}\r\n]*+))(?P<end>{mark}|\r\n|\r|\n|\Z)")


def _read_rows(
    text: str, pattern: re.Pattern[str], separator: str, first_line: int, *, has_escapes: bool
) -> Iterator[tuple[int, Sequence[Scalar]]]:
    row: list[Scalar] = []
    line = begins = first_line
    for match in pattern.finditer(text):
        quoted = match["quoted"]
        if quoted is None and match["bare"].lstrip().startswith('"') and separator != "\t":
            raise TableError(f"Line {line}: {OPEN_QUOTE}")
        row.append(
            Bare(0, match["bare"]) if quoted is None else Scalar(0, _of_quotes(line, quoted, has_escapes=has_escapes))
        )
        line += match[0].count("\n")
        if match["end"] == separator:
            continue
        if any(not isinstance(cell, Bare) or str(cell.value).strip() for cell in row):
            yield begins, row
        row, begins = [], line


def _of_quotes(line: int, text: str, *, has_escapes: bool) -> str:
    """Return the text that a cell has in its quotes; raise TableError if it has escapes that are not known."""
    text = text.replace('""', '"')
    if not has_escapes:
        return text
    try:
        text = BYTES.sub(lambda match: bytes(int(each, 8) for each in match[0].split("\\")[1:]).decode(), text)
    except UnicodeDecodeError:
        raise TableError(f"Line {line}: {OPEN_QUOTE}") from None
    if ESCAPE_BY_NUMBER.search(text):
        raise TableError(f"Line {line}: {OPEN_QUOTE}")
    return ESCAPE.sub(lambda match: ESCAPES.get(match[1], match[1]), text)


def unescaped(cell: Scalar) -> Scalar:
    """Return a cell without the escapes of a database client; a mark of no value is none."""
    text = str(cell.value)
    if "\\" not in text or text == "\\N":
        return cell
    return Bare(0, ESCAPE.sub(lambda match: ESCAPES.get(match[1], match[0]), text))
