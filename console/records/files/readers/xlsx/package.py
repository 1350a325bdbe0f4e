"""The parts of an .xlsx file: bounded before anything is read, and without entities in their XML."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from console.records.files.readers.content import CHUNK, opened, seekable
from console.records.files.source import FileError

MOST_BYTES = 2 << 30
MOST_PARTS = 10_000
# All but the sheets and their texts are read as a whole.
MOST_BYTES_OF_A_PART = 64 << 20
# The XML of sheets that repeat shrinks to a hundredth; deflate can do a thousandth.
MOST_RATIO = 400
RATIO_COUNTS_FROM = 64 << 20
SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx or as CSV."

TOO_LARGE = "The file has more than 2 GB when it is unpacked. Save its sheet as CSV."
TOO_DENSE = f"The file is more than {MOST_RATIO} times as large when it is unpacked, as no spreadsheet is."
NOT_XLSX = "It is a ZIP archive, and no spreadsheet. Unpack it, and upload the file in it."
ENCRYPTED = "The file has a password. Save it without one."
DAMAGED = f"The spreadsheet is damaged: a part of it cannot be read. {SAVE_AS}"
# Errors raised for damaged archives and XML; ValueError and LookupError are raised for names and encodings.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ParseError,
    expat.ExpatError,
    DefusedXmlException,
    LookupError,
    ValueError,
)
# Members of other programs' archives, and what their files are called.
OTHERS = {
    "content.xml": "an OpenDocument spreadsheet (.ods)",
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "Index/Document.iwa": "a spreadsheet of Apple's Numbers",
    "Index.zip": "a spreadsheet of Apple's Numbers",
    "word/document.xml": "a Word document",
}


class Package:
    """An open .xlsx file."""

    def __init__(self, archive: zipfile.ZipFile, is_gzip: bool) -> None:
        self._archive = archive
        self.is_gzip = is_gzip
        self.names = frozenset(archive.namelist())

    def xml(self, name: str) -> Element | None:
        """Return the root of a small part, or None if there is no such part; raise FileError."""
        if name not in self.names:
            return None
        if self._archive.getinfo(name).file_size > MOST_BYTES_OF_A_PART:
            raise FileError(TOO_LARGE)
        with _damage_told():
            root: Element = fromstring(self._archive.read(name), forbid_dtd=True)
        return root

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part; raise FileError."""
        with _damage_told(), self._archive.open(name) as part:
            while chunk := part.read(CHUNK):
                yield chunk

    def parse(
        self, name: str, on_start: Callable[..., Any], on_end: Callable[..., Any], on_text: Callable[..., Any]
    ) -> Iterator[None]:
        """Parse the XML of a part, and yield after each piece of it; raise FileError."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = on_start
        parser.EndElementHandler = on_end
        parser.CharacterDataHandler = on_text
        # Entities are declared in a document type; no program writes one.
        parser.StartDoctypeDeclHandler = _refuse
        with _damage_told():
            for chunk in self.chunks(name):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
            yield


def _refuse(*_declaration: object) -> None:
    raise FileError(DAMAGED)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except FileError:
        raise
    except DAMAGE as error:
        raise FileError(DAMAGED) from error


@contextmanager
def opened_package(path: Path) -> Iterator[Package]:
    """Return the parts of an .xlsx file; raise FileError."""
    with opened(path) as content:
        is_gzip = content.is_gzip
    # A ZIP archive has its list of parts at its end.
    with seekable(path) as file:
        yield _package(file, is_gzip=is_gzip)


def bytes_of_archive(path: Path) -> Iterator[bytes]:
    """Yield the bytes of all parts of an archive of any kind, without bounds; raise FileError."""
    with seekable(path) as file:
        archive = _archive(file)
        for part in archive.infolist():
            if part.flag_bits & 1:
                raise FileError(ENCRYPTED)
            with _damage_told(), archive.open(part) as opened_part:
                yield from iter(lambda: opened_part.read(CHUNK), b"")


def _archive(file: IO[bytes]) -> zipfile.ZipFile:
    with _damage_told():
        archive = zipfile.ZipFile(file)
    if any(part.header_offset < 0 for part in archive.infolist()):
        raise FileError(DAMAGED)
    return archive


def _package(file: IO[bytes], *, is_gzip: bool) -> Package:
    archive = _archive(file)
    parts = archive.infolist()
    # No more than the size that is declared is unpacked of a part.
    size = sum(part.file_size for part in parts)
    if size > MOST_BYTES or len(parts) > MOST_PARTS:
        raise FileError(TOO_LARGE)
    if size > max(RATIO_COUNTS_FROM, MOST_RATIO * sum(part.compress_size for part in parts)):
        raise FileError(TOO_DENSE)
    names = {part.filename for part in parts}
    for name, words in OTHERS.items():
        if name in names:
            raise FileError(f"It is {words}. {SAVE_AS}")
    if any(part.flag_bits & 1 for part in parts):
        raise FileError(ENCRYPTED)
    if "[Content_Types].xml" not in names:
        raise FileError(NOT_XLSX)
    return Package(archive, is_gzip)
