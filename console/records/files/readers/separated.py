"""Files of rows whose cells stand between separators, by the standard library's reader of CSV, which is in C."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol, cast

from console.records.files.csv_file import CLOSE_QUOTES, CLOSED_QUOTES, OPEN_QUOTE
from console.records.files.readers.content import opened
from console.records.files.readers.headings import (
    LAST_ROW,
    Heading,
    find_heading,
    likely_heading,
    no_heading,
    notes_on_unnamed,
    with_row_names,
)
from console.records.files.readers.text import WORDS, Undecodable, lines_in_blocks, texts, undecodable
from console.records.files.source import (
    ROWS_IN_A_BATCH,
    Batch,
    BrokenRow,
    Choices,
    FileError,
    FileKind,
    FileLook,
    Question,
    Row,
)
from console.records.pasted.tables.separated import SEPARATOR_LINE
from console.records.schemas.schema import Schema

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
NO_SEPARATORS = '" \r\n'
ROWS_LOOKED_AT = 1000
ROWS_SHOWN = 10
ROWS_AT_ONCE = 100
# Rows of long cells make a batch before there are as many of them as otherwise.
MOST_BLOCKS_IN_A_BATCH = 16
LONGEST_TEXT_SHOWN = 2000
# Before 3.13, Python reads an empty cell as it reads `""`.
TELLS_QUOTES = next(csv.reader([","], quoting=csv.QUOTE_NOTNULL))[0] is None

ESCAPED_QUOTE = '\\"'
ESCAPES = "Backslashes before double quotes are left out, as Spark and other programs write them."
SPACES = "Spaces behind the separators are left out."
LONG_CELL = "a cell of more than 131,072 characters"

# A cell without anything, not even quotes, is None.
type Cells = list[str | None]


class _Reader(Protocol):
    """Python's reader of CSV, with cells that are None."""

    line_num: int

    def __iter__(self) -> Iterator[Cells]: ...

    def __next__(self) -> Cells: ...


