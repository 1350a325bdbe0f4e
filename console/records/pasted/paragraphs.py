"""A table among the paragraphs of a text."""

import re
from dataclasses import replace
from functools import partial

from console.records.json.nodes import quoted
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.reader import Reader, first_found, within
from console.records.pasted.table_records import found_in_table
from console.records.pasted.tables.aligned import read_aligned
from console.records.pasted.tables.headings import field_named
from console.records.pasted.tables.pairs import read_pairs
from console.records.pasted.tables.sql.script import read_script
from console.records.pasted.tables.surroundings import notes_on_others
from console.records.pasted.tables.table import TableError
from console.records.pasted.tables.vertical import read_vertical
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE
from console.records.schemas.schema import Schema

PARAGRAPH_BREAK = re.compile(r"\n(?:[ \t\r]*+\n)++")
MOST_PARAGRAPHS = 20
MOST_LINES_BESIDE = 3
NAMED = re.compile(r"\s*+(?P<name>\w[\w.-]*+(?: [\w.-]++){0,3}?)(?:\s*+[:=|]|\s{2}).*")
NO_RECORD = (
    "The lines from {} on look like a record, and one of them is no field with a value. Put one field on each line, "
    "and a blank line before other words."
)
# Formats whose start and end fall on line boundaries, though little else distinguishes them from prose.
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
    paragraphs = _with_records_together(schema, _with_words_apart(schema, paragraphs))
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
    for part in (*paragraphs[:place], *paragraphs[place + 1 :]):
        _check_no_record(schema, part)
    above, below = "\n".join(paragraphs[:place]), "\n".join(paragraphs[place + 1 :])
    around = notes_on_others(above.split("\n"), below.split("\n"))
    return within(schema, replace(table, notes=(*around, *table.notes)), "among other text")


def _with_words_apart(schema: Schema, paragraphs: list[str]) -> list[str]:
    """Return paragraphs with the lines directly above and below records as paragraphs of their own."""
    first, *between, last = paragraphs
    return [*_with_words_above(schema, first), *between, *_with_words_below(schema, last)]


def _with_words_above(schema: Schema, paragraph: str) -> list[str]:
    return _split(schema, paragraph.split("\n"), range(1, MOST_LINES_BESIDE + 1), 1)


def _with_words_below(schema: Schema, paragraph: str) -> list[str]:
    return _split(schema, paragraph.split("\n"), range(-1, -MOST_LINES_BESIDE - 1, -1), 0)


def _split(schema: Schema, lines: list[str], places: range, part: int) -> list[str]:
    """Return the lines as two paragraphs at the first place where one of them, 0 or 1, is a record, or as one."""
    whole = "\n".join(lines)
    if len(whole) > LONGEST_PROSE or _is_record(schema, whole):
        return [whole]
    for place in places:
        parts = ["\n".join(lines[:place]), "\n".join(lines[place:])]
        if abs(place) < len(lines) and _is_record(schema, parts[part]):
            return parts
    return [whole]


def _check_no_record(schema: Schema, paragraph: str) -> None:
    """Raise Refusal if a paragraph that is left out has names of fields as a record with a field on each line has."""
    found = [match for line in paragraph.split("\n") if (match := NAMED.match(line))]
    if len({field.name for match in found if (field := field_named(schema, match["name"]))}) > 1:
        raise Refusal(NO_RECORD.format(quoted(found[0][0].strip())))


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
