"""A JSON document with a list of records in it, or with records one after the other, read in a stream."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ijson

from console.records.files.readers.content import Content, opened
from console.records.files.readers.headings import MOST_COLUMNS
from console.records.files.readers.json_halves import MARK_ESCAPED, marked, restored
from console.records.files.readers.json_records import RecordTable, first_of, heading_of, no_records
from console.records.files.readers.separated import ROWS_SHOWN, rows_of
from console.records.files.readers.text import WORDS, Undecodable, texts, undecodable
from console.records.files.source import (
    ROWS_IN_A_BATCH,
    Batch,
    FileError,
    FileKind,
    FileLook,
    NoRecordsError,
    Question,
)
from console.records.pasted.tables.headings import names_fields
from console.records.schemas.schema import Schema

# One record of more is no record, and is not read into memory as a whole.
MOST_BYTES_OF_A_RECORD = 64 << 20
# ijson writes the place of each value as a text: each level of objects within objects makes all that is inside dearer.
DEEPEST = 10_000
ITEM = "item"
# How many objects of a list are looked at for names of fields.
MOST_LOOKED_AT = 100


class _InUtf8:
    """The bytes of a text in UTF-8, whatever its file is in, since nothing else is read in a stream."""

    def __init__(self, content: Content, encoding: str) -> None:
        self._encoding = encoding
        self._pieces = marked(texts(content, encoding))
        self.has_marks = False
        self._since_record = 0
        # Brackets that are open, by and large: those within texts are counted too.
        self._open = 0
        self._first = b""
        self._first = self.read()
        self.is_list = self._first.lstrip()[:1] == b"["

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, however many were asked for, or none at the end; raise FileError."""
        if size == 0:
            return b""
        if self._first:
            data, self._first = self._first, b""
            return data
        try:
            # A piece without text is not the end: its bytes may be the beginning of a character.
            piece = next((piece for piece in self._pieces if piece.strip()), "")
        except Undecodable as error:
            raise undecodable("The JSON", error, self._encoding) from error
        self.has_marks = self.has_marks or MARK_ESCAPED in piece
        data = piece.encode("utf-8", "surrogatepass")
        self._open += piece.count("{") + piece.count("[") - piece.count("}") - piece.count("]")
        if self._open > DEEPEST:
            raise FileError(f"It has objects or arrays within one another, more than {DEEPEST} deep, and no records.")
        self._since_record += len(data)
        if self._since_record > MOST_BYTES_OF_A_RECORD:
            raise FileError(f"It has more than {MOST_BYTES_OF_A_RECORD >> 20} MB without a record.")
        return data

    def note_record(self) -> None:
        """Note that what was read until now had a record."""
        self._since_record = 0
        self._open = 0


def look_at_document(path: Path, schema: Schema, encoding: str, questions: Sequence[Question]) -> FileLook:
    """Return what a JSON document is by its first records; raise FileError if it has none of the schema."""
    with opened(path) as content:
        place = _place(schema, _InUtf8(content, encoding))
        is_gzip = content.is_gzip
    with opened(path) as content:
        first = first_of(_records(_InUtf8(content, encoding), place))
    heading, notes = heading_of(schema, first)
    table = RecordTable(schema, heading)
    for number, value in enumerate(first, 1):
        table.add(number, value)
    said = [f"records in {place}"] if place else []
    said += [WORDS[encoding]] if encoding != "utf-8" else []
    return FileLook(
        FileKind.JSON,
        words=f"a JSON file ({', '.join(said)})" if said else "a JSON file",
        heading=heading,
        is_gzip=is_gzip,
        encoding=encoding,
        place=place,
        questions=tuple(questions),
        notes=notes,
        first_rows=tuple(rows_of(table.batch())[:ROWS_SHOWN]),
    )


def batches_of_document(path: Path, schema: Schema, look: FileLook) -> Iterator[Batch]:
    """Yield the records of a JSON document by their places in its list; raise FileError where it is broken."""
    table = RecordTable(schema, look.heading)
    with opened(path) as content:
        for number, value in enumerate(_records(_InUtf8(content, look.encoding), look.place), 1):
            table.add(number, value)
            if len(table) >= ROWS_IN_A_BATCH:
                yield table.batch()
    yield table.batch()


def _records(stream: _InUtf8, place: str) -> Iterator[Any]:
    """Yield the values of a list, or those that stand one after the other; raise FileError."""
    prefix = (ITEM if stream.is_list else "") if not place else f"{place}.{ITEM}"
    number = 0
    try:
        for value in ijson.items(stream, prefix, multiple_values=True):
            yield restored(value) if stream.has_marks else value
            number += 1
            stream.note_record()
    except FileError:
        raise
    except (ijson.JSONError, ValueError) as error:
        raise FileError(_what_is_broken(number + 1, error)) from error


def _what_is_broken(number: int, error: Exception) -> str:
    message = str(error)
    if "premature EOF" in message or "incomplete" in message.lower():
        return f"The file ends in the middle of record {number}, or before the end of its list. Write the file again."
    advice = "JSON has no NaN, no comments, and one comma between two values."
    return f"Record {number}: this is no JSON: {message.splitlines()[0]}. {advice}"


def _place(schema: Schema, stream: _InUtf8) -> str:
    """Return the names that lead to the first list of objects that name fields; raise FileError.

    Of a list within such an object, the outer one is it. A document may be a record itself, or several of them. Where
    no objects name fields, it is the only list of objects that is within no other.
    """
    names: dict[str, list[str]] = {"": []}
    seen: dict[str, int] = {}
    within: list[str] = []
    outer: set[str] = set()
    found: str | None = None
    try:
        for prefix, event, value in ijson.parse(stream, multiple_values=True):
            if event == "map_key" and prefix in names and len(names[prefix]) < MOST_COLUMNS:
                names[prefix].append(value)
            elif event == "start_map" and _is_item(prefix):
                names[prefix] = []
                if not within:
                    outer.add(prefix)
                within.append(prefix)
            elif event == "end_map" and _is_item(prefix):
                within.pop()
                seen[prefix] = seen.get(prefix, 0) + 1
                if seen[prefix] <= MOST_LOOKED_AT and names_fields(schema, names[prefix]):
                    found = prefix
            if event == "end_map" and not within and (found is not None or not prefix):
                if names_fields(schema, names[""]):
                    return ""
                if found is not None:
                    return _place_of(found)
    except FileError:
        raise
    except (ijson.JSONError, ValueError) as error:
        raise FileError(_what_is_broken(1, error)) from error
    if len(outer) == 1:
        return _place_of(*outer)
    raise NoRecordsError(no_records(schema))


def _place_of(prefix: str) -> str:
    """Return the names that lead to a list, from those of its items."""
    return prefix.removesuffix(ITEM).removesuffix(".")


def _is_item(prefix: str) -> bool:
    return prefix == ITEM or prefix.endswith(f".{ITEM}")
