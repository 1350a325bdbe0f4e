"""Files of rows between separators, as programs and people leave them."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.files.readers import rows_below, text
from console.records.files.readers.batches import batches, joined, larger
from console.records.files.readers.separated import separated_batches
from console.records.files.source import FileError, FileKind, FileLook
from tests.records.files.readers.reading import SCHEMA, broken, look, rows_of, write

HEADING = "USER_ID,AGE,CITY\n"
EMPTY_TEXT = "" if rows_below.TELLS_QUOTES else None
OPEN = "cells whose double quotes are closed at their end"
CUT_ABOVE = "If it belongs to the last cell of the row above, that cell is cut: put it in quotes."
CLOSE = "Close each quote, and write a quote inside a cell twice."


def open_quote(number: int, line: str) -> Any:
    return broken(number, OPEN, "a quote that is not closed, or text after it", line, CLOSE)


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        # An empty cell is none, and one in quotes is a text.
        (HEADING + 'u,,""\n', {2: ("u", None, EMPTY_TEXT)}),
        (HEADING + 'u,1,"a ""b"",\r\nc"\nv,2,d\n', {2: ("u", "1", 'a "b",\r\nc'), 3: ("v", "2", "d")}),
        (HEADING.replace(",", ", ") + 'u, 1, "a, b"\n', {2: ("u", "1", "a, b")}),
        ("USER_ID\tAGE\nu\t1\n", {2: ("u", "1")}),
        ("USER_ID|AGE\nu|1\n", {2: ("u", "1")}),
        ("USER_ID\nu\nv\n", {2: ("u",), 3: ("v",)}),
        ("sep=;\nUSER_ID;AGE\nu;1\n", {3: ("u", "1")}),
        ('"sep=,"\r\nUSER_ID,AGE\r\nu,1\r\n', {3: ("u", "1")}),
        # Rows without text count, and are left out.
        (HEADING + "\n , ,\nu,1,a\n\n,,\n \nv,2,b\n", {4: ("u", "1", "a"), 8: ("v", "2", "b")}),
        (HEADING + ",,\nu,1,a\n", {3: ("u", "1", "a")}),
        (HEADING, {}),
        # A row may be longer by empty cells, and shorter by those that have no name.
        (HEADING + "u,1,a,,\n", {2: ("u", "1", "a")}),
        ("USER_ID,AGE,,\nu,1\nv,2,,x\n", {2: ("u", "1", None, None), 3: ("v", "2", None, "x")}),
        (
            HEADING + "u,1,a,b\nv,2\nw,3,c\nx\n",
            {
                2: broken(2, "3 cells, as the heading has", "4 cells", "u,1,a,b"),
                3: broken(3, "3 cells, as the heading has", "2 cells", "v,2"),
                4: ("w", "3", "c"),
                5: broken(5, "3 cells, as the heading has", "1 cell", "x", CUT_ABOVE),
            },
        ),
        ("USER_ID;\nu;1;2\n", {2: broken(2, "2 cells, as the heading has", "3 cells", "u;1;2")}),
        ("USER_ID\nu,1\nv\n", {2: broken(2, "1 cell, as the heading has", "2 cells", "u,1"), 3: ("v",)}),
        (HEADING + "u,1,a\0b\n", {2: ("u", "1", "a\0b")}),
        (HEADING + "u,1,a\u2028b\x0b\x85\n", {2: ("u", "1", "a\u2028b\x0b\x85")}),
    ],
)
def test_reads(tmp_path: Path, file: str, rows: dict[int, Any]) -> None:
    assert rows_of(write(tmp_path / "users", file)) == rows


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        # The quote takes the rows below it into its cell, until another one or the end.
        (HEADING + 'u,1,"a\nv,2,b\nw,3,c\n', {2: open_quote(2, 'u,1,"a'), 3: ("v", "2", "b"), 4: ("w", "3", "c")}),
        (
            HEADING + 't,0,z\nu,1,"a\nv,2,"b"\nw,3,c\n',
            {2: ("t", "0", "z"), 3: open_quote(3, 'u,1,"a'), 4: ("v", "2", "b"), 5: ("w", "3", "c")},
        ),
        (HEADING + 'u,1,"a"b\nv,2,b\n', {2: open_quote(2, 'u,1,"a"b'), 3: ("v", "2", "b")}),
        ('"A list\n' + HEADING + "u,1,a\n", {3: ("u", "1", "a")}),
    ],
)
def test_loses_no_row_below_an_open_quote(tmp_path: Path, file: str, rows: dict[int, Any]) -> None:
    assert rows_of(write(tmp_path / "users", file)) == rows


def test_backslashes_before_quotes_where_they_are_escapes(tmp_path: Path) -> None:
    path = write(tmp_path / "users", HEADING + 'u,1,"the \\"old\\" town, C:\\dir"\nv,2,"\\""\n')
    assert look(path).notes == (
        "Backslashes before double quotes are left out, as Spark and other programs write them.",
    )
    assert rows_of(path) == {2: ("u", "1", 'the "old" town, C:\\dir'), 3: ("v", "2", '"')}
    # As others write it, this is a backslash at the end, and JSON in a cell.
    path = write(tmp_path / "users", HEADING + 'u,1,"C:\\dir\\"\nv,2,"{""a"": ""\\""b""}"\n')
    assert look(path).notes == ()
    assert rows_of(path) == {2: ("u", "1", "C:\\dir\\"), 3: ("v", "2", '{"a": "\\"b"}')}


def test_quotes_are_text_between_tabs_where_they_enclose_nothing(tmp_path: Path) -> None:
    # The first quotes come behind all that the first look sees.
    lines = "".join(f"u-{number}\t{number}\n" for number in range(100_000))
    path = write(tmp_path / "users", f'USER_ID\tCITY\n{lines}u\t"Upper Town\nv\t"Old" Town\nw\t"a"\n')
    rows = rows_of(path)
    assert look(path).has_quotes
    assert [rows[number] for number in range(100_001, 100_005)] == [
        ("u-99999", "99999"),
        ("u", '"Upper Town'),
        ("v", '"Old" Town'),
        ("w", "a"),
    ]
    assert len(list(batches(path, SCHEMA, look(path)))) == 101


def test_an_open_quote_above_a_hundred_thousand_rows(tmp_path: Path) -> None:
    lines = [f"u-{number},1,a\n" for number in range(100_000)]
    lines[20] = 'u-20,1,"a\n'
    rows = rows_of(write(tmp_path / "users", HEADING + "".join(lines)))
    assert len(rows) == 100_000
    assert rows[22] == open_quote(22, 'u-20,1,"a')
    assert (rows[21], rows[23], rows[100_001]) == (("u-19", "1", "a"), ("u-21", "1", "a"), ("u-99999", "1", "a"))


def test_a_cell_that_is_too_long(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "users", f"{HEADING}u,1,{'a' * 131_073}\nv,2,{'b' * 131_072}\n"))
    assert rows[3] == ("v", "2", "b" * 131_072)
    assert (rows[2].expected, rows[2].found) == (
        "cells of at most 131,072 characters",
        "a cell of more than 131,072 characters",
    )
    assert rows[2].text == "u,1," + "a" * 1996


def test_long_rows_make_smaller_batches(tmp_path: Path) -> None:
    path = write(tmp_path / "users", HEADING + f"u,1,{'a' * 40_000}\n" * 800)
    sizes = [len(batch.numbers) for batch in batches(path, SCHEMA, look(path))]
    assert sum(sizes) == 800
    assert max(sizes) < 600


def test_batches_have_some_thousand_rows_and_fewer_of_long_ones(tmp_path: Path) -> None:
    path = write(tmp_path / "users", HEADING + "u,1,a\n" * 2_500)
    found = list(batches(path, SCHEMA, look(path)))
    # The heading has 17 characters, a row six, and a thousand lines 6,004 by and large.
    assert [len(batch.numbers) for batch in found] == [997, 1_000, 503]
    assert (found[0].numbers[0], found[1].numbers[0], found[2].numbers[-1]) == (2, 999, 2_501)
    write(path, HEADING + f"u,1,{'a' * 1018}\n" * 100)
    assert [len(batch.numbers) for batch in batches(path, SCHEMA, look(path))] == [64, 36]


def test_batches_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.records.files.readers.batches.ROWS_TOGETHER", 1_500)
    rows = "".join(f"u-{number},1,a\n" for number in range(2_999)) + 'v,1,"a"b\n'
    path = write(tmp_path / "users", HEADING + rows)
    together = list(larger(batches(path, SCHEMA, look(path))))
    assert [len(each) for each in together] == [2, 2]
    first = joined(together[0])
    # A thousand lines have 10,631 characters by and large: 1,065 rows first, and then 966.
    assert (first.numbers[0], first.numbers[-1], first.columns[0][-1], first.broken) == (2, 2_032, "u-2030", [])
    assert [row.number for row in joined(together[-1]).broken] == [3_001]
    monkeypatch.setattr("console.records.files.readers.batches.ROWS_TOGETHER", 1)
    assert [len(each) for each in larger(batches(path, SCHEMA, look(path)))] == [1, 1, 1, 1]


def test_many_broken_rows_make_batches_too(tmp_path: Path) -> None:
    path = write(tmp_path / "users", HEADING + 'u,1,"a"b\n' * 1_200)
    assert [len(batch.broken) for batch in batches(path, SCHEMA, look(path))] == [1_000, 200]


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        ('USER_ID\tCITY\nu\t"Old" Town\nv\t"Upper Town\n', {2: ("u", '"Old" Town'), 3: ("v", '"Upper Town')}),
        ('USER_ID\tCITY\tAGE\nu\t\t"\n', {2: ("u", None, '"')}),
        ('USER_ID\tCITY\nu\t"a\tb"\nv\t"c\nd"\n', {2: ("u", "a\tb"), 3: ("v", "c\nd")}),
        ('USER_ID\tCITY\nu\t"a"\n', {2: ("u", "a")}),
    ],
)
def test_quotes_between_tabs_are_what_they_are_in_most_rows(tmp_path: Path, file: str, rows: dict[int, Any]) -> None:
    assert rows_of(write(tmp_path / "users", file)) == rows


@pytest.mark.parametrize(
    ("file", "row", "heading", "notes"),
    [
        (
            "Users of May\n\n,,\n" + HEADING + "u,1,a\n",
            4,
            ("USER_ID", "AGE", "CITY"),
            ("Left out above the heading: “Users of May”.",),
        ),
        (
            "Users\nof May\n,all\nUSER_ID,AGE\nu,1\n",
            4,
            ("USER_ID", "AGE"),
            ("Left out above the heading: “Users” and 2 more.",),
        ),
        (",USER_ID\n0,u\n1,v\n", 1, ("", "USER_ID"), ("The unnamed first column of row numbers is left out.",)),
        # R writes the names of rows, and none above them.
        (
            '"USER_ID","AGE"\n"1","u",3\n"2","v",4\n',
            1,
            ("", "USER_ID", "AGE"),
            ("The unnamed first column of row numbers is left out.",),
        ),
        (",USER_ID\n7,u\n7,v\n", 1, ("", "USER_ID"), ("Column A has no name, and is left out.",)),
        (
            "USER_ID,,,\nu,a,,\nv,,,b\n",
            1,
            ("USER_ID", "", "", ""),
            ("Columns B, D have no name, and are left out.",),
        ),
        (" User ID ; Age \xa0\nu;1\n", 1, ("User ID", "Age"), ()),
        # No more columns are looked at than any schema has fields.
        ("," * 1500 + "USER_ID\nUSER_ID\nu\n", 2, ("USER_ID",), ("Left out above the heading: “USER_ID”.",)),
    ],
)
def test_finds_the_heading(
    tmp_path: Path, file: str, row: int, heading: tuple[str, ...], notes: tuple[str, ...]
) -> None:
    found = look(write(tmp_path / "users", file))
    assert (found.heading_row, found.heading, found.notes) == (row, heading, notes)


def test_one_longer_row_does_not_make_ids_row_numbers(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path / "users", "USER_ID,AGE\n1,30\n2,40,x\n"))
    assert rows == {2: ("1", "30"), 3: broken(3, "2 cells, as the heading has", "3 cells", "2,40,x")}


@pytest.mark.parametrize(
    ("file", "separator", "row", "heading", "words"),
    [
        (
            "Kunde,AGE,Geschlecht\nu,30,w\n",
            ",",
            1,
            ("Kunde", "AGE", "Geschlecht"),
            "Only AGE was recognised among its names: choose the fields of the other columns.",
        ),
        (
            "Kunden\nKunde;Ort, Land;Alter\nu;a, b;30\nv;;\nw;c, d;\n",
            ";",
            2,
            ("Kunde", "Ort, Land", "Alter"),
            "None of its names is that of a field: choose the field of each column.",
        ),
    ],
)
def test_takes_a_row_of_other_names_for_the_heading(
    tmp_path: Path, file: str, separator: str, row: int, heading: tuple[str, ...], words: str
) -> None:
    found = look(write(tmp_path / "users", file))
    assert (found.separator, found.heading_row, found.heading) == (separator, row, heading)
    assert found.notes[0] == (
        f"Row {row} is taken for the heading, though it does not name the record as the schema does. {words}"
    )


@pytest.mark.parametrize(
    "file",
    [
        "u,30,Berlin\n",
        "u,30,Berlin\nv,31,Paris\n",
        "one\n1\n",
        "a,a\n1,2\n",
        "a,b\n",
        "Dear all,\nthis is, by and large,\na letter, and\nno table.\n",
        "\n" * 25 + HEADING,
        f"a,{'b' * 101}\n1,2\n",
        "x\n" * 20 + "a,b\n1,2\n",
        "y\n" * 3,
        "c," * 1001 + "\n1,2\n",
    ],
)
def test_refuses_a_file_without_a_heading(tmp_path: Path, file: str) -> None:
    with pytest.raises(FileError) as caught:
        look(write(tmp_path / "users", file))
    assert str(caught.value) == (
        "No heading was found in the first 20 rows of the file. Write names such as "
        "USER_ID, AGE, SCORE, VIP, MEMBER_SINCE, MEMBERSHIP_TYPE, CITY into a row above the others."
    )


def test_asks_which_separator_where_two_name_as_many_fields(tmp_path: Path) -> None:
    path = write(tmp_path / "users", "USER_ID,AGE;SCORE,CITY;VIP\nu,1;2,a;true\n")
    # Both name two fields: USER_ID and CITY, or SCORE and VIP.
    path = write(tmp_path / "users", "USER_ID,x;AGE,CITY;VIP\nu,1;2,a;true\n")
    assert look(path).separator == ","
    path = write(tmp_path / "users", "AGE,VIP,a;CITY;SCORE\n1,true,a;b;2\n")
    (question,) = look(path).questions
    assert (question.choice, question.options, question.assumed) == ("separator", (",", ";"), ",")
    assert question.sentence == "Its cells may stand between commas or semicolons."
    assert look(path, separator=";").heading == ("AGE,VIP,a", "CITY", "SCORE")


def test_takes_the_separator_that_is_chosen(tmp_path: Path) -> None:
    path = write(tmp_path / "users", "USER_ID/AGE\nu/1\n")
    assert look(path, separator="/").words == "a CSV file (/, UTF-8)"
    assert rows_of(path, separator="/") == {2: ("u", "1")}
    for unfit in ("--", '"', " "):
        with pytest.raises(FileError, match="cannot stand between cells"):
            look(path, separator=unfit)


def test_refuses_a_line_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LONGEST_LINE", 1000)
    with pytest.raises(FileError, match=r"a line of more than 1,000 characters"):
        look(write(tmp_path / "users", HEADING + "a" * 1001))


def test_older_pythons_read_an_empty_text_as_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_below, "TELLS_QUOTES", False)
    assert rows_of(write(tmp_path / "users", HEADING + 'u,,""\n')) == {2: ("u", None, None)}


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\0 "), min_size=1), min_size=3, max_size=3
        ),
        max_size=20,
    ),
    separator=st.sampled_from(",;|\t"),
    encoding=st.sampled_from(("utf-8", "utf-16-le", "utf-16-be", "utf-8-sig")),
    line_end=st.sampled_from(("\n", "\r\n", "\r")),
)
def test_reads_what_is_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str, encoding: str, line_end: str
) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(rows)
    path = write(tmp_path_factory.mktemp("written") / "users", f"a{line_end}{written.getvalue()}", encoding)
    plain = encoding.removesuffix("-sig")
    found = FileLook(
        FileKind.SEPARATED, "", ("a", "b", "c"), heading_row=1, encoding=plain, separator=separator, has_quotes=True
    )
    batches_found = list(separated_batches(path, found))
    read = [list(row) for batch in batches_found for row in zip(*batch.columns, strict=True)]
    assert read == [row for row in rows if any(cell.strip() for cell in row)]
    assert not any(batch.broken for batch in batches_found)


@pytest.mark.parametrize(
    ("rows", "is_said"),
    [
        ('u, 1, "a, b"\n', True),
        ("u,1, a\n", True),
        ('u,1,"a, b"\n', False),
        ("u,1,a \n", False),
        ("u, ,a\n", False),
    ],
)
def test_spaces_behind_separators_are_left_out_and_said(tmp_path: Path, rows: str, is_said: bool) -> None:
    notes = look(write(tmp_path / "users", HEADING + rows)).notes
    assert ("Spaces behind the separators are left out." in notes) == is_said


@pytest.mark.parametrize(
    ("file", "heading", "first"),
    [
        ("196\t242\t3\n186\t302\t3\n22\t377\t1\n", ("Column A", "Column B", "Column C"), ("196", "242", "3")),
        ("u-1,34\nu-2,35\nu-3,36\n", ("Column A", "Column B"), ("u-1", "34")),
    ],
)
def test_rows_without_a_heading_have_the_columns_of_spreadsheets(
    tmp_path: Path, file: str, heading: tuple[str, ...], first: tuple[str, ...]
) -> None:
    path = write(tmp_path / "users", file)
    found = look(path)
    assert (found.heading, found.heading_row, found.first_rows[0].cells) == (heading, 0, first)
    assert found.notes == (
        "No row is taken for a heading, since none has the names of fields: choose the field of each column.",
    )
    assert list(rows_of(path)) == [1, 2, 3]


@pytest.mark.parametrize(
    "file",
    [
        # Words with a comma, too few rows, rows that are not alike, none in the first column, and long ones.
        "Dear Ann, Bob\nthe users are here\nBye, Cid\n",
        "196\t242\n186\t302\n",
        "1,2\n1,2,3\n1,2\n",
        ",2\n1,2\n1,2\n",
        "\n".join(["1," + "2" * 1001] * 3),
        "sep=,\n1,2\n1,2\n1,2\n",
    ],
)
def test_what_is_hardly_a_table_has_no_heading(tmp_path: Path, file: str) -> None:
    with pytest.raises(FileError, match="No heading was found"):
        look(write(tmp_path / "users", file))
