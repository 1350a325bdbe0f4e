"""Create data deletion job: deletes users and their interactions, for example for a privacy request.

AWS reads the users' ids from a file in S3, which the console writes if a bucket is configured.
"""

from django.http import HttpResponse

from console.pages.datasets.creating import inactive
from console.pages.frame.decorators import GROUP, READ_AND_POST, environment_page
from console.pages.frame.permissions import why_not_create_jobs
from console.pages.frame.registry import TypedFields
from console.pages.frame.requests import Request
from console.pages.jobs.creating_jobs import (
    TYPED,
    JobPage,
    carried,
    create,
    go_to_job,
    is_valid,
    show,
    show_expired,
    show_failed,
)
from console.pages.jobs.job_forms import DeletionJobForm
from console.personalize import arns, calls
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.personalize.job_calls import DELETION, NewJob
from console.personalize.job_inputs import default_role, writes_inputs
from console.records.entities import USERS
from console.records.files.user_ids import UserIds, user_ids_csv
from console.submissions.known.job_notes import note_deletion

# The reason for a confirmation in every environment.
ALWAYS = "A data deletion job cannot be undone"


def give_back(request: Request, environment: Environment, group: str) -> HttpResponse:
    """Return the page for the person's own expired POST: the input is shown again and nothing is created."""
    return show_expired(_opened(request, environment, group))


@environment_page(
    GROUP + "create-data-deletion-job/",
    "Create data deletion job",
    parent="data_deletion_jobs",
    methods=READ_AND_POST,
    why_not=why_not_create_jobs,
    typed=TypedFields(TYPED, give_back),
)
def create_data_deletion_job(request: Request, environment: Environment, group: str) -> HttpResponse:
    """Ask which users to delete; on POST create the job if the dataset group's name was typed."""
    if request.method != "POST":
        page = _opened(request, environment, group)
        page.obstacle = inactive(calls.describe_dataset_group(environment, group), "A data deletion job")
        return show(page)
    form = DeletionJobForm(request.POST, takes_text=writes_inputs(environment))
    page = JobPage(request, environment, group, DELETION, form, ALWAYS)
    if not is_valid(page):
        return show(page, status=422)
    entered, users = form.cleaned_data, form.user_ids
    new = NewJob(entered["name"], entered.get("location", ""), entered["role_arn"], tags=entered["tags"])
    try:
        create(
            page,
            arns.dataset_group_arn(environment, group),
            new,
            user_ids_csv(users.ids) if users else None,
            lambda: note_deletion(environment, group, users.ids if users else None),
        )
    except PersonalizeError as error:
        return show_failed(page, error.failure)
    return go_to_job(
        page, f"The data deletion job {new.name} was created{_users_in_words(users)}. {_when(environment)}"
    )


def _opened(request: Request, environment: Environment, group: str) -> JobPage:
    typed = carried(request)
    initial = {"role_arn": default_role(environment), **typed}
    form = DeletionJobForm(initial=initial, takes_text=writes_inputs(environment))
    return JobPage(request, environment, group, DELETION, form, ALWAYS, is_carried=bool(typed))


def _users_in_words(users: UserIds | None) -> str:
    if users is None:
        return ""
    were = "ID was" if users.repeated == 1 else "IDs were"
    again = f"; {users.repeated} repeated {were} left out" if users.repeated else ""
    return f" for {USERS.counted(len(users.ids))}{again}"


def _when(environment: Environment) -> str:
    # "It can take up to a day to delete all references to the users" (API reference, CreateDataDeletionJob).
    return "The users are gone once it is Completed." if environment.is_local else "It can take up to a day."
