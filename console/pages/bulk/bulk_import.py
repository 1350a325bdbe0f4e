"""The page of an import, and the actions of its buttons."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from console.bulk import controls
from console.bulk.models import OVER, Import, Stage
from console.bulk.notices import mark_seen
from console.bulk.uploading import uploads
from console.pages.bulk.check_result import chosen_long_numbers, chosen_without
from console.pages.bulk.column_mapping import (
    chosen_addition,
    chosen_columns,
    chosen_orders,
    chosen_reading,
    column_mapping,
    has_all_columns,
)
from console.pages.bulk.found_import import import_of
from console.pages.bulk.live import live
from console.pages.bulk.saved_row import give_back, rows_as_typed, save_row
from console.pages.bulk.saved_rows import save_rows
from console.pages.bulk.send_form import NO_SHARE, chosen_share, import_mode, send_form
from console.pages.bulk.shown_import import shown_import, unsure_rows
from console.pages.bulk.steps import steps
from console.pages.bulk.taking_in import person_fields, why_not_import
from console.pages.bulk.typed_cells import CELL_FIELD, PLACE, ROWS
from console.pages.frame.decorators import DATASET, READ_AND_POST, environment_page
from console.pages.frame.error_pages import error_page
from console.pages.frame.guard import validated_confirmation
from console.pages.frame.registry import TypedFields
from console.pages.frame.requests import Request, safe_path
from console.pages.frame.typed_text import take
from console.pages.tables.polling import ask_later
from console.personalize.environments import Environment
from console.records.entities import Entity
from console.records.files.checking.table_checks import problem_of_columns
from console.records.schemas.schema import read_entity_schema

ELSEWHERE = "This import has moved on meanwhile. This is how it is now."
NO_INTENT = "This form names nothing that could be done. Go back to the import, and press one of its buttons."
NOTHING_VALID = "Nothing was sent: there is no valid record. Fix rows first."
UNSURE = (
    "Nothing was checked. Choose below to check without what was typed into rows that read otherwise now, or have the "
    "file read as before."
)
NOT_ADDED = "Nothing was done. Press Add column to use the value that was typed below, or leave it empty."

type Answer = Callable[[Request, Environment, Import], HttpResponse]


@environment_page(
    DATASET + "imports/<uuid:key>/",
    "Import",
    parent="imports",
    methods=READ_AND_POST,
    why_not=why_not_import,
    typed=TypedFields((*PLACE, ROWS), give_back, pattern=CELL_FIELD),
)
def bulk_import(request: Request, environment: Environment, group: str, entity: Entity, key: UUID) -> HttpResponse:
    """Show an import at its current stage; on POST perform the form's `intent`."""
    bulk_import = import_of(environment, group, entity, key)
    if request.method == "POST":
        answer = INTENTS.get(request.POST.get("intent", ""))
        return answer(request, environment, bulk_import) if answer else error_page(request, 400, NO_INTENT)
    mark_seen(bulk_import, request.user)
    waiting = live(request, bulk_import)
    if waiting.has_no_news:
        return ask_later(request)
    carried = take(request)
    typed = rows_as_typed(request, bulk_import, carried) if carried else ()
    return shown_import(request, environment, bulk_import, typed=typed, waiting=waiting)


def _redirected(request: Request, is_changed: bool) -> HttpResponse:
    """Redirect to the page of an import after a change, with a notice if the import had moved on."""
    if not is_changed:
        messages.info(request, ELSEWHERE)
    return redirect(request.path)


def _look(request: Request, environment: Environment, bulk_import: Import) -> HttpResponse:
    """Look at the file again with the chosen way of reading it."""
    if request.POST.get("added_value", "").strip():
        return _mapped(request, environment, bulk_import, NOT_ADDED)
    reading = chosen_reading(bulk_import, request.POST)
    try:
        with transaction.atomic():
            locked = Import.objects.select_for_update().get(pk=bulk_import.pk)
            if locked.stage not in controls.CHECKABLE:
                return _redirected(request, False)
            schema = read_entity_schema(locked.entity, locked.schema_text)
            uploads.look(locked, schema, locked.schema_text, reading)
    except uploads.UploadError as error:
        return _mapped(request, environment, bulk_import, str(error))
    return redirect(request.path)


def _add_column(request: Request, environment: Environment, bulk_import: Import) -> HttpResponse:
    """Add a column for a field that the file lacks, with the same value in all rows."""
    if not has_all_columns(bulk_import, request.POST):
        return _redirected(request, False)
    columns = chosen_columns(bulk_import, request.POST)
    addition = chosen_addition(bulk_import, columns, request.POST)
    if isinstance(addition, str):
        return _mapped(request, environment, bulk_import, addition)
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(pk=bulk_import.pk)
        # A page opened before a column was added elsewhere does not send all columns.
        is_same = locked.stage in controls.CHECKABLE and locked.look == bulk_import.look
        if is_same:
            uploads.add_column(locked, columns, *addition)
    return _redirected(request, is_same)


def _check(request: Request, environment: Environment, bulk_import: Import) -> HttpResponse:
    """Start the check with the chosen columns, unless they name a field twice or lack a required one."""
    if bulk_import.stage not in controls.CHECKABLE or not has_all_columns(bulk_import, request.POST):
        return _redirected(request, False)
    columns = chosen_columns(bulk_import, request.POST)
    schema = read_entity_schema(bulk_import.entity, bulk_import.schema_text)
    if problem_of_columns(schema, columns):
        return _mapped(request, environment, bulk_import)
    if request.POST.get("added_value", "").strip():
        return _mapped(request, environment, bulk_import, NOT_ADDED)
    if "without_typed" not in request.POST and unsure_rows(bulk_import):
        return _mapped(request, environment, bulk_import, UNSURE)
    choices = bulk_import.choices | {"date_orders": chosen_orders(columns, request.POST)}
    return _redirected(request, controls.start_check(bulk_import, columns=columns, choices=choices))


