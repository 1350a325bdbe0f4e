"""The page of one import: its columns, its check, the rows that are invalid, its sending and what became of it."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from console.bulk import controls
from console.bulk.checking import rows
from console.bulk.checking.progress import READ
from console.bulk.checking.typed_rows import typed_into_another_reading
from console.bulk.models import OVER, Import, Stage
from console.bulk.notices import mark_seen
from console.bulk.uploading import uploads
from console.pages.bulk.check_result import check_result, chosen_long_numbers, chosen_without
from console.pages.bulk.column_mapping import (
    chosen_columns,
    chosen_orders,
    chosen_reading,
    column_mapping,
)
from console.pages.bulk.download_failed_rows import MOST_ROWS_OF_SHEET, failed_row_count
from console.pages.bulk.found_import import import_of, person_fields
from console.pages.bulk.invalid_rows import grid_row, invalid_rows, order_of_columns, shown_fields
from console.pages.bulk.live import live
from console.pages.bulk.outcome import import_outcome
from console.pages.bulk.send_form import NO_SHARE, chosen_share, import_mode, send_form
from console.pages.bulk.sending_progress import sending_progress
from console.pages.bulk.steps import steps
from console.pages.bulk.taking_in import why_not_import
from console.pages.bulk.words import row_numbers
from console.pages.frame.decorators import DATASET, READ_AND_POST, environment_page
from console.pages.frame.error_pages import error_page
from console.pages.frame.guard import empty_confirmation, validated_confirmation
from console.pages.frame.registry import TypedFields
from console.pages.frame.requests import Request, safe_path
from console.pages.frame.typed_text import take, typed_fields
from console.pages.tables.grid import CELL, GridRow, cells_of
from console.pages.tables.polling import ask_later
from console.personalize.environments import Environment
from console.records.entities import Entity
from console.records.files.checking.table_checks import problem_of_columns
from console.records.schemas.schema import read_entity_schema

TEMPLATE = "bulk/bulk_import.html"
ELSEWHERE = "This import has moved on meanwhile. This is how it is now."
NO_INTENT = "This form names nothing that could be done. Go back to the import, and press one of its buttons."
NOTHING_VALID = "Nothing was sent: there is no valid record. Fix rows first."
UNSURE = (
    "Nothing was checked. Choose below to check without what was typed into rows that read otherwise now, or have the "
    "file read as before."
)
ROW_GONE = "This row was fixed meanwhile, or the import has moved on. Reload the page to see it."

NOT_SAVED = (
    "Row {row:,} is not saved, since the page was open for too long. It stands above the others with what you typed: "
    "press Save row again."
)
CELL_FIELD = re.compile(f"{CELL}.+")

type Answer = Callable[[Request, Environment, Import], HttpResponse]


def give_back(request: Request, environment: Environment, group: str, entity: Entity, key: UUID) -> HttpResponse:
    """Answer a row that was not accepted as the person's own: it is shown as it was typed, and is not saved."""
    found = import_of(environment, group, entity, key)
    return _shown(request, environment, found, status=403, typed=_typed_row(request, found, typed_fields(request)))


@environment_page(
    DATASET + "imports/<uuid:key>/",
    "Import",
    parent="imports",
    methods=READ_AND_POST,
    why_not=why_not_import,
    typed=TypedFields(("part", "row"), give_back, pattern=CELL_FIELD),
)
def bulk_import(request: Request, environment: Environment, group: str, entity: Entity, key: UUID) -> HttpResponse:
    """Show an import as far as it is, and on POST do what its `intent` says."""
    found = import_of(environment, group, entity, key)
    if request.method == "POST":
        answer = INTENTS.get(request.POST.get("intent", ""))
        return answer(request, environment, found) if answer else error_page(request, 400, NO_INTENT)
    mark_seen(found, request.user)
    if live(request, found).has_no_news:
        return ask_later(request)
    carried = take(request)
    return _shown(request, environment, found, typed=_typed_row(request, found, carried) if carried else None)


def _typed_row(request: Request, found: Import, typed: Mapping[str, str]) -> rows.ShownRow | None:
    """Return a row as it was typed before the form or the session expired, and say that it is not saved."""
    part, number = (_number(typed.get(name, "")) for name in ("part", "row"))
    row = rows.row_with(found, part, number, cells_of(typed, shown_fields(found)))
    messages.warning(request, NOT_SAVED.format(row=number) if row else ROW_GONE)
    return row


