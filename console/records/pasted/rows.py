"""Rows of a spreadsheet or a CSV file (RFC 4180), with a header row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from console.records.files.cells import cell_value
from console.records.json.writing import json_text
from console.records.pasted.writing import Members
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema

# Tabs come from a spreadsheet's clipboard, semicolons from the CSV files of half of Europe.
SEPARATORS = {"\t": "rows of a spreadsheet", ",": "rows of CSV", ";": "rows of CSV with semicolons"}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that were read: what they are called, and each row as a record; equal columns are all kept."""

    words: str
    count: int
    records: list[Members]
    refusal: str = ""


def read_rows(schema: Schema, text: str) -> Rows | None:
    """Return the rows of a text whose first row names the schema's fields, or None if it is no such text.

    Columns are matched as field names are. A column without a field keeps its heading, and a row with too many cells
    has the others under the heading they would stand in, so that nothing is lost without a word.
    """
    bare = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").lstrip("\r\n")
    first_line = bare.partition("\n")[0]
    for separator, words in SEPARATORS.items():
        if separator in first_line and _names_fields(schema, first_line.split(separator)):
            try:
                return _rows(schema, words, list(_cells(bare, separator)))
            except csv.Error:
                return Rows(words, 0, [], "A cell's double quotes are not closed, or are in the middle of it.")
    return None


def _cells(text: str, separator: str) -> Iterator[list[str]]:
    # A cell may be as long as the text.
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    yield from (row for row in reader if any(cell.strip() for cell in row))


def _names_fields(schema: Schema, heading: list[str]) -> bool:
    """Say whether a heading is one of records: the record's id, or at least two fields, are in it."""
    fields = [schema.field(cell.strip(' "\r')) for cell in heading]
    return schema.id_field in fields or len([field for field in fields if field]) > 1


def _rows(schema: Schema, words: str, rows: list[list[str]]) -> Rows | None:
    heading, *others = rows
    if not others:
        return None
    columns = [(cell.strip(), schema.field(cell.strip())) for cell in heading]
    count = f"{len(others)} {words}" if len(others) > 1 else f"1 {words.replace('rows', 'row')}"
    # More rows than can be sent are counted only.
    return Rows(count, len(others), [_record(columns, row) for row in others[: schema.entity.most_per_call]])


def _record(columns: list[tuple[str, Field | None]], row: list[str]) -> Members:
    record: Members = []
    for position, cell in enumerate(row):
        heading, field = columns[position] if position < len(columns) else (f"COLUMN_{position + 1}", None)
        if field is None and not cell and not heading:
            continue
        record.append((field.name if field else heading, json_text(cell_value(field, cell))))
    return record
