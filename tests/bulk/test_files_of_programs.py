"""Files of the same users that real programs wrote: each row is the record, or the problem, that it should be.

What is right was worked out by hand from what the programs were given; README.md beside the files says which they are.
"""

from pathlib import Path
from typing import Any

import pytest

from console.records.files.other_formats import read_misread, read_unread
from console.records.files.readers.look import look_at
from console.records.files.readers.rows_below import TELLS_QUOTES
from console.records.files.source import FileError, FileKind, NoRecordsError
from tests.bulk.outcomes import Outcome
from tests.records.files.readers.reading import SCHEMA

PROGRAMS = Path(__file__).parent.parent / "records" / "files" / "programs"
# What a program has made of some fields, by the places of users.
type Differences = dict[int, dict[str, Any]]
FIELDS = ("userId", "age", "score", "vip", "memberSince", "membershipType", "city")
# In their order. The 12th has an age that no int can be, the 13th no score, and the 14th no id; the last is the first
# one again.
USERS: dict[int, tuple[Any, ...]] = {
    1: ("u-2001", 34, 12.5, True, 1583020800, "Gold", "Zürich"),
    2: ("u-2002", None, 0.0, False, None, "Silver", 'The "Old" Town'),
    3: ("00123", 51, 7.25, True, 1609459200, "Gold", "Bern, Altstadt"),
    4: ("u-2004", 18, 1234.5, False, 1640995199, "Basic", "Line one\nLine two"),
    5: ("u-2005", 0, -3.75, True, 0, "Silver", ""),
    6: ("u-2006", 99, 0.1, False, 1700000000, "Gold", None),
    7: ("u-2007", 42, 100000.0, True, 1606780800, "Basic", "São Paulo"),
    8: ("u-2008", 27, 3.0, False, 951782400, "Gold", "NA"),
    9: ("9007199254740993", 61, 2.5, True, 1583020800, "Silver", "北京"),
    10: ("u-2010", 33, 0.00001, False, None, "Basic", "back\\slash"),
    11: ("u-2011", 45, 8.0, True, 1718409600, "Gold", "tab\there"),
    15: ("u-2001", 35, 13.0, False, 1583020800, "Gold", "Winterthur"),
}
INVALID = {12: {"AGE"}, 13: {"SCORE"}, 14: {"USER_ID"}}
# Some programs tell no value from the empty text.
NO_EMPTY_TEXT: Differences = {5: {"city": None}}

# MariaDB shows no value as the text NULL, which an id of somebody could be: the page says so.
IN_MARIADB: Differences = {5: {"city": None}, 6: {"city": "NULL"}}
LEFT_AS_ESCAPES: Differences = {
    4: {"city": "Line one\\nLine two"},
    10: {"city": "back\\\\slash"},
    11: {"city": "tab\\there"},
}
NULL_FOR_ID = ("NULL", 21, 1.0, True, 1583020800, "Gold", "Thun")
FILES: dict[str, Differences] = {
    "polars.csv": {},
    "polars.ndjson": {},
    "polars.xlsx": NO_EMPTY_TEXT,
    "duckdb.csv.gz": {},
    "duckdb-array.json": {},
    "pandas.xlsx": NO_EMPTY_TEXT,
    "spark.csv.gz": {},
    "spark.json.gz": {},
    "psql-copy.csv": {},
    "psql-copy.tsv": NO_EMPTY_TEXT,
    "sqlite.csv": {},
    # An empty cell became no value when R read it.
    "r.csv": NO_EMPTY_TEXT,
    "r-csv2.csv": NO_EMPTY_TEXT,
    "mlr.tsv": NO_EMPTY_TEXT | LEFT_AS_ESCAPES,
    "jq-stream.json": {},
    "papaparse.csv": {},
    # What is in bold, and a link and a formula by their texts and values.
    "exceljs.xlsx": {1: {"city": "Zürich"}},
    "libreoffice.xlsx": NO_EMPTY_TEXT,
    "gnumeric.xlsx": NO_EMPTY_TEXT,
    "gnumeric-utf16.txt": NO_EMPTY_TEXT,
}
# In these the record without an id was left out.
WITHOUT_14 = ("mongo-canonical.json", "dynamodb-export.json.gz")
NOTES = {
    "psql-copy.tsv": "Backslashes are read as MariaDB and PostgreSQL write them: \\t is a tab, \\n a line break.",
    "mariadb.tsv": "Backslashes are read as MariaDB and PostgreSQL write them: \\t is a tab, \\n a line break.",
    "mlr.tsv": "Backslashes stay as they are. If a database client wrote \\t for a tab",
    "r.csv": "NA without quotes is no value, as R writes it; in quotes it is a text.",
    "spark.csv.gz": "Backslashes before double quotes are left out, as Spark and other programs write them.",
}


