"""All records of a pasted text, however many, as a file that records are imported from."""

import json
from dataclasses import dataclass, replace

from console.records.json.characters import BYTE_ORDER_MARK
from console.records.json.nodes import Object, has_unreadable
from console.records.json.reading import read_json
from console.records.json.writing import json_of
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.detection import MOST_LINES, UNREADABLE, as_fields, no_list
from console.records.pasted.envelopes.other_type import records_of_other_type, refuse_other_type
from console.records.pasted.reader import records_in
from console.records.pasted.readers import READERS
from console.records.pasted.table_records import AS_JSON_IN
from console.records.record_input import LONGEST_INPUT
from console.records.schemas.schema import Schema

MOST_RECORDS = 1_000_000
# The readers of texts that are files of records as they stand.
OF_FILES = frozenset(("JSON Lines", "rows with a separator"))
PASTED = "pasted-records"


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of records: its name and its text.

    Where that is not the text that was pasted, `words` say what that was detected as, and `changes` are sentences on
    what became of its values and columns.
    """

    name: str
    text: str
    words: str = ""
    changes: tuple[str, ...] = ()


def text_file(schema: Schema, target: str, text: str) -> TextFile:
    """Return a pasted text as a file: as it stands where files have its format, else its records as JSON Lines.

    `target` is what a request names as its own, as for `detect`. Raise Refusal for a text that is known, and cannot be
    turned into records.
    """
    if len(text) > LONGEST_INPUT or text.count("\n") > MOST_LINES:
        return _as_it_stands(text)
    # Every record is read here, not only counted beyond the number that can be sent.
    whole = replace(schema, entity=replace(schema.entity, most_per_call=MOST_RECORDS))
    found = _in_json(whole, target, text) if _is_json(text) else _in_other_text(whole, target, text)
    return _as_it_stands(text) if found is None else _of_records(whole, found)


def _is_json(text: str) -> bool:
    try:
        json.loads(text.removeprefix(BYTE_ORDER_MARK), parse_int=str)
    except (ValueError, RecursionError):
        return False
    return True


def _in_json(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a JSON text that has something around them, None of any other."""
    root = read_json(text).root
    if root is None:
        return None
    found = records_in(schema, target, root)
    if found and found.words:
        return found
    refuse_other_type(schema, records_of_other_type(schema, root))
    return None


def _in_other_text(schema: Schema, target: str, text: str) -> Found | None:
    """Return what the first reader that knows a text finds, None where files have the format that it reads."""
    for words, reader in READERS:
        try:
            found = reader(schema, target, text.removeprefix(BYTE_ORDER_MARK))
        except Refusal as refusal:
            if words not in OF_FILES or refusal.other:
                raise
            # In a file, an unreadable row does not affect the others.
            return None
        if found:
            # JSON in the rows of a file would be columns of its own.
            return None if words in OF_FILES and AS_JSON_IN not in found.words else found
    return None


def _of_records(schema: Schema, found: Found) -> TextFile:
    records = [record for record in found.records if isinstance(record, Object)]
    if len(records) < len(found.records):
        raise Refusal(no_list(schema))
    if any(has_unreadable(record) for record in records):
        raise Refusal(UNREADABLE)
    written, said = as_fields(schema, found, records)
    lines = "".join(f"{json_of(record)}\n" for record in written)
    return TextFile(f"{PASTED}.jsonl", lines, found.words, said)


def _as_it_stands(text: str) -> TextFile:
    kind = {"[": "json", "{": "jsonl"}.get(text.lstrip(f"{BYTE_ORDER_MARK} \t\r\n")[:1], "csv")
    return TextFile(f"{PASTED}.{kind}", text)
