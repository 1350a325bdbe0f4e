"""Days with a time among columns that blanks keep apart: the blank in the middle of each is none of those."""

import re
from collections.abc import Sequence

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.table import Rows

BETWEEN_DAY_AND_TIME = re.compile(
    r"(?<=[ \n][0-9]{4}-[0-9]{2}-[0-9]{2}) (?=[0-9]{2}:[0-9]{2}:[0-9]{2}\S*(?:[ \r\n]|\Z))"
)
# Stands for the blank between a day and its time: as wide, and no blank.
JOINED = "\x01"


def with_joined_moments(text: str) -> str | None:
    """Return a text in which a day and its time are one word; None if there are none, or if a cell may not be told."""
    if JOINED in text or not BETWEEN_DAY_AND_TIME.search(text):
        return None
    return BETWEEN_DAY_AND_TIME.sub(JOINED, text)


def with_apart_moments(rows: Sequence[tuple[int, Sequence[Scalar]]]) -> Rows:
    """Return rows in which each day has a blank before its time again."""
    return [(line, [Bare(0, str(cell.value).replace(JOINED, " ")) for cell in row]) for line, row in rows]
