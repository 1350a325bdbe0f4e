"""Texts that are JSON, or JSON Lines."""

import json
import re
from dataclasses import replace
from itertools import chain

from console.records.json.nodes import Array, Bare
from console.records.json.reading import read_json
from console.records.pasted.detected import Found
from console.records.pasted.envelopes.other_type import records_of_other_type, refuse_other_type
from console.records.pasted.reader import records_in, within
from console.records.pasted.tables.cells import UNESCAPED, unescaped
from console.records.schemas.schema import Schema

ESCAPED_QUOTE = '\\\\"'
COLUMN = re.compile(r"(?!INSERT\b)[^\t,;|{}\[\]\"]{1,200}|json\w*\(.*\)", re.IGNORECASE)

# An action of Elasticsearch's bulk API, whose document is on the next line; a deletion has none.
OF_BULK = re.compile(r'\s*+\{\s*+"(?:index|create|update)"\s*+:\s*+(?P<inner>\{[^{}]*+\})\s*+\}\s*+\Z')


def read_json_text(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a text that is JSON: within a wrapping, since other such texts are read before."""
    reading = read_json(text)
    return records_in(schema, target, reading.root) if reading.root is not None and not reading.faults else None


def read_escaped_json(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of JSON whose escapes a database client has escaped again, as `mysql --batch` does.

    The name of its column may stand above it.
    """
    if ESCAPED_QUOTE not in text:
        return None
    first, _break, rest = text.lstrip().partition("\n")
    is_named = COLUMN.fullmatch(first.strip()) is not None and rest.lstrip()[:1] in ("[", "{")
    bare = str(unescaped(Bare(0, rest if is_named else text)).value)
    found = read_json_text(schema, target, bare) or read_json_lines(schema, target, bare)
    if found is None:
        return None
    return replace(within(schema, found, "with escapes of a database client"), notes=(UNESCAPED, *found.notes))


def read_json_lines(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of lines each of which is JSON; raise Refusal of those of another type."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not lines[0].lstrip().startswith("{"):
        return None
    if OF_BULK.match(lines[0]):
        return _read_bulk(schema, target, lines)
    # With more lines than can be sent, the first ones are representative.
    first = lines[: schema.entity.most_per_call]
    if not all(_may_be_json(line) for line in first):
        return None
    readings = [read_json(line) for line in first]
    if any(reading.faults for reading in readings):
        return None
    roots = [reading.root for reading in readings if reading.root]
    found = [records_in(schema, target, root) for root in roots]
    if not all(each and each.words for each in found):
        # Nested values are recognised by their position.
        refuse_other_type(schema, records_of_other_type(schema, Array(0, list(roots), more=len(lines) - len(roots))))
    records = tuple(chain.from_iterable(each.records for each in found if each))
    count = len(lines) if len(lines) > len(first) else None
    notes = dict.fromkeys(note for each in found if each for note in each.notes)
    words = f"{len(lines)} lines of JSON Lines"
    return Found(words, records, tuple(notes), count=count) if None not in found else None


def _read_bulk(schema: Schema, target: str, lines: list[str]) -> Found | None:
    """Return the documents of a request of Elasticsearch's bulk API, with the ids of their actions."""
    actions = [OF_BULK.match(line) for line in lines[::2]]
    pairs = list(zip(actions, lines[1::2], strict=False))
    if len(lines) % 2 or not all(actions):
        return None
    sources = [f'{action["inner"].rstrip("} ")}, "_source": {line}}}' for action, line in pairs if action]
    found = read_json_text(schema, target, f"[{', '.join(sources)}]")
    documents = "1 document" if len(pairs) == 1 else f"{len(pairs)} documents"
    return replace(found, words=f"{documents} of a bulk request") if found else None


def _may_be_json(text: str) -> bool:
    """Return whether the standard library reads a text: it is quick, and takes a little more than is JSON."""
    try:
        json.loads(text, parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True
