"""What is said of the text of Create record(s): its problems, or the request that it makes, with warnings."""

import time
from dataclasses import replace

from django.db import DatabaseError, InterfaceError

from console.pages.frame.requests import Request
from console.pages.records.record_page import Page
from console.pages.records.request_panel import request_panel
from console.personalize.datasets import has_dataset
from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from console.records.requests import Sent, calls
from console.records.validation.remarks import remarks_on_values
from console.storage.database_trouble import database_trouble
from console.submissions.presses.idempotency import missing_of


def validated(request: Request, page: Page) -> Page:
    """Return a page whose schema is known with the problems of its text and what it is detected as, or its request."""
    dataset, schema = page.dataset, page.schema
    assert dataset is not None
    assert schema is not None
    validation = validate_record_input(schema, page.text)
    page = replace(
        page, records=validation.records, problems=validation.problems, is_unfinished=not validation.is_readable
    )
    if not page.problems:
        return compared(request, page)
    detected = detect(schema, dataset.target, page.text, validation.reading)
    other = detected.other if detected else None
    return replace(
        page,
        detected=detected,
        has_other_dataset=other is not None and has_dataset(page.environment, page.group, other),
    )


def compared(request: Request, page: Page) -> Page:
    """Return a page with the request that its records make, and what that replaces as far as it is known now."""
    assert page.dataset is not None
    assert page.schema is not None
    grouped = calls(page.entity, (record.sent for record in page.sent_records))
    made = _calls_to_make(request, page, grouped) or [*enumerate(grouped, 1)]
    panel = request_panel(
        request, page.environment, page.dataset, page.sent_records, made, len(grouped), is_typing=page.is_typing
    )
    on_values = remarks_on_values(page.text, page.schema, page.records, time.time())
    return replace(page, request=panel, warnings=(*panel.warnings(page.text), *on_values))


def _calls_to_make(request: Request, page: Page, grouped: list[list[Sent]]) -> list[tuple[int, list[Sent]]]:
    """Return the number and the records of each call, without records that AWS has accepted from the page already."""
    if not page.entity.is_event:
        return []
    assert request.user.pk is not None
    return missing_of(page.key, grouped, person_id=request.user.pk, **page.place)


def compared_anew(request: Request, page: Page) -> Page:
    """Return a page compared with what is known after a press, whose submission it has.

    Where the trail cannot be asked, or has no answer yet, nothing is said of what is replaced.
    """
    assert page.request is not None
    assert page.schema is not None
    assert page.submission is not None
    if page.is_recorded:
        try:
            return compared(request, page)
        except (DatabaseError, InterfaceError) as error:
            if database_trouble(error) is None:
                raise
    warnings = remarks_on_values(page.text, page.schema, page.records, time.time())
    return replace(page, request=replace(page.request, replacements=[]), warnings=warnings)
