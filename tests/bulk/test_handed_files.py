"""Twelve real files, with their right outcomes row by row: see `expected.json` beside them."""

import json
from pathlib import Path
from typing import Any

import pytest

from console.bulk.checking.repeats import Repeats
from console.bulk.checking.running_check import rules_for
from console.bulk.models import Import
from console.bulk.uploading.mapping import matched
from console.records.files.checking.table_checks import TableCheck
from console.records.files.readers.batches import batches
from console.records.files.readers.look import look_at
from tests.records.literal_schemas import users_schema

HANDED = Path(__file__).parent.parent / "records" / "files" / "handed"
EXPECTED: dict[str, dict[str, Any]] = json.loads((HANDED / "expected.json").read_text())
SCHEMA = users_schema(
    AGE=["null", "int"],
    SCORE="double",
    VIP="boolean",
    MEMBER_SINCE=["null", "long"],
    MEMBERSHIP_TYPE="categorical string",
    CITY=["null", "string"],
)
# Where more than one outcome is defensible, the one that is chosen here: the rows that are valid beside `valid`, and
# why. A word for true is taken for that, and said; a text without characters is a text.
MORE_VALID = {
    "second-sheet-formulas.xlsx": {18},
    "texts-and-iso-date-cells.xlsx": {14},
    "german-windows-1252.csv": {17},
    "api-dump.json": {9},
}


class Outcome:
    """What became of the rows of a file: records by row, invalid rows with the fields of their problems, columns."""

    def __init__(self, name: str) -> None:
        path = HANDED / name
        self.look = look_at(path, SCHEMA)
        made = Import(columns=matched(SCHEMA, self.look.heading), choices={}, without={}, findings={})
        self.left_out = [head for head, field in zip(self.look.heading, made.columns, strict=True) if not field]
        self.records: dict[int, dict[str, Any]] = {}
        self.invalid: dict[int, set[str]] = {}
        self.repeats = Repeats(is_event=False)
        check = None
        for batch in batches(path, SCHEMA, self.look):
            check = check or TableCheck(SCHEMA, made.columns, rules_for(made, SCHEMA, self.look, batch))
            done = check.check(batch)
            self.repeats.look_at(done.ids, done.numbers)
            for number, record_id, properties in zip(done.numbers, done.ids, done.properties, strict=True):
                self.records[number] = {"userId": record_id, **json.loads(properties)}
            self.invalid |= {row.number: {field for field, _fault in row.faults} for row in done.invalid}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_row_becomes_what_is_right(name: str) -> None:
    expected, found = EXPECTED[name], Outcome(name)
    more = MORE_VALID.get(name, set())
    problems = {each["row"]: each["field"] for each in expected["problems"] if each["row"] not in more}
    assert set(found.invalid) == set(problems)
    for row, field in problems.items():
        # Of a row with a cell too many or too few, it is not certain which one it is.
        assert field in found.invalid[row] or found.invalid[row] == {""}, row
    assert len(found.records) == expected["valid"] + len(more)
    for row, record in zip(expected["record_rows"], expected["records"], strict=True):
        given = {field: value for field, value in record.items() if value is not None}
        got = {field: value for field, value in found.records[row].items() if value is not None}
        if name == "macintosh-cr.csv":
            # Both ends of lines within a cell are right.
            got = {
                field: value.replace("\r", "\n") if isinstance(value, str) else value for field, value in got.items()
            }
        assert got == given, row
    assert set(expected.get("ignored_columns", ())) == {name for name in found.left_out if name}
    repeated = {each["userId"]: each["rows"] for each in expected.get("duplicates", ())}
    assert found.repeats.examples == repeated
