"""The bytes of a file of records, unpacked in a stream if gzip packed them, and bounded."""

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from console.records.files.source import FileError

MOST_BYTES = 1 << 30
GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
CHUNK = 1 << 18
# Rows of text shrink to a tenth, and to a hundredth where they repeat. What shrinks further is no file of records, but
# may be a small one that is all zeros.
MOST_RATIO = 200
RATIO_COUNTS_FROM = 64 << 20

TOO_LARGE = "The file has more than 1 GB{}. Split it into smaller files."
TOO_DENSE = f"The file is more than {MOST_RATIO} times as large when it is unpacked, as no file of records is."
DAMAGED = "The gzip file is damaged or incomplete: unpacking it failed. Pack it again, or upload it unpacked."


class Content:
    """The bytes of a file from its beginning: `read` gives those that gzip packed, and raises FileError."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.is_gzip = raw.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        raw.seek(0)
        self._file = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if self.is_gzip else raw
        self._count = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, as many as that at most, or none at the end; raise FileError."""
        try:
            data = self._file.read(size)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise FileError(DAMAGED) from error
        self._count += len(data)
        if self._count > MOST_BYTES:
            raise FileError(TOO_LARGE.format(" when it is unpacked" if self.is_gzip else ""))
        if self._count > max(RATIO_COUNTS_FROM, MOST_RATIO * self._raw.tell()):
            raise FileError(TOO_DENSE)
        return data


@contextmanager
def opened(path: Path) -> Iterator[Content]:
    """Return the content of a file, closed at the end."""
    with path.open("rb") as raw:
        yield Content(raw)


@contextmanager
def seekable(path: Path) -> Iterator[IO[bytes]]:
    """Return a file, or the one that gzip packed into it, to read at any place, closed at the end; raise FileError."""
    with opened(path) as content:
        if not content.is_gzip:
            with path.open("rb") as file:
                yield file
            return
        with tempfile.TemporaryFile() as unpacked:
            while chunk := content.read(CHUNK):
                unpacked.write(chunk)
            yield unpacked
