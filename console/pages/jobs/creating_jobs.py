"""Shared by pages that create jobs: their rendering, and the creation of the job."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from console.activity.models import Kind
from console.activity.recording import recorded
from console.pages.datasets.creating import FORM_EXPIRED, is_of_this_page, opened_at, status_of
from console.pages.frame.guard import Confirmation, typed_confirmation, validated_confirmation
from console.pages.frame.requests import Request
from console.pages.frame.typed_text import take, typed_fields
from console.pages.jobs.job_forms import JobForm
from console.pages.jobs.listing import address_of
from console.personalize.environments import Environment
from console.personalize.errors import ALREADY_EXISTS, Effect, Failure, PersonalizeError
from console.personalize.job_calls import CREATIONS, JobKind, NewJob
from console.personalize.job_inputs import remove_input, write_input
from console.personalize.jobs import load_job

# The typed fields of all kinds of jobs.
TYPED = ("name", "source", "text", "location", "mode", "publishes_metrics", "kms_key_arn", "role_arn", "tags")


# The consequence if the database cannot be used after AWS has answered.
NOT_NOTED = "It could not be noted that what was sent before may not be there any more."
CREATED = "The {} {} was created. " + NOT_NOTED
MAY_BE_CREATED = "The {} {} may have been created. " + NOT_NOTED


@dataclass(slots=True)
class JobPage:
    """A page that creates a job: its form, and the messages above it.

    `always` is why the dataset group's name must be typed in unguarded environments too, "" if it need not be.
    `is_carried`: the form has text typed before a sign-in.
    """

    request: Request
    environment: Environment
    group: str
    kind: JobKind
    form: JobForm
    always: str = ""
    confirmation: Confirmation | None = None
    obstacle: str = ""
    notice: str = ""
    failure: Failure | None = None
    is_carried: bool = False

    @property
    def list_address(self) -> str:
        """The address of the list in which the new job will appear."""
        return address_of(self.request, f"{self.kind.name}s")


def carried(request: HttpRequest) -> Mapping[str, str]:
    """Return the text typed into a page before a sign-in or before it expired; nothing for a new page."""
    return typed_fields(request) if request.method == "POST" else take(request) or {}


def show(page: JobPage, *, status: int = 200, **more: Any) -> HttpResponse:
    """Render a page; `more` is further context for its template."""
    page.confirmation = page.confirmation or typed_confirmation(
        page.request, page.environment, page.group, page.always
    )
    context = {
        "form": page.form,
        "kind": page.kind,
        # Typed text is never discarded.
        "has_form": not page.obstacle or page.form.is_bound or page.is_carried,
        "obstacle": page.obstacle,
        "notice": page.notice,
        "failure": page.failure,
        "confirmation": page.confirmation,
        "read_first": (page.form.is_bound and page.form.read_first) or "confirmation",
        "opened": opened_at(page.request),
        "list_address": page.list_address,
    }
    return render(page.request, f"jobs/create_{page.kind.name}.html", context | more, status=status)


def show_expired(page: JobPage, **more: Any) -> HttpResponse:
    """Return the page for the person's own expired POST: the input is shown again and nothing is created."""
    page.notice = FORM_EXPIRED
    return show(page, status=403, **more)


def is_valid(page: JobPage) -> bool:
    """Validate the input of a press, including the confirmation."""
    page.confirmation = validated_confirmation(
        page.request, page.environment, page.group, expected=page.group, always=page.always
    )
    return page.form.is_valid() and not (page.confirmation and page.confirmation.problem)


def create(
    page: JobPage, of: str, new: NewJob, text: str | None = None, note: Callable[[], None] = lambda: None
) -> None:
    """Create a job for the dataset or dataset group of an ARN; one made by an earlier press of the page counts too.

    `text` is the CSV that the job will read, None if a location was entered. `note` is called once the job exists, or
    may exist. Raise PersonalizeError.
    """
    if text is not None:
        new.location = write_input(page.environment, f"{page.kind.in_arn}s", new.name, text)
    try:
        with recorded(Kind.CREATED, new.name, noun=page.kind.noun, environment=page.environment, group=page.group):
            CREATIONS[page.kind](page.environment, of, new)
    except PersonalizeError as error:
        if error.failure.code != ALREADY_EXISTS or not _is_made(page, of, new):
            if error.failure.effect is Effect.UNCONFIRMED:
                page.request.consequence = MAY_BE_CREATED.format(page.kind.noun, new.name)
                note()
            elif text is not None:
                remove_input(page.environment, new.location)
            raise
    page.request.consequence = CREATED.format(page.kind.noun, new.name)
    note()


def show_failed(page: JobPage, failure: Failure, **more: Any) -> HttpResponse:
    """Return the page that explains why a job was not created, with the input."""
    page.failure = failure
    if failure.is_of_another:
        name = page.form.cleaned_data["name"]
        page.form.add_error("name", f"Another {page.kind.noun} already has the name {name}. Choose another name.")
    return show(page, status=status_of(failure), **more)


def go_to_job(page: JobPage, sentence: str) -> HttpResponse:
    """Redirect to the page of the created job, with a message."""
    messages.success(page.request, sentence)
    return redirect(address_of(page.request, page.kind.name, job=page.form.cleaned_data["name"]))


def _is_made(page: JobPage, of: str, new: NewJob) -> bool:
    """Return whether the job of that name is the requested one, made by a press of this page."""
    try:
        job = load_job(page.environment, page.kind, of, new.name)
    except PersonalizeError:
        # The page then reports that the name is taken.
        return False
    is_same = job.location == new.location and job.mode in ("", new.mode)
    return is_same and job.created_at is not None and is_of_this_page(page.request, job.created_at)
