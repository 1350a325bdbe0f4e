"""Files of rows whose cells stand between separators, by the standard library's reader of CSV, which is in C."""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

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
from console.records.files.readers.plain_rows import stretches
from console.records.files.readers.rows_below import has_text, quickly_below, rows_below
from console.records.files.readers.separated_rows import pieces
from console.records.files.readers.text import (
    WORDS,
    Undecodable,
    blocks_of_lines,
    lines_in_blocks,
    texts,
    undecodable,
)
from console.records.files.readers.written_by import (
    ESCAPED_QUOTE,
    escapes_in,
    tells_missing_values,
    unescaped_cells,
    unescaped_quotes,
    without_missing_values,
)
from console.records.files.source import (
    Batch,
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

ESCAPES = "Backslashes before double quotes are left out, as Spark and other programs write them."
NO_VALUES = "NA without quotes is no value, as R writes it; in quotes it is a text."
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
    batch = next(rows_below(iter([lines]), separator, has_quotes, heading.row, names))
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
        read = texts(content, look.encoding)
        if look.has_escapes or look.tells_missing:
            blocks = lines_in_blocks(read)
            blocks = map(unescaped_quotes, blocks) if look.has_escapes else blocks
            blocks = without_missing_values(blocks, look.separator) if look.tells_missing else blocks
            found = rows_below(
                blocks, look.separator, look.has_quotes, look.heading_row or 0, look.heading, look.encoding
            )
        else:
            found = quickly_below(chain.from_iterable(map(stretches, blocks_of_lines(read))), look)
        yield from map(unescaped_cells, found) if look.is_escaped else found


def rows_of(batch: Batch) -> list[Row]:
    """Return the rows of a batch one by one."""
    return [Row(number, cells) for number, cells in zip(batch.numbers, zip(*batch.columns, strict=True), strict=True)]


def _rows_as_read(lines: list[str], separator: str, has_quotes: bool, above: int) -> Iterator[Row]:
    """Yield the rows of lines below a row that have any text, as wide as they are."""
    for piece in pieces(iter([lines]), separator, has_quotes):
        for number, cells in enumerate(piece.rows, piece.first):
            if number > above and has_text(cells):
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
    """Return whether fewer rows are odd if quotes enclose cells, as Excel has them, than if they are part of them.

    Google Sheets encloses nothing: a quote at the beginning of a cell is text.
    """
    with_quotes, without = (
        sum(len(batch.broken) for batch in rows_below(iter([lines]), separator, is_quoted, heading.row, heading.names))
        for is_quoted in (True, False)
    )
    return with_quotes + _interruptions(lines, separator) <= without


def _has_escapes(lines: list[str], separator: str) -> bool:
    """Return whether fewer rows are odd if a backslash before a quote makes it part of its cell, as Spark has it."""
    is_there = any(ESCAPED_QUOTE in line for line in lines)
    return is_there and _interruptions(unescaped_quotes(lines), separator) < _interruptions(lines, separator)


def _has_spaces(lines: list[str], separator: str) -> bool:
    """Return whether cells begin with a space, which the reader leaves out."""
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
