"""Rows that have bars at both of their ends, as wikis and Gherkin write tables."""

import re

ESCAPED_BAR = "\\|"
UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
SPACED_BAR = re.compile(r"(?<=[ \t])\|(?=[ \t\r]|$)")
# Beyond the number of records that can be sent, rows are only counted.
MOST_LINES = 1000


def without_outer_bars(text: str) -> str:
    """Return rows with bars at both of their ends without those; a wiki has two bars between the names of columns.

    A bar behind a backslash is one of its cell where all rows have as many cells then.
    """
    lines = text.split("\n")
    if not all(map(is_between_bars, filter(str.strip, lines))):
        return text
    bare = [_single_bars(line.strip())[1:-1] for line in lines]
    if ESCAPED_BAR not in text or '"' in text or len(lines) > MOST_LINES:
        return "\n".join(bare)
    cells = [UNESCAPED_BAR.split(line) for line in bare]
    if len({len(row) for row in cells if row != [""]}) == 1:
        return "\n".join("|".join(map(_in_quotes_with_bar, row)) for row in cells)
    return "\n".join(bare)


def with_spaced_bars(text: str) -> str:
    """Return rows in which each cell with a bar in it stands in quotes, if bars between cells have spaces around them.

    That is certain where all rows have as many of these, and some have others, as psql prints rows alone.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    if '"' in text or len(lines) > MOST_LINES:
        return text
    if len({line.count("|") for line in lines}) == 1:
        return text
    rows = [SPACED_BAR.split(line) for line in lines]
    widths = {len(row) for row in rows}
    if len(widths) > 1 or widths == {1} or not any("|" in cell for row in rows for cell in row):
        return text
    return "\n".join("|".join(f'"{cell.strip()}"' if "|" in cell else cell for cell in row) for row in rows)


def is_between_bars(line: str) -> bool:
    """Return whether a line has bars at both of its ends."""
    bare = line.strip()
    return len(bare) > 1 and bare[0] == bare[-1] == "|"


def _in_quotes_with_bar(cell: str) -> str:
    return f'"{cell.strip().replace(ESCAPED_BAR, "|")}"' if ESCAPED_BAR in cell else cell


def _single_bars(line: str) -> str:
    return line.replace("||", "|") if line.startswith("||") else line