def _shown(
    request: Request,
    environment: Environment,
    found: Import,
    *,
    status: int = 200,
    typed: rows.ShownRow | None = None,
    **more: Any,
) -> HttpResponse:
    context: dict[str, Any] = {
        "bulk_import": found,
        "steps": steps(found.stage),
        "waiting": live(request, found),
        "failed_rows": failed_row_count(found),
        "most_rows_of_sheet": MOST_ROWS_OF_SHEET,
        "is_comparing": found.progress >= READ,
    }
    is_mapped_again = found.stage == Stage.CHECKED and request.GET.get("step") == "columns" and not found.retry_of_id
    if found.stage == Stage.MAPPING or is_mapped_again:
        context["steps"] = steps(Stage.MAPPING)
        context["mapping"] = column_mapping(found, found.columns, found.choices.get("date_orders", {}))
        context["unsure"] = _unsure_rows(found)
    elif found.stage == Stage.CHECKED:
        confirmation = empty_confirmation(environment, found.dataset_group)
        context["check"] = check_result(found)
        context["invalid"] = invalid_rows(request, found, typed) if found.invalid_count else None
        context["send"] = send_form(request, environment, found, confirmation)
    elif found.stage in (Stage.SENDING, Stage.PAUSED):
        context["sending"] = sending_progress(found)
        context["asks_to_cancel"] = request.GET.get("step") == "cancel"
        context["unsent_count"] = max(0, found.to_send_count - found.settled_count)
    elif found.stage in OVER:
        context["outcome"] = import_outcome(request, found)
        context["retries"] = found.retries.order_by("pk")
        context["rest_count"] = controls.rest_count(found)
        context["fixed_count"] = controls.fixed_count(found)
        context["confirmation"] = empty_confirmation(environment, found.dataset_group)
        can_be_fixed = found.stage == Stage.DONE and not found.import_mode and found.invalid_count
        context["invalid"] = invalid_rows(request, found, typed) if can_be_fixed else None
    return render(request, TEMPLATE, context | more, status=status)


def _unsure_rows(found: Import) -> str:
    """Return which rows were fixed when the file was read otherwise, in words: they may read otherwise now."""
    return row_numbers(typed_into_another_reading(found))


def _moved(request: Request, is_moved: bool) -> HttpResponse:
    """Answer after a change of an import: its page as it is now."""
    if not is_moved:
        messages.info(request, ELSEWHERE)
    return redirect(request.path)


def _look(request: Request, environment: Environment, found: Import) -> HttpResponse:
    """Look at the file again, as it is to be read now."""
    reading = chosen_reading(found, request.POST)
    try:
        with transaction.atomic():
            locked = Import.objects.select_for_update().get(pk=found.pk)
            if locked.stage not in controls.CHECKABLE:
                return _moved(request, False)
            schema = read_entity_schema(locked.entity, locked.schema_text)
            uploads.look(locked, schema, locked.schema_text, reading)
    except uploads.UploadError as error:
        return _mapped(request, environment, found, str(error))
    return redirect(request.path)


def _check(request: Request, environment: Environment, found: Import) -> HttpResponse:
    """Begin the check with the columns that were chosen, unless they name a field twice or lack a required one."""
    if found.stage not in controls.CHECKABLE:
        return _moved(request, False)
    columns = chosen_columns(found, request.POST)
    schema = read_entity_schema(found.entity, found.schema_text)
    if problem_of_columns(schema, columns):
        return _mapped(request, environment, found)
    if "without_typed" not in request.POST and _unsure_rows(found):
        return _mapped(request, environment, found, UNSURE)
    choices = found.choices | {"date_orders": chosen_orders(columns, request.POST)}
    return _moved(request, controls.start_check(found, columns=columns, choices=choices))


def _mapped(request: Request, environment: Environment, found: Import, problem: str = "") -> HttpResponse:
    """Answer with the columns as they were chosen, and what is wrong with them, or with the file."""
    if found.stage not in controls.CHECKABLE:
        return _moved(request, False)
    columns = chosen_columns(found, request.POST)
    mapping = column_mapping(found, columns, chosen_orders(columns, request.POST))
    more: dict[str, Any] = {"mapping": mapping, "steps": steps(Stage.MAPPING), "is_pressed": True}
    more["file_problem"] = problem
    more["unsure"] = _unsure_rows(found)
    return _shown(request, environment, found, status=422, **more)


def _check_again(request: Request, _environment: Environment, found: Import) -> HttpResponse:
    """Check the file again without the kinds of changes that were chosen, and with dates in the order chosen."""
    if found.stage != Stage.CHECKED:
        return _moved(request, False)
    without = chosen_without(found, {name: request.POST.getlist(name) for name in request.POST})
    orders = found.choices.get("date_orders", {}) | chosen_orders(found.columns, request.POST)
    long_numbers = chosen_long_numbers(found, request.POST)
    choices = found.choices | {"date_orders": orders, "long_numbers": long_numbers}
    return _moved(request, controls.start_check(found, without=without, choices=choices))


