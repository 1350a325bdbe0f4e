"""Files in the formats of pasted text become JSON Lines, where it is certain what they are."""

import gzip
import json
from pathlib import Path

import pytest

from console.records.files.other_formats import read_misread, read_unread
from console.records.files.readers.batches import batches
from console.records.files.readers.look import look_at
from console.records.files.source import Choices, FileError, FileLook, NoRecordsError
from tests.records.files.readers.reading import SCHEMA, write, write_parts

SQL = "INSERT INTO users (USER_ID, AGE, CITY) VALUES\n('u-1', 34, 'Bern'),\n('u-2', NULL, 'Basel');\n"
RECORDS = [{"USER_ID": "u-1", "AGE": 34, "CITY": "Bern"}, {"USER_ID": "u-2", "AGE": None, "CITY": "Basel"}]
COLUMNS = '{"USER_ID": {"0": "u-1", "1": "u-2"}, "AGE": {"0": 34, "1": null}, "CITY": {"0": "Bern", "1": "Basel"}}'
MARKDOWN = "| USER_ID | AGE | CITY |\n|---|---|---|\n| u-1 | 34 | Bern |\n| u-2 |  | Basel |\n"
ERROR = NoRecordsError("No heading was found.")


def looked_at(path: Path) -> FileLook:
    return look_at(path, SCHEMA)


def records(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("content", [SQL, MARKDOWN, COLUMNS], ids=["SQL", "Markdown", "columns"])
def test_what_was_taken_for_rows_is_read(tmp_path: Path, content: str) -> None:
    path = write(tmp_path / "users", content)
    found = read_misread(path, SCHEMA, "", looked_at(path))
    assert found is not None
    assert records(found.text) == RECORDS


def test_json_in_cells_is_read(tmp_path: Path) -> None:
    rows = 'userId,properties\nu-1,"{""age"": 34, ""city"": ""Bern""}"\nu-2,"{""city"": ""Basel"", ""AGE"": null}"\n'
    path = write(tmp_path / "users", rows)
    found = read_misread(path, SCHEMA, "", looked_at(path))
    assert found is not None
    assert records(found.text) == [RECORDS[0], {"USER_ID": "u-2", "CITY": "Basel", "AGE": None}]


@pytest.mark.parametrize("is_packed", [False, True])
def test_what_was_not_read_is_read(tmp_path: Path, is_packed: bool) -> None:
    content = "users:\n- USER_ID: u-1\n  AGE: 34\n  CITY: Bern\n- USER_ID: u-2\n  AGE: null\n  CITY: Basel\n"
    path = tmp_path / "users"
    path.write_bytes(gzip.compress(content.encode()) if is_packed else content.encode())
    with pytest.raises(NoRecordsError) as caught:
        looked_at(path)
    assert records(read_unread(path, SCHEMA, "", caught.value).text) == RECORDS


@pytest.mark.parametrize(
    "content",
    [
        "USER_ID,AGE,CITY\nu-1,34,Bern\n",
        "Kunde;Alter\nu-1;34\n",
        "1,34,Bern\n2,35,Basel\n3,36,Genf\n",
        "1,34,1.5,true,1700000000,Gold,Bern\n" * 3,
        '{"USER_ID": "u-1", "CITY": {"de": "Bern"}}\n',
        '{"USER_ID": "u-1"}\n' * 2,
        # A person names the columns of what is no whole table either.
        "Kunde;Alter\n(u-1;34\nu-2;{\n",
        "INSERT;VALUES\nINSERT INTO users VALUES (;1\nu-2;3\n",
    ],
)
def test_rows_and_records_stay(tmp_path: Path, content: str) -> None:
    path = write(tmp_path / "users", content)
    assert read_misread(path, SCHEMA, "", looked_at(path)) is None


def test_a_workbook_stays(tmp_path: Path) -> None:
    cell = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    row = '<row r="1">' + cell.format("A1", "Kunde") + cell.format("B1", "Stadt") + "</row>"
    below = '<row r="2">' + cell.format("A2", "u-1") + cell.format("B2", "Bern") + "</row>"
    path = write_parts(tmp_path / "users.xlsx", row + below)
    assert read_misread(path, SCHEMA, "", looked_at(path)) is None


def test_a_table_drawn_by_lines_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "users", MARKDOWN.replace("| Bern |", "| Bern\nand Biel |"))
    with pytest.raises(FileError, match="Line 4: expected 3 cells, as the heading has"):
        read_misread(path, SCHEMA, "", looked_at(path))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("u-1 34\n", "No heading was found."),
        ("(12\n", "No heading was found."),
        ('{"USER_ID": "u-1", "AGE": 34}\n{"USER_ID": ', "No heading was found."),
        ('a:1:{i:0;a:1:{s:7:"USER_ID";s:3:"u-1";}}\n', "serialized PHP: "),
        (
            "\0" * 20,
            "No heading was found. Text in other formats, such as SQL, YAML and printed tables, is read where it ",
        ),
        (
            "x" * 400_001,
            "No heading was found. Text in other formats, such as SQL, YAML and printed tables, is read where",
        ),
        (
            "x" * 1_600_001,
            "No heading was found. Text in other formats, such as SQL, YAML and printed tables, is read ",
        ),
        (
            "INSERT INTO users VALUES ('u-1', 34, 1.5, true, 1700000000, 'Gold', 'Bern');\n",
            "It was read as 1 row of INSERT statements, and nothing says which field each column is. Put the names of "
            "the fields in the first line, or into the INSERT statements.",
        ),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, content: str, problem: str) -> None:
    path = write(tmp_path / "users", content)
    with pytest.raises(FileError) as caught:
        read_unread(path, SCHEMA, "", ERROR)
    assert str(caught.value).startswith(problem)


