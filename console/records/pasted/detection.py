"""Detect what a pasted text is by its content, and turn it into record input."""

import re
from collections.abc import Iterable
from dataclasses import replace

from console.records.json.characters import BYTE_ORDER_MARK
from console.records.json.nodes import Object, Scalar, has_unreadable, quoted
from console.records.json.reading import Reading
from console.records.pasted.detected import Detected, Found, Refusal
from console.records.pasted.envelopes.flattening import flat
from console.records.pasted.envelopes.other_type import records_of_other_type, refuse_other_type
from console.records.pasted.literals.failed import failures_kept
from console.records.pasted.reader import records_in
from console.records.pasted.readers import READERS, found_in_texts
from console.records.pasted.rows_in_field import found_in_field
from console.records.pasted.unknown_members import without_unknown
from console.records.pasted.values.conventions import Changes, conventional
from console.records.pasted.values.thousands import with_thousands
from console.records.pasted.writing import write_records
from console.records.record_input import LONGEST_INPUT, read_records, up_to_most
from console.records.schemas.schema import Schema

# With more lines than this in a text of the allowed length, each line is too short for a record.
MOST_LINES = 50_000
COMMENTED = re.compile(
    r"^[ \t]*+(?:#|//|--)[ \t]*+(?:-[ \t]++)?(?:\{[ \t]*+[\w\"']|(?:INSERT|REPLACE)\s++INTO\b)[^\n]*+",
    re.IGNORECASE | re.MULTILINE,
)
IN_COMMENT = "in a comment"
VALUES = "{} whose values are written in another way"
UNREADABLE = "It has values that JSON cannot express."


def detect(schema: Schema, target: str, text: str, reading: Reading | None = None) -> Detected | None:
    """Return what a text is if it is not record input as it stands, or None; `reading` is its validation's, if known.

    `target` is what a request names as its own: a dataset's ARN or a tracking id, "" where it is not known.

    Record input is an object or an array of objects; of such a text, values may be written as other programs do. All
    other kinds of text are in READERS.
    """
    if len(text) > LONGEST_INPUT or not text.strip():
        return None
    reading = reading or read_records(schema.entity, text)
    if reading.root is not None and not reading.faults:
        try:
            found = records_in(schema, target, reading.root)
            if found is None or not found.words:
                refuse_other_type(schema, records_of_other_type(schema, reading.root))
            if found is None:
                found = found_in_texts(schema, target, reading.root, "in a text of JSON")
        except Refusal as refusal:
            return _refused(refusal, "JSON")
        if found:
            return _made(schema, (not found.words and found_in_field(schema, target, found)) or found)
        if not (isinstance(reading.root, Scalar) and isinstance(reading.root.value, str)):
            return None
    return _read(schema, target, text.removeprefix(BYTE_ORDER_MARK))


def _read(schema: Schema, target: str, text: str) -> Detected | None:
    """Return what the first reader that knows a text makes of it."""
    if text.count("\n") > MOST_LINES:
        return None
    with failures_kept():
        return _first_of_readers(schema, target, text)


def _first_of_readers(schema: Schema, target: str, text: str) -> Detected | None:
    for words, reader in READERS:
        try:
            found = reader(schema, target, text)
        except Refusal as refusal:
            return _refused(refusal, words)
        if found:
            return _made(schema, replace(found, notes=(*found.notes, *_notes_on_comments(found.words, text))))
    return None


def _notes_on_comments(words: str, text: str) -> tuple[str, ...]:
    """Return a sentence on records that a text has in comments, where it is no comment as a whole."""
    found = [match[0].strip() for match in COMMENTED.finditer(text)] if IN_COMMENT not in words else []
    if not found:
        return ()
    lines = (
        "1 line that looks like a record is" if len(found) == 1 else f"{len(found)} lines that look like records are"
    )
    return (f"{lines} in comments, and left out: {quoted(found[0])}.",)


def _refused(refusal: Refusal, words: str) -> Detected:
    return Detected(refusal.words or words, refusal=str(refusal), other=refusal.other)


def _made(schema: Schema, found: Found) -> Detected | None:
    """Return records written out as record input, or a refusal; None of record input in which nothing changes."""
    if found.number > schema.entity.most_per_call:
        too_many = f"Expected {up_to_most(schema.entity)}; found {found.number}."
        return Detected(found.words, refusal=too_many, count=found.number) if found.words else None
    records = [record for record in found.records if isinstance(record, Object)]
    if len(records) < len(found.records):
        return _no_list(schema, found.words) if found.words else None
    if any(has_unreadable(record) for record in records):
        return Detected(found.words, refusal=UNREADABLE)
    written, said = as_fields(schema, found, records)
    if not found.words and not said:
        said = _on_names(schema, records, written)
    if not written or not (found.words or said):
        return None
    written, left_out = without_unknown(schema, written)
    said += left_out
    words = found.words or VALUES.format(schema.entity.counted(found.number))
    return Detected(words, write_records(written), changes=said, is_other_format=bool(found.words))


def _on_names(schema: Schema, records: Iterable[Object], written: Iterable[Object]) -> tuple[str, ...]:
    """Return a sentence on names that are fields' but for their marks, which JSON of records does not take."""
    names = {
        before.key: after.key
        for record, own in zip(records, written, strict=True)
        for before, after in zip(record.members, own.members, strict=False)
        if before.key != after.key and not schema.field(before.key) and schema.field(after.key)
    }
    named = ", ".join(f"{quoted(before)} as {after}" for before, after in names.items())
    return (f"Names are written as the schema has them: {named}.",) if names else ()


def as_fields(schema: Schema, found: Found, records: Iterable[Object]) -> tuple[list[Object], tuple[str, ...]]:
    """Return records with their values as the fields of the schema take them, and sentences on what was done."""
    changes, notes = Changes(), dict.fromkeys(found.notes)
    flattened = [flat(schema, record) for record in records]
    notes |= dict.fromkeys(note for each in flattened for note in each.notes)
    dialect = with_thousands(schema, (each.record for each in flattened), found.dialect)
    written = [conventional(schema, each.record, dialect, changes) for each in flattened]
    return written, (*notes, *changes.sentences())


def _no_list(schema: Schema, words: str) -> Detected:
    return Detected(words, refusal=no_list(schema))


def no_list(schema: Schema) -> str:
    """Return the sentence on a list in which something is no record."""
    entity = schema.entity
    return f"Expected a list of {entity.nouns}, each with {entity.id_property} and properties."
