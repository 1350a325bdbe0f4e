"""JSON Lines: one object a line, each read by itself, so that a broken line is no matter of the others."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from console.records.files.readers.content import opened
from console.records.files.readers.json_records import (
    AN_OBJECT,
    RECORDS_LOOKED_AT,
    RecordTable,
    heading_of,
    read_value,
)
from console.records.files.readers.separated import ROWS_SHOWN, rows_of
from console.records.files.readers.separated_rows import LONGEST_TEXT_SHOWN
from console.records.files.readers.text import WORDS, Undecodable, lines_in_blocks, texts, undecodable
from console.records.files.source import (
    ROWS_IN_A_BATCH,
    Batch,
    BrokenRow,
    FileKind,
    FileLook,
    Question,
)
from console.records.schemas.schema import Schema


def look_at_lines(path: Path, schema: Schema, encoding: str, questions: Sequence[Question]) -> FileLook:
    """Return what a file of JSON Lines is by its first lines; raise FileError."""
    with opened(path) as content:
        lines = _lines(texts(content, encoding), encoding)
        first = list(islice((line for line in lines if line[1].strip()), RECORDS_LOOKED_AT))
        is_gzip = content.is_gzip
    heading, notes = heading_of(schema, (value for _number, line in first if (value := _value(line)) is not None))
    table = RecordTable(schema, heading)
    for number, line in first:
        _add(table, number, line)
    return FileLook(
        FileKind.JSON_LINES,
        words="a file of JSON Lines" if encoding == "utf-8" else f"a file of JSON Lines ({WORDS[encoding]})",
        heading=heading,
        is_gzip=is_gzip,
        encoding=encoding,
        questions=tuple(questions),
        notes=notes,
        first_rows=tuple(rows_of(table.batch())[:ROWS_SHOWN]),
    )


def batches_of_lines(path: Path, schema: Schema, look: FileLook) -> Iterator[Batch]:
    """Yield the records of a file of JSON Lines by their lines; raise FileError at what ends it too early."""
    table = RecordTable(schema, look.heading)
    with opened(path) as content:
        for number, line in _lines(texts(content, look.encoding), look.encoding):
            if not line.isspace():
                _add(table, number, line)
            if len(table) >= ROWS_IN_A_BATCH:
                yield table.batch()
    yield table.batch()


def _lines(pieces: Iterator[str], encoding: str) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        for number, line in enumerate(chain.from_iterable(lines_in_blocks(pieces)), 1):
            yield number, line
    except Undecodable as error:
        raise undecodable(f"Line {number + 1}", error, encoding) from error


def _value(line: str) -> Any:
    try:
        return read_value(line)
    except (ValueError, RecursionError):
        return None


def _add(table: RecordTable, number: int, line: str) -> None:
    try:
        value = read_value(line)
    except (ValueError, RecursionError) as error:
        text = line.strip()
        table.add_broken(BrokenRow(number, AN_OBJECT, _what_is_broken(text, error), text=text[:LONGEST_TEXT_SHOWN]))
    else:
        table.add(number, value, line.strip())


def _what_is_broken(text: str, error: Exception) -> str:
    """Return what is found in a line that is no JSON."""
    place = getattr(error, "pos", None)
    if place is None:
        return "a number of thousands of digits, or objects within objects without an end"
    message = getattr(error, "msg", "")
    if place >= len(text) or message.startswith("Unterminated string"):
        return "a line that ends in the middle of the object"
    return f"no JSON from character {place + 1} on: “{text[place : place + 20]}”"
