"""Files that other programs wrote: `handed/expected.json` says what each of their rows has."""

import json
from pathlib import Path
from typing import Any

import pytest

from console.records.files.source import BrokenRow, FileLook
from console.records.pasted.tables.headings import matched_columns
from tests.records.files.readers.reading import SCHEMA, look, rows_of

HANDED = Path(__file__).parent.parent / "handed"
EXPECTED: dict[str, dict[str, Any]] = json.loads((HANDED / "expected.json").read_text())
# The rows of which nothing is read.
BROKEN = {"sep-line-and-duplicates.csv": [19, 20], "broken-line.jsonl": [13]}
WORDS = {
    "title-and-totals.xlsx": "an Excel workbook (the sheet Members)",
    "long-number-ids.xlsx": "an Excel workbook (the sheet Sheet1)",
    "second-sheet-formulas.xlsx": "an Excel workbook (the sheet Users)",
    "texts-and-iso-date-cells.xlsx": "an Excel workbook (the sheet Export 2026-11)",
    "german-windows-1252.csv": "a CSV file (semicolons, Windows-1252)",
    "unicode-text.txt": "a CSV file (tabs, UTF-16)",
    "macintosh-cr.csv": "a CSV file (commas, UTF-8)",
    "sep-line-and-duplicates.csv": "a CSV file (semicolons, UTF-8)",
    "broken-line.jsonl": "a file of JSON Lines",
    "thousand-rows.csv.gz": "a CSV file (commas, UTF-8)",
    "google-sheets.tsv": "a CSV file (tabs, UTF-8)",
    "api-dump.json": "a JSON file (records in users)",
}


def as_text(cell: Any) -> Any:
    """Return a text or an id without what is dropped at its ends, and with LF for line ends."""
    return None if cell is None else str(cell).strip().replace("\r", "\n")


@pytest.mark.parametrize("name", EXPECTED)
def test_finds_each_row(name: str) -> None:
    expected = EXPECTED[name]
    found, rows = look(HANDED / name), rows_of(HANDED / name)
    assert (found.words, found.heading_row) == (WORDS[name], expected.get("heading_row"))
    assert found.is_gzip == name.endswith(".gz")
    assert len(rows) == expected["rows"]
    assert [number for number, row in rows.items() if isinstance(row, BrokenRow)] == BROKEN.get(name, [])
    for number, record in zip(expected["record_rows"], expected["records"], strict=True):
        cells = dict(zip(matched_columns(SCHEMA, found.heading)[0], rows[number], strict=True))
        for field, value in (("USER_ID", "userId"), ("MEMBERSHIP_TYPE", "membershipType"), ("CITY", "city")):
            assert as_text(cells[field]) == record[value]


@pytest.mark.parametrize("name", EXPECTED)
def test_shows_the_first_rows(name: str) -> None:
    rows = [(number, row) for number, row in rows_of(HANDED / name).items() if not isinstance(row, BrokenRow)]
    found: FileLook = look(HANDED / name)
    assert [(row.number, row.cells) for row in found.first_rows] == rows[:10]


def test_tells_whether_quotes_between_tabs_enclose_cells() -> None:
    assert not look(HANDED / "google-sheets.tsv").has_quotes
    assert look(HANDED / "unicode-text.txt").has_quotes


def test_says_what_is_left_out() -> None:
    assert look(HANDED / "title-and-totals.xlsx").notes == (
        "Left out above the heading: “Member list, spring campaign”.",
    )
    assert look(HANDED / "long-number-ids.xlsx").notes == ("The unnamed first column of row numbers is left out.",)
