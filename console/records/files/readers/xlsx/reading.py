"""A sheet of an .xlsx file as a table: which one, where its heading is, and its rows."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from console.records.files.readers.headings import (
    Heading,
    column_letters,
    find_heading,
    likely_heading,
    no_heading,
    notes_on_unnamed,
)
from console.records.files.readers.separated import ROWS_LOOKED_AT, ROWS_SHOWN
from console.records.files.readers.xlsx.package import Package, opened_package
from console.records.files.readers.xlsx.sheets import merged_below, rows_of_sheet
from console.records.files.readers.xlsx.workbook import Sheet, Workbook, read_workbook
from console.records.files.source import (
    ROWS_IN_A_BATCH,
    Batch,
    Cell,
    Choices,
    FileError,
    FileKind,
    FileLook,
    Question,
    Row,
)
from console.records.schemas.schema import Schema

MOST_MERGED_NAMED = 3


def look_at_xlsx(path: Path, schema: Schema, choices: Choices) -> FileLook:
    """Return what a workbook is by the first rows of its sheets; raise FileError."""
    with opened_package(path) as package:
        workbook = read_workbook(package)
        sheet, heading, questions = _sheet(schema, package, workbook, choices)
        rows = (row for row in rows_of_sheet(package, workbook, sheet.part) if row.number > heading.row)
        first_rows = list(islice((row for row in rows if _has_text(row.cells)), ROWS_LOOKED_AT))
        names = _as_wide_as(heading.names, first_rows)
        merged = list(islice(merged_below(package, sheet.part, heading.row), MOST_MERGED_NAMED + 1))
    return FileLook(
        FileKind.XLSX,
        words=f"an Excel workbook (the sheet {sheet.name})",
        heading=names,
        heading_row=heading.row,
        is_gzip=package.is_gzip,
        sheet=sheet.name,
        questions=questions,
        notes=(*heading.notes, *notes_on_unnamed(names, first_rows), *_on_hidden(sheet), *_on_merged(merged)),
        first_rows=tuple(Row(row.number, _of_width(row.cells, len(names))) for row in first_rows[:ROWS_SHOWN]),
    )


def xlsx_batches(path: Path, look: FileLook) -> Iterator[Batch]:
    """Yield the rows of the sheet of a workbook that lie below its heading; raise FileError."""
    width, start = len(look.heading), look.heading_row or 0
    batch, rows = Batch(), list[tuple[Cell, ...]]()
    with opened_package(path) as package:
        workbook = read_workbook(package)
        sheet = next(each for each in workbook.sheets if each.name == look.sheet)
        for row in rows_of_sheet(package, workbook, sheet.part):
            if row.number <= start or not _has_text(row.cells):
                continue
            rows.append(_of_width(row.cells, width))
            batch.numbers.append(row.number)
            beyond = row.cells[width:]
            batch.others |= {
                f"column {column_letters(place)}" for place, cell in enumerate(beyond, width) if cell is not None
            }
            if len(rows) >= ROWS_IN_A_BATCH:
                batch.columns = list(zip(*rows, strict=True))
                yield batch
                batch, rows = Batch(), []
    batch.columns = list(zip(*rows, strict=True)) or [()] * width
    yield batch


def _has_text(cells: Sequence[Cell]) -> bool:
    return any(cell is not None and not (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _of_width(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return cells[:width] if len(cells) >= width else (*cells, *[None] * (width - len(cells)))


def _as_wide_as(names: tuple[str, ...], rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the names of columns, with columns without a name at the end as far as some rows have cells."""
    while names and not names[-1]:
        names = names[:-1]
    width = max((len(row.cells) for row in rows), default=0)
    return (*names, *[""] * (width - len(names)))


def _sheet(
    schema: Schema, package: Package, workbook: Workbook, choices: Choices
) -> tuple[Sheet, Heading, tuple[Question, ...]]:
    """Return the sheet that has a heading, one that names the schema's fields if any, and the question of several."""
    found = _headings(schema, package, workbook, find_heading) or _headings(schema, package, workbook, likely_heading)
    if not found:
        names = ", ".join(sheet.name for sheet in workbook.sheets)
        raise FileError(no_heading(schema, f"the sheet{'s' if len(workbook.sheets) > 1 else ''} {names}"))
    # Visible sheets come first.
    found.sort(key=lambda each: each[0].is_hidden)
    options = tuple(sheet.name for sheet, _heading in found)
    if choices.sheet is not None and choices.sheet not in options:
        raise FileError(
            f"The sheet {choices.sheet} has no heading that names fields of the schema; {', '.join(options)} has."
        )
    assumed = choices.sheet or options[0]
    sheet, heading = next(each for each in found if each[0].name == assumed)
    if len(found) == 1:
        return sheet, heading, ()
    sentence = f"{len(found)} sheets have a heading. Which one is meant?"
    return sheet, heading, (Question("sheet", options, assumed, sentence),)


def _headings(
    schema: Schema, package: Package, workbook: Workbook, find: Callable[[Schema, Iterator[Row]], Heading | None]
) -> list[tuple[Sheet, Heading]]:
    """Return the sheets in which a heading is found, with it."""
    found = [(sheet, find(schema, rows_of_sheet(package, workbook, sheet.part))) for sheet in workbook.sheets]
    return [(sheet, heading) for sheet, heading in found if heading]


def _on_hidden(sheet: Sheet) -> tuple[str, ...]:
    return (f"The sheet {sheet.name} is hidden.",) if sheet.is_hidden else ()


def _on_merged(merged: Sequence[str]) -> tuple[str, ...]:
    if not merged:
        return ()
    named = ", ".join(merged[:MOST_MERGED_NAMED]) + (" and others" if len(merged) > MOST_MERGED_NAMED else "")
    return (f"Merged cells count in their first row alone, and are empty in the others: {named}.",)
