"""CSV files of records, read and validated row by row, with only one row in memory.

A cell without anything is null where its field allows that, and `""` is a text without characters, so that what
`csv_row` writes is read as it was.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from itertools import chain
from typing import Any

from console.records.files.cells import cell_value, words_in_cells
from console.records.json.nodes import Member, Scalar
from console.records.json.strings import SURROGATE
from console.records.problems import Diagnosis, Found, LineFault
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.records.validation.matching import Draft
from console.records.validation.number_texts import describe_text_of
from console.records.validation.rules import is_valid, properties_of
from console.records.validation.validation import invalid_fields

EMPTY_CELL = Found("an empty cell", "an empty cell")
CLOSED_QUOTES = "cells whose double quotes are closed at their end"
OPEN_QUOTE = "a quote that is not closed, or text after it"
CLOSE_QUOTES = "Close each quote, and write a quote inside a cell twice."
# Separators that spreadsheets write instead of commas, in words.
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
NO_COLUMN = Found("none", "none")
NEEDS_QUOTES = re.compile(r'[",\r\n]')
CELL_SOURCE = re.compile(r'"(?:[^"]++|"")*+"|[^,\r\n]*+')

# The text of a cell, or None for a cell without anything, not even quotes.
type Cell = str | None


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """One record's id and properties, valid for a schema; properties are by property name.

    Of an event, the id is its user's. `line` is the one where its row begins, and counts from 1.
    """

    entity_id: str
    properties: Mapping[str, Any]
    line: int = dataclass_field(default=0, compare=False)


def csv_heading(schema: Schema) -> str:
    """Return the first line of a CSV file of a schema's records, with its end."""
    return _line(field.name for field in schema.fields)


def csv_row(schema: Schema, entity_id: str, properties: str) -> str:
    """Return the row of a record, with its end; `properties` are the text of a JSON object by property name.

    No cell is written for an id of "", which an event of nobody known has.
    """
    values = json.loads(properties)
    return _line((entity_id or None) if field.is_id else values.get(field.property_name) for field in schema.fields)


