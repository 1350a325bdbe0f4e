"""What an .xlsx file has beside its sheets: their names, the formats of their cells, and their texts."""

import posixpath
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from console.records.files.readers.xlsx.package import DAMAGED, Package
from console.records.files.source import FileError

WORKBOOK = "xl/workbook.xml"
# Formats of East Asian dates, which every file has without declaring them.
EAST_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))
MOST_BYTES_OF_TEXTS = 200 << 20
MANY_TEXTS = "The sheet's texts take more than 200 MB. Save it as CSV, which takes less."
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, its part, and whether people see it."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook: its sheets, where its dates begin, the styles of dates and of durations, and its texts."""

    sheets: tuple[Sheet, ...]
    epoch: datetime
    dates: frozenset[str]
    durations: frozenset[str]
    texts: "Texts"


class Texts:
    """The texts that cells share, one after the other in UTF-8: a million of them take no more than they need."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    def add(self, text: str) -> None:
        """Add a text; raise FileError if they become too many."""
        self._bytes += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))
        if len(self._bytes) + 8 * len(self._ends) > MOST_BYTES_OF_TEXTS:
            raise FileError(MANY_TEXTS)

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < len(self._ends) - 1:
            raise FileError(DAMAGED)
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode("utf-8", "surrogatepass")


def read_workbook(package: Package) -> Workbook:
    """Return what a workbook has beside its sheets; raise FileError."""
    path = _path_of_workbook(package)
    root = package.xml(path)
    if root is None:
        raise FileError(DAMAGED)
    parts = _parts(package, path)
    sheets = []
    for sheet in _named(root, "sheet"):
        relation = next((value for name, value in sheet.items() if local(name) == "id"), "")
        kind, part = parts.get(relation, ("", ""))
        if kind == "worksheet" and part in package.names:
            sheets.append(Sheet(sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"))
    is_1904 = any(each.get("date1904") in ("1", "true") for each in _named(root, "workbookPr"))
    by_kind = dict(parts.values())
    dates, durations = _styles(package.xml(by_kind.get("styles", "")))
    texts = _texts(package, by_kind.get("sharedStrings", ""))
    return Workbook(tuple(sheets), MAC_EPOCH if is_1904 else WINDOWS_EPOCH, dates, durations, texts)


def local(name: str) -> str:
    """Return the name of an element or an attribute without its namespace, or the prefix of that."""
    return name.rpartition("}")[2].rpartition(":")[2]


def _named(root: Element, name: str) -> Iterator[Element]:
    return (each for each in root.iter() if local(each.tag) == name)


def _path_of_workbook(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    for each in () if relations is None else _named(relations, "Relationship"):
        if each.get("Type", "").endswith("/officeDocument"):
            return each.get("Target", "").lstrip("/")
    return WORKBOOK


def _parts(package: Package, path: str) -> dict[str, tuple[str, str]]:
    """Return the kind and the path of each part that a workbook names, by what it calls it."""
    folder, name = posixpath.split(path)
    relations = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for each in (() if relations is None else _named(relations, "Relationship"))
    }


def _styles(root: Element | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the numbers of the styles that make a number a date, and of those that make it a duration."""
    if root is None:
        return frozenset(), frozenset()
    formats = {each.get("numFmtId"): each.get("formatCode", "") for each in _named(root, "numFmt")}
    dates, durations = set[str](), set[str]()
    for cells in _named(root, "cellXfs"):
        for number, style in enumerate(cells):
            format_id = style.get("numFmtId", "")
            built_in = int(format_id) if format_id.isdecimal() else 0
            code = formats.get(format_id) or BUILTIN_FORMATS.get(built_in, "")
            if is_timedelta_format(code):
                durations.add(str(number))
            elif built_in in EAST_ASIAN_DATES or is_date_format(code):
                dates.add(str(number))
    return frozenset(dates), frozenset(durations)


def _texts(package: Package, part: str) -> Texts:
    """Return the texts that cells share; how a text is spoken, which stands in it as well, is no part of it."""
    texts = Texts()
    pieces: list[str] = []
    is_text = is_spoken = False

    def on_start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal is_text, is_spoken
        name = local(name)
        is_text = name == "t"
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            is_spoken = True

    def on_end(name: str) -> None:
        nonlocal is_text, is_spoken
        name = local(name)
        is_text = False
        if name == "si":
            texts.add(unescaped("".join(pieces)))
        elif name == "rPh":
            is_spoken = False

    def on_text(text: str) -> None:
        if is_text and not is_spoken:
            pieces.append(text)

    if part in package.names:
        for _piece in package.parse(part, on_start, on_end, on_text):
            pass
    return texts


def unescaped(text: str) -> str:
    """Return a text without the escapes of characters that XML does not have, as `_x000D_` for a CR."""
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
