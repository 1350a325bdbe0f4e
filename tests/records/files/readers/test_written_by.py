"""Files of rows as some programs write them: R's missing values, escapes of database clients, and binary files."""

import io
import tarfile
from pathlib import Path
from typing import Any

import pytest

from console.records.files.readers.written_by import without_missing_values
from console.records.files.source import FileError
from tests.records.files.readers.reading import look, pack, rows_of, write

OF_R = '"USER_ID","AGE","CITY"\n'
NO_VALUES = "NA without quotes is no value, as R writes it; in quotes it is a text."
UNESCAPED = "Backslashes are read as MariaDB and PostgreSQL write them: \\t is a tab, \\n a line break."
LEFT = "Backslashes stay as they are. "


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        (OF_R + '"u",NA,"NA"\nNA,3,NA\n', {2: ("u", None, "NA"), 3: (None, "3", None)}),
        (OF_R + '"u",1,"a\n,NA,\nNA\nb,NA"\n"v",NA,NA\n', {2: ("u", "1", "a\n,NA,\nNA\nb,NA"), 3: ("v", None, None)}),
        (OF_R + '"u",NA,"a ""NA"", b,NA"\n', {2: ("u", None, 'a "NA", b,NA')}),
        (OF_R.replace(",", "\t") + '"u"\tNA\t"NA"\n', {2: ("u", None, "NA")}),
        (OF_R.replace(",", ";") + '"u";1,5;NA\n', {2: ("u", "1,5", None)}),
        (OF_R.replace("\n", "\r\n") + '"u",NA,NA\r\n', {2: ("u", None, None)}),
    ],
)
def test_what_r_leaves_without_quotes_is_no_value(tmp_path: Path, file: str, rows: dict[int, Any]) -> None:
    path = write(tmp_path / "users", file)
    assert NO_VALUES in look(path).notes
    assert rows_of(path) == rows


@pytest.mark.parametrize("file", ["USER_ID,AGE,CITY\nu,NA,NA\n", OF_R + '"u",1,Bern\n"v",NA,NA\n'])
def test_where_texts_are_without_quotes_na_stays(tmp_path: Path, file: str) -> None:
    path = write(tmp_path / "users", file)
    assert look(path).notes == ()
    assert list(rows_of(path).values())[-1][1:] == ("NA", "NA")


def test_lines_stay_as_many_where_quotes_are_open() -> None:
    blocks = [['a,"b\n', "NA,NA\n"], ['c"\n', "NA,1\n", '"open,NA\n']]
    found = [line for block in without_missing_values(blocks, ",") for line in block]
    assert found == ['a,"b\n', "NA,NA\n", 'c"\n', ",1\n", '"open,NA\n']


@pytest.mark.parametrize(
    ("rows", "note", "cells"),
    [
        ("u\t\\N\ta\\tb\\\\c\\nd\n", UNESCAPED, ("u", None, "a\tb\\c\nd")),
        ("u\tNULL\ta\\tb\n", UNESCAPED, ("u", "NULL", "a\tb")),
        ("u\t\\N\tBern\n", UNESCAPED, ("u", None, "Bern")),
        ("u\t1\ta\\tb\n", LEFT, ("u", "1", "a\\tb")),
        # What Excel encloses has no escapes.
        ('u\tNULL\t"C:\\new"\n', "", ("u", "NULL", "C:\\new")),
        ("u\tNULL\tBern\n", "", ("u", "NULL", "Bern")),
    ],
)
def test_escapes_are_undone_where_they_are_certain(
    tmp_path: Path, rows: str, note: str, cells: tuple[str | None, ...]
) -> None:
    path = write(tmp_path / "users", "USER_ID\tAGE\tCITY\n" + rows)
    notes = look(path).notes
    assert len(notes) == bool(note)
    assert all(each.startswith(note) for each in notes)
    assert look(path).first_rows[0].cells == cells
    assert rows_of(path) == {2: cells}


@pytest.mark.parametrize("packed", [False, True])
def test_binary_files_are_no_rows(tmp_path: Path, packed: bool) -> None:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        content = b"USER_ID,AGE\nu,1\n"
        member = tarfile.TarInfo("users.csv")
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    binary = b"USER_ID,AGE\n" + bytes(20) + b"\n"
    for data, sentence in (
        (archive.getvalue(), "It is a tar archive. Unpack it, and upload the file in it."),
        (binary, "It is a binary file, not a text. Save its records as CSV, JSON Lines, JSON or .xlsx."),
    ):
        path = tmp_path / "users"
        path.write_bytes(data)
        with pytest.raises(FileError) as caught:
            look(pack(path, data) if packed else path)
        assert str(caught.value) == sentence
