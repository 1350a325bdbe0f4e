"""Files of users, written and read by the tests."""

import gzip
import zipfile
from pathlib import Path
from typing import Any

from console.records.files.readers.batches import batches
from console.records.files.readers.look import look_at
from console.records.files.source import BrokenRow, Choices, FileLook
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(
    AGE=["null", "int"],
    SCORE="double",
    VIP="boolean",
    MEMBER_SINCE=["null", "long"],
    MEMBERSHIP_TYPE="categorical string",
    CITY=["null", "string"],
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The parts of a workbook of one sheet, as little as there can be of them.
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": f'<Relationships><Relationship Type="{RELATIONS}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="Users" r:id="1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships><Relationship Id="1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="3" Type="{RELATIONS}/styles" Target="/xl/styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/></numFmts><cellXfs><xf/>'
        '<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="46"/><xf numFmtId="31"/></cellXfs></styleSheet>'
    ),
}


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a text as it is, and return its path."""
    path.write_bytes(text.encode(encoding))
    return path


def pack(path: Path, data: bytes) -> Path:
    """Write some bytes packed by gzip, and return their path."""
    path.write_bytes(gzip.compress(data, mtime=1))
    return path


def write_parts(path: Path, rows: str, *, below: str = "", **others: str) -> Path:
    """Write a workbook of XML: the rows of its sheet, what comes below them, and other parts by their names."""
    names = {"workbook": "xl/workbook.xml", "texts": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
    parts = PARTS | {"xl/worksheets/sheet1.xml": SHEET.format(rows, below)}
    parts |= {names.get(name, name): text for name, text in others.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def look(path: Path, **choices: Any) -> FileLook:
    """Return what a file is found to be."""
    return look_at(path, SCHEMA, Choices(**choices))


def rows_of(path: Path, **choices: str) -> dict[int, Any]:
    """Return the cells of each row of a file, or the row that is broken, by its number."""
    found: dict[int, Any] = {}
    for batch in batches(path, SCHEMA, look(path, **choices)):
        rows = zip(*batch.columns, strict=True)
        found |= dict(zip(batch.numbers, rows, strict=True)) | {row.number: row for row in batch.broken}
    return dict(sorted(found.items()))


def others_of(path: Path) -> set[str]:
    """Return the names in a file that none of its columns has."""
    return set().union(*(batch.others for batch in batches(path, SCHEMA, look(path))))


def broken(number: int, expected: str, found: str, text: str = "", advice: str = "") -> BrokenRow:
    """Return a row that cannot be read."""
    return BrokenRow(number, expected, found, advice, text)
