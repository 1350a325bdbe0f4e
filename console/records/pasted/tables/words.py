"""Rows without a heading whose cells are words with spaces between them, as awk and jq print them."""

import re

from console.records.json.nodes import Bare, Scalar
from console.records.pasted.tables.table import Rows, Table
from console.records.pasted.values.dialect import Dialect
from console.records.schemas.schema import Schema

FEWEST_WORDS = 3
ID_OF_WORDS = re.compile(r"(?=\S*[0-9])[\w.@-]+")
# Words as jq's @sh and printf %q write them, at least one of them quoted.
WORD_OF_SHELL = re.compile(r"(?<!\S)(?:'((?:[^']|'\\'')*+)'|([^\s'\"]++))(?!\S)|[ \t\r]++")
OF_OTHER_TEXT = re.compile(r"[\"'(){}\[\]<>=;]|[.,:!?](?:\s|\Z)")


def words_of_shell(schema: Schema, text: str) -> Table | None:
    """Return rows with a word for each field of the schema, texts among them in single quotes, or None."""
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not all("'" in line for _number, line in lines):
        return None
    rows: Rows = []
    for number, line in lines:
        found = list(WORD_OF_SHELL.finditer(line))
        words = [each for each in found if each[0].strip()]
        if sum(len(each[0]) for each in found) < len(line) or len(words) != len(schema.declared_fields):
            return None
        quoted = (None if each[1] is None else each[1].replace("'\\''", "'") for each in words)
        cells = [
            Bare(0, each[2]) if text is None else Scalar(0, text) for each, text in zip(words, quoted, strict=True)
        ]
        rows.append((number, cells))
    return Table("rows of words in quotes", None, rows, Dialect(has_quotes=True)) if rows else None


def words_of_rows(schema: Schema, text: str) -> Table | None:
    """Return rows with a word for each field of the schema, as awk prints them, or None: ids have digits, and rows no
    other marks of a sentence or a program."""
    width = len(schema.declared_fields)
    lines = [(number, line.split()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if "\t" in text or len(lines) < 2 or width < FEWEST_WORDS or any(len(words) != width for _line, words in lines):
        return None
    if not all(ID_OF_WORDS.fullmatch(words[0]) for _line, words in lines) or OF_OTHER_TEXT.search(text):
        return None
    return Table("rows of words", None, [(line, [Bare(0, word) for word in words]) for line, words in lines])
