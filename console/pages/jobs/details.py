"""The page of a job."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.activity.redacting import why_not_redact
from console.local import api as local_api
from console.pages.tables.polling import ask_later, waiting_for
from console.people.roles import may_see_properties
from console.personalize.environments import Environment
from console.personalize.job_calls import DELETION, JobKind
from console.personalize.jobs import load_job

COMPLETED = "COMPLETED"


def show_job(request: HttpRequest, environment: Environment, kind: JobKind, of: str, name: str) -> HttpResponse:
    """Show a job of the dataset or dataset group of the ARN `of`; raise PersonalizeError, also without such a job."""
    job = load_job(environment, kind, of, name)
    waiting = waiting_for(request, (job.name, job.status))
    if waiting.has_no_news:
        return ask_later(request)
    may_read_files = environment.is_local and may_see_properties(request.user, environment)
    files = local_api.job_files(job.arn) if may_read_files else []
    may_redact = kind is DELETION and job.status == COMPLETED and not why_not_redact(request.user, environment)
    context = {"waiting": waiting, "job": job, "files": files, "may_redact": may_redact}
    return render(request, "jobs/job.html", context)
