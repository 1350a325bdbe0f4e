"""Files of rows whose cells stand between separators, by the standard library's reader of CSV, which is in C."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from console.records.files.readers.content import opened
from console.records.files.readers.headings import (
    LAST_ROW,
    Heading,
    find_heading,
    likely_heading,
    no_heading,
    no_names,
    notes_on_unnamed,
    with_row_names,
)
from console.records.files.readers.separated_rows import LONGEST_TEXT_SHOWN, Cells, pieces
from console.records.files.readers.text import WORDS, Undecodable, lines_in_blocks, texts, undecodable
from console.records.files.readers.written_by import (
    ESCAPED_QUOTE,
    escapes_in,
    tells_missing_values,
    unescaped_cells,
    unescaped_quotes,
    without_missing_values,
)
from console.records.files.source import (
    ROWS_IN_A_BATCH,
    Batch,
    BrokenRow,
    Choices,
    FileError,
    FileKind,
    FileLook,
    NoRecordsError,
    Question,
    Row,
)
from console.records.pasted.tables.cells import UNESCAPED
from console.records.pasted.tables.separated import SEPARATOR_LINE
from console.records.pasted.tables.table import MAY_BE_ESCAPED
from console.records.schemas.schema import Schema

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
NO_SEPARATORS = '" \r\n'
ROWS_LOOKED_AT = 1000
ROWS_SHOWN = 10
# Before 3.13, Python reads an empty cell as it reads `""`.
TELLS_QUOTES = next(csv.reader([","], quoting=csv.QUOTE_NOTNULL))[0] is None

ESCAPES = "Backslashes before double quotes are left out, as Spark and other programs write them."
NO_VALUES = "NA without quotes is no value, as R writes it; in quotes it is a text."
CUT_ABOVE = "If it belongs to the last cell of the row above, that cell is cut: put it in quotes."
SPACES = "Spaces behind the separators are left out."


def look_at_separated(
    path: Path, schema: Schema, choices: Choices, encoding: str, questions: Sequence[Question]
) -> FileLook:
    """Return what a file of rows is by its first rows; raise FileError if none of these is a heading."""
    with opened(path) as content:
        try:
            lines = next(lines_in_blocks(texts(content, encoding)), [])
        except Undecodable as error:
            raise undecodable("Row 1", error, encoding) from error
        is_gzip = content.is_gzip
    separator, heading, more = _separator(schema, lines, choices)
    has_escapes = _has_escapes(lines, separator)
    if has_escapes:
        lines = unescaped_quotes(lines)
    has_quotes = separator != "\t" or _reads_with_quotes(lines, separator, heading)
    tells_missing = has_quotes and tells_missing_values(lines, separator)
    if tells_missing:
        lines = [line for block in without_missing_values([lines], separator) for line in block]
    names = with_row_names(heading.names, list(_rows_as_read(lines, separator, has_quotes, heading.row)))
    batch = next(_rows_below(iter([lines]), separator, has_quotes, heading.row, names))
    may_escape, is_escaped = escapes_in(lines) if separator == "\t" else (False, False)
    first_rows = rows_of(unescaped_cells(batch) if is_escaped else batch)[:ROWS_LOOKED_AT]
    return FileLook(
        FileKind.SEPARATED,
        words=f"a CSV file ({SEPARATORS.get(separator, separator)}, {WORDS[encoding]})",
        heading=names,
        heading_row=heading.row,
        is_gzip=is_gzip,
        encoding=encoding,
        separator=separator,
        has_quotes=has_quotes,
        has_escapes=has_escapes,
        tells_missing=tells_missing,
        is_escaped=is_escaped,
        questions=(*questions, *more),
        notes=(
            *heading.notes,
            *([ESCAPES] if has_escapes else []),
            *([NO_VALUES] if tells_missing else []),
            *([UNESCAPED] if is_escaped else [MAY_BE_ESCAPED] if may_escape else []),
            *([SPACES] if _has_spaces(lines[heading.row :], separator) else []),
            *notes_on_unnamed(names, first_rows),
        ),
        first_rows=tuple(first_rows[:ROWS_SHOWN]),
    )


def separated_batches(path: Path, look: FileLook) -> Iterator[Batch]:
    """Yield the rows of a file below its heading; raise FileError at what ends it too early."""
    with opened(path) as content:
        blocks = lines_in_blocks(texts(content, look.encoding))
        if look.has_escapes:
            blocks = map(unescaped_quotes, blocks)
        if look.tells_missing:
            blocks = without_missing_values(blocks, look.separator)
        found = _rows_below(
            blocks, look.separator, look.has_quotes, look.heading_row or 0, look.heading, look.encoding
        )
        yield from map(unescaped_cells, found) if look.is_escaped else found


def rows_of(batch: Batch) -> list[Row]:
    """Return the rows of a batch one by one."""
    return [Row(number, cells) for number, cells in zip(batch.numbers, zip(*batch.columns, strict=True), strict=True)]


def _rows_as_read(lines: list[str], separator: str, has_quotes: bool, above: int) -> Iterator[Row]:
    """Yield the rows of lines below a row that have any text, as wide as they are."""
    for piece in pieces(iter([lines]), separator, has_quotes):
        for number, cells in enumerate(piece.rows, piece.first):
            if number > above and _has_text(cells):
                yield Row(number, tuple(cells))


def _separator(schema: Schema, lines: list[str], choices: Choices) -> tuple[str, Heading, tuple[Question, ...]]:
    """Return the separator with which a row names the most fields, with that heading; raise FileError."""
    mark = SEPARATOR_LINE.match(lines[0]) if lines else None
    named = choices.separator or (mark and mark[1])
    found: dict[str, Heading] = {}
    likely: dict[str, Heading] = {}
    nameless: dict[str, Heading] = {}
    for each in (named,) if named else SEPARATORS:
        if len(each) > 1 or each in NO_SEPARATORS:
            raise FileError(f"“{each}” cannot stand between cells. Choose a comma, a semicolon, a tab or a bar.")
        rows = list(_rows_as_read(lines[: 10 * LAST_ROW], each, True, 1 if mark else 0))
        if heading := find_heading(schema, rows):
            found[each] = heading
        elif heading := likely_heading(schema, rows):
            likely[each] = heading
        elif not mark and (heading := no_names(rows)):
            nameless[each] = heading
    others = likely or nameless
    if not found and others:
        widest = max(others, key=lambda each: len(others[each].names))
        return widest, others[widest], ()
    if not found:
        raise NoRecordsError(no_heading(schema))
    most = max(heading.fields for heading in found.values())
    best = [each for each, heading in found.items() if heading.fields == most]
    if len(best) == 1 or most == 1:
        # A name with something behind it is the same name: of one name, the separator is that with more columns.
        only = max(best, key=lambda each: len(found[each].names))
        return only, found[only], ()
    sentence = f"Its cells may stand between {' or '.join(SEPARATORS[each] for each in best)}."
    return best[0], found[best[0]], (Question("separator", tuple(best), best[0], sentence),)


def _reads_with_quotes(lines: list[str], separator: str, heading: Heading) -> bool:
    """Say whether fewer rows are odd if quotes enclose cells, as Excel has them, than if they are part of them.

    Google Sheets encloses nothing: a quote at the beginning of a cell is text.
    """
    with_quotes, without = (
        sum(
            len(batch.broken) for batch in _rows_below(iter([lines]), separator, is_quoted, heading.row, heading.names)
        )
        for is_quoted in (True, False)
    )
    return with_quotes + _interruptions(lines, separator) <= without


def _has_escapes(lines: list[str], separator: str) -> bool:
    """Say whether fewer rows are odd if a backslash before a quote makes it part of its cell, as Spark has it."""
    is_there = any(ESCAPED_QUOTE in line for line in lines)
    return is_there and _interruptions(unescaped_quotes(lines), separator) < _interruptions(lines, separator)


def _has_spaces(lines: list[str], separator: str) -> bool:
    """Say whether cells begin with a space, which the reader leaves out."""
    if separator == "\t":
        return False
    rows = csv.reader(lines[:ROWS_LOOKED_AT], delimiter=separator)
    try:
        return any(cell.startswith(" ") and cell.strip() for row in rows for cell in row[1:])
    except csv.Error:
        # A cell that is too long is said when its row is read.
        return False


def _interruptions(lines: list[str], separator: str) -> int:
    return sum(piece.is_interrupted for piece in pieces(iter([lines]), separator, True))


def _rows_below(
    blocks: Iterator[list[str]],
    separator: str,
    has_quotes: bool,
    heading_row: int,
    heading: Sequence[str],
    encoding: str = "utf-8",
) -> Iterator[Batch]:
    """Yield the rows below a heading in batches. Cells at the end that have no name may be missing in a row."""
    least = max(place + 1 for place, name in enumerate(heading) if name)
    numbers: list[int] = []
    rows: list[Cells] = []
    broken: list[BrokenRow] = []
    for piece in pieces(blocks, separator, has_quotes, encoding):
        skipped = max(0, heading_row + 1 - piece.first)
        if skipped:
            del piece.rows[:skipped]
        numbers += range(piece.first + skipped, piece.first + skipped + len(piece.rows))
        rows += piece.rows
        if piece.broken and piece.broken.number > heading_row:
            broken.append(piece.broken)
        if not piece.is_interrupted or len(rows) + len(broken) >= ROWS_IN_A_BATCH:
            yield _batch(numbers, rows, broken, separator, least, len(heading), has_quotes)
            numbers, rows, broken = [], [], []


def _batch(
    numbers: list[int],
    rows: list[Cells],
    broken: list[BrokenRow],
    separator: str,
    least: int,
    width: int,
    has_quotes: bool,
) -> Batch:
    """Return the columns of rows; those without text are left out, and those too long or too short set aside."""
    if {*map(len, rows)} - {width}:
        numbers, rows, others = _of_width(numbers, rows, separator, least, width)
        broken = sorted([*broken, *others], key=lambda row: row.number)
    columns: list[Sequence[str | None]] = list(zip(*rows, strict=True))
    if columns and (empty := {place for place in _without_text(columns[0]) if not _has_text(rows[place])}):
        numbers = [number for place, number in enumerate(numbers) if place not in empty]
        columns = list(zip(*(row for place, row in enumerate(rows) if place not in empty), strict=True))
    if not (has_quotes and TELLS_QUOTES):
        columns = [[cell or None for cell in column] if "" in column else column for column in columns]
    return Batch(numbers, columns or [()] * width, broken)


def _without_text(column: Sequence[str | None]) -> list[int]:
    """Return the places of cells without text. Most columns have none, which is quickly seen."""
    if None not in column and "" not in column and True not in map(str.isspace, cast(Sequence[str], column)):
        return []
    return [place for place, cell in enumerate(column) if not cell or cell.isspace()]


def _has_text(row: Cells) -> bool:
    return any(cell and not cell.isspace() for cell in row)


def _of_width(
    numbers: list[int], rows: list[Cells], separator: str, least: int, width: int
) -> tuple[list[int], list[Cells], list[BrokenRow]]:
    """Return rows made as wide as others by empty cells at their ends, and those that this does not make so."""
    kept: list[Cells] = []
    kept_numbers: list[int] = []
    broken: list[BrokenRow] = []
    for number, row in zip(numbers, rows, strict=True):
        if not _has_text(row):
            continue
        if least <= len(row) <= width or (not _has_text(row[width:]) and len(row) > width):
            kept.append([*row[:width], *[None] * (width - len(row))])
            kept_numbers.append(number)
            continue
        expected = f"{width} cells, as the heading has" if width > 1 else "1 cell, as the heading has"
        found = f"{len(row)} cells" if len(row) > 1 else "1 cell"
        # A program that writes no quotes has ended the row above within its last cell.
        advice = CUT_ABOVE if len(row) == 1 and width > 1 else ""
        broken.append(BrokenRow(number, expected, found, advice, _written(row, separator)))
    return kept_numbers, kept, broken


def _written(row: Cells, separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="").writerow(row)
    return text.getvalue()[:LONGEST_TEXT_SHOWN]
