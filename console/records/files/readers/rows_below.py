"""The rows of a file whose cells stand between separators, below its heading, in batches of columns."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import cast

from console.records.files.readers.plain_rows import plain_columns
from console.records.files.readers.separated_rows import LONGEST_TEXT_SHOWN, Cells, pieces, whole_rows
from console.records.files.readers.text import Undecodable, lines_of, undecodable
from console.records.files.source import ROWS_IN_A_BATCH, Batch, BrokenRow, FileLook

# Before 3.13, Python reads an empty cell as it reads `""`.
TELLS_QUOTES = next(csv.reader([","], quoting=csv.QUOTE_NOTNULL))[0] is None
CUT_ABOVE = "If it belongs to the last cell of the row above, that cell is cut: put it in quotes."


def quickly_below(texts_of_lines: Iterator[str], look: FileLook) -> Iterator[Batch]:
    """Yield the rows below the heading of a file, as `rows_below` does: most are plain, which is quickly seen."""
    separator, has_quotes, heading_row = look.separator, look.has_quotes, look.heading_row or 0
    least, width, first = _least_width(look.heading), len(look.heading), 1
    try:
        for text in texts_of_lines:
            columns = plain_columns(text, separator, width, has_quotes=has_quotes) if first > heading_row else None
            if columns is not None:
                count = len(columns[0])
                yield _with_text(list(range(first, first + count)), columns, [], width)
            elif (rows := whole_rows(text, separator, has_quotes)) is not None:
                count = len(rows)
                below = max(0, heading_row + 1 - first)
                numbers = list(range(first + below, first + count))
                yield _batch(numbers, rows[below:], [], separator, least, width, has_quotes)
            else:
                lines = map(lines_of, chain([text], texts_of_lines))
                yield from rows_below(lines, separator, has_quotes, heading_row, look.heading, look.encoding, first)
                return
            first += count
    except Undecodable as error:
        raise undecodable(f"Row {first}", error, look.encoding) from error


def _least_width(heading: Sequence[str]) -> int:
    return max(place + 1 for place, name in enumerate(heading) if name)


def rows_below(
    blocks: Iterator[list[str]],
    separator: str,
    has_quotes: bool,
    heading_row: int,
    heading: Sequence[str],
    encoding: str = "utf-8",
    first: int = 1,
) -> Iterator[Batch]:
    """Yield the rows below a heading in batches. Cells at the end that have no name may be missing in a row."""
    least = _least_width(heading)
    numbers: list[int] = []
    rows: list[Cells] = []
    broken: list[BrokenRow] = []
    for piece in pieces(blocks, separator, has_quotes, encoding, first):
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
    if not (has_quotes and TELLS_QUOTES):
        columns = [[cell or None for cell in column] if "" in column else column for column in columns]
    return _with_text(numbers, columns, broken, width)


def _with_text(numbers: list[int], columns: list[Sequence[str | None]], broken: list[BrokenRow], width: int) -> Batch:
    """Return the rows of columns without those that have no text."""
    maybe = _without_text(columns[0]) if columns else []
    if empty := {place for place in maybe if not has_text([column[place] for column in columns])}:
        numbers = [number for place, number in enumerate(numbers) if place not in empty]
        columns = [[cell for place, cell in enumerate(column) if place not in empty] for column in columns]
    return Batch(numbers, columns if numbers else [()] * width, broken)


def _without_text(column: Sequence[str | None]) -> list[int]:
    """Return the places of cells without text. Most columns have none, which is quickly seen."""
    if None not in column and "" not in column and True not in map(str.isspace, cast(Sequence[str], column)):
        return []
    return [place for place, cell in enumerate(column) if not cell or cell.isspace()]


def has_text(row: Cells) -> bool:
    """Return whether any cell of a row has text."""
    return any(cell and not cell.isspace() for cell in row)


def _of_width(
    numbers: list[int], rows: list[Cells], separator: str, least: int, width: int
) -> tuple[list[int], list[Cells], list[BrokenRow]]:
    """Return rows made as wide as others by empty cells at their ends, and those that this does not make so."""
    kept: list[Cells] = []
    kept_numbers: list[int] = []
    broken: list[BrokenRow] = []
    for number, row in zip(numbers, rows, strict=True):
        if not has_text(row):
            continue
        if least <= len(row) <= width or (not has_text(row[width:]) and len(row) > width):
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
