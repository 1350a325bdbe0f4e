"""Rendering of Create record(s): the whole page, a part for htmx, a redirect, or a page made without the database."""

from dataclasses import replace

from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers

from console.pages.frame.middleware.database_errors import note, trouble_page
from console.pages.frame.permissions import RECORDS, why_not_create
from console.pages.frame.requests import Request
from console.pages.records.record_numbers import replaced_by_press, stored_of_press
from console.pages.records.record_page import Page, as_shown
from console.pages.records.response import mark_news
from console.people.roles import may_see_properties
from console.personalize.connections.endpoints import endpoint_of
from console.records.entities import USERS
from console.storage.database_trouble import Kind, database_trouble
from console.submissions.models import dataset_key
from console.submissions.redaction.marks import newest_redaction

# An earlier press of the page may be under way.
NOTHING_SENT = "Nothing was sent, and what you entered is kept."


def render(request: Request, page: Page) -> HttpResponse:
    """Return the response that shows a page; raise the database's error if it is a defect."""
    page = as_shown(page)
    if page.trouble:
        return _not_written(request, page)
    if page.submission is None or page.intent != "create":
        return _addressed(page, _shown(request, page))
    if not request.htmx and page.is_recorded and page.status == 200:
        return _redirected(request, page)
    return _addressed(page, _answer(request, page))


def _redirected(request: Request, page: Page) -> HttpResponse:
    """Redirect a browser without JavaScript to the page with the Response, so that a reload sends nothing."""
    assert page.submission is not None
    response = redirect(f"{page.address}{'&earlier' if page.earlier else ''}#response-panel")
    if page.has_success and not page.earlier:
        mark_news(request, response, page.submission)
    return response


def _addressed(page: Page, response: HttpResponse) -> HttpResponse:
    if page.address:
        response["HX-Replace-Url"] = page.address
    return response


def _shown(request: Request, page: Page) -> HttpResponse:
    """Render the page, or the part that htmx swaps."""
    if page.environment.is_local and not page.is_typing:
        page = replace(page, stored=stored_of_press(page.calls))
    if not page.is_typing:
        page = replace(page, replaced=replaced_by_press(page.calls, page.made_at))
    is_part = bool(request.htmx and not request.htmx.history_restore_request)
    part = f"#{'validation' if page.is_typing else 'answer'}" if is_part else ""
    context = {
        "page": page,
        "is_part": is_part,
        "draft": _draft(request, page),
        "earlier_draft": _earlier_draft(request, page),
        "may_see_properties": may_see_properties(request.user, page.environment),
        "no_records_because": why_not_create(request.user, page.environment, RECORDS),
    }
    response = render_template(request, f"records/create_records.html{part}", context, status=page.status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _draft(request: Request, page: Page) -> str:
    """Return the name of a person's draft for a dataset in their browser's storage.

    It changes with each redaction in the dataset, and drafts of the earlier name are deleted: they may contain the
    redacted person.
    """
    name, redaction = _earlier_draft(request, page), _newest_redaction(page)
    return f"{name} after {redaction}" if redaction else name


def _newest_redaction(page: Page) -> int:
    """Return the key of the last redaction of a person in the page's dataset; 0 if there is none."""
    if page.dataset is None:
        return 0
    return newest_redaction(dataset_key(endpoint_of(page.environment), page.dataset.arn))


def _earlier_draft(request: Request, page: Page) -> str:
    """Return the name of a person's draft for a dataset before any redaction in it."""
    name = f"{request.user.get_username()} {page.environment.name} {page.group}"
    # A browser may still have drafts of versions that supported only users.
    return name if page.entity is USERS else f"{name} {page.entity.slug}"


def _not_written(request: Request, page: Page) -> HttpResponse:
    """Return the response to a press that sent nothing because its submission could not be written."""
    assert page.trouble is not None
    if request.htmx or page.trouble.kind is Kind.AWAY:
        return trouble_page(request, page.trouble, NOTHING_SENT)
    # Readable text can be shown as cards or rows, with the text in the editor.
    try:
        return _shown(request, page)
    except (DatabaseError, InterfaceError):
        return trouble_page(request, page.trouble, NOTHING_SENT)


def _answer(request: Request, page: Page) -> HttpResponse:
    """Return the page with AWS's answer, without the common frame if the database cannot be read."""
    try:
        return _shown(request, page)
    except (DatabaseError, InterfaceError) as error:
        trouble = database_trouble(error)
        if trouble is None:
            raise
        note(trouble, error)
    return _without_frame(request, page)


def _without_frame(request: Request, page: Page) -> HttpResponse:
    # Rendered without a request, so that no context processor queries the database for the frame.
    context = {
        "page": page,
        "entity": page.entity,
        "environment": page.environment,
        "group_name": page.group,
        "request": request,
        "csrf_token": get_token(request),
        "may_create_records": True,
        "may_see_properties": True,
        "is_part": bool(request.htmx),
    }
    template = "records/create_records.html#answer" if request.htmx else "records/answer_without_database.html"
    response = render_template(None, template, context, status=page.status)
    patch_vary_headers(response, ["HX-Request"])
    return response
