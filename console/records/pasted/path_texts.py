"""Records whose values stand behind their paths."""

from dataclasses import replace

from console.records.pasted.detected import Found, Refusal
from console.records.pasted.literals.cursor import NoLiteral
from console.records.pasted.literals.paths import read_paths
from console.records.pasted.reader import records_in, within
from console.records.pasted.unread import has_names
from console.records.pasted.values.dialect import PLAIN
from console.records.schemas.schema import Schema

PATHS = "values behind their paths"


def read_path_text(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of lines that have a path and its value each, or None; raise Refusal if two disagree."""
    try:
        node = read_paths(text)
    except NoLiteral:
        if not has_names(schema, text):
            return None
        raise Refusal("A path comes twice, or leads through a value. Paste the records as JSON.", PATHS) from None
    found = records_in(schema, target, node) if node else None
    return replace(within(schema, found, f"as {PATHS}"), dialect=PLAIN) if found else None
