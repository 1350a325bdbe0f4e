"""Validation of the text of Create record(s): its problems, or the resulting request with warnings."""

import re
import time
from dataclasses import replace

from django.db import DatabaseError, InterfaceError

from console.pages.frame.requests import Request
from console.pages.records.record_page import Page
from console.pages.records.request_panel import request_panel
from console.personalize.datasets import has_dataset
from console.records.json.nodes import Array
from console.records.json.reading import Reading
from console.records.pasted.detected import Detected
from console.records.pasted.detection import detect
from console.records.pasted.suggestions import suggestions
from console.records.problems import Problem
from console.records.record_input import LONGEST_INPUT, validate_record_input
from console.records.requests import Sent, calls
from console.records.validation.remarks import remarks_on_values
from console.storage.database_trouble import database_trouble
from console.submissions.presses.idempotency import missing_of

# Text that can never become JSON: it begins with a word, a date, a line number, a rule, or a word or a time in
# brackets, as in a log.
NO_JSON = re.compile(
    r"\s*+(?:[^\s\[{\"0-9-]|-?[0-9][0-9.]*+(?:[^\s0-9.eE]|[ \t]++\S)|-[^0-9\s]"
    r"|\[(?!true|false|null)[A-Za-z][^\[\]{}\",\n]*+\]|\[[0-9]++[-/:][^\[\]{}\",\n]*+\])"
)
OF_NO_KNOWN_KIND = Problem(
    1,
    1,
    None,
    None,
    "This is not a record, nor text of a kind that is known here. Write a JSON object, or paste a table, CSV, YAML, "
    "a literal of a programming language, or a command.",
    expected="record input",
    found="text of no known kind",
    kind="text of no known kind",
)


def validated(request: Request, page: Page) -> Page:
    """Return a page with a known schema, with its text's problems and detected format, or with its request."""
    page = validated_alone(page)
    return page if page.problems else _with_fixes(compared(request, page))


def validated_alone(page: Page) -> Page:
    """Return the same without the request of a valid text, which needs a comparison with known records."""
    dataset, schema = page.dataset, page.schema
    assert dataset is not None
    assert schema is not None
    validation = validate_record_input(schema, page.text)
    page = replace(
        page, records=validation.records, problems=validation.problems, is_unfinished=not validation.is_readable
    )
    if not page.problems:
        return page
    detected = detect(schema, dataset.target, page.text, validation.reading)
    page = replace(page, to_import=_to_import(page, validation.reading, detected))
    if detected is None:
        is_unknown = not validation.is_readable and NO_JSON.match(page.text)
        problems = (OF_NO_KNOWN_KIND,) if is_unknown else page.problems
        return replace(page, problems=problems, suggestions=suggestions(schema, page.text, validation.reading))
    other = detected.other
    return replace(
        page,
        detected=detected,
        problems=(_problem_of(detected),) if detected.is_other_format else page.problems,
        has_other_dataset=other is not None and has_dataset(page.environment, page.group, other),
    )


def _with_fixes(page: Page) -> Page:
    """Return the page of a valid text with fixes for its warnings."""
    assert page.schema is not None
    return replace(page, suggestions=suggestions(page.schema, page.text)) if page.warnings else page


def _to_import(page: Page, reading: Reading | None, detected: Detected | None) -> int | None:
    """Return the number of records of a text that has too many to send, as `Page.to_import`."""
    if len(page.text) > LONGEST_INPUT:
        return 0
    if detected is not None:
        return detected.count or None
    root = reading.root if reading else None
    count = root.count if isinstance(root, Array) else 0
    return count if count > page.entity.most_per_call else None


def _problem_of(detected: Detected) -> Problem:
    """Return the single problem of a text of another known format, which explains more than a JSON error."""
    sentence = f"Detected: {detected.words}. {detected.refusal or 'Choose Turn into records.'}"
    return Problem(1, 1, None, None, sentence, expected="record input", found=detected.words, kind="another format")


def compared(request: Request, page: Page, *, asks_trail: bool = True) -> Page:
    """Return a page with the request for its records, and the known records that it replaces."""
    assert page.dataset is not None
    assert page.schema is not None
    grouped = calls(page.entity, (record.sent for record in page.sent_records))
    missing = _calls_to_make(request, page, grouped) if asks_trail else []
    to_make = missing or [*enumerate(grouped, 1)]
    panel = request_panel(
        request,
        page.environment,
        page.dataset,
        page.sent_records,
        to_make,
        len(grouped),
        is_typing=page.is_typing,
        is_compared=asks_trail,
    )
    on_values = remarks_on_values(page.text, page.schema, page.records, time.time(), in_form=page.is_form)
    return replace(page, request=panel, warnings=(*panel.warnings(page.text), *on_values))


def _calls_to_make(request: Request, page: Page, grouped: list[list[Sent]]) -> list[tuple[int, list[Sent]]]:
    """Return the number and the records of each call, without records already accepted from this page."""
    if not page.entity.is_event:
        return []
    assert request.user.pk is not None
    return missing_of(page.key, grouped, person_id=request.user.pk, **page.place)


def compared_after(request: Request, page: Page) -> Page:
    """Return the page of a press with the request that its records would make now.

    If the trail cannot be queried, or has no response to the press yet, replaced records are not mentioned.
    """
    if page.trouble is None and (page.submission is None or page.is_recorded):
        try:
            return _with_fixes(compared(request, page))
        except (DatabaseError, InterfaceError) as error:
            if database_trouble(error) is None:
                raise
    return _with_fixes(compared(request, page, asks_trail=False))
