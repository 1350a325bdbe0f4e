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
        column
        for line in set(lines)
        for character, column in zip(line, columns_of(line), strict=False)
        if character != " "
    }
    parts: list[tuple[int, int]] = []
    for column in sorted(filled):
        if parts and column - parts[-1][1] < gap:
            parts[-1] = (parts[-1][0], column + 1)
        else:
            parts.append((column, column + 1))
    return parts


def named_parts(heading: str, lines: Sequence[tuple[int, str]]) -> tuple[list[tuple[int, int]], bool]:
    """Return where columns stand: between the columns of characters that are blank in all lines.

    A part without a heading belongs to the one from which fewer blanks keep it apart; also say whether each does.
    """
    parts = parts_of([heading, *(line for _number, line in lines)], 1)
    return _named(parts, heading, is_right_aligned=_is_right_aligned(parts, heading))


def _is_right_aligned(parts: list[tuple[int, int]], heading: str) -> bool:
    """Return whether names end where their columns do and some are indented, as R and pandas print them."""
    cells = [cell for part, cell in zip(parts, cells_between(heading, parts), strict=True) if cell.strip()]
    return all(cell == cell.rstrip() for cell in cells) and any(cell != cell.lstrip() for cell in cells)


def _named(
    parts: list[tuple[int, int]], heading: str, *, is_right_aligned: bool
) -> tuple[list[tuple[int, int]], bool]:
    named: list[tuple[int, int]] = []
    pending: tuple[int, int] | None = None
    is_certain = True
    for position, (start, end) in enumerate(parts):
        start = pending[0] if pending else start
        pending = None
        if cells_between(heading, [(start, end)])[0].strip() or position == 0:
            named.append((start, end))
            continue
        gap_before = start - named[-1][1]
        gap_after = parts[position + 1][0] - end if position + 1 < len(parts) else gap_before + 1
        is_near_to_both = gap_after == gap_before
        if is_near_to_both and not is_right_aligned:
            is_certain = False
        if gap_after < gap_before or (is_near_to_both and is_right_aligned):
            pending = (start, end)
        else:
            named[-1] = (named[-1][0], end)
    return named, is_certain