def _line(values: Iterable[Any]) -> str:
    return ",".join(_cell(value) for value in values) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    # Numbers and booleans are written as JSON writes them, which is how they are read.
    text = value if isinstance(value, str) else json.dumps(value)
    if text and not NEEDS_QUOTES.search(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def validate_csv(
    schema: Schema, lines: Iterable[str], *, others_ignored: bool = False
) -> Iterator[EntityRecord | LineFault]:
    """Yield the record of each row of a CSV file, or what is wrong with it: a fault for each cell that does not fit.

    `lines` are the file's lines with their ends, as a file that is open with newline="" yields them. What is wrong
    with the heading comes first, and ends it: missing columns before all else. A blank line is no row, unless its
    blanks are in quotes.
    `others_ignored` lets the file have columns that the schema does not know. Errors of reading the lines are not
    caught.
    """
    rows = csv_rows(without_mark(lines))
    fields, faults = read_heading(schema, rows, others_ignored=others_ignored)
    yield from faults
    if faults:
        return
    for line, row in rows:
        if isinstance(row, LineFault):
            yield row
        elif len(row) == len(fields):
            yield from _validated(
                schema, [(field, cell) for field, cell in zip(fields, row, strict=True) if field], line
            )
        else:
            expected = f"as many cells as the heading has, {len(fields)}"
            yield LineFault(line, None, expected, Found(str(len(row)), str(len(row))))


def without_mark(lines: Iterable[str]) -> Iterator[str]:
    """Return lines, the first of them without a byte order mark."""
    rest = iter(lines)
    return chain([next(rest, "").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")], rest)


def read_heading(
    schema: Schema, rows: Iterator[tuple[int, list[Cell] | LineFault]], *, others_ignored: bool
) -> tuple[list[Field | None], list[LineFault]]:
    """Return the field of each column, None of one that the schema does not know, and what is wrong with the heading.

    The heading is the first of `rows`, and is taken from them.
    """
    line, heading = next(rows, (1, []))
    if isinstance(heading, LineFault):
        return [], [heading]
    names = [(cell or "").strip() for cell in heading]
    known = [name for name in names if not others_ignored or schema.field(name)]
    return [schema.field(name) for name in names], list(_faults_of_heading(schema, line, names, known))


def csv_rows(lines: Iterable[str]) -> Iterator[tuple[int, list[Cell] | LineFault]]:
    """Yield each row with the line where it begins, or the fault that keeps it from being read.

    No more of the lines is taken than the rows that were asked for have.
    """
    source: list[str] = []
    reader = csv.reader(_noted(source, lines), strict=True)
    while True:
        line = reader.line_num + 1
        source.clear()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, _unreadable(line)
            continue
        if row and not (len(row) == 1 and row[0].isspace() and '"' not in "".join(source)):
            yield line, _told_apart(row, "".join(source)) if "" in row else list(row)


def _noted(source: list[str], lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines, and add each to the source of the row that is read."""
    for line in lines:
        source.append(line)
        yield line


def _told_apart(row: list[str], source: str) -> list[Cell]:
    """Return a row whose cells without anything are None: Python 3.12 reads them as it reads `""`."""
    cells: list[Cell] = []
    start = 0
    for text in row:
        end = CELL_SOURCE.match(source, start).end()  # type: ignore[union-attr]  # It matches everywhere.
        cells.append(text if text or end > start else None)
        start = end + 1
    return cells


def _unreadable(line: int) -> LineFault:
    # A cell of over 131,072 characters is the same error to Python's reader, and an open quote makes such cells.
    return LineFault(line, None, CLOSED_QUOTES, Found(OPEN_QUOTE, OPEN_QUOTE), CLOSE_QUOTES)


def _faults_of_heading(schema: Schema, line: int, names: list[str], known: list[str]) -> Iterator[LineFault]:
    if not names:
        found = Found("no text", "no text")
        yield LineFault(line, None, "a heading with the names of the schema's fields", found)
        return
    separator = next((each for each in OTHER_SEPARATORS if len(names) == 1 and each in names[0]), "")
    if separator and any(schema.field(name.strip()) for name in names[0].split(separator)):
        what = OTHER_SEPARATORS[separator]
        advice = "Save the file as CSV with commas."
        yield LineFault(line, None, "commas between the names of columns", Found(what, what), advice)
        return
    draft = Draft(start=0)
    draft.take(schema, [Member(0, name, Scalar(0, None)) for name in known])
    for field in schema.fields:
        if field.name not in draft.given and not field.nullable:
            yield LineFault(line, field.name, f"a column {field.name}", NO_COLUMN)
    for fault in draft.faults:
        yield LineFault(line, fault.field, fault.expected, fault.found, fault.advice)


def _validated(schema: Schema, row: list[tuple[Field, Cell]], line: int) -> Iterator[EntityRecord | LineFault]:
    values = {field.name: _value(field, cell) for field, cell in row}
    whole = all(not cell or cell.isascii() or not SURROGATE.search(cell) for _field, cell in row)
    if whole and is_valid(schema, values):
        yield EntityRecord(values[schema.id_field.name], properties_of(schema, values), line)
        return
    invalid = invalid_fields(schema, values)
    for field, cell in row:
        if cell and SURROGATE.search(cell):
            found = Found("half of a surrogate pair", "half of a character")
            yield LineFault(line, field.name, "whole characters", found)
        elif field.name in invalid:
            wrong = describe_text_of(field, cell) if cell else Diagnosis(EMPTY_CELL)
            expected = words_in_cells(field)
            yield LineFault(line, field.name, expected, wrong.found, wrong.advice, wrong.told_advice)


def _value(field: Field, cell: Cell) -> Any:
    if cell == "" and "string" in field.types:
        return cell
    return cell_value(field, cell or "")
