"""Tables as spreadsheets, made while they are sent: each cell is text, so that none is a formula or loses its digits.

A workbook of Office Open XML (ECMA-376) with one sheet. openpyxl would write the whole of it to the disk first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

# So many rows are in memory at a time.
CHUNK = 500
LONGEST_CELL = 32_767
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FILES = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{SHEET_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>'
    '<sheet name="Rows" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
    # Number format 49 is text, also for what a person types into a cell later.
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
# XML has no way to write these; the underscore begins what stands for them (ECMA-376, ST_Xstring).
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")


class _Taken:
    """What an archive is written to: gives what was written since it was last asked."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, content: bytes) -> int:
        self._written += content
        return len(content)

    def flush(self) -> None:
        """Do nothing: all is taken in the end."""

    def close(self) -> None:
        """Do nothing, likewise."""

    def take(self) -> bytes:
        """Return what was written, and forget it."""
        taken = bytes(self._written)
        self._written.clear()
        return taken


def xlsx(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield the content of a workbook with one sheet of some rows; of a cell, what a spreadsheet takes at most."""
    sink = _Taken()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, content in FILES.items():
            archive.writestr(name, HEAD + content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for some in batched(rows, CHUNK):
                sheet.write("".join(map(_row, some)).encode())
                yield sink.take()
            sheet.write(b"</sheetData></worksheet>")
    yield sink.take()


def _row(cells: Sequence[str]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(text: str) -> str:
    written = escape(UNWRITABLE.sub(_escaped, text[:LONGEST_CELL]), {"\r": "&#13;"})
    return f'<c s="1" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'


def _escaped(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
