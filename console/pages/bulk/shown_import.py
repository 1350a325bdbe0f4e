"""The page of an import at its stage: its columns, its check, its sending, or its result."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from console.bulk import controls
from console.bulk.checking.progress import READ
from console.bulk.checking.rows import ShownRow
from console.bulk.checking.typed_rows import typed_into_another_reading
from console.bulk.models import OVER, Import, Stage
from console.pages.bulk.check_result import check_result
from console.pages.bulk.column_mapping import column_mapping
from console.pages.bulk.download_failed_rows import MOST_ROWS_OF_SHEET, failed_row_count
from console.pages.bulk.invalid_rows import invalid_rows
from console.pages.bulk.live import Live, live
from console.pages.bulk.outcome import import_outcome
from console.pages.bulk.send_form import send_form
from console.pages.bulk.sending_progress import sending_progress
from console.pages.bulk.steps import steps
from console.pages.bulk.words import row_numbers
from console.pages.frame.guard import empty_confirmation
from console.pages.frame.requests import Request
from console.personalize.environments import Environment

TEMPLATE = "bulk/bulk_import.html"


def shown_import(
    request: Request,
    environment: Environment,
    bulk_import: Import,
    *,
    status: int = 200,
    typed: Sequence[ShownRow] = (),
    waiting: Live | None = None,
    **more: Any,
) -> HttpResponse:
    """Return the current page of an import.

    `typed` are invalid rows as typed, `waiting` is the state to poll for, if already known, and `more` overrides the
    context.
    """
    waiting = waiting or live(request, bulk_import)
    context: dict[str, Any] = {
        "bulk_import": bulk_import,
        "steps": steps(bulk_import.stage),
        "waiting": waiting,
        "failed_rows": failed_row_count(bulk_import),
        "most_rows_of_sheet": MOST_ROWS_OF_SHEET,
        "is_comparing": bulk_import.progress >= READ,
    }
    is_mapped_again = (
        bulk_import.stage == Stage.CHECKED and request.GET.get("step") == "columns" and not bulk_import.retry_of_id
    )
    if bulk_import.stage == Stage.MAPPING or is_mapped_again:
        context["steps"] = steps(Stage.MAPPING)
        context["mapping"] = column_mapping(
            bulk_import, bulk_import.columns, bulk_import.choices.get("date_orders", {})
        )
        context["unsure"] = unsure_rows(bulk_import)
    elif bulk_import.stage == Stage.CHECKED:
        confirmation = empty_confirmation(environment, bulk_import.dataset_group)
        context["check"] = check_result(bulk_import)
        context["invalid"] = invalid_rows(request, bulk_import, typed) if bulk_import.invalid_count else None
        context["send"] = send_form(request, environment, bulk_import, confirmation)
    elif bulk_import.stage in (Stage.SENDING, Stage.PAUSED):
        context["sending"] = sending_progress(bulk_import, waiting.sharing)
        context["asks_to_cancel"] = request.GET.get("step") == "cancel"
        context["unsent_count"] = max(0, bulk_import.to_send_count - bulk_import.settled_count)
    elif bulk_import.stage in OVER:
        context["outcome"] = import_outcome(request, bulk_import)
        context["retries"] = bulk_import.retries.order_by("pk")
        context["rest_count"] = controls.rest_count(bulk_import)
        context["fixed_count"] = controls.fixed_count(bulk_import)
        context["confirmation"] = empty_confirmation(environment, bulk_import.dataset_group)
        can_be_fixed = bulk_import.stage == Stage.DONE and not bulk_import.import_mode and bulk_import.invalid_count
        context["invalid"] = invalid_rows(request, bulk_import, typed) if can_be_fixed else None
    return render(request, TEMPLATE, context | more, status=status)


def unsure_rows(bulk_import: Import) -> str:
    """Return the numbers, in words, of rows fixed under another reading of the file: they may read differently now."""
    return row_numbers(typed_into_another_reading(bulk_import))
