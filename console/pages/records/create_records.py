"""Create record(s): what a person types is validated, sent by one call, and answered in Response."""

from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse
from django.shortcuts import redirect

from console.metrics import counters
from console.pages.frame.decorators import DATASET, READ_AND_POST, environment_page
from console.pages.frame.guard import empty_confirmation, judged_confirmation, typed_confirmation
from console.pages.frame.permissions import RECORDS, environments_of, why_not_create
from console.pages.frame.registry import TypedFields
from console.pages.frame.requests import Request, uuid_of
from console.pages.frame.typed_text import take, typed_fields
from console.pages.records.answer_without_database import not_written, show_answer
from console.pages.records.comparing import compare, compare_anew
from console.pages.records.first_text import first_text, sent_text
from console.pages.records.known_record import load_known
from console.pages.records.record_edits import Edit, find_edit, in_view, unchanged_notice
from console.pages.records.record_form import CARD_FIELD, typed_text
from console.pages.records.record_page import VIEWS, Page, show, view_of
from console.pages.records.response import end_news, mark_news, own_submission, why_earlier, why_earlier_when_opened
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import load_dataset, load_recent_dataset
from console.personalize.environments import Environment
from console.personalize.errors import NotFoundError, PersonalizeError
from console.records.entities import Entity
from console.records.pasted.detection import recognise
from console.records.record_input import judge_record_input
from console.records.schemas.schema import Schema
from console.records.validation.validation import Record
from console.submissions.idempotency import Press, Use, begin
from console.submissions.models import Outcome, Submission
from console.submissions.own_trail import environment_of_origin, remember_origin
from console.submissions.sending import send

# What was typed: the text, the view it was typed in, and the schema that its cards were made from; the cards' fields
# beside. The page's key goes along, and where records went: what was sent before a session ended is not sent again
# unseen, nor to another account.
TYPED = ("record_input", "view", "schema", "key", "destination")
# An address of IPv6 with its zone fits.
LONGEST_ADDRESS = 64
FORM_EXPIRED = "This page was open for too long, so nothing was sent. Check the text and create the records again."
NO_KEY = (
    "The key of this page cannot be read, so nothing was sent. The page has a new one: check the text, and create the "
    "records again."
)
SCHEMA_CHANGED = (
    "The schema of this dataset changed since the form was made, so nothing was sent. "
    "What you entered is in the JSON: check it, and go on."
)
DESTINATION_CHANGED = (
    "Since this page was opened, {} has become another account, region or endpoint, so nothing was sent. Records go "
    "to {} now. Check that this is what you want, and choose Create record(s) again."
)


