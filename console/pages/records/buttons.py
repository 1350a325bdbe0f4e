"""The buttons of Create record(s): each takes the page as it was when pressed, and returns the resulting page."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from console.metrics import counters
from console.pages.frame.guard import empty_confirmation
from console.pages.frame.permissions import RECORDS, why_not_create
from console.pages.frame.requests import Request
from console.pages.records.creating import create
from console.pages.records.known_record import load_known, with_loaded, with_why_not_loaded
from console.pages.records.record_edits import Edit, find_edit, in_view, unchanged_notice
from console.pages.records.record_form import typed_text
from console.pages.records.record_page import Page
from console.pages.records.response import Earlier, own_calls_of_key
from console.pages.records.validating import compared_after, validated, validated_alone
from console.personalize.datasets import load_dataset, load_recent_dataset
from console.personalize.errors import NotFoundError, PersonalizeError
from console.records.pasted.detected import Detected
from console.records.schemas.schema import Schema
from console.submissions.presses.same_press import is_same_text

SCHEMA_CHANGED = (
    "The schema of this dataset has changed since the form was opened, so nothing was sent. "
    "What you entered is in the JSON: check it, and continue there."
)
DESTINATION_CHANGED = (
    "Since this page was opened, {} has changed to another account, region or endpoint, so nothing was sent. Records "
    "go to {} now. Check that this is what you want, and choose Create record(s) again."
)

type Button = Callable[[Request, Page, Schema], Page]


def pressed(request: Request, page: Page) -> Page:
    """Return the page after a press or a pause in typing; the last Response of the page's key stays visible."""
    return with_last_response(request, _pressed(request, page))


def _pressed(request: Request, page: Page) -> Page:
    refusal = why_not_create(request.user, page.environment, RECORDS)
    if refusal:
        return replace(page, notice=refusal, status=403)
    load = load_recent_dataset if page.is_typing else load_dataset
    try:
        page = replace(page, dataset=load(page.environment, page.group, page.entity))
    except PersonalizeError as error:
        return replace(page, failure=error.failure, status=404 if isinstance(error, NotFoundError) else 502)
    dataset, schema = page.dataset, page.schema
    if dataset is None or schema is None:
        return replace(page, status=422)
    page = replace(page, text=typed_text(schema, page.typed))
    if not page.is_typing and page.opened_for not in ("", page.destination):
        notice = DESTINATION_CHANGED.format(page.environment.label, dataset.arn)
        # The typed name confirmed the previous destination.
        confirmation = empty_confirmation(page.environment, page.group)
        return _changed(request, replace(page, confirmation=confirmation, opened_for=""), notice)
    if page.is_form and page.typed.get("schema") not in (None, dataset.fingerprint):
        return _changed(request, page, SCHEMA_CHANGED)
    edit = find_edit(page.intent, is_form=page.is_form)
    if edit:
        return _edited(request, page, schema, edit)
    # A request that does not name its button sends nothing.
    button = BUTTONS.get(page.intent.partition(" ")[0], _validate_only)
    return button(request, page, schema)


def with_last_response(request: Request, page: Page) -> Page:
    """Return the page with the last submission of its key, so that its Response stays visible.

    A success is shown, as an earlier one, only if the press was meant to send. A page that already has a submission or
    an address keeps it.
    """
    if page.is_typing or page.submission or page.address or page.trouble:
        return page
    shown = replace(page, calls=own_calls_of_key(request, page.environment, page.group, page.entity, page.key))
    if not shown.has_success or shown.submission is None:
        return shown
    is_same = is_same_text(shown.submission.record_input, page.text)
    earlier = Earlier.SHOWN_AGAIN if is_same else Earlier.OTHER_TEXT
    return replace(shown, earlier=earlier) if page.intent == "create" else page


def _changed(request: Request, page: Page, notice: str) -> Page:
    """Return the page with a notice of what has changed, and the typed text as JSON, which works with any schema."""
    page = replace(page, notice=notice, status=409, view="json", renews_editor=True)
    return validated(request, page)


def _edited(request: Request, page: Page, schema: Schema, edit: Edit) -> Page:
    """Apply a button's edit to the text. Its problems are not shown, since it may be unfinished."""
    assert page.dataset is not None
    text = edit(schema, page.dataset.target, page.text)
    if text is not None:
        return validated(request, replace(page, text=text, is_changed=True, renews_editor=page.is_form))
    page = validated(request, replace(page, renews_editor=page.is_form))
    notice = unchanged_notice(schema, page.text, is_form=page.is_form)
    return replace(page, notice=notice, status=422, shows_problems=bool(page.problems))


def _while_typing(request: Request, page: Page, _schema: Schema) -> Page:
    return validated(request, page)


def _switch(request: Request, page: Page, schema: Schema) -> Page:
    """Show the same records in the other view; if a form cannot show them, stay and say why."""
    view = page.intent
    page = with_last_response(request, page)
    page = replace(page, text=in_view(schema, page.text, view), view=view, renews_editor=True)
    shown = f"submission={page.submission.pk}&key={page.key}&" if page.submission else ""
    return replace(validated(request, page), address=f"{request.path}?{shown}view={view}")


def _load_known(request: Request, page: Page, schema: Schema) -> Page:
    """Put a known record into the text, or say why not and what the person can choose."""
    assert page.dataset is not None
    if page.entity.is_event:
        # Events replace nothing, so there are no known ones to load.
        return _validate_only(request, page, schema)
    _action, _space, key = page.intent.partition(" ")
    loading = load_known(request.user, page.environment, page.dataset, page.known_record, key)
    if loading.edit:
        page = _edited(request, page, schema, loading.edit)
        return with_loaded(page, loading) if page.is_changed else page
    page = validated(request, page)
    return with_why_not_loaded(page, loading, status=422)


def _load_like(request: Request, page: Page, schema: Schema) -> Page:
    """Load the record of an id that was offered in place of an unknown one."""
    _action, _space, record_id = page.intent.partition(" ")
    return _load_known(request, replace(page, known_record=record_id, intent="load"), schema)


def _validate_only(request: Request, page: Page, _schema: Schema) -> Page:
    page = _with_problems_shown(validated(request, page))
    return page if page.problems else replace(page, is_valid=True)


def _create(request: Request, page: Page, _schema: Schema) -> Page:
    page = validated_alone(page)
    if page.detected and page.detected.text:
        return _turned_into_records(request, page, page.detected)
    page = _with_problems_shown(page)
    # Compare after the press: an earlier comparison would be out of date.
    return page if page.problems else compared_after(request, create(request, page))


def _turned_into_records(request: Request, page: Page, detected: Detected) -> Page:
    """Show the records detected in a text without sending them, since nobody has seen them yet."""
    page = replace(page, text=detected.text, is_changed=True, renews_editor=page.is_form, detected=None)
    return replace(_with_problems_shown(validated(request, page)), turned=detected, status=422)


def _with_problems_shown(page: Page) -> Page:
    if not page.problems:
        return page
    counters.count_problems(page.problems)
    return replace(page, shows_problems=True, status=422)


BUTTONS: Mapping[str, Button] = {
    "typing": _while_typing,
    "json": _switch,
    "form": _switch,
    "table": _switch,
    "load": _load_known,
    "load-id": _load_like,
    "validate": _validate_only,
    "create": _create,
}
