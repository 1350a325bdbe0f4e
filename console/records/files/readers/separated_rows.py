"""The rows of lines whose cells stand between separators: each is read, or broken, and none is lost."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Protocol, cast

from console.records.files.csv_file import CLOSE_QUOTES, CLOSED_QUOTES, OPEN_QUOTE
from console.records.files.readers.text import Undecodable, lines_of, undecodable
from console.records.files.source import ROWS_IN_A_BATCH, BrokenRow

ROWS_AT_ONCE = 100
# Rows of long cells make a batch before there are as many of them as otherwise.
MOST_BLOCKS_IN_A_BATCH = 16
LONGEST_TEXT_SHOWN = 2000
LONG_CELL = "a cell of more than 131,072 characters"

# A cell without anything, not even quotes, is None.
type Cells = list[str | None]


class _Reader(Protocol):
    """Python's reader of CSV, with cells that are None."""

    line_num: int

    def __iter__(self) -> Iterator[Cells]: ...

    def __next__(self) -> Cells: ...


@dataclass(slots=True)
class Piece:
    """Rows one after the other, the number of the first of them, and the broken row that ended them.

    `is_interrupted` says that a row ended them that cannot be read as the others are.
    """

    first: int
    rows: list[Cells] = field(default_factory=list)
    broken: BrokenRow | None = None
    is_interrupted: bool = False


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


def pieces(
    blocks: Iterator[list[str]], separator: str, has_quotes: bool, encoding: str = "utf-8", first: int = 1
) -> Iterator[Piece]:
    """Yield all rows, and after each broken one go on with the line below the one where it began.

    A quote that is not closed takes the rows below it into its cell: so they are not lost. `first` is the number of
    the first row. Raise FileError.
    """
    lines = _Lines(blocks)
    reader = _reader(lines, separator, has_quotes)
    is_end = False
    while not is_end:
        piece, begins = Piece(first), reader.line_num
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
                # A program that never quotes writes the quote as text.
                piece.rows.append([cell or None for cell in line.split(separator)])
            else:
                piece.broken = _unreadable(number, line, is_open=is_open)
            lines.go_back(read[start + 1 :], reader.line_num)
            reader = _reader(lines, separator, has_quotes)
            first = number + 1
        except Undecodable as error:
            raise undecodable(f"Row {first + len(piece.rows)}", error, encoding) from error
        yield piece


def whole_rows(text: str, separator: str, has_quotes: bool) -> list[Cells] | None:
    """Return the rows of whole lines, None where one of them is broken or may go on below these lines."""
    try:
        return list(_reader(lines_of(text), separator, has_quotes))
    except csv.Error:
        return None


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
