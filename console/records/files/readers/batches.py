"""The rows of a file of records, a batch at a time, whatever kind of file it is."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from console.records.files.added_columns import fill_added, without_added
from console.records.files.readers.json_documents import batches_of_document
from console.records.files.readers.json_lines import batches_of_lines
from console.records.files.readers.separated import separated_batches
from console.records.files.source import Batch, FileError, FileKind, FileLook
from console.records.schemas.schema import Schema

MOST_ROWS = 1_000_000
# The first rows, which decide how the whole file is read.
ROWS_TOGETHER = 10_000


def batches(path: Path, schema: Schema, look: FileLook) -> Iterator[Batch]:
    """Yield the rows of a file in their order, some thousands at a time, as a look at it has found them to be.

    Raise FileError at what ends the whole file, after the batches before it.
    """
    count = 0
    for batch in _batches(path, schema, without_added(look)):
        count += len(batch.numbers) + len(batch.broken)
        if count > MOST_ROWS:
            raise FileError(f"The file has more than {MOST_ROWS:,} rows. Split it into smaller files.")
        if batch.numbers or batch.broken:
            yield fill_added(batch, look.added)


def larger(source: Iterable[Batch]) -> Iterator[list[Batch]]:
    """Yield the batches of a file together, in lists with at least ROWS_TOGETHER rows: the last one may have fewer."""
    some: list[Batch] = []
    rows = 0
    for batch in source:
        some.append(batch)
        rows += len(batch.numbers) + len(batch.broken)
        if rows >= ROWS_TOGETHER:
            yield some
            some, rows = [], 0
    if some:
        yield some


def joined(some: Sequence[Batch]) -> Batch:
    """Return the rows of batches of a file, of which there is at least one, as one batch."""
    return Batch(
        numbers=[number for batch in some for number in batch.numbers],
        columns=[
            list(chain.from_iterable(columns)) for columns in zip(*(batch.columns for batch in some), strict=True)
        ],
        broken=[row for batch in some for row in batch.broken],
        others=set().union(*(batch.others for batch in some)),
    )


def _batches(path: Path, schema: Schema, look: FileLook) -> Iterator[Batch]:
    if look.kind is FileKind.SEPARATED:
        return separated_batches(path, look)
    if look.kind is FileKind.XLSX:
        # The library of spreadsheets takes a while to be imported, and memory.
        from console.records.files.readers.xlsx.reading import xlsx_batches

        return xlsx_batches(path, look)
    if look.kind is FileKind.JSON_LINES:
        return batches_of_lines(path, schema, look)
    return batches_of_document(path, schema, look)
