"""Rows of lines that are plain: separators alone tell their cells, which is quicker than to read them as CSV.

Both give the same: a property test compares them.
"""

import csv
from collections.abc import Iterator, Sequence

from console.records.files.source import ROWS_IN_A_BATCH

# Rows of long cells make a stretch before there are as many of them as a batch has otherwise.
MOST_CHARACTERS = 1 << 16
# A CSV reader reports longer cells as too long.
LONGEST_CELL = csv.field_size_limit()


def stretches(block: str) -> Iterator[str]:
    """Yield a block of whole lines in stretches of as many lines as a batch has, by and large."""
    size = min(MOST_CHARACTERS, len(block) * ROWS_IN_A_BATCH // max(1, block.count("\n")))
    start = 0
    while start < len(block):
        end = block.rfind("\n", start, start + size) + 1
        if not end and (end := block.find("\n", start + size) + 1) == 0:
            end = len(block)
        yield block[start:end]
        start = end


def plain_columns(text: str, separator: str, width: int, *, has_quotes: bool) -> list[Sequence[str | None]] | None:
    """Return the columns of some lines, each of which has as many cells, and no quotes and spaces to look after.

    Return None where the lines are others: a reader of CSV has to read them.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if width == 1 or "\r" in text or len(text) > LONGEST_CELL:
        return None
    if has_quotes and '"' in text:
        return None
    if not text.endswith("\n"):
        text += "\n"
    lines = text.count("\n")
    # With the end of each line as a cell of its own, it is seen where it stands.
    text = text.replace("\n", f"{separator}\n{separator}")
    if has_quotes and separator != "\t" and (f"{separator} " in text or text.startswith(" ")):
        # Spaces before cells are left out.
        return None
    cells = text.split(separator)
    if len(cells) != lines * (width + 1) + 1 or cells[width :: width + 1].count("\n") != lines:
        return None
    columns = [cells[place : -1 : width + 1] for place in range(width)]
    return [[cell or None for cell in column] if "" in column else column for column in columns]
