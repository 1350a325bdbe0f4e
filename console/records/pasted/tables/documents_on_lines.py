"""JSON in one column of a table whose lines stand in rows of their own, as Snowflake shows a VARIANT."""

from collections.abc import Sequence
from itertools import chain

CLOSING = {"{": "}", "[": "]"}

type Lines = Sequence[tuple[int, list[str]]]


def with_whole_documents(rows: Lines) -> list[tuple[int, list[str]]]:
    """Return rows with each document of JSON in one cell; rows as they are where none goes on in the next row.

    A document begins with a bracket alone in its cell, and ends with the bracket that stands below it.
    """
    places = {place for _line, row in rows for place, cell in enumerate(row) if cell.strip() in CLOSING}
    if len(places) != 1:
        return list(rows)
    (place,) = places
    whole: list[tuple[int, list[str]]] = []
    end = ""
    for line, row in rows:
        if not end:
            whole.append((line, list(row)))
            opened = row[place].rstrip()
            is_open = opened.strip() in CLOSING
            end = f"{opened[:-1]}{CLOSING[opened[-1]]}" if is_open else ""
            continue
        if any(cell.strip() for cell in chain(row[:place], row[place + 1 :])):
            return list(rows)
        whole[-1][1][place] += f"\n{row[place]}"
        end = "" if row[place].rstrip() == end else end
    return list(rows) if end else whole
