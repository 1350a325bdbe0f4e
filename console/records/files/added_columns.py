"""Columns that a person adds to a file: a field that it has no column for, with one value in all rows."""

from collections.abc import Sequence
from dataclasses import replace

from console.records.files.source import Batch, FileLook, Row

LONGEST_VALUE = 1000

# The names and values of the columns, in the order in which they were added.
type Added = Sequence[tuple[str, str]]


def with_added(look: FileLook, added: Added) -> FileLook:
    """Return the look at a file with more columns at its end."""
    if not added:
        return look
    names, values = zip(*added, strict=True)
    rows = tuple(Row(row.number, (*row.cells, *values)) for row in look.first_rows)
    return replace(look, heading=(*look.heading, *names), first_rows=rows, added=(*look.added, *added))


def without_added(look: FileLook) -> FileLook:
    """Return a look as the reader of the file has it: with the columns of the file alone."""
    return replace(look, heading=look.heading[: len(look.heading) - len(look.added)]) if look.added else look


def fill_added(batch: Batch, added: Added) -> Batch:
    """Add the columns to the rows of a batch, and return it."""
    if added:
        batch.columns = [*batch.columns, *([value] * len(batch.numbers) for _name, value in added)]
    return batch
