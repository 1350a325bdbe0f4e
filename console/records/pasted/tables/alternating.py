"""Names of fields and their values in turn, each on a line of its own, as redis-cli prints a hash."""

import re

from console.records.json.nodes import Bare, Scalar
from console.records.json.reading import read_json
from console.records.pasted.tables.headings import field_named
from console.records.pasted.tables.table import Table
from console.records.schemas.schema import Schema

WORDS = "record with names and values in turn"
# As redis-cli numbers what it prints on a terminal.
NUMBERED = re.compile(r" *(?P<number>[0-9]+)\) (?P<text>\"(?:[^\"\\]|\\.)*+\")")
FEWEST_FIELDS = 2
MOST_LINES = 200


def read_alternating(schema: Schema, text: str) -> Table | None:
    """Return the record of a text whose lines are names of fields, the id among them, and values in turn; or None."""
    lines = [line.rstrip("\r") for line in text.strip("\r\n").split("\n")]
    if len(lines) % 2 or not 2 * FEWEST_FIELDS <= len(lines) <= MOST_LINES:
        return None
    numbered = [NUMBERED.fullmatch(line) for line in lines]
    texts = [_unquoted(match["text"]) for match in numbered if match]
    if len(texts) < len(lines):
        texts = list(lines)
    names, values = texts[::2], texts[1::2]
    fields = [field_named(schema, name) for name in names]
    known = {field.name for field in fields if field}
    if schema.id_field.name not in known or len(known) < len(names) or len(known) < FEWEST_FIELDS:
        return None
    if any(field_named(schema, value) for value in values):
        # A heading and its cells, each on a line.
        return None
    cells: list[Scalar] = [Bare(0, value) for value in values]
    return Table(WORDS, names, [(1, cells)])


def _unquoted(text: str) -> str:
    """Return the text that redis-cli shows in quotes; as it stands if it has escapes that JSON has not."""
    root = read_json(text).root
    return str(root.value) if isinstance(root, Scalar) and isinstance(root.value, str) else text