def _save_row(request: Request, environment: Environment, found: Import) -> HttpResponse:
    """Take what was typed into the cells of an invalid row, and check it again."""
    fields = order_of_columns(found, request.POST.get("columns", ""))
    part, number = (_number(request.POST.get(name, "")) for name in ("part", "row"))
    try:
        left = rows.fix_row(found, part, number, cells_of(request.POST, fields))
    except LookupError:
        return _row_is_gone(request, len(fields), part, number)
    found.refresh_from_db()
    row = grid_row(found, left, fields) if left else GridRow(f"{part}-{number}", f"{number:,}", ())
    words = f"Row {number:,} is valid now. It will be sent after all others." if left is None else ""
    if request.htmx:
        context = {"bulk_import": found, "row": row, "fixed": words, "saved": True, "cell_count": len(fields) + 2}
        context |= {"check": check_result(found), "send": send_form(request, environment, found, None)}
        context["fixed_count"] = controls.fixed_count(found)
        context |= {"address": request.get_full_path(), "saves": "Save row"}
        return render(request, "bulk/saved_row.html", context)
    if left is None:
        messages.success(request, words)
        return redirect(f"{request.get_full_path()}#rows")
    return _shown(request, environment, found, status=422, saved_row=row.key)


def _row_is_gone(request: Request, count: int, part: int, number: int) -> HttpResponse:
    if request.htmx:
        row = GridRow(f"{part}-{number}", f"{number:,}", ())
        return render(request, "tables/grid_saved_row.html", {"row": row, "fixed": ROW_GONE, "cell_count": count + 2})
    messages.info(request, ROW_GONE)
    return redirect(request.get_full_path())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _send(request: Request, environment: Environment, found: Import) -> HttpResponse:
    """Begin to send what was checked, once a guarded environment was confirmed."""
    if found.stage != Stage.CHECKED:
        return _moved(request, False)
    if not found.to_send_count:
        messages.error(request, NOTHING_VALID)
        return redirect(request.path)
    confirmation = validated_confirmation(request, environment, found.dataset_group, expected=found.dataset_group)
    share = chosen_share(request)
    if share is None or (confirmation and confirmation.problem):
        form = send_form(request, environment, found, confirmation, NO_SHARE if share is None else "")
        return _shown(request, environment, found, status=422, send=form, read_first="confirmation")
    is_moved = controls.start_sending(
        found,
        share=share,
        leaves_out_same="leaves_out_same" in request.POST,
        leaves_out_newer="leaves_out_newer" in request.POST,
        import_mode=import_mode(request),
        **person_fields(request),
    )
    return _moved(request, is_moved)


def _send_fixed(request: Request, environment: Environment, found: Import) -> HttpResponse:
    """Begin to send the rows that were fixed since the others were sent."""
    confirmation = validated_confirmation(request, environment, found.dataset_group, expected=found.dataset_group)
    if confirmation and confirmation.problem:
        return _shown(request, environment, found, status=422, confirmation=confirmation, read_first="confirmation")
    return _moved(request, controls.send_fixed(found, **person_fields(request)))


def _pause(request: Request, _environment: Environment, found: Import) -> HttpResponse:
    return _moved(request, controls.pause(found))


def _resume(request: Request, _environment: Environment, found: Import) -> HttpResponse:
    return _moved(request, controls.resume(found, **person_fields(request)))


def _cancel(request: Request, _environment: Environment, found: Import) -> HttpResponse:
    return _moved(request, controls.cancel(found, request.user.get_username()))


def _retry(request: Request, environment: Environment, found: Import) -> HttpResponse:
    """Make an import of what failed, which is compared with what is known by now, or go to one that is going on."""
    if not found.is_over or not found.failed_count:
        return _moved(request, False)
    going_on = found.retries.filter(is_rest=False).exclude(stage__in=OVER).order_by("-pk").first()
    made = going_on or controls.retry(found, **person_fields(request))
    return redirect("bulk_import", environment.name, found.dataset_group, found.entity, made.key)


def _import_rest(request: Request, environment: Environment, found: Import) -> HttpResponse:
    """Make an import of what a cancelled one had not sent, or go to one that is going on."""
    if not controls.rest_count(found):
        return _moved(request, False)
    going_on = found.retries.filter(is_rest=True).exclude(stage=Stage.CANCELLED).order_by("-pk").first()
    made = going_on or controls.import_rest(found, **person_fields(request))
    return redirect("bulk_import", environment.name, found.dataset_group, found.entity, made.key)


def _dismiss(request: Request, _environment: Environment, found: Import) -> HttpResponse:
    """Say no more on every page that an import has ended."""
    mark_seen(found, request.user)
    return redirect(safe_path(request.POST.get("next", "")))


INTENTS: dict[str, Answer] = {
    "look": _look,
    "check": _check,
    "check_again": _check_again,
    "save_row": _save_row,
    "send": _send,
    "send_fixed": _send_fixed,
    "pause": _pause,
    "resume": _resume,
    "cancel": _cancel,
    "retry": _retry,
    "import_rest": _import_rest,
    "dismiss": _dismiss,
}
