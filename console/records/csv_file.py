"""CSV files of users, read and judged row by row: no more of a file than a row is held in memory."""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain

from console.records.cells import cell_value
from console.records.judging import UserRecord, invalid_fields
from console.records.matching import Draft
from console.records.nodes import Member, Scalar, describe_text
from console.records.problems import Found, LineFault
from console.records.rules import holds, in_words, properties_of
from console.records.schema import USER_ID, Field, Schema
from console.records.strings import SURROGATE

EMPTY_CELL = Found("an empty cell", "an empty cell")


def judge_csv(schema: Schema, lines: Iterable[str]) -> Iterator[UserRecord | LineFault]:
    """Yield the user of each row of a CSV file, or what is wrong with it: a fault for each cell that does not fit.

    `lines` are the file's lines with their ends, as a file that is open with newline="" yields them. What is wrong
    with the heading comes first, and ends it. An empty cell is null where its field is nullable, and a blank line is
    no row. Errors of reading the lines are not caught.
    """
    rows = _rows(lines)
    line, heading = next(rows, (1, []))
    if isinstance(heading, LineFault):
        yield heading
        return
    names = [cell.strip() for cell in heading]
    faults = list(_faults_of_heading(schema, line, names))
    yield from faults
    if faults:
        return
    fields = [field for field in map(schema.field, names) if field]
    for line, row in rows:
        if isinstance(row, LineFault):
            yield row
        elif len(row) == len(fields):
            yield from _judged(schema, fields, line, row)
        else:
            expected = f"as many cells as the heading has, {len(fields)}"
            yield LineFault(line, None, expected, Found(str(len(row)), str(len(row))))


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str] | LineFault]]:
    """Yield each row with the line where it begins, or the fault that keeps it from being read."""
    rest = iter(lines)
    first = next(rest, "").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    reader = csv.reader(chain([first], rest), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, _unreadable(line)
            continue
        if row and not (len(row) == 1 and row[0].isspace()):
            yield line, row


def _unreadable(line: int) -> LineFault:
    # A cell of over 131,072 characters is the same error to Python's reader, and an open quote makes such cells.
    advice = "Close each quote, and write a quote inside a cell twice."
    found = Found("a quote that is not closed, or text after it", "a quote that is not closed, or text after it")
    return LineFault(line, None, "cells whose double quotes are closed at their end", found, advice)


def _faults_of_heading(schema: Schema, line: int, names: list[str]) -> Iterator[LineFault]:
    if not names:
        found = Found("no text", "no text")
        yield LineFault(line, None, "a heading with the names of the schema's fields", found)
        return
    draft = Draft(start=0)
    draft.take(schema, [Member(0, name, Scalar(0, None)) for name in names])
    for field in schema.fields:
        if field.name not in draft.given and not field.nullable:
            yield LineFault(line, field.name, f"a column {field.name}", Found("none", "none"))
    for fault in draft.faults:
        yield LineFault(line, fault.field, fault.expected, fault.found, fault.advice)


def _judged(schema: Schema, fields: list[Field], line: int, row: list[str]) -> Iterator[UserRecord | LineFault]:
    values = {field.name: cell_value(field, cell) for field, cell in zip(fields, row, strict=True)}
    whole = all(cell.isascii() or not SURROGATE.search(cell) for cell in row)
    if whole and holds(schema, values):
        yield UserRecord(values[USER_ID], properties_of(schema, values))
        return
    invalid = invalid_fields(schema, values)
    for field, cell in zip(fields, row, strict=True):
        if SURROGATE.search(cell):
            found = Found("half of a surrogate pair", "half of a character")
            yield LineFault(line, field.name, "whole characters", found)
        elif field.name in invalid:
            found = describe_text(cell) if cell else EMPTY_CELL
            yield LineFault(line, field.name, in_words(field, text="text"), found)
