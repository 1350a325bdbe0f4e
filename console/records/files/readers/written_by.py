"""What programs write into files of rows that is neither CSV nor the value itself: escapes, and R's missing values."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence

from console.records.files.source import Batch
from console.records.pasted.tables.cells import ESCAPE, ESCAPES

ESCAPED_QUOTE = '\\"'
NO_VALUE = "\\N"
IN_QUOTES = re.compile(r'^"|\t"', re.MULTILINE)
LINES_LOOKED_AT = 1000
# Values that R's write.csv and write.table leave unquoted when they quote texts: numbers, logicals, times and NA.
BARE_IN_R = re.compile(r"NA|TRUE|FALSE|NaN|-?Inf|[-+0-9.,:eTZ ]+")
CELL = r'"(?:[^"]|"")*"|[^{separator}\r\n"]+'
MISSING = r'"(?:[^"]|"")*"|(?<![^{separator}\r\n])NA(?![^{separator}\r\n])'


def unescaped_quotes(lines: list[str]) -> list[str]:
    """Return lines with each backslash before a quote as a quote more, as CSV has it."""
    return [line.replace(ESCAPED_QUOTE, '""') for line in lines]


def tells_missing_values(lines: Sequence[str], separator: str) -> bool:
    """Return whether R has written the lines with quotes around texts and none around NA, which is no value then."""
    cells = re.findall(CELL.format(separator=separator), "".join(lines[:LINES_LOOKED_AT]))
    bare = {cell for cell in cells if not cell.startswith('"')}
    return "NA" in bare and len(bare) < len(cells) and all(map(BARE_IN_R.fullmatch, bare))


def without_missing_values(blocks: Iterable[list[str]], separator: str) -> Iterator[list[str]]:
    """Yield the blocks of lines with nothing in the place of NA without quotes, and as many lines."""
    pattern = re.compile(MISSING.format(separator=separator))
    # The lines of a cell in quotes that is not closed yet.
    opened: list[str] = []
    for lines in blocks:
        done: list[str] = []
        for line in lines:
            is_even = line.count('"') % 2 == 0
            if opened and is_even:
                opened.append(line)
            elif opened or not is_even:
                opened.append(line)
                if len(opened) > 1:
                    done += _without_missing("".join(opened), pattern)
                    opened = []
            else:
                done += _without_missing(line, pattern) if "NA" in line else [line]
        yield done
    if opened:
        yield opened


def _without_missing(text: str, pattern: re.Pattern[str]) -> list[str]:
    changed = pattern.sub(lambda match: "" if match[0] == "NA" else match[0], text)
    return io.StringIO(changed, newline="").readlines()


def escapes_in(lines: Sequence[str]) -> tuple[bool, bool]:
    """Return whether lines of cells between tabs may have escapes of a database client, and whether it is certain.

    PostgreSQL's COPY has `\\N` for no value, and MariaDB's --batch has NULL, where a backslash stands for itself and
    `\\t` and `\\n` for characters. No cell is in quotes there.
    """
    if IN_QUOTES.search("".join(lines)):
        return False, False
    cells = {cell for line in lines for cell in line.rstrip("\r\n").split("\t") if "\\" in cell or cell == "NULL"}
    may_escape = any("\\" in cell for cell in cells)
    return may_escape, may_escape and not cells.isdisjoint((NO_VALUE, "NULL"))


def unescaped_cells(batch: Batch) -> Batch:
    """Return rows without the escapes of a database client; `\\N` is no value."""
    batch.columns = [
        [_unescaped(cell) if isinstance(cell, str) and "\\" in cell else cell for cell in column]
        for column in batch.columns
    ]
    return batch


def _unescaped(text: str) -> str | None:
    return None if text == NO_VALUE else ESCAPE.sub(lambda match: ESCAPES.get(match[1], match[0]), text)
