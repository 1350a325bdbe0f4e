"""Cells on a line each, as the consoles of BigQuery and Snowflake are copied: the numbers of rows tell them apart."""

from console.records.json.nodes import Bare
from console.records.pasted.tables.headings import names_fields
from console.records.pasted.tables.table import ROW_NUMBERS, Rows, Table
from console.records.schemas.schema import Schema

WORDS = "rows with a line for each cell"
MOST_LINES = 5000
MOST_COLUMNS = 200
NUMBERS_LEFT_OUT = "The numbers of the rows are left out."


def read_cells_on_lines(schema: Schema, text: str) -> Table | None:
    """Return the rows of a text with each cell on a line, or None where one may be missing, as empty ones are."""
    lines = [line.strip() for line in text.split("\n", MOST_LINES) if line.strip()]
    if len(lines) > MOST_LINES or any("\t" in line for line in lines):
        return None
    first = lines.index("1") if "1" in lines[: MOST_COLUMNS + 1] else 0
    is_named = first > 0 and lines[0].lower() in ROW_NUMBERS
    heading = lines[1 if is_named else 0 : first]
    if len(heading) < 2 or not names_fields(schema, heading):
        return None
    rows = _numbered(lines, first, len(heading) + 1)
    return Table(WORDS, heading, rows, notes=(NUMBERS_LEFT_OUT,)) if rows else None


def _numbered(lines: list[str], first: int, width: int) -> Rows:
    """Return the cells of rows that begin with their number, 1 first; none if one does not."""
    rows: Rows = []
    for number, start in enumerate(range(first, len(lines), width), 1):
        row = lines[start : start + width]
        if len(row) < width or row[0] != str(number):
            return []
        rows.append((start + 1, [Bare(0, cell) for cell in row[1:]]))
    return rows
