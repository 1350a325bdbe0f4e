"""An invalid row of an import: saved, or shown again as typed if a form or session expired."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from console.bulk import controls
from console.bulk.checking import fixing
from console.bulk.checking.fixing import TypedCells
from console.bulk.checking.rows import ShownRow
from console.bulk.models import Import
from console.bulk.waiting import is_ending
from console.pages.bulk.check_result import check_result
from console.pages.bulk.found_import import import_of
from console.pages.bulk.invalid_rows import grid_row, order_of_columns, shown_fields
from console.pages.bulk.send_form import send_form
from console.pages.bulk.shown_import import shown_import
from console.pages.bulk.typed_cells import typed_cells
from console.pages.frame.requests import Request
from console.pages.frame.typed_text import typed_fields
from console.pages.tables.grid import GridRow
from console.personalize.environments import Environment
from console.records.entities import Entity

ROW_GONE = "This row was not saved: it was fixed meanwhile, or the import has moved on. Reload the page to see it."
ROW_WAITS = "This row was not saved, since the import is at work. Once that is over, it can be fixed here."

NOT_SAVED = (
    "Row {row:,} is not saved, since the page was open for too long. It stands above the others with what you typed: "
    "press Save row again."
)
NONE_SAVED = (
    "{count} rows are not saved, since the page was open for too long. They stand above the others with what you "
    "typed: save them again."
)


def give_back(request: Request, environment: Environment, group: str, entity: Entity, key: UUID) -> HttpResponse:
    """Return the page for the person's own expired row: it is shown as typed and not saved."""
    bulk_import = import_of(environment, group, entity, key)
    return shown_import(
        request, environment, bulk_import, status=403, typed=rows_as_typed(request, bulk_import, typed_fields(request))
    )


def rows_as_typed(request: Request, bulk_import: Import, typed: Mapping[str, str]) -> list[ShownRow]:
    """Return rows as typed before the form or the session expired, marked as not saved."""
    cells = typed_cells(bulk_import, typed)
    rows = [row for cell in cells if (row := fixing.row_with(bulk_import, cell.part, cell.number, cell.values))]
    if len(rows) == 1 == len(cells):
        messages.warning(request, NOT_SAVED.format(row=rows[0].number))
    elif rows:
        messages.warning(request, NONE_SAVED.format(count=len(rows)))
    if len(rows) < len(cells):
        messages.warning(request, ROW_GONE)
    return rows


def save_row(request: Request, environment: Environment, bulk_import: Import) -> HttpResponse:
    """Save the cells typed into an invalid row, and check the row again."""
    fields = order_of_columns(bulk_import, request.POST.get("columns", ""))
    (typed,) = typed_cells(bulk_import, request.POST)
    number = typed.number
    gone = GridRow(f"{typed.part}-{number}", f"{number:,}", ())
    fixed = fixing.fix_rows(bulk_import, [typed])
    if fixed.gone:
        return _row_is_gone(request, environment, bulk_import, typed, gone)
    left = fixed.invalid[0] if fixed.invalid else None
    bulk_import.refresh_from_db()
    row = grid_row(bulk_import, left, fields) if left else gone
    words = f"Row {number:,} is valid now. It will be sent after all others." if left is None else ""
    if request.htmx:
        context = {
            "bulk_import": bulk_import,
            "row": row,
            "fixed": words,
            "saved": True,
            "cell_count": len(fields) + 2,
        }
        context |= {"check": check_result(bulk_import), "send": send_form(request, environment, bulk_import, None)}
        context["fixed_count"] = controls.fixed_count(bulk_import)
        context |= {"address": request.get_full_path(), "saves": "Save row"}
        return render(request, "bulk/saved_row.html", context)
    if left is None:
        messages.success(request, words)
        return redirect(f"{request.get_full_path()}#rows")
    return shown_import(request, environment, bulk_import, status=422, saved_row=row.key)


def _row_is_gone(
    request: Request, environment: Environment, bulk_import: Import, typed: TypedCells, row: GridRow
) -> HttpResponse:
    """Return the response for a row that can no longer be saved, with the typed values, in case they are needed."""
    bulk_import.refresh_from_db()
    sentence = f"{why_gone(bulk_import)} {in_words(typed)}"
    if request.htmx:
        context = {"row": row, "fixed": sentence, "kind": "warning", "cell_count": len(shown_fields(bulk_import)) + 2}
        return render(request, "tables/grid_saved_row.html", context)
    messages.warning(request, sentence)
    return shown_import(request, environment, bulk_import, status=409)


def why_gone(bulk_import: Import) -> str:
    """Return why rows of an import could not be saved."""
    return ROW_WAITS if bulk_import.is_at_work or is_ending(bulk_import) else ROW_GONE


def in_words(typed: TypedCells) -> str:
    """Return the values typed into a row that could not be saved, in words, in case they are needed."""
    return f"You typed: {', '.join(f'{name} “{text}”' for name, text in typed.values.items())}."
