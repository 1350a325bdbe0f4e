"""Workbooks of spreadsheet programs, and those that are none."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from console.records.files.readers.batches import batches
from console.records.files.readers.xlsx import package, workbook
from console.records.files.source import BadCell, FileError, FileKind
from tests.records.files.readers.reading import (
    PARTS,
    SCHEMA,
    SHEET,
    look,
    others_of,
    pack,
    rows_of,
    write,
    write_parts,
)

HEADING = ["USER_ID", "AGE", "MEMBER_SINCE"]
NO_VALUE = BadCell(
    "a formula without a stored value", "Open the file in a spreadsheet program and save it, so that it is calculated."
)
A_TIME = BadCell("a time without a date", "Write the date as well, or a number.")
A_DURATION = BadCell("a duration", "Write a number.")
DAMAGED = (
    "The spreadsheet is damaged: a part of it cannot be read. "
    "Open it in a spreadsheet program and save it as .xlsx or as CSV."
)


def saved(path: Path, *sheets: Sequence[Sequence[Any]], book: Workbook | None = None) -> Path:
    """Write sheets with openpyxl, and return the path of their file."""
    book = book or Workbook()
    book.remove(book["Sheet"])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def row(*cells: str) -> str:
    """Return rows of XML: a heading of columns A, B and so on whose first is USER_ID, and a row of cells below it."""
    names = "".join(f'<c t="str"><v>{name}</v></c>' for name in ("USER_ID", "AGE", "CITY")[: len(cells)])
    return f"<row>{names}</row><row>{''.join(cells)}</row>"


def test_reads_a_sheet_of_openpyxl(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Users"],
        [],
        HEADING,
        ["u", 30, date(2020, 2, 29)],
        [],
        ["v", 1.5, datetime(2020, 2, 29, 12, 30), "a note"],
        ["  ", None, ""],
        ["w", True, "2020-02-29"],
        [123456789012345, -4, None],
    ]
    path = saved(tmp_path / "users.bin", rows)
    found = look(path)
    assert (found.kind, found.words, found.sheet) == (FileKind.XLSX, "an Excel workbook (the sheet Sheet1)", "Sheet1")
    assert (found.heading_row, found.heading) == (3, ("USER_ID", "AGE", "MEMBER_SINCE", ""))
    assert found.notes == (
        "Left out above the heading: “Users”.",
        "Column D has no name, and is left out.",
    )
    assert rows_of(path) == {
        4: ("u", 30, date(2020, 2, 29), None),
        6: ("v", 1.5, datetime(2020, 2, 29, 12, 30), "a note"),
        8: ("w", True, "2020-02-29", None),
        9: (123456789012345, -4, None, None),
    }
    assert found.first_rows[0].cells == ("u", 30, date(2020, 2, 29), None)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (time(10, 30), A_TIME),
        (timedelta(hours=30), A_DURATION),
        ("=1+1", NO_VALUE),
        (34.0, 34),
        (7001000000000011, 7001000000000011),
        (1.234567890123457e18, 1.234567890123457e18),
        (-0.25, -0.25),
        ("_x000D_ a_x0041_", "\r aA"),
    ],
)
def test_reads_a_cell_of_openpyxl(tmp_path: Path, value: Any, cell: Any) -> None:
    assert rows_of(saved(tmp_path / "users", [HEADING, ["u", value]])) == {2: ("u", cell, None)}


def test_dates_that_begin_in_1904(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    path = saved(tmp_path / "users", [HEADING, ["u", 1, date(2020, 2, 29)]], book=book)
    assert rows_of(path)[2][2] == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>34</v></c>", 34),
        ("<c><v>3.4E1</v></c>", 34),
        ("<c><v>1.234567890123456E+16</v></c>", 1.234567890123456e16),
        ("<c><v>7001000000000011</v></c>", 7001000000000011),
        ("<c><v>-7001000000000011</v></c>", -7001000000000011),
        ("<c><v>NaN</v></c>", BadCell("a cell that cannot be read: “NaN”")),
        ("<c><v>one</v></c>", BadCell("a cell that cannot be read: “one”")),
        ("<c/>", None),
        ("<c><v/></c>", None),
        ("<c><f>A1</f></c>", NO_VALUE),
        ("<c><f>A1</f><v/></c>", NO_VALUE),
        ('<c t="str"><f>A1</f></c>', NO_VALUE),
        ('<c t="str"><f>A1</f><v></v></c>', ""),
        ('<c t="str"><f>A1</f><v>a &amp; b</v></c>', "a & b"),
        ('<c t="inlineStr"><is><t>a</t></is></c>', "a"),
        ('<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>no</t></rPh></is></c>', "ab"),
        ('<c t="s"><v>0</v></c>', "first"),
        ('<c t="s"><v>1</v></c>', "in two parts"),
        ('<c t="s"><v>2</v></c>', ""),
        ('<c t="s"><v>x</v></c>', BadCell("a cell that cannot be read: “x”")),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="b"><v>0</v></c>', False),
        ('<c t="b"><v>2</v></c>', BadCell("a cell that cannot be read: “2”")),
        ('<c t="e"><v>#N/A</v></c>', BadCell("the error value #N/A", "Correct the formula, or write a value.")),
        ('<c t="d"><v>2020-02-29</v></c>', date(2020, 2, 29)),
        ('<c t="d"><v>2020-02-29T10:30:00.000Z</v></c>', datetime(2020, 2, 29, 10, 30)),
        ('<c t="d"><v>2020-02-29T00:30:00+01:00</v></c>', datetime(2020, 2, 28, 23, 30)),
        ('<c t="d"><v>T10:30</v></c>', A_TIME),
        ('<c t="d"><v>10:30:00</v></c>', A_TIME),
        ('<c t="d"><v>2020-02-30</v></c>', BadCell("the date “2020-02-30”", "Write a date that a calendar has.")),
        ('<c t="z"><v>a</v></c>', BadCell("a cell that cannot be read: “a”")),
        ('<c s="0"><v>43890</v></c>', 43890),
        ('<c s="1"><v>43890</v></c>', date(2020, 2, 29)),
        ('<c s="2"><v>43890.5</v></c>', datetime(2020, 2, 29, 12)),
        ('<c s="4"><v>43890</v></c>', date(2020, 2, 29)),
        ('<c s="1"><v>0.5</v></c>', A_TIME),
        ('<c s="3"><v>1.5</v></c>', A_DURATION),
        ('<c s="1"><v>one</v></c>', BadCell("a cell that cannot be read: “one”")),
        ('<c s="1"><v>-1</v></c>', BadCell("the date number -1", "Write a date that a calendar has.")),
        ('<c s="1"><v>9999999</v></c>', BadCell("the date number 9999999", "Write a date that a calendar has.")),
    ],
)
def test_reads_a_cell(tmp_path: Path, cell: str, value: Any) -> None:
    texts = (
        "<sst><si><t>first</t></si><si><r><t>in two</t></r><r><t> parts</t></r><rPh><t>no</t></rPh></si><si/></sst>"
    )
    rows = row('<c t="str"><v>u</v></c>', cell)
    path = write_parts(tmp_path / "users", rows, texts=texts)
    assert rows_of(path) == {2: ("u", value)}
    assert type(rows_of(path)[2][1]) is type(value)


def test_takes_the_places_of_rows_and_cells_as_they_are_written(tmp_path: Path) -> None:
    rows = (
        '<row r="3"><c r="B3" t="str"><v>USER_ID</v></c><c r="AB3" t="str"><v>AGE</v></c></row><row/>'
        '<row r="7"><c r="B7" t="str"><v>u</v></c><c r="AB7"><v>1</v></c></row>'
        '<row><c r="B" t="str"><v>v</v></c><c r="BXX8"><v>1</v></c></row>'
    )
    path = write_parts(tmp_path / "users", rows)
    assert look(path).heading == ("", "USER_ID", *[""] * 25, "AGE")
    assert {number: (cells[1], cells[27]) for number, cells in rows_of(path).items()} == {7: ("u", 1), 8: ("v", None)}


def test_names_the_columns_beyond_those_that_were_looked_at(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["USER_ID", "AGE"], *[["u", 1]] * 1000, ["v", 2, None, "late"]]
    path = saved(tmp_path / "users", rows)
    assert look(path).heading == ("USER_ID", "AGE")
    assert rows_of(path)[1002] == ("v", 2)
    assert others_of(path) == {"column D"}


def test_reads_batches(tmp_path: Path) -> None:
    path = saved(tmp_path / "users", [["USER_ID"], *[["u"]] * 1_001])
    assert [len(batch.numbers) for batch in batches(path, SCHEMA, look(path))] == [1_000, 1]


def test_reads_a_heading_without_rows(tmp_path: Path) -> None:
    path = saved(tmp_path / "users", [[*HEADING, " "]])
    assert (look(path).heading, rows_of(path)) == (tuple(HEADING), {})


def test_takes_the_sheet_that_names_fields(tmp_path: Path) -> None:
    book = Workbook()
    book.create_chartsheet("Chart")
    path = saved(tmp_path / "users", [["Read me"]], [HEADING, ["u", 1, 2]], [["a", "b"], [1, 2]], book=book)
    assert (look(path).sheet, look(path).questions) == ("Sheet2", ())
    assert rows_of(path) == {2: ("u", 1, 2)}


def test_asks_which_sheet_where_several_name_fields(tmp_path: Path) -> None:
    path = saved(tmp_path / "users.xlsx", [HEADING, ["u", 1, 2]], [["x"]], [HEADING, ["v", 3, 4]])
    book = openpyxl.load_workbook(path)
    book["Sheet1"].sheet_state = "veryHidden"
    book.save(path)
    (question,) = look(path).questions
    assert (question.choice, question.options, question.assumed) == ("sheet", ("Sheet3", "Sheet1"), "Sheet3")
    assert question.sentence == "2 sheets have a heading. Which one is meant?"
    assert rows_of(path) == {2: ("v", 3, 4)}
    assert rows_of(path, sheet="Sheet1") == {2: ("u", 1, 2)}
    assert look(path, sheet="Sheet1").notes == ("The sheet Sheet1 is hidden.",)
    assert look(path, sheet="Sheet1").questions[0].assumed == "Sheet1"
    with pytest.raises(FileError) as caught:
        look(path, sheet="Sheet2")
    assert str(caught.value) == "The sheet Sheet2 has no heading that names fields of the schema; Sheet3, Sheet1 has."


def test_refuses_sheets_without_a_heading(tmp_path: Path) -> None:
    with pytest.raises(
        FileError, match=r"^No heading was found in the first 20 rows of the sheets Sheet1, Sheet2\. Write names such"
    ):
        look(saved(tmp_path / "users", [["a"], [1]], [[None]] * 20 + [HEADING]))


def test_takes_the_first_row_of_names_alone_for_the_heading_where_none_names_fields(tmp_path: Path) -> None:
    path = saved(tmp_path / "users", [["Kunden"], [None], ["Kunde", "Alter"], ["u", 30], ["v", None], ["w", 31]])
    found = look(path)
    assert (found.heading_row, found.heading) == (3, ("Kunde", "Alter"))
    assert found.notes == (
        "Row 3 is taken for the heading, though it does not name the record as the schema does. "
        "None of its names is that of a field: choose the field of each column.",
    )
    assert rows_of(path) == {4: ("u", 30), 5: ("v", None), 6: ("w", 31)}
    with pytest.raises(FileError, match=r"^No heading was found in the first 20 rows of the sheet Sheet1\."):
        look(saved(tmp_path / "values", [["u", 30], ["v", 31]]))


@pytest.mark.parametrize(
    ("merged", "notes"),
    [
        (["A1:C1"], ()),
        (["B4:C4"], ()),
        (["B4:B5"], ("Merged cells count in their first row alone, and are empty in the others: B4:B5.",)),
        (
            ["A4:A5", "B4:B5", "C4:C5", "A6:C7"],
            ("Merged cells count in their first row alone, and are empty in the others: A4:A5, B4:B5, C4:C5 and others.",),
        ),
    ],
)  # fmt: skip
def test_names_merged_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, merged: list[str], notes: tuple[str, ...]
) -> None:
    rows = "<row/><row/>" + row('<c t="str"><v>u</v></c>', "<c><v>1</v></c>")
    cells = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
    write_parts(tmp_path / "users", rows, below=f"<mergeCells>{cells}</mergeCells>")
    for size in (7, 100, 1 << 18):
        monkeypatch.setattr(package, "CHUNK", size)
        assert look(tmp_path / "users").notes == notes


def test_reads_the_strict_form_and_prefixes(tmp_path: Path) -> None:
    # Excel's "Strict Open XML Spreadsheet" has other namespaces, and other programs have prefixes.
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    sheet = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row><x:c t="inlineStr">'
        '<x:is><x:t>USER_ID</x:t></x:is></x:c></x:row><x:row><x:c t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Type="{strict}/officeDocument" Target="book.xml"/></Relationships>',
        "book.xml": (
            f'<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="{strict}"><x:workbookPr '
            'date1904="0"/><x:sheets><x:sheet name="Users" r:id="1"/><x:sheet name="None" r:id="9"/></x:sheets></x:workbook>'
        ),
        "_rels/book.xml.rels": (
            f'<Relationships><Relationship Id="1" Type="{strict}/worksheet" Target="sheet.xml"/>'
            f'<Relationship Id="2" Type="{strict}/sharedStrings" Target="texts.xml"/></Relationships>'
        ),
        "sheet.xml": sheet,
        "texts.xml": '<x:sst xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:si><x:t>u</x:t></x:si></x:sst>',
    }
    path = write_parts(tmp_path / "users", "", **parts)
    assert rows_of(path) == {2: ("u",)}


def test_reads_a_workbook_packed_by_gzip(tmp_path: Path) -> None:
    path = pack(tmp_path / "packed", saved(tmp_path / "users", [HEADING, ["u", 1, 2]]).read_bytes())
    assert look(path).is_gzip
    assert rows_of(path) == {2: ("u", 1, 2)}


def test_texts_that_cells_share_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = f"<sst>{'<si><t>u</t></si>' * 112}</sst>"
    path = write_parts(tmp_path / "users", row('<c t="s"><v>0</v></c>'), texts=texts)
    # A text takes its bytes and the eight of its place, of which there is one more.
    monkeypatch.setattr(workbook, "MOST_BYTES_OF_TEXTS", 112 * 9 + 8)
    assert rows_of(path) == {2: ("u",)}
    monkeypatch.setattr(workbook, "MOST_BYTES_OF_TEXTS", 112 * 9 + 7)
    with pytest.raises(
        FileError, match=r"^The sheet's texts take more than 200 MB\. Save it as CSV, which takes less\.$"
    ):
        look(path)


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"xl/workbook.xml": None}, DAMAGED),
        ({"_rels/.rels": None, "xl/workbook.xml": None}, DAMAGED),
        ({"xl/workbook.xml": "<workbook>"}, DAMAGED),
        ({"xl/workbook.xml": '<?xml version="1.0" encoding="UTF-9"?><workbook/>'}, DAMAGED),
        ({"xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": SHEET.format("<row>", "")}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET.format("", "")}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": SHEET.format('<row><c t="s"><v>5</v></c></row>', "")}, DAMAGED),
        ({"xl/worksheets/sheet1.xml": SHEET.format('<row><c r="?1"><v>5</v></c></row>', "")}, DAMAGED),
        (
            {"xl/worksheets/sheet1.xml": SHEET.format('<row><c r="B1"><v>5</v></c><c r="A1"><v>5</v></c></row>', "")},
            DAMAGED,
        ),
        ({"[Content_Types].xml": None}, "It is a ZIP archive, and no spreadsheet. Unpack it, and upload the file in it."),
        (
            {"content.xml": ""},
            "It is an OpenDocument spreadsheet (.ods). Open it in a spreadsheet program and save it as .xlsx or as CSV.",
        ),
        (
            {"xl/workbook.bin": ""},
            "It is a binary Excel workbook (.xlsb). Open it in a spreadsheet program and save it as .xlsx or as CSV.",
        ),
        ({"xl/worksheets/sheet1.xml": " " * (70 << 20)}, "The file is more than 400 times as large when it is unpacked, as no spreadsheet is."),
        ({"xl/workbook.xml": None, "_rels/.rels": None, "xl/_rels/workbook.xml.rels": None, "xl/styles.xml": None}, DAMAGED),
    ],
)  # fmt: skip
def test_refuses(tmp_path: Path, parts: dict[str, str | None], error: str) -> None:
    with zipfile.ZipFile(tmp_path / "users", "w", zipfile.ZIP_DEFLATED) as archive:
        all_parts = PARTS | {"xl/worksheets/sheet1.xml": SHEET.format("", "")} | parts
        for name, text in all_parts.items():
            if text is not None:
                archive.writestr(name, text)
    with pytest.raises(FileError) as caught:
        look(tmp_path / "users")
    assert str(caught.value) == error


def test_reads_a_workbook_without_styles(tmp_path: Path) -> None:
    path = write_parts(
        tmp_path / "users", row('<c t="str"><v>u</v></c>', '<c s="1"><v>43890</v></c>'), styles="<styleSheet/>"
    )
    assert rows_of(path) == {2: ("u", 43890)}


@pytest.mark.parametrize(
    ("limit", "error"),
    [
        ("MOST_BYTES", "The file has more than 2 GB when it is unpacked. Save its sheet as CSV."),
        ("MOST_PARTS", "The file has more than 2 GB when it is unpacked. Save its sheet as CSV."),
        ("MOST_BYTES_OF_A_PART", "The file has more than 2 GB when it is unpacked. Save its sheet as CSV."),
    ],
)
def test_refuses_files_by_their_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, error: str) -> None:
    path = saved(tmp_path / "users", [HEADING])
    monkeypatch.setattr(package, limit, 3)
    with pytest.raises(FileError) as caught:
        look(path)
    assert str(caught.value) == error


def test_no_more_of_a_part_is_unpacked_than_is_declared(tmp_path: Path) -> None:
    # 80 MB that are declared as 100 bytes, in the entry and in the list of entries.
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (PARTS | {"xl/worksheets/sheet1.xml": SHEET.format(" " * (80 << 20), "")}).items():
            archive.writestr(name, text)
    size = len(SHEET.format(" " * (80 << 20), "")).to_bytes(4, "little")
    assert data.getvalue().count(size) == 2
    path = tmp_path / "users"
    path.write_bytes(data.getvalue().replace(size, (100).to_bytes(4, "little")))
    with pytest.raises(FileError) as caught:
        look(path)
    assert str(caught.value) == DAMAGED


def saved_with_password(path: Path) -> Path:
    """Save a workbook that says of its first part that it has a password."""
    saved(path, [HEADING])
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    return path


def test_refuses_a_password(tmp_path: Path) -> None:
    path = saved_with_password(tmp_path / "users")
    with pytest.raises(FileError, match=r"^The file has a password\. Save it without one\.$"):
        look(path)


def test_refuses_a_part_before_the_beginning(tmp_path: Path) -> None:
    path = saved(tmp_path / "users", [HEADING])
    data = path.read_bytes()
    # The list of parts is said to begin later than it does, so that each part would begin earlier.
    end = len(data) - 22
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    path.write_bytes(data[: end + 16] + (start + 5000).to_bytes(4, "little") + data[end + 20 :])
    with pytest.raises(FileError) as caught:
        look(path)
    assert str(caught.value) == DAMAGED


def test_refuses_a_workbook_that_is_cut(tmp_path: Path) -> None:
    path = saved(tmp_path / "users", [HEADING])
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(FileError) as caught:
        look(path)
    assert str(caught.value) == DAMAGED


@pytest.mark.parametrize(
    ("start", "error"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "It is an old Excel file (.xls), or one with a password. Open it in a "),
        (b"PK\x05\x06" + bytes(18), "It is a ZIP archive without any files."),
        (b"PAR1", "It is a Parquet file. Save its records as CSV, JSON Lines, JSON or .xlsx."),
        (b"%PDF-1.7", "It is a PDF document. Save its records as "),
        (b"BZh9", "It is packed by bzip2. Unpack it, or pack it by gzip."),
        (b"<html><table>", "It is a page of HTML or XML, which some programs call an Excel file. Open it in a "),
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n", "The file is empty."),
        (b"\x00\x01\x02\x03", "No heading was found in the first 20 rows of the file. "),
    ],
)
def test_refuses_other_files(tmp_path: Path, start: bytes, error: str) -> None:
    (tmp_path / "users.xlsx").write_bytes(start)
    with pytest.raises(FileError) as caught:
        look(tmp_path / "users.xlsx")
    assert str(caught.value).startswith(error)


def test_refuses_more_rows_than_a_million(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.records.files.readers.batches.MOST_ROWS", 2_000)
    path = write(tmp_path / "users", "USER_ID\n" + "u\n" * 2_001)
    reading = batches(path, SCHEMA, look(path))
    assert (len(next(reading).numbers), len(next(reading).numbers)) == (997, 1_001)
    with pytest.raises(
        FileError, match=r"^The file has more than 2,000 rows\. Split it into smaller files\.$|1,000,000"
    ):
        next(reading)
    write(path, "USER_ID\n" + "u\n" * 2_000)
    assert sum(len(batch.numbers) for batch in batches(path, SCHEMA, look(path))) == 2_000


def test_gives_the_bytes_of_all_parts_of_any_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "users.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.csv", "USER_ID,CITY\n")
        archive.writestr("content.xml", "<office/>")
    assert b"".join(package.bytes_of_archive(tmp_path / "users.zip")) == b"USER_ID,CITY\n<office/>"
    packed = pack(tmp_path / "users.zip.gz", (tmp_path / "users.zip").read_bytes())
    assert b"".join(package.bytes_of_archive(packed)) == b"USER_ID,CITY\n<office/>"


def test_gives_no_bytes_of_an_archive_with_a_password(tmp_path: Path) -> None:
    path = saved_with_password(tmp_path / "users")
    with pytest.raises(FileError, match=r"^The file has a password\. Save it without one\.$"):
        list(package.bytes_of_archive(path))
