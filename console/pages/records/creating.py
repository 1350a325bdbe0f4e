"""The button Create record(s): records and sends a submission, or shows the earlier one of the page's key."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.db import DatabaseError, InterfaceError

from console.pages.frame.guard import empty_confirmation, validated_confirmation
from console.pages.frame.middleware.database_errors import note
from console.pages.frame.permissions import environments_of
from console.pages.frame.requests import Request, address_of, uuid_of
from console.pages.records.record_page import Page
from console.pages.records.rendering import NOTHING_SENT
from console.pages.records.response import why_earlier
from console.personalize.environments import Environment
from console.records.requests import calls
from console.storage.database_trouble import database_trouble
from console.submissions.known.known_records import made_at_of
from console.submissions.models import Submission
from console.submissions.presses.attempts import representative
from console.submissions.presses.idempotency import Use, begin
from console.submissions.presses.sending import send_all
from console.submissions.trails.own_trail import environment_of_origin, remember_origin

NO_KEY = (
    "The key of this page cannot be read, so nothing was sent. The page has a new one: check the text, and create the "
    "records again."
)


def create(request: Request, page: Page) -> Page:
    """Record the submission of a page's valid records, send it, and return the page with its Response.

    If the page's key has been used, that is the Response of the earlier press.
    """
    confirmation = validated_confirmation(request, page.environment, page.group, expected=page.group)
    page = replace(page, confirmation=confirmation)
    if confirmation and confirmation.problem:
        return replace(page, status=422)
    if page.dataset is not None and page.dataset.tracker_failure:
        return replace(page, failure=page.dataset.tracker_failure, status=502)
    if page.not_sent_because:
        return replace(page, notice=f"Nothing was sent. {page.not_sent_because}", status=409)
    if "key" in request.POST and uuid_of(request.POST["key"]) is None:
        return replace(page, notice=NO_KEY, status=422)
    assert request.user.pk is not None
    grouped = calls(page.entity, (record.sent for record in page.sent_records))
    try:
        press = begin(page.key, page.entity, grouped, person_id=request.user.pk, **_known(request, page))
    except (DatabaseError, InterfaceError) as error:
        return _not_written(page, error)
    earlier = why_earlier(press, page.environment, page.group, page.entity, page.text)
    page = replace(page, calls=press.calls, earlier=earlier)
    if press.use is Use.RETIRED:
        earlier_environment = _visible(request, representative(press.calls))
        # With the new key, the records may belong to other sessions.
        return replace(page, status=409, earlier_environment=earlier_environment, key=uuid4())
    send_all(page.environment, press.new)
    return _answered(request, page)


def _known(request: Request, page: Page) -> dict[str, Any]:
    """Return the arguments of `begin` for a press, except for its person and records."""
    assert page.dataset is not None
    remember_origin(page.environment, page.dataset.arn)
    return {
        "person_name": request.user.get_username(),
        "address": address_of(request),
        **page.place,
        "tracking_id": page.dataset.target if page.entity.is_event else None,
        "record_input": page.text,
        "made_at": made_at_of(page.dataset.description),
    }


def _not_written(page: Page, error: DatabaseError | InterfaceError) -> Page:
    """Return the page of a press whose submission could not be recorded; raise the error if it is a defect."""
    trouble = database_trouble(error)
    if trouble is None:
        raise error
    note(trouble, error)
    notice = f"{trouble.sentence} {NOTHING_SENT} {trouble.advice}"
    return replace(page, trouble=trouble, notice=notice, status=503)


def _visible(request: Request, submission: Submission) -> Environment | None:
    """Return the environment of a submission, if it still exists and the person may see it."""
    environment = environment_of_origin(submission.origin)
    return environments_of(request.user).get(environment.name) if environment else None


def _answered(request: Request, page: Page) -> Page:
    """Return the page of a submission with its response, recorded in the trail or not.

    A success retires the key. Otherwise the address carries it, so that a page brought back by Back or in another tab
    sends nothing once the records were accepted.
    """
    submission = page.submission
    assert submission is not None
    if page.has_success:
        # Each submission needs a confirmation of its own.
        page = replace(page, key=uuid4(), confirmation=empty_confirmation(page.environment, page.group))
    view = f"&view={page.view}" if page.is_form else ""
    address = f"{request.path}?submission={submission.pk}&key={page.key}{view}"
    return replace(page, address=address)
