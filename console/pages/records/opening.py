"""Create record(s) when it is opened: the initial Record input, and the Response of a submission in the address."""

from dataclasses import replace
from uuid import UUID, uuid4

from console.pages.frame.guard import empty_confirmation
from console.pages.frame.requests import Request, uuid_of
from console.pages.frame.typed_text import take
from console.pages.local.tour_texts import tour_text
from console.pages.records.known_record import Loading, load_known, with_loaded, with_why_not_loaded
from console.pages.records.record_edits import in_view
from console.pages.records.record_form import typed_text
from console.pages.records.record_page import Page, view_of
from console.pages.records.response import own_calls_of_key, own_submission, why_earlier_when_opened
from console.pages.records.validating import validated
from console.pages.stored_records.stored_record import stored_text
from console.pages.submissions.submission_filters import submissions_to
from console.people.roles import may_see_properties
from console.personalize.datasets import DescribedDataset, load_dataset
from console.personalize.environments import Environment
from console.records.editing import with_sessions
from console.records.entities import Entity
from console.records.schemas.schema import Schema
from console.records.template import record_template
from console.submissions.models import Outcome, Submission
from console.submissions.presses.attempts import is_accepted, newest_press, press_of, representative
from console.submissions.presses.under_way import is_any_under_way


def opened(request: Request, environment: Environment, group: str, entity: Entity) -> Page:
    """Return a newly opened page, with text carried through a sign-in, a submission's text, or the template.

    An address with a page's key comes from Back or another tab: the key's newest press is shown.
    """
    named = own_submission(request, environment, group, entity, uuid_of(request.GET.get("submission", "")))
    key = uuid_of(request.GET.get("key", ""))
    # Without a key, editing continues with the named submission's own text, whatever else was tried with its key.
    with_text = named if key is None else None
    if key is None and named is not None and named.press is not None:
        named, key = _continued(named, named.press)
    page = Page(
        environment=environment,
        group=group,
        entity=entity,
        view=view_of(request.GET.get("view")),
        key=key or uuid4(),
        known_record=request.GET.get("known_record", ""),
        confirmation=empty_confirmation(environment, group),
        dataset=load_dataset(environment, group, entity),
    )
    newest = own_calls_of_key(request, environment, group, entity, key)
    # A press under way does not hide the submission in the address, which may be the failure that preceded it.
    is_named_shown = named is not None and (not newest or is_any_under_way(newest))
    page = replace(page, calls=press_of(named) if named and is_named_shown else newest)
    shown = named if is_named_shown else page.submission
    earlier = why_earlier_when_opened(request, shown, is_success=page.has_success, is_of_this_page=bool(newest))
    page = _with_text(request, replace(page, earlier=earlier), with_text or page.submission)
    return validated(request, page) if page.schema else page


def _continued(named: Submission, press: UUID) -> tuple[Submission, UUID | None]:
    """Return the submission that represents a press now, and the press's key if it was accepted in part.

    With that key, a retry sends only what is missing.
    """
    assert named.person_id is not None
    calls = newest_press(press, named.person_id) or (named,)
    is_in_part = any(call.outcome == Outcome.CREATED for call in calls) and not is_accepted(calls)
    return representative(calls), press if is_in_part else None


def _with_text(request: Request, page: Page, submission: Submission | None) -> Page:
    """Return the page with text carried through a sign-in, a submission's text, or the initial text."""
    carried = take(request)
    if carried is not None:
        return _carried(page, dict(carried))
    # Somebody else's submission: its text is shown, but not its Response.
    again = uuid_of(request.GET.get("again", ""))
    sent = _sent_text(request, page, submission.pk if submission else again)
    sent = sent or tour_text(page.environment, page.group, page.entity, request.GET.get("tour", ""))
    if page.schema is None or page.dataset is None:
        return replace(page, text=sent)
    if sent:
        return replace(page, text=in_view(page.schema, sent, page.view))
    text, loading = _first_text(request, page.environment, page.dataset, page.schema)
    text = in_view(page.schema, text, page.view)
    page = with_why_not_loaded(replace(page, text=text), loading)
    return with_loaded(page, loading) if loading.edit else page


def _carried(page: Page, typed: dict[str, str]) -> Page:
    """Return the page with the text typed before a sign-in."""
    key, destination = uuid_of(typed.pop("key", "")), typed.pop("destination", "")
    view = view_of(typed.get("view"))
    text = typed.get("record_input", "")
    if page.schema:
        text = in_view(page.schema, typed_text(page.schema, typed), view)
    return replace(page, typed=typed, key=key or page.key, opened_for=destination, text=text, view=view)


def _sent_text(request: Request, page: Page, submission: UUID | None) -> str:
    """Return the text of anybody's submission, for people who may see it; "" if there is none."""
    if submission is None or not may_see_properties(request.user, page.environment):
        return ""
    submissions = submissions_to(page.environment, page.group, page.entity)
    text, press = submissions.filter(pk=submission).values_list("record_input", "press").first() or ("", None)
    if page.schema is None or press in (None, page.key):
        return text
    # Keep the sessions: if the event has arrived, the same event with another session would be a new one.
    may_be_there = submissions.filter(press=press, outcome=Outcome.UNCONFIRMED).exists()
    return with_sessions(page.schema, text, press) if may_be_there else text


def _first_text(
    request: Request, environment: Environment, dataset: DescribedDataset, schema: Schema
) -> tuple[str, Loading]:
    """Return the record named in the address, or the template, and why a record was not loaded."""
    template, arn = record_template(schema), dataset.arn
    known_record = request.GET.get("known_record")
    if not may_see_properties(request.user, environment):
        return template, Loading(None)
    if known_record is None or dataset.entity.is_event:
        return stored_text(environment, arn, schema, request.GET.get("record_id")) or template, Loading(None)
    loading = load_known(request.user, environment, dataset, known_record, request.GET.get("version", ""))
    return (loading.edit and loading.edit(schema, dataset.target, template)) or template, loading
