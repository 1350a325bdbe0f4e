"""Tables as spreadsheets, streamed while they are made: each cell is text, so none is a formula or loses digits.

A workbook of Office Open XML (ECMA-376), with another sheet once one is full. openpyxl would write all of it to disk
first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

# Rows held in memory at a time.
CHUNK = 100
LONGEST_CELL = 32_767
# With the heading. Spreadsheets take no more, and an archive of the usual kind no longer part.
MOST_ROWS = 1_048_576
MOST_BYTES = 1_500_000_000
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FILES = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{SHEET_TYPE}.styles+xml"/>{{types}}</Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{{sheets}}</sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{{relationships}}'
    f'<Relationship Id="styles" Type="{DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
    # Number format 49 is text, also for what a person types into a cell later.
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
# Values for each sheet's files above, by placeholder.
OF_SHEET = {
    "types": f'<Override PartName="/xl/worksheets/sheet{{0}}.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>',
    "sheets": '<sheet name="Rows{1}" sheetId="{0}" r:id="sheet{0}"/>',
    "relationships": f'<Relationship Id="sheet{{0}}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{{0}}.xml"/>',
}
# XML has no way to write these; the underscore begins what stands for them (ECMA-376, ST_Xstring).
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")


class _Taken:
    """The file that an archive is written to; it returns what was written since it was last asked."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, content: bytes) -> int:
        self._written += content
        return len(content)

    def flush(self) -> None:
        """Do nothing: everything written is taken in the end."""

    def close(self) -> None:
        """Do nothing, for the same reason."""

    def take(self) -> bytes:
        """Return what was written, and forget it."""
        taken = bytes(self._written)
        self._written.clear()
        return taken


def xlsx(rows: Iterable[Sequence[str]], most_rows: int = MOST_ROWS) -> Iterator[bytes]:
    """Yield the content of a workbook for some rows, the first of which is the heading of each sheet.

    A full sheet is followed by another. Cells are cut to what a spreadsheet accepts. The content starts before the
    first row is available.
    """
    sink, written = _Taken(), map(_row, rows)
    heading, following = "", None
    number = 0
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        while number == 0 or following is not None:
            number += 1
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as sheet:
                if number == 1:
                    yield sink.take()
                    heading, following = next(written, ""), next(written, None)
                sheet.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{heading}'.encode())
                of_sheet, size = 1, 0
                while following is not None and of_sheet < most_rows and size < MOST_BYTES:
                    some = [following, *islice(written, min(CHUNK, most_rows - of_sheet) - 1)]
                    content = "".join(some).encode()
                    sheet.write(content)
                    of_sheet, size = of_sheet + len(some), size + len(content)
                    following = next(written, None)
                    yield sink.take()
                sheet.write(b"</sheetData></worksheet>")
        for name, text in _files(number).items():
            archive.writestr(name, HEAD + text)
    yield sink.take()


def _files(sheets: int) -> dict[str, str]:
    """Return the files of a workbook other than its sheets, by name, for a number of sheets."""
    numbers = range(1, sheets + 1)
    of_sheets = {
        name: "".join(text.format(number, "" if number == 1 else f" {number}") for number in numbers)
        for name, text in OF_SHEET.items()
    }
    return {name: content.format(**of_sheets) if "{" in content else content for name, content in FILES.items()}


def _row(cells: Sequence[str]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(text: str) -> str:
    if not text:
        return '<c s="1"/>'
    written = escape(UNWRITABLE.sub(_escaped, text[:LONGEST_CELL]), {"\r": "&#13;"})
    return f'<c s="1" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def _escaped(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