def expected(differences: Differences) -> dict[int, dict[str, Any]]:
    """Return the records by their places, with what a program has made otherwise."""
    users = {place: dict(zip(FIELDS, user, strict=True)) for place, user in USERS.items()}
    return {place: user | differences.get(place, {}) for place, user in users.items()}


def by_place(found: Outcome) -> tuple[dict[int, dict[str, Any]], dict[int, set[str]]]:
    """Return the records and the fields of the invalid rows by their places: rows have a heading above them."""
    above = found.look.heading_row or 0
    records = {number - above: record for number, record in found.records.items()}
    return records, {number - above: fields for number, fields in found.invalid.items()}


@pytest.mark.parametrize("name", FILES)
def test_each_row_becomes_what_is_right(name: str) -> None:
    found = Outcome(PROGRAMS / name)
    # Before 3.13, Python's reader of CSV takes "" for an empty cell.
    without = {} if TELLS_QUOTES or found.look.kind is not FileKind.SEPARATED else NO_EMPTY_TEXT
    assert by_place(found) == (expected(FILES[name] | without), INVALID)
    above = found.look.heading_row or 0
    assert found.repeats.examples == {"u-2001": [1 + above, 15 + above]}
    assert [each for each in found.left_out if each] == []


@pytest.mark.parametrize("name", WITHOUT_14)
def test_wrapped_types_are_their_values(name: str) -> None:
    records, invalid = by_place(Outcome(PROGRAMS / name))
    users = expected({})
    users[14] = users.pop(15)
    assert (records, invalid) == (users, {12: {"AGE"}, 13: {"SCORE"}})


def test_what_php_writes_for_false_is_not_guessed() -> None:
    records, invalid = by_place(Outcome(PROGRAMS / "php.csv"))
    # An empty cell is what fputcsv writes for false, for null and for a text without characters.
    falses = {place for place, user in USERS.items() if user[3] is False}
    assert invalid == INVALID | {place: {"VIP"} for place in falses}
    assert records == {place: user for place, user in expected(NO_EMPTY_TEXT).items() if place not in falses}


def test_what_mariadb_prints_for_null_in_a_text_stays() -> None:
    records, invalid = by_place(Outcome(PROGRAMS / "mariadb.tsv"))
    thun = dict(zip(FIELDS, NULL_FOR_ID, strict=True))
    assert (records, invalid) == (expected(IN_MARIADB) | {14: thun}, {12: {"AGE"}, 13: {"SCORE"}})


@pytest.mark.parametrize("name", NOTES)
def test_says_how_it_is_read(name: str) -> None:
    notes = look_at(PROGRAMS / name, SCHEMA).notes
    assert any(note.startswith(NOTES[name]) for note in notes), notes


@pytest.mark.parametrize("name", ["mariadb-dump.sql", "sqlite-dump.sql"])
def test_a_dump_in_sql_is_read(tmp_path: Path, name: str) -> None:
    path = PROGRAMS / name
    try:
        made = read_misread(path, SCHEMA, "", look_at(path, SCHEMA))
    except NoRecordsError as error:
        made = read_unread(path, SCHEMA, "", error)
    assert made is not None
    assert made.words == "15 rows of INSERT statements"
    (tmp_path / "made").write_text(made.text)
    assert by_place(Outcome(tmp_path / "made")) == (expected({}), INVALID)


def test_columns_and_rows_in_json_are_read(tmp_path: Path) -> None:
    path = PROGRAMS / "pandas-split.json"
    with pytest.raises(FileError) as caught:
        look_at(path, SCHEMA)
    made = read_unread(path, SCHEMA, "", caught.value)
    assert made.words == "15 users as columns and rows"
    assert (
        read_misread(PROGRAMS / "duckdb-array.json", SCHEMA, "", look_at(PROGRAMS / "duckdb-array.json", SCHEMA))
        is None
    )
    (tmp_path / "made").write_text(made.text)
    records, invalid = by_place(Outcome(tmp_path / "made"))
    # pandas writes moments as milliseconds.
    users = expected({})
    in_milliseconds = {
        place: user | {"memberSince": user["memberSince"] and user["memberSince"] * 1000}
        for place, user in users.items()
    }
    assert (records, invalid) == (in_milliseconds, INVALID)
