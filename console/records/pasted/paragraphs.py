"""A table among the paragraphs of a text."""

import re
from dataclasses import replace
from functools import partial

from console.records.pasted.detected import Found, Refusal
from console.records.pasted.reader import Reader, first_found, within
from console.records.pasted.table_records import found_in_table
from console.records.pasted.tables.aligned import read_aligned
from console.records.pasted.tables.pairs import read_pairs
from console.records.pasted.tables.sql.script import read_script
from console.records.pasted.tables.surroundings import notes_on_others
from console.records.pasted.tables.table import TableError
from console.records.pasted.tables.vertical import read_vertical
from console.records.schemas.schema import Schema

PARAGRAPH_BREAK = re.compile(r"\n(?:[ \t\r]*+\n)++")
MOST_PARAGRAPHS = 20
# What begins and ends where its lines do, however little else tells it from words.
IN_PARAGRAPHS: tuple[tuple[str, Reader], ...] = (
    ("records with a field on each line", found_in_table(partial(read_vertical, is_in_mail=True))),
    ("rows of names and values", found_in_table(read_pairs)),
    ("a table with aligned columns", found_in_table(read_aligned)),
    ("rows in SQL", found_in_table(read_script)),
)


def read_paragraphs(schema: Schema, target: str, text: str) -> Found | None:
    """Return the one table among the paragraphs of a text; raise Refusal if there are two."""
    paragraphs = PARAGRAPH_BREAK.split(text.strip("\r\n"), MOST_PARAGRAPHS)
    if not 1 < len(paragraphs) <= MOST_PARAGRAPHS:
        return None
    paragraphs = _with_records_together(schema, paragraphs)
    found: list[tuple[int, Found | Refusal]] = []
    for number, part in enumerate(paragraphs):
        try:
            table: Found | Refusal | None = first_found(IN_PARAGRAPHS, schema, target, part)
        except Refusal as refusal:
            table = refusal
        found += [(number, table)] if table else []
    if len(found) > 1:
        raise Refusal("It has more than one table among its words. Paste the one that you mean.")
    if not found:
        return None
    place, table = found[0]
    if isinstance(table, Refusal):
        raise table
    above, below = "\n".join(paragraphs[:place]), "\n".join(paragraphs[place + 1 :])
    around = notes_on_others(above.split("\n"), below.split("\n"))
    return within(schema, replace(table, notes=(*around, *table.notes)), "among other text")


def _with_records_together(schema: Schema, paragraphs: list[str]) -> list[str]:
    """Return paragraphs with those that follow one another, each a record with a field on each line, as one."""
    joined: list[str] = []
    was_record = False
    for part in paragraphs:
        is_record = _is_record(schema, part)
        if is_record and was_record:
            joined[-1] += f"\n\n{part}"
        else:
            joined.append(part)
        was_record = is_record
    return joined


def _is_record(schema: Schema, paragraph: str) -> bool:
    try:
        table = read_vertical(schema, paragraph, is_in_mail=True)
    except TableError:
        return False
    return table is not None and len(table.rows) == 1
