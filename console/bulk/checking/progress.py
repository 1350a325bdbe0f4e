"""The progress of a check in percent: first reading the file, then comparing its records."""

from console.bulk.models import Import
from console.records.files.readers.batches import MOST_ROWS
from console.records.files.source import Batch, FileKind, FileLook

WHOLE = 100
# Reading takes as long as comparing, by and large.
READ = 80
ROWS_THAT_TELL = 100
# How much smaller packed files of records are, by and large.
TIMES_SMALLER = 6
# Their rows have the names of their columns.
NAMED = (FileKind.JSON, FileKind.JSON_LINES)


def expected_rows(bulk_import: Import, look: FileLook, first: Batch) -> int:
    """Return the approximate number of rows in a file, from its length and the length of its first rows."""
    rows = len(first.numbers[:ROWS_THAT_TELL])
    if not rows:
        return MOST_ROWS
    cells = sum(len(str(cell or "")) + 1 for column in first.columns for cell in column[:rows])
    names = sum(len(name) + len('"": "",') for name in look.heading) * rows if look.kind in NAMED else 0
    is_packed = look.is_gzip or look.kind is FileKind.XLSX
    size = bulk_import.file_size * (TIMES_SMALLER if is_packed else 1)
    return max(1, min(MOST_ROWS, size * rows // (cells + names)))


def progress_of_reading(rows: int, expected: int) -> int:
    """Return the progress after reading some of an expected number of rows."""
    return min(READ - 1, rows * READ // expected)


def progress_of_comparing(parts: int, count: int) -> int:
    """Return the progress after comparing some of the parts."""
    return READ + parts * (WHOLE - READ - 1) // max(1, count)
