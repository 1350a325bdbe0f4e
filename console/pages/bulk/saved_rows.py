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


def save_rows(request: Request, environment: Environment, found: Import) -> HttpResponse:
    """Save the cells typed into several invalid rows, and check the rows again.

    Rows that are still invalid keep what was typed. What was typed into rows that no longer exist is shown again.
    """
    typed = typed_cells(found, request.POST)
    if not typed:
        return error_page(request, 400, NO_ROWS)
    fixed = fix_rows(found, typed)
    found.refresh_from_db()
    _tell(request, found, fixed)
    if not request.htmx:
        return redirect(f"{request.get_full_path()}#rows")
    context = {
        "bulk_import": found,
        "invalid": invalid_rows(request, found) if found.invalid_count else None,
        "check": check_result(found),
        "send": send_form(request, environment, found, None),
        "failed_rows": failed_row_count(found),
        "most_rows_of_sheet": MOST_ROWS_OF_SHEET,
        "fixed_count": controls.fixed_count(found),
        "saved_rows": True,
    }
    return render(request, "bulk/saved_rows.html", context)


def _tell(request: Request, found: Import, fixed: Fixed) -> None:
    if fixed.valid_count:
        is_one = fixed.valid_count == 1
        words = f"{counted(fixed.valid_count, 'row')} {'is' if is_one else 'are'} valid now"
        messages.success(request, f"{words}, and will be sent after all others.")
    if fixed.invalid:
        numbers = row_numbers([row.number for row in fixed.invalid])
        verb, keeps = ("is", "keeps") if len(fixed.invalid) == 1 else ("are", "keep")
        messages.warning(request, f"{numbers.capitalize()} {verb} still invalid, and {keeps} what was typed.")
    why = why_gone(found) if fixed.gone else ""
    for each in fixed.gone:
        messages.warning(request, f"Row {each.number:,}: {why} {in_words(each)}")
