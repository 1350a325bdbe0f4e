"""Invalid rows as stored in a part: packed in blocks, so that a page only unpacks the blocks it shows.

A row is its number, its cells as text, and the field, sentence and kind of each of its problems.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import batched
from typing import Any

from console.bulk.models import packed, unpacked

ROWS_IN_A_BLOCK = 100
# Before the blocks stands what is in each, and before that its length.
BYTES_OF_LENGTH = 4

type Row = list[Any]


def pack_rows(rows: Iterable[Row]) -> bytes:
    """Return rows as a part stores them."""
    blocks = [(packed(list(block)), len(block), problems_of(block)) for block in batched(rows, ROWS_IN_A_BLOCK)]
    index = packed([[len(content), count, problems] for content, count, problems in blocks])
    return b"".join([len(index).to_bytes(BYTES_OF_LENGTH), index, *(content for content, _count, _problems in blocks)])


def rows_in(content: bytes | memoryview, problems: Collection[str] = (), skipped: int = 0) -> Iterator[Row]:
    """Yield the rows packed by `pack_rows`, skipping the first ones; with `problems`, only rows with one of them.

    `problems` are keys as `problem_key` returns them; no row has two of them.
    """
    sought = {tuple(json.loads(each)) for each in problems}
    start = BYTES_OF_LENGTH + int.from_bytes(content[:BYTES_OF_LENGTH])
    for length, count, of_block in unpacked(content[BYTES_OF_LENGTH:start]):
        fitting = fitting_rows(count, of_block, problems)
        if skipped < fitting:
            for row in unpacked(content[start : start + length]):
                if sought and sought.isdisjoint((field, kind) for field, _sentence, kind in row[2]):
                    continue
                if skipped:
                    skipped -= 1
                else:
                    yield row
        else:
            skipped -= fitting
        start += length


def fitting_rows(count: int, of_rows: Mapping[str, int], problems: Collection[str]) -> int:
    """Return how many of some rows have one of the problems, or the number of all rows without any."""
    return sum(of_rows.get(each, 0) for each in problems) if problems else count


def problems_of(rows: Iterable[Row]) -> Counter[str]:
    """Return the number of rows with each problem, by its key."""
    found = Counter(each for row in rows for each in {(field, kind) for field, _sentence, kind in row[2]})
    return Counter({problem_key(field, kind): count for (field, kind), count in found.items()})


def problem_key(field: str, kind: str) -> str:
    """Return the key under which parts count a kind of problem in a column."""
    return json.dumps([field, kind], ensure_ascii=False)
