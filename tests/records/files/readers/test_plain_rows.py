"""Rows that are read at once, beside the same read by the standard library's reader of CSV."""

from collections.abc import Iterator, Sequence
from itertools import chain
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.records.files.readers.plain_rows import plain_columns, stretches
from console.records.files.readers.rows_below import quickly_below, rows_below
from console.records.files.readers.text import Undecodable, blocks_of_lines, lines_in_blocks
from console.records.files.source import Batch, FileError, FileKind, FileLook

PIECES = ("a", "bc", "ß", "\u2028", "\x1c", "\0", " ", "  ", '"', '""', "\n", "\n", "\r\n", "\r", ",", ",", "\t", ";")
LINES = (
    "a,b,c\n",
    "u-1,,\n",
    ",,\n",
    " ,\t,\n",
    'a,"b, c",d\n',
    'a,"b\nc",d\n',
    "a,b\n",
    "a,b,c,\n",
    "\n",
    "a,b,c\r\n",
)


def look_at(width: int, separator: str, heading_row: int, *, has_quotes: bool) -> FileLook:
    heading = tuple(f"name {place}" for place in range(width))
    return FileLook(
        FileKind.SEPARATED, "", heading, heading_row, separator=separator, has_quotes=has_quotes, encoding="utf-8"
    )


def told(batches: Iterator[Batch]) -> tuple[dict[int, Sequence[object]], list[object], str]:
    """Return the cells of each row by its number, the broken rows, and the sentence that ended them, if one did."""
    rows: dict[int, Sequence[object]] = {}
    broken: list[object] = []
    try:
        for batch in batches:
            rows |= dict(zip(batch.numbers, zip(*batch.columns, strict=True), strict=True))
            broken += batch.broken
    except FileError as error:
        return rows, broken, str(error)
    return rows, broken, ""


@given(
    st.lists(st.sampled_from(LINES + PIECES), max_size=30).map("".join),
    st.integers(1, 4),
    st.sampled_from([(",", True), (";", True), ("\t", True), ("\t", False)]),
    st.integers(0, 2),
    st.integers(1, 40),
    st.booleans(),
)
@example("a,b\nc,d", 2, (",", True), 0, 4, False)
@example("a,b\nc,d\n", 2, (",", True), 1, 4, True)
@example("a,b\n,\n \t,\nc,d\n", 2, (",", True), 0, 40, False)
def test_both_give_the_same(
    text: str, width: int, form: tuple[str, bool], heading_row: int, size: int, is_damaged: bool
) -> None:
    separator, has_quotes = form
    look = look_at(width, separator, heading_row, has_quotes=has_quotes)

    def texts() -> Iterator[str]:
        yield text
        if is_damaged:
            raise Undecodable(0xFF)

    with mock.patch("console.records.files.readers.plain_rows.MOST_CHARACTERS", size):
        quickly = told(quickly_below(chain.from_iterable(map(stretches, blocks_of_lines(texts()))), look))
    one_by_one = told(rows_below(lines_in_blocks(texts()), separator, has_quotes, heading_row, look.heading))
    if is_damaged:
        # Of rows before what ends the whole file, one may give more than the other.
        assert quickly[2] == one_by_one[2] != ""
    else:
        assert quickly == one_by_one


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a,b\n,d\n", [["a", None], ["b", "d"]]),
        ("a,b\r\nc,d", [["a", "c"], ["b", "d"]]),
        # As many separators as it should have, in lines of another width.
        ("a,b,c\nd\n", None),
        ('a,"b"\n', None),
        ("a, b\n", None),
        (" a,b\n", None),
        ("a,b\n c,d\n", None),
        ("a,b\rc,d\n", None),
        ("a,b\n\n", None),
        (f"a,{'b' * 131_073}\n", None),
    ],
)
def test_what_is_plain(text: str, columns: object) -> None:
    assert plain_columns(text, ",", 2, has_quotes=True) == columns


def test_a_single_column_is_not_plain() -> None:
    assert plain_columns("a\n", ",", 1, has_quotes=True) is None


def test_stretches_are_whole_lines() -> None:
    with mock.patch("console.records.files.readers.plain_rows.MOST_CHARACTERS", 8):
        found = list(stretches("ab\ncd\nefghijklmnop\nq\nr"))
    assert found == ["ab\ncd\n", "efghijklmnop\n", "q\n", "r"]
