"""The panel Request of Create record(s), as of before a press of its buttons, and as of after it."""

from dataclasses import replace

from django.db import DatabaseError, InterfaceError

from console.pages.frame.requests import Request
from console.pages.records.record_page import Page
from console.pages.records.request_panel import request_panel
from console.records.schemas.schema import Schema
from console.records.validation.remarks import remarks_on_values
from console.records.validation.validation import Record
from console.storage.database_trouble import database_trouble


def compare(request: Request, page: Page, schema: Schema, records: tuple[Record, ...]) -> None:
    """Put the request that valid records make, and what it replaces as far as that is known now, into the page."""
    assert page.dataset is not None
    page.request = request_panel(request, page.environment, page.dataset, records, is_typing=page.is_typing)
    page.warnings = (*page.request.warnings(page.text), *remarks_on_values(page.text, schema, records))


def compare_anew(request: Request, page: Page, schema: Schema, records: tuple[Record, ...]) -> None:
    """Compare with what is known after a press, whose submission the page has.

    Where the trail cannot be asked, or has no answer yet, nothing is said of what is replaced.
    """
    assert page.request is not None
    assert page.submission is not None
    if page.submission.is_recorded:
        try:
            compare(request, page, schema, records)
        except (DatabaseError, InterfaceError) as error:
            if database_trouble(error) is None:
                raise
        else:
            return
    page.request = replace(page.request, replacements=[])
    page.warnings = remarks_on_values(page.text, schema, records)