def test_statements_that_name_no_columns_are_no_rows(tmp_path: Path) -> None:
    row = "INSERT INTO users VALUES ('u-1', 34, 1.5, true, 1700000000, 'Gold', 'Bern');\n"
    path = write(tmp_path / "users", row * 3)
    with pytest.raises(FileError, match="It was read as 3 rows of INSERT statements, and nothing says which field"):
        read_misread(path, SCHEMA, "", looked_at(path))


@pytest.mark.parametrize("content", ['[{"ITEM_ID": "i-1", "PRICE": 3}]', '{"ITEM_ID": "i-1", "PRICE": 3}\n' * 2])
def test_records_of_another_type_are_refused(tmp_path: Path, content: str) -> None:
    path = write(tmp_path / "items", content)
    with pytest.raises(FileError, match=r"what looks like \d items?: This page creates users\."):
        read_misread(path, SCHEMA, "", looked_at(path))


def test_objects_with_other_names_are_for_a_person(tmp_path: Path) -> None:
    path = write(tmp_path / "users", '[{"who": "u-1", "years": 34}, {"who": "u-2", "years": 35}]')
    found = looked_at(path)
    assert found.heading == ("who", "years")
    assert read_misread(path, SCHEMA, "", found) is None


def test_another_error_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "users"
    error = FileError("It is an old Excel file (.xls).")
    for content in (b"\xff\x00\x00\xff", b"\x1f\x8b\x08\x00damaged"):
        path.write_bytes(content)
        with pytest.raises(FileError) as caught:
            read_unread(path, SCHEMA, "", error)
        assert caught.value is error


def test_columns_are_added_at_the_end(tmp_path: Path) -> None:
    path = write(tmp_path / "users", "USER_ID,AGE\nu-1,34\nu-2,35\n")
    choices = Choices(added=(("CITY", "Bern"), ("VIP", "true")))
    assert (choices.is_any, Choices(sheet="Users").is_any) == (False, True)
    found = look_at(path, SCHEMA, choices)
    assert (found.heading, found.first_rows[1].cells) == (
        ("USER_ID", "AGE", "CITY", "VIP"),
        ("u-2", "35", "Bern", "true"),
    )
    (batch,) = batches(path, SCHEMA, found)
    assert [list(column) for column in batch.columns] == [["u-1", "u-2"], ["34", "35"], ["Bern"] * 2, ["true"] * 2]
