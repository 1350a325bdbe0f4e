"""What a file of records is: by its content, never by its name."""

import re
from pathlib import Path

from console.records.files.added_columns import with_added
from console.records.files.readers.content import GZIP_MAGIC, MOST_BYTES, TOO_LARGE, ZIP_MAGIC, opened
from console.records.files.readers.json_documents import look_at_document
from console.records.files.readers.json_lines import look_at_lines
from console.records.files.readers.json_records import read_value
from console.records.files.readers.separated import look_at_separated
from console.records.files.readers.text import BLOCK, Undecodable, encoding_of, texts
from console.records.files.readers.xlsx.package import SAVE_AS
from console.records.files.source import Choices, FileError, FileKind, FileLook
from console.records.pasted.tables.headings import names_fields
from console.records.schemas.schema import Schema

EMPTY_ZIP_MAGIC = b"PK\x05\x06"
AS_TEXT = "Save its records as CSV, JSON Lines, JSON or .xlsx."
# The first bytes of files that people have records in and that are not read.
OTHERS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": f"It is an old Excel file (.xls), or one with a password. {SAVE_AS}",
    GZIP_MAGIC: "It is packed by gzip twice. Unpack it once.",
    EMPTY_ZIP_MAGIC: "It is a ZIP archive without any files.",
    b"BZh": "It is packed by bzip2. Unpack it, or pack it by gzip.",
    b"\xfd7zXZ\x00": "It is packed by xz. Unpack it, or pack it by gzip.",
    b"\x28\xb5\x2f\xfd": "It is packed by Zstandard. Unpack it, or pack it by gzip.",
    b"7z\xbc\xaf\x27\x1c": "It is a 7-Zip archive. Unpack it.",
    b"Rar!": "It is a RAR archive. Unpack it.",
    b"PAR1": f"It is a Parquet file. {AS_TEXT}",
    b"ARROW1": f"It is an Arrow file. {AS_TEXT}",
    b"Obj\x01": f"It is an Avro file. {AS_TEXT}",
    b"ORC": f"It is an ORC file. {AS_TEXT}",
    b"SQLite format 3\x00": f"It is an SQLite database. {AS_TEXT}",
    b"%PDF-": f"It is a PDF document. {AS_TEXT}",
    b"\x89PNG": f"It is a picture. {AS_TEXT}",
    b"\xff\xd8\xff": f"It is a picture. {AS_TEXT}",
}
LINE_END = re.compile(r"[\r\n]+")
EMPTY = "The file is empty."
TAR = b"ustar"
TAR_AT = 257
ARCHIVE = "It is a tar archive. Unpack it, and upload the file in it."
# A text may have some by mistake.
MOST_ZEROS = 8
BINARY = f"It is a binary file, not a text. {AS_TEXT}"
MARKED_UP = f"It is a page of HTML or XML, which some programs call an Excel file. {SAVE_AS}"


def look_at(path: Path, schema: Schema, choices: Choices = Choices()) -> FileLook:  # noqa: B008  # It is frozen.
    """Return what a file is, with its heading and first rows, as far as a person's choices or the file tell it.

    `choices` are those of a person, for the questions of an earlier look, and the columns that they have added. Raise
    FileError, which says what to do.
    """
    return with_added(_look_at(path, schema, choices), choices.added)


def _look_at(path: Path, schema: Schema, choices: Choices) -> FileLook:
    if path.stat().st_size > MOST_BYTES:
        raise FileError(TOO_LARGE.format(""))
    with opened(path) as content:
        magic = content.read(TAR_AT + len(TAR))
    if magic.startswith(ZIP_MAGIC):
        # The library of spreadsheets takes a while to be imported, and memory.
        from console.records.files.readers.xlsx.reading import look_at_xlsx

        return look_at_xlsx(path, schema, choices)
    for first, sentence in OTHERS.items():
        if magic.startswith(first):
            raise FileError(sentence)
    if magic[TAR_AT:] == TAR:
        raise FileError(ARCHIVE)
    encoding, question = encoding_of(path, choices.encoding)
    questions = (question,) if question else ()
    start = _start(path, encoding)
    if not start.strip():
        raise FileError(EMPTY)
    if start.count("\0") > max(MOST_ZEROS, len(start) // 100):
        raise FileError(BINARY)
    kind = _kind(schema, start)
    if kind is FileKind.JSON:
        return look_at_document(path, schema, encoding, questions)
    if kind is FileKind.JSON_LINES:
        return look_at_lines(path, schema, encoding, questions)
    return look_at_separated(path, schema, choices, encoding, questions)


def _start(path: Path, encoding: str) -> str:
    """Return the beginning of a text, or what comes before a byte that cannot be read."""
    start = ""
    with opened(path) as content:
        try:
            for text in texts(content, encoding):
                start += text
                if start.strip() and len(start) >= BLOCK // 4:
                    break
        except Undecodable:
            pass
    return start


def _kind(schema: Schema, start: str) -> FileKind:
    bare = start.lstrip()
    if bare.startswith("<"):
        raise FileError(MARKED_UP)
    if bare.startswith("["):
        return FileKind.JSON
    if not bare.startswith("{"):
        return FileKind.SEPARATED
    first, second, *_others = (*(line for line in LINE_END.split(bare, maxsplit=50) if line.strip()), "", "")
    # In JSON Lines the first line may be broken; a single document may span several lines.
    values = [_object(first), _object(second)]
    if values[0] is None and first.count("[") > first.count("]"):
        return FileKind.JSON
    if values[1] is not None:
        return FileKind.JSON_LINES
    if values[0] is None:
        return FileKind.JSON_LINES if second.startswith("{") else FileKind.JSON
    return FileKind.JSON_LINES if second.strip() or names_fields(schema, list(values[0])) else FileKind.JSON


def _object(line: str) -> dict[str, object] | None:
    try:
        value = read_value(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