@dataclass(slots=True)
class _Piece:
    """Rows one after the other, the number of the first of them, and the broken row that ended them.

    `is_interrupted` says that a row ended them that cannot be read as the others are.
    """

    first: int
    rows: list[Cells] = field(default_factory=list)
    broken: BrokenRow | None = None
    is_interrupted: bool = False


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
        lines = _unescaped(lines)
    has_quotes = separator != "\t" or _reads_with_quotes(lines, separator, heading)
    names = with_row_names(heading.names, list(_rows_as_read(lines, separator, has_quotes, heading.row)))
    batch = next(_rows_below(iter([lines]), separator, has_quotes, heading.row, names))
    first_rows = rows_of(batch)[:ROWS_LOOKED_AT]
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
        questions=(*questions, *more),
        notes=(
            *heading.notes,
            *([ESCAPES] if has_escapes else []),
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
            blocks = map(_unescaped, blocks)
        yield from _rows_below(
            blocks, look.separator, look.has_quotes, look.heading_row or 0, look.heading, look.encoding
        )


def rows_of(batch: Batch) -> list[Row]:
    """Return the rows of a batch one by one."""
    return [Row(number, cells) for number, cells in zip(batch.numbers, zip(*batch.columns, strict=True), strict=True)]


def _rows_as_read(lines: list[str], separator: str, has_quotes: bool, above: int) -> Iterator[Row]:
    """Yield the rows of lines below a row that have any text, as wide as they are."""
    for piece in _pieces(iter([lines]), separator, has_quotes):
        for number, cells in enumerate(piece.rows, piece.first):
            if number > above and _has_text(cells):
                yield Row(number, tuple(cells))


def _separator(schema: Schema, lines: list[str], choices: Choices) -> tuple[str, Heading, tuple[Question, ...]]:
    """Return the separator with which a row names the most fields, with that heading; raise FileError."""
    mark = SEPARATOR_LINE.match(lines[0]) if lines else None
    named = choices.separator or (mark and mark[1])
    found: dict[str, Heading] = {}
    likely: dict[str, Heading] = {}
    for each in (named,) if named else SEPARATORS:
        if len(each) > 1 or each in NO_SEPARATORS:
            raise FileError(f"“{each}” cannot stand between cells. Choose a comma, a semicolon, a tab or a bar.")
        rows = list(_rows_as_read(lines[: 10 * LAST_ROW], each, True, 1 if mark else 0))
        if heading := find_heading(schema, rows):
            found[each] = heading
        elif heading := likely_heading(schema, rows):
            likely[each] = heading
    if not found and likely:
        widest = max(likely, key=lambda each: len(likely[each].names))
        return widest, likely[widest], ()
    if not found:
        raise FileError(no_heading(schema))
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
    return is_there and _interruptions(_unescaped(lines), separator) < _interruptions(lines, separator)


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
    return sum(piece.is_interrupted for piece in _pieces(iter([lines]), separator, True))


def _unescaped(lines: list[str]) -> list[str]:
    return [line.replace(ESCAPED_QUOTE, '""') for line in lines]


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
    for piece in _pieces(blocks, separator, has_quotes, encoding):
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
        broken.append(BrokenRow(number, expected, found, text=_written(row, separator)))
    return kept_numbers, kept, broken


def _written(row: Cells, separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="").writerow(row)
    return text.getvalue()[:LONGEST_TEXT_SHOWN]


class _Lines:
    """The lines of blocks, of which those of the last rows can be read again.

    An iterator yields first the lines that were put back, then those of the blocks that are unread. Lines are counted
    from where it began.
    """

    def __init__(self, blocks: Iterator[list[str]]) -> None:
        self.kept: list[list[str]] = []
        self._kept_from = 0
        self._of_blocks = chain.from_iterable(self._noted(blocks))
        self._put_back: list[str] = []
        self._begins = 0

    def _noted(self, blocks: Iterator[list[str]]) -> Iterator[list[str]]:
        for block in blocks:
            self.kept.append(block)
            yield block

    def __iter__(self) -> Iterator[str]:
        return chain(self._put_back, self._of_blocks)

    def forget(self, line: int) -> None:
        """Drop the blocks that end before a line."""
        while self.kept and self._kept_from + len(self.kept[0]) <= self._place(line):
            self._kept_from += len(self.kept.pop(0))

    def between(self, start: int, end: int) -> list[str]:
        """Return the lines from one to another."""
        lines = self._put_back[start:end]
        first, last = self._place(start) - self._kept_from, self._place(end) - self._kept_from
        for block in self.kept:
            lines += block[max(0, first) : max(0, last)]
            first, last = first - len(block), last - len(block)
        return lines

    def go_back(self, lines: list[str], end: int) -> None:
        """Let the next iterator yield some lines again, which were read up to another."""
        unread = self._put_back[end:]
        self._begins = self._place(end)
        self._put_back = lines + unread

    def _place(self, line: int) -> int:
        """Return the place of a line among those of all blocks."""
        return self._begins + max(0, line - len(self._put_back))


def _pieces(
    blocks: Iterator[list[str]], separator: str, has_quotes: bool, encoding: str = "utf-8"
) -> Iterator[_Piece]:
    """Yield all rows, and after each broken one go on with the line below the one where it began.

    A quote that is not closed takes the rows below it into its cell: so they are not lost. Raise FileError.
    """
    lines = _Lines(blocks)
    reader = _reader(lines, separator, has_quotes)
    first, is_end = 1, False
    while not is_end:
        piece, begins = _Piece(first), reader.line_num
        lines.forget(begins)
        try:
            is_end = _read_rows(reader, lines, piece.rows)
            first += len(piece.rows)
        except csv.Error as error:
            read = lines.between(begins, reader.line_num)
            start = _line_of(len(piece.rows), read, separator, has_quotes)
            # A single line with a cell that is too long has no quote that takes others into it.
            is_open = len(read) > start + 1 or "limit" not in str(error)
            number, line = first + len(piece.rows), read[start].rstrip("\r\n")
            piece.is_interrupted = True
            if separator == "\t" and is_open:
                # Of a program that encloses nothing, the quote is text.
                piece.rows.append([cell or None for cell in line.split(separator)])
            else:
                piece.broken = _unreadable(number, line, is_open=is_open)
            lines.go_back(read[start + 1 :], reader.line_num)
            reader = _reader(lines, separator, has_quotes)
            first = number + 1
        except Undecodable as error:
            raise undecodable(f"Row {first + len(piece.rows)}", error, encoding) from error
        yield piece


def _line_of(row: int, lines: list[str], separator: str, has_quotes: bool) -> int:
    """Return the place of the line where a row begins, which counts from 0, as the rows before it do."""
    reader = _reader(lines, separator, has_quotes)
    for _row in islice(reader, row):
        pass
    return reader.line_num


def _read_rows(reader: _Reader, lines: _Lines, rows: list[Cells]) -> bool:
    """Add as many rows as a batch has, or fewer that are long, and say whether they are the last ones."""
    while len(rows) < ROWS_IN_A_BATCH and len(lines.kept) < MOST_BLOCKS_IN_A_BATCH:
        before = len(rows)
        rows.extend(islice(reader, ROWS_AT_ONCE))
        if len(rows) - before < ROWS_AT_ONCE:
            return True
    return False


def _reader(lines: Iterable[str], separator: str, has_quotes: bool) -> _Reader:
    # A space before quotes is no part of the cell, and spaces at the ends of cells say nothing.
    form: dict[str, Any] = {"quoting": csv.QUOTE_NOTNULL, "skipinitialspace": separator != "\t", "strict": True}
    return cast(
        _Reader, csv.reader(lines, delimiter=separator, **(form if has_quotes else {"quoting": csv.QUOTE_NONE}))
    )


def _unreadable(number: int, text: str, *, is_open: bool) -> BrokenRow:
    shown = text[:LONGEST_TEXT_SHOWN]
    if is_open:
        return BrokenRow(number, CLOSED_QUOTES, OPEN_QUOTE, CLOSE_QUOTES, shown)
    return BrokenRow(number, "cells of at most 131,072 characters", LONG_CELL, text=shown)