def _mapped(request: Request, environment: Environment, bulk_import: Import, problem: str = "") -> HttpResponse:
    """Return the page with the chosen columns, and the problem with them or with the file."""
    if bulk_import.stage not in controls.CHECKABLE:
        return _redirected(request, False)
    columns = chosen_columns(bulk_import, request.POST)
    mapping = replace(
        column_mapping(bulk_import, columns, chosen_orders(columns, request.POST)),
        added_field=request.POST.get("added_field", ""),
        added_value=request.POST.get("added_value", ""),
    )
    more: dict[str, Any] = {"mapping": mapping, "steps": steps(Stage.MAPPING), "is_pressed": True}
    more["file_problem"] = problem
    more["unsure"] = unsure_rows(bulk_import)
    return shown_import(request, environment, bulk_import, status=422, **more)


def _check_again(request: Request, _environment: Environment, bulk_import: Import) -> HttpResponse:
    """Check the file again without the chosen kinds of changes, and with the chosen order of dates."""
    if bulk_import.stage != Stage.CHECKED:
        return _redirected(request, False)
    without = chosen_without(bulk_import, {name: request.POST.getlist(name) for name in request.POST})
    orders = bulk_import.choices.get("date_orders", {}) | chosen_orders(bulk_import.columns, request.POST)
    long_numbers = chosen_long_numbers(bulk_import, request.POST)
    choices = bulk_import.choices | {"date_orders": orders, "long_numbers": long_numbers}
    return _redirected(request, controls.start_check(bulk_import, without=without, choices=choices))


def _send(request: Request, environment: Environment, bulk_import: Import) -> HttpResponse:
    """Start sending checked records, once a guarded environment is confirmed."""
    if bulk_import.stage != Stage.CHECKED:
        return _redirected(request, False)
    if not bulk_import.to_send_count:
        messages.error(request, NOTHING_VALID)
        return redirect(request.path)
    confirmation = validated_confirmation(
        request, environment, bulk_import.dataset_group, expected=bulk_import.dataset_group
    )
    share = chosen_share(request)
    if share is None or (confirmation and confirmation.problem):
        form = send_form(request, environment, bulk_import, confirmation, NO_SHARE if share is None else "")
        return shown_import(request, environment, bulk_import, status=422, send=form, read_first="confirmation")
    is_moved = controls.start_sending(
        bulk_import,
        share=share,
        leaves_out_same="leaves_out_same" in request.POST,
        leaves_out_newer="leaves_out_newer" in request.POST,
        import_mode=import_mode(request),
        **person_fields(request),
    )
    return _redirected(request, is_moved)


def _send_fixed(request: Request, environment: Environment, bulk_import: Import) -> HttpResponse:
    """Start sending the rows fixed since the others were sent."""
    confirmation = validated_confirmation(
        request, environment, bulk_import.dataset_group, expected=bulk_import.dataset_group
    )
    if confirmation and confirmation.problem:
        return shown_import(
            request, environment, bulk_import, status=422, confirmation=confirmation, read_first="confirmation"
        )
    return _redirected(request, controls.send_fixed(bulk_import, **person_fields(request)))


def _pause(request: Request, _environment: Environment, bulk_import: Import) -> HttpResponse:
    return _redirected(request, controls.pause(bulk_import))


def _resume(request: Request, _environment: Environment, bulk_import: Import) -> HttpResponse:
    return _redirected(request, controls.resume(bulk_import, **person_fields(request)))


def _cancel(request: Request, _environment: Environment, bulk_import: Import) -> HttpResponse:
    return _redirected(request, controls.cancel(bulk_import, request.user.get_username()))


def _retry(request: Request, environment: Environment, bulk_import: Import) -> HttpResponse:
    """Create an import of failed rows, compared with what is known now, or open the one in progress."""
    if not bulk_import.is_over or not bulk_import.failed_count:
        return _redirected(request, False)
    going_on = bulk_import.retries.filter(is_rest=False).exclude(stage__in=OVER).order_by("pk").last()
    return _to_another(environment, going_on or controls.retry(bulk_import, **person_fields(request)))


def _import_rest(request: Request, environment: Environment, bulk_import: Import) -> HttpResponse:
    """Create an import of the rows that a cancelled one had not sent, or open the existing one."""
    if not controls.rest_count(bulk_import):
        return _redirected(request, False)
    rest = bulk_import.retries.filter(is_rest=True).exclude(stage=Stage.CANCELLED).order_by("pk").last()
    return _to_another(environment, rest or controls.import_rest(bulk_import, **person_fields(request)))


def _to_another(environment: Environment, other: Import) -> HttpResponse:
    return redirect("bulk_import", environment.name, other.dataset_group, other.entity, other.key)


def _dismiss(request: Request, _environment: Environment, bulk_import: Import) -> HttpResponse:
    """Remove the notice that an import has ended."""
    mark_seen(bulk_import, request.user)
    return redirect(safe_path(request.POST.get("next", "")))


INTENTS: dict[str, Answer] = {
    "look": _look,
    "add_column": _add_column,
    "check": _check,
    "check_again": _check_again,
    "save_row": save_row,
    "save_rows": save_rows,
    "send": _send,
    "send_fixed": _send_fixed,
    "pause": _pause,
    "resume": _resume,
    "cancel": _cancel,
    "retry": _retry,
    "import_rest": _import_rest,
    "dismiss": _dismiss,
}
