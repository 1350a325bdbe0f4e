"""Twelve real files, with their right outcomes row by row: see `expected.json` beside them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bulk.outcomes import Outcome

HANDED = Path(__file__).parent.parent / "records" / "files" / "handed"
EXPECTED: dict[str, dict[str, Any]] = json.loads((HANDED / "expected.json").read_text())
# Where more than one outcome is defensible, the one that is chosen here: the rows that are valid beside `valid`, and
# why. A word for true is taken for that, and said; a text without characters is a text.
MORE_VALID = {
    "second-sheet-formulas.xlsx": {18},
    "texts-and-iso-date-cells.xlsx": {14},
    "german-windows-1252.csv": {17},
    "api-dump.json": {9},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_row_becomes_what_is_right(name: str) -> None:
    expected, found = EXPECTED[name], Outcome(HANDED / name)
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
