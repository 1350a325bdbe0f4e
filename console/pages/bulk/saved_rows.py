"""Saving several invalid rows of an import at once, such as rows pasted from a spreadsheet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from console.bulk import controls
from console.bulk.checking.fixing import Fixed, fix_rows
from console.bulk.models import Import
from console.pages.bulk.check_result import check_result
from console.pages.bulk.download_failed_rows import MOST_ROWS_OF_SHEET, failed_row_count
from console.pages.bulk.invalid_rows import invalid_rows
from console.pages.bulk.saved_row import in_words, why_gone
from console.pages.bulk.send_form import send_form
from console.pages.bulk.typed_cells import typed_cells
from console.pages.bulk.words import counted, row_numbers
from console.pages.frame.error_pages import error_page
from console.pages.frame.requests import Request
from console.personalize.environments import Environment

NO_ROWS = "This form has no rows that can be saved. Go back to the import, and save its rows one by one."


def save_rows(request: Request, environment: Environment, bulk_import: Import) -> HttpResponse:
    """Save the cells typed into several invalid rows, and check the rows again.

    Rows that are still invalid keep the typed values. Values typed into rows that no longer exist are shown again.
    """
    typed = typed_cells(bulk_import, request.POST)
    if not typed:
        return error_page(request, 400, NO_ROWS)
    fixed = fix_rows(bulk_import, typed)
    bulk_import.refresh_from_db()
    _add_messages(request, bulk_import, fixed)
    if not request.htmx:
        return redirect(f"{request.get_full_path()}#rows")
    context = {
        "bulk_import": bulk_import,
        "invalid": invalid_rows(request, bulk_import) if bulk_import.invalid_count else None,
        "check": check_result(bulk_import),
        "send": send_form(request, environment, bulk_import, None),
        "failed_rows": failed_row_count(bulk_import),
        "most_rows_of_sheet": MOST_ROWS_OF_SHEET,
        "fixed_count": controls.fixed_count(bulk_import),
        "saved_rows": True,
    }
    return render(request, "bulk/saved_rows.html", context)


def _add_messages(request: Request, bulk_import: Import, fixed: Fixed) -> None:
    if fixed.valid_count:
        is_one = fixed.valid_count == 1
        words = f"{counted(fixed.valid_count, 'row')} {'is' if is_one else 'are'} valid now"
        messages.success(request, f"{words}, and will be sent after all others.")
    if fixed.invalid:
        numbers = row_numbers([row.number for row in fixed.invalid])
        verb, keeps = ("is", "keeps") if len(fixed.invalid) == 1 else ("are", "keep")
        messages.warning(request, f"{numbers.capitalize()} {verb} still invalid, and {keeps} what was typed.")
    why = why_gone(bulk_import) if fixed.gone else ""
    for row in fixed.gone:
        messages.warning(request, f"Row {row.number:,}: {why} {in_words(row)}")
