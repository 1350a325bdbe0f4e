"""Text in columns of a terminal, where a character of Chinese or Japanese is two wide, and a combining one none."""

from collections.abc import Sequence
from unicodedata import category, east_asian_width


def columns_of(line: str) -> list[int]:
    """Return the column where each character of a line stands, from 0, and the line's width at the end."""
    if line.isascii():
        return list(range(len(line) + 1))
    columns, column = [], 0
    for character in line:
        columns.append(column)
        if category(character) not in ("Mn", "Me", "Cf"):
            column += 2 if east_asian_width(character) in "WF" else 1
    return [*columns, column]


def cells_between(line: str, edges: list[tuple[int, int]]) -> list[str]:
    """Return what stands in a line between columns: from the first, and before the second of each pair."""
    if line.isascii():
        return [line[start:end] for start, end in edges]
    columns = columns_of(line)
    return [
        "".join(character for character, column in zip(line, columns, strict=False) if start <= column < end)
        for start, end in edges
    ]


def parts_of(lines: Sequence[str], gap: int) -> list[tuple[int, int]]:
    """Return where the parts of lines stand that at least `gap` columns of blanks keep apart in all of them."""
    filled = {
        column for line in lines for character, column in zip(line, columns_of(line), strict=False) if character != " "
    }
    parts: list[tuple[int, int]] = []
    for column in sorted(filled):
        if parts and column - parts[-1][1] < gap:
            parts[-1] = (parts[-1][0], column + 1)
        else:
            parts.append((column, column + 1))
    return parts