def give_back(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Answer a POST that was not accepted as the person's own: the text is shown again, and nothing is sent."""
    page = _typed(request, environment, group, entity)
    page.notice, page.status = FORM_EXPIRED, 403
    try:
        page.dataset = load_dataset(environment, group, entity)
    except PersonalizeError as error:
        page.failure = error.failure
    if page.schema:
        page.text = typed_text(page.schema, page.typed)
    return show(request, page)


@environment_page(
    DATASET + "create-records/",
    "Create {entity.name} record(s)",
    parent="dataset",
    methods=READ_AND_POST,
    typed=TypedFields(TYPED, give_back, pattern=CARD_FIELD),
)
def create_records(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show Record input; on POST do what the button says: judge, change the text, or send the records."""
    if request.method != "POST":
        page = _opened(request, environment, group, entity)
        return end_news(request, show(request, page), page.submission)
    page = _typed(request, environment, group, entity)
    page.notice = why_not_create(request.user, environment, RECORDS)
    if page.notice:
        page.status = 403
        return show(request, page)
    # A request that does not name its button sends nothing.
    intent = request.POST.get("intent", "validate")
    page.is_typing = intent == "judge"
    load = load_recent_dataset if page.is_typing else load_dataset
    try:
        page.dataset = load(environment, group, entity)
    except PersonalizeError as error:
        page.failure, page.status = error.failure, 404 if isinstance(error, NotFoundError) else 502
        return show(request, page)
    schema, arn = page.dataset.schema, page.dataset.arn
    if schema is None:
        page.status = 422
        return show(request, page)
    page.text = typed_text(schema, page.typed)
    if not page.is_typing and page.opened_for not in ("", page.destination):
        return _other_destination(request, page, schema, arn)
    if page.is_form and page.typed.get("schema") not in (None, page.dataset.fingerprint):
        return _changed(request, page, schema, arn, SCHEMA_CHANGED)
    if intent in VIEWS:
        return _switch(request, page, schema, arn, intent)
    action, _, key = intent.partition(" ")
    if action == "load":
        return _load_known(request, page, schema, arn, key)
    edit = find_edit(intent, is_form=page.is_form)
    if edit:
        return _edit(request, page, schema, arn, edit)
    records = _judge(request, page, schema, arn)
    if page.is_typing:
        return show(request, page, part="judgement")
    if page.problems:
        counters.count_problems(page.problems)
        page.shows_problems, page.status = True, 422
        return show(request, page)
    if intent != "create":
        page.is_valid = True
        return show(request, page)
    page.confirmation = judged_confirmation(request, environment, group, expected=group)
    if page.confirmation and page.confirmation.problem:
        page.notice, page.status = page.confirmation.problem, 422
        return show(request, page)
    return _send(request, page, schema, arn, records)


def _typed(request: Request, environment: Environment, group: str, entity: Entity) -> Page:
    """Return a page with what a request carries. In the form that is a text only once the schema is known."""
    typed = typed_fields(request)
    confirmation = typed_confirmation(request, environment, group)
    text, view = typed.get("record_input", ""), view_of(typed.get("view"))
    page = Page(environment, group, entity, typed, text, view, confirmation=confirmation)
    page.known_record = request.POST.get("known_record", "")
    page.opened_for = typed.pop("destination", "")
    # A key is renewed once it is retired, not by a button that sends nothing: an answer may have been lost before.
    page.key = uuid_of(typed.pop("key", "")) or page.key
    return page


def _opened(request: Request, environment: Environment, group: str, entity: Entity) -> Page:
    """Return the page as it is opened: with the text of a sign-in on the way, of a submission, or the template."""
    confirmation = empty_confirmation(environment, group)
    view, known_record = view_of(request.GET.get("view")), request.GET.get("known_record", "")
    page = Page(environment, group, entity, view=view, confirmation=confirmation, known_record=known_record)
    page.dataset = load_dataset(environment, group, entity)
    page.submission = own_submission(request, environment, group, entity, uuid_of(request.GET.get("submission", "")))
    page.earlier = why_earlier_when_opened(request, page.submission)
    # That of somebody else, whose Response is theirs.
    again = request.GET.get("again", "")
    carried = take(request)
    if carried is not None:
        page.typed = dict(carried)
        page.key = uuid_of(page.typed.pop("key", "")) or page.key
        page.opened_for = page.typed.pop("destination", "")
        page.text, page.view = carried.get("record_input", ""), view_of(carried.get("view"))
    else:
        page.text = sent_text(
            request, environment, group, entity, page.submission.pk if page.submission else uuid_of(again)
        )
    if page.schema and carried is None and not page.text:
        page.text, loading = first_text(request, environment, page.dataset, page.schema)
        page.notice, page.choices = loading.notice, loading.choices
    if page.schema:
        page.text = in_view(page.schema, typed_text(page.schema, carried) if carried else page.text, page.view)
        _judge(request, page, page.schema, page.dataset.arn)
    return page


def _judge(request: Request, page: Page, schema: Schema, arn: str) -> tuple[Record, ...]:
    """Judge the page's text: its problems and what it is read as, or the request that it makes, go to the page."""
    judgement = judge_record_input(schema, page.text)
    page.problems = judgement.problems
    page.is_unfinished = not judgement.is_readable
    if page.problems:
        page.recognised = recognise(schema, arn, page.text, judgement.reading)
    else:
        compare(request, page, schema, judgement.records)
    return judgement.records


def _edit(request: Request, page: Page, schema: Schema, arn: str, edit: Edit) -> HttpResponse:
    """Change the text as a button says. Its problems are not shown: nobody has said yet that it is finished."""
    text = edit(schema, arn, page.text)
    page.is_changed, page.renews_editor = text is not None, page.is_form
    page.text = page.text if text is None else text
    _judge(request, page, schema, arn)
    if not page.is_changed:
        page.shows_problems, page.status = bool(page.problems), 422
        page.notice = unchanged_notice(schema, page.text, is_form=page.is_form)
    return show(request, page)


def _load_known(request: Request, page: Page, schema: Schema, arn: str, key: str) -> HttpResponse:
    """Put a known record into the text, or say why it is not done, and what the person can choose."""
    assert page.dataset is not None
    loading = load_known(request.user, page.environment, page.dataset, page.known_record, key)
    if loading.edit:
        return _edit(request, page, schema, arn, loading.edit)
    _judge(request, page, schema, arn)
    page.notice, page.choices, page.status = loading.notice, loading.choices, 422
    return show(request, page)


def _other_destination(request: Request, page: Page, schema: Schema, arn: str) -> HttpResponse:
    """Show where records go now; the schema may be another one, too."""
    # What was typed confirms where the records went before.
    page.confirmation = empty_confirmation(page.environment, page.group)
    page.opened_for = ""
    return _changed(request, page, schema, arn, DESTINATION_CHANGED.format(page.environment.label, arn))


def _changed(request: Request, page: Page, schema: Schema, arn: str, notice: str) -> HttpResponse:
    """Show what changed since the page was made, and what was typed as JSON, which any schema leaves as it is."""
    page.notice, page.status, page.view, page.renews_editor = notice, 409, "json", True
    _judge(request, page, schema, arn)
    return show(request, page)


def _switch(request: Request, page: Page, schema: Schema, arn: str, view: str) -> HttpResponse:
    """Show the same records in the other view; what cannot be shown as a form stays as it is, with the reason."""
    page.text, page.view, page.renews_editor = in_view(schema, page.text, view), view, True
    _judge(request, page, schema, arn)
    response = show(request, page)
    response["HX-Replace-Url"] = f"{request.path}?view={page.view}"
    return response


def _send(request: Request, page: Page, schema: Schema, arn: str, records: tuple[Record, ...]) -> HttpResponse:
    """Write a submission, send it, and show the Response; or that of an earlier press, if the page's key was used."""
    if "key" in request.POST and uuid_of(request.POST["key"]) is None:
        page.notice, page.status = NO_KEY, 422
        return show(request, page)
    try:
        press = _begin(request, page, arn, records)
    except (DatabaseError, InterfaceError) as error:
        return not_written(request, page, error)
    page.submission = press.submission
    page.earlier = why_earlier(press, page.environment, page.group, page.entity, page.text)
    if press.use is Use.RETIRED:
        page.status = 409
        page.earlier_environment = _visible(request, page.submission)
        page.renew_key()
        return show(request, page)
    if press.use is Use.NEW:
        send(page.environment, page.submission)
    return _answered(request, page, schema, records)


def _visible(request: Request, submission: Submission) -> Environment | None:
    """Return the environment of a submission, if it is there today and the person may see it."""
    found = environment_of_origin(submission.origin)
    return environments_of(request.user).get(found.name) if found else None


def _begin(request: Request, page: Page, arn: str, records: tuple[Record, ...]) -> Press:
    """Write the submission of a press, or find that of an earlier one; raise the database's error."""
    assert request.user.pk is not None
    remember_origin(page.environment, arn)
    return begin(
        page.key,
        page.entity,
        [record.as_request_member() for record in records],
        person_id=request.user.pk,
        person_name=request.user.get_username(),
        address=request.META.get("REMOTE_ADDR", "")[:LONGEST_ADDRESS],
        endpoint=endpoint_of(page.environment),
        environment=page.environment.name,
        dataset_group=page.group,
        dataset_arn=arn,
        record_input=page.text,
    )


def _answered(request: Request, page: Page, schema: Schema, records: tuple[Record, ...]) -> HttpResponse:
    """Show the Response of a submission that has its answer, whether the trail has it or not."""
    assert page.submission is not None
    address = f"{request.path}?submission={page.submission.pk}{'&view=form' if page.is_form else ''}"
    is_created = page.submission.outcome == Outcome.CREATED
    if not request.htmx and page.submission.is_recorded:
        redirection = redirect(f"{address}&earlier" if page.earlier else address)
        if is_created and not page.earlier:
            mark_news(request, redirection, page.submission)
        return redirection
    if is_created:
        # Each time that something is sent is confirmed.
        page.confirmation = empty_confirmation(page.environment, page.group)
        page.renew_key()
    compare_anew(request, page, schema, records)
    response = show_answer(request, page)
    response["HX-Replace-Url"] = address
    return response
