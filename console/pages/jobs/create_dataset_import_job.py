"""Create dataset import job: imports CSV files in S3, or in the local service also an uploaded file."""

from django.http import HttpResponse

from console.pages.datasets.job_obstacles import why_no_import_job
from console.pages.frame.decorators import DATASET, READ_AND_POST, environment_page
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
from console.pages.jobs.job_forms import IMPORT_MODES, IMPORT_MODES_OF_EVENTS, ImportJobForm
from console.personalize import arns
from console.personalize.datasets import describe_dataset_of
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.personalize.job_calls import IMPORT, NewJob
from console.personalize.job_inputs import default_role
from console.records.entities import Entity
from console.records.json.characters import BYTE_ORDER_MARK
from console.submissions.known.job_notes import note_import


def give_back(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Return the page for the person's own expired POST: the input is shown again and nothing is created."""
    return show_expired(_opened(request, environment, group), modes=_modes(entity))


@environment_page(
    DATASET + "create-dataset-import-job/",
    "Create dataset import job",
    parent="dataset_import_jobs",
    methods=READ_AND_POST,
    why_not=why_not_create_jobs,
    typed=TypedFields(TYPED, give_back),
)
def create_dataset_import_job(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Ask what to import and how; on POST create the job."""
    if request.method != "POST":
        page = _opened(request, environment, group)
        page.obstacle = why_no_import_job(describe_dataset_of(environment, group, entity))
        return show(page, modes=_modes(entity))
    form = ImportJobForm(request.POST, takes_text=environment.is_local)
    page = JobPage(request, environment, group, IMPORT, form)
    if not is_valid(page):
        return show(page, status=422, modes=_modes(entity))
    entered = form.cleaned_data
    new = NewJob(
        entered["name"],
        entered.get("location", ""),
        entered["role_arn"],
        mode=entered["mode"],
        publishes_metrics=entered["publishes_metrics"],
        tags=entered["tags"],
    )
    text = entered["text"].removeprefix(BYTE_ORDER_MARK) if form.has_text else None
    try:
        dataset_arn = arns.dataset_arn(environment, group, entity)
        create(page, dataset_arn, new, text, lambda: note_import(environment, dataset_arn, entity))
    except PersonalizeError as error:
        return show_failed(page, error.failure, modes=_modes(entity))
    return go_to_job(page, f"The dataset import job {new.name} was created. The records are there once it is Active.")


def _opened(request: Request, environment: Environment, group: str) -> JobPage:
    typed = carried(request)
    initial = {"mode": "FULL", "role_arn": default_role(environment), **typed}
    form = ImportJobForm(initial=initial, takes_text=environment.is_local)
    return JobPage(request, environment, group, IMPORT, form, is_carried=bool(typed))


def _modes(entity: Entity) -> dict[str, str]:
    return IMPORT_MODES_OF_EVENTS if entity.is_event else IMPORT_MODES
