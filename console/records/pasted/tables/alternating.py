"""Names of fields and their values in turn, each on a line of its own, as redis-cli prints a hash."""

import re

from console.records.json.nodes import Bare
from console.records.pasted.tables.headings import field_named
from console.records.pasted.tables.table import Table, TableError
from console.records.schemas.schema import Schema

WORDS = "record with names and values in turn"
# redis-cli numbers its lines on a terminal; with RESP3, a name and its value share a line.
IN_QUOTES = r"\"((?:[^\"\\]|\\.)*+)\""
NUMBERED = re.compile(rf" *[0-9]+\) {IN_QUOTES}")
PAIR = re.compile(rf" *[0-9]+# {IN_QUOTES} => {IN_QUOTES}")
# Each byte that is no character of ASCII has an escape of its own.
ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|(.))", re.DOTALL)
SIMPLE_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"a": b"\a", b"b": b"\b"}
NO_TEXT = "The bytes of {} are no text in UTF-8. Paste the records as JSON."
FEWEST_FIELDS = 2
MOST_LINES = 200


def read_alternating(schema: Schema, text: str) -> Table | None:
    """Return the record of a text whose lines are names of fields, the id among them, and values in turn; or None."""
    lines = [line.rstrip("\r") for line in text.strip("\r\n").split("\n", MOST_LINES)]
    shown = _shown(lines)
    texts = shown or lines
    if len(texts) % 2 or not 2 * FEWEST_FIELDS <= len(texts) <= MOST_LINES:
        return None
    names, values = texts[::2], texts[1::2]
    fields = [field_named(schema, name) for name in names]
    known = {field.name for field in fields if field}
    if schema.id_field.name not in known or len(known) < len(names) or len(known) < FEWEST_FIELDS:
        return None
    if any(field_named(schema, value) for value in values):
        # A heading and its cells, each on a line.
        return None
    if shown:
        values = list(map(_unescaped, names, values))
    return Table(WORDS, names, [(1, [Bare(0, value) for value in values])])


def _shown(lines: list[str]) -> list[str]:
    """Return the texts that redis-cli shows in quotes, as they stand there; none if a line has anything else."""
    matches = [PAIR.fullmatch(line) or NUMBERED.fullmatch(line) for line in lines]
    return [text for match in matches if match for text in match.groups()] if all(matches) else []


def _unescaped(name: str, text: str) -> str:
    """Return the text that escapes stand for; raise TableError if its bytes are none."""
    try:
        return ESCAPE.sub(_byte, text.encode()).decode()
    except UnicodeDecodeError:
        raise TableError(NO_TEXT.format(name)) from None


def _byte(match: re.Match[bytes]) -> bytes:
    return bytes.fromhex(match[1].decode()) if match[1] else SIMPLE_ESCAPES.get(match[2], match[2])
