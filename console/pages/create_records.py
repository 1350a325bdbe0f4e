"""Create user record(s): what a person types is judged, sent with PutUsers, and answered in Response."""

import time
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from console.history.models import Outcome, Submission
from console.pages import carried_text
from console.pages.requests import Request
from console.pages.shell import environment_page
from console.pages.users_dataset import UsersDataset, load_users_dataset
from console.people.roles import may_create_records, role_of
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.failures import Effect, Failure, PersonalizeError
from console.records.problems import Problem
from console.records.record_input import judge_record_input
from console.records.template import record_template

OUTCOMES = {
    Effect.NOT_SENT: Outcome.NOT_SENT,
    Effect.REFUSED: Outcome.REFUSED,
    Effect.UNCONFIRMED: Outcome.UNCONFIRMED,
}
FORM_EXPIRED = "This page was open for too long, so nothing was sent. Check the text and create the records again."


@dataclass(slots=True)
class Page:
    """What the page shows: the text, and what came of it."""

    text: str = ""
    users_dataset: UsersDataset | None = None
    problems: tuple[Problem, ...] = ()
    submission: Submission | None = None
    failure: Failure | None = None
    notice: str = ""
    status: int = 200


@environment_page("Create user record(s)", methods=("GET", "HEAD", "POST"))
def create_records(request: Request, environment: Environment, group: str) -> HttpResponse:
    """Show Record input; on POST judge it, send the users, and show the Response."""
    if request.method != "POST":
        return _show(request, _opened(request, environment, group))
    page = Page(text=carried_text.typed_text(request))
    if not may_create_records(request.user):
        page.notice = f"Your role, {role_of(request.user)}, may not create records. Ask an administrator for a role."
        page.status = 403
        return _show(request, page)
    try:
        page.users_dataset = load_users_dataset(environment, group)
    except PersonalizeError as error:
        page.failure, page.status = error.failure, 404 if error.is_not_found else 502
        return _show(request, page)
    return _judge_and_send(request, environment, group, page, page.users_dataset)


def give_back(request: Request, environment: Environment, group: str) -> HttpResponse:
    """Answer a POST that was not accepted as the person's own: the text is shown again, and nothing is sent."""
    page = Page(text=carried_text.typed_text(request), notice=FORM_EXPIRED, status=403)
    try:
        page.users_dataset = load_users_dataset(environment, group)
    except PersonalizeError as error:
        page.failure = error.failure
    return _show(request, page)


def _opened(request: Request, environment: Environment, group: str) -> Page:
    """Return the page as it is opened: with the text of a sign-in on the way, of a submission, or the template."""
    users_dataset = load_users_dataset(environment, group)
    page = Page(users_dataset=users_dataset)
    page.submission = _own_submission(request, environment, group)
    carried = carried_text.take(request)
    if carried is not None:
        page.text = carried
    elif page.submission:
        page.text = page.submission.record_input
    elif users_dataset.schema:
        page.text = record_template(users_dataset.schema)
    return page


def _own_submission(request: Request, environment: Environment, group: str) -> Submission | None:
    try:
        key = UUID(request.GET.get("submission", ""))
    except ValueError:
        return None
    own = Submission.objects.filter(person_id=request.user.pk, environment=environment.name, dataset_group=group)
    return own.filter(pk=key).first()


def _judge_and_send(
    request: Request, environment: Environment, group: str, page: Page, users_dataset: UsersDataset
) -> HttpResponse:
    if users_dataset.schema is None:
        page.status = 422
        return _show(request, page)
    judgement = judge_record_input(users_dataset.schema, page.text)
    if judgement.problems:
        page.problems, page.status = judgement.problems, 422
        return _show(request, page)
    page.submission = Submission.objects.create(
        person_id=request.user.pk,
        person_name=request.user.get_username(),
        environment=environment.name,
        dataset_group=group,
        dataset_arn=users_dataset.arn,
        record_input=page.text,
        users=[record.as_request_member() for record in judgement.records],
        user_ids="\n".join(record.user_id for record in judgement.records),
    )
    _send(environment, page.submission)
    address = f"{reverse('create_records', args=[environment.name, group])}?submission={page.submission.pk}"
    if not request.htmx:
        return redirect(address)
    response = _show(request, page)
    response["HX-Replace-Url"] = address
    return response


def _send(environment: Environment, submission: Submission) -> None:
    """Call PutUsers with a submission's users, and complete the submission with the answer."""
    started = time.perf_counter()
    try:
        answer = calls.put_users(environment, submission.dataset_arn, submission.users)
    except PersonalizeError as error:
        failure = error.failure
        submission.complete(
            OUTCOMES[failure.effect],
            error_code=failure.code,
            sentence=failure.sentence,
            message=failure.message,
            advice=failure.advice,
            http_status=failure.http_status,
            request_id=failure.request_id,
            attempts=failure.attempts,
            duration_ms=_milliseconds_since(started),
        )
        return
    submission.complete(
        Outcome.CREATED,
        http_status=answer.http_status,
        request_id=answer.request_id,
        attempts=answer.attempts,
        duration_ms=_milliseconds_since(started),
    )


def _milliseconds_since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def _show(request: Request, page: Page) -> HttpResponse:
    is_part = request.htmx and not request.htmx.history_restore_request
    template = "create_records.html#result" if is_part else "create_records.html"
    response = render(request, template, {"page": page, "users_dataset": page.users_dataset}, status=page.status)
    patch_vary_headers(response, ["HX-Request"])
    return response
