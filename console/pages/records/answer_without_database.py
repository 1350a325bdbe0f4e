"""Create record(s) without a database: what is not sent is kept, and what AWS answered is shown."""

from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from console.pages.frame.middleware.database_errors import note, trouble_page
from console.pages.frame.requests import Request
from console.pages.records.record_page import Page, read_cards, show
from console.storage.database_trouble import Kind, database_trouble

# An earlier press of the page may be under way.
NOTHING_SENT = "This press sent nothing, and what you entered is kept."


def not_written(request: Request, page: Page, error: DatabaseError | InterfaceError) -> HttpResponse:
    """Answer a press whose submission could not be written, so that nothing was sent; raise what is a defect."""
    found = database_trouble(error)
    if found is None:
        raise error
    note(found, error)
    if request.htmx or found.kind is Kind.AWAY:
        return trouble_page(request, found, NOTHING_SENT)
    # What can be read can be shown, with the text in its editor.
    page.notice, page.status = f"{found.sentence} {NOTHING_SENT} {found.advice}", 503
    try:
        return show(request, page)
    except (DatabaseError, InterfaceError):
        return trouble_page(request, found, NOTHING_SENT)


def show_answer(request: Request, page: Page) -> HttpResponse:
    """Show AWS's answer in the frame of all pages; without the frame, where the database has nothing for it."""
    try:
        return show(request, page)
    except (DatabaseError, InterfaceError) as error:
        found = database_trouble(error)
        if found is None:
            raise
        note(found, error)
    return _show_bare(request, page)


def _show_bare(request: Request, page: Page) -> HttpResponse:
    # No context processor asks the database for the frame: there is no request for them.
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
    if page.is_form and page.schema:
        read_cards(page, page.schema)
    template = "records/create_records.html#answer" if request.htmx else "records/answer_without_database.html"
    response = render(None, template, context, status=page.status)
    patch_vary_headers(response, ["HX-Request"])
    return response
