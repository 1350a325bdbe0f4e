"""Redact records: erases what this console keeps of the people in sent records, and records the redaction."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from console.activity.recording import Who
from console.activity.redacting import (
    MOST,
    check_group,
    datasets_of_people,
    in_words,
    redact_people,
    why_not_ids,
    why_not_redact,
)
from console.pages.frame.decorators import GROUP, READ_AND_POST, environment_page
from console.pages.frame.guard import empty_confirmation, validated_confirmation
from console.pages.frame.requests import Request
from console.personalize import arns
from console.personalize.environments import Environment
from console.personalize.job_calls import DELETION
from console.personalize.jobs import load_job
from console.records.entities import USERS
from console.submissions.known.job_notes import deleted_ids

ALWAYS, DONE = "A redaction cannot be undone", "redacted"
NOT_KEPT = (
    "The data directory takes nothing ({}). Ask an administrator of this machine to free disk space, and redact again."
)


@environment_page(
    GROUP + "redact-records/",
    "Redact records",
    parent="submissions",
    methods=READ_AND_POST,
    why_not=why_not_redact,
    shows_trail=True,
)
def redact_records(request: Request, environment: Environment, group: str) -> HttpResponse:
    """Ask whose records to redact, and on POST redact them if the dataset group's name was typed.

    Raise PersonalizeError if there is no such dataset group and nothing was sent to one.
    """
    check_group(environment, group)
    if request.method != "POST":
        job = request.GET.get("job", "")
        of_job = _deleted_by(environment, group, job) if job and not environment.is_former else []
        typed = "\n".join([*request.GET.getlist("record_id"), *of_job])
        confirmation = empty_confirmation(environment, group, ALWAYS, DONE)
        return _page(request, {"typed": typed, "confirmation": confirmation})
    typed = request.POST.get("record_ids", "")
    user_ids = list(dict.fromkeys(line for line in typed.replace("\r\n", "\n").split("\n") if line.strip()))
    problem = why_not_ids(user_ids)
    confirmation = validated_confirmation(request, environment, group, group, ALWAYS, DONE)
    context: dict[str, Any] = {"typed": typed, "problem": problem, "confirmation": confirmation}
    if problem or (confirmation and confirmation.problem):
        return _page(request, context, status=422)
    try:
        redaction = redact_people(environment, group, user_ids, Who(request.user.pk, request.user.get_username()))
    except OSError as error:
        return _page(request, context | {"problem": NOT_KEPT.format(error.strerror)}, status=503)
    messages.success(request, in_words(user_ids, redaction))
    for sentence in redaction.left:
        messages.warning(request, sentence)
    if len(user_ids) > 1:
        return redirect("submissions", environment.name, group)
    history = reverse("record_history", args=(environment.name, group, USERS))
    return redirect(f"{history}?{urlencode({'record_id': user_ids[0]})}")


def _deleted_by(environment: Environment, group: str, name: str) -> list[str]:
    """Return the users in this console's trail that a data deletion job is known to have deleted."""
    job = load_job(environment, DELETION, arns.dataset_group_arn(environment, group), name)
    if job.created_at is None:
        return []
    return deleted_ids(datasets_of_people(environment, group), job.created_at, job.updated_at or job.created_at)[:MOST]


def _page(request: Request, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "submissions/redact_records.html", context, status=status)
