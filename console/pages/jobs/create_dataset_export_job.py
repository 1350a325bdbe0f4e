"""Create dataset export job: writes the records of a dataset to S3."""

from django.http import HttpResponse

from console.pages.datasets.job_obstacles import why_no_export_job
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
from console.pages.jobs.job_forms import INGESTION_MODES, ExportJobForm
from console.personalize import arns
from console.personalize.datasets import describe_dataset_of
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.personalize.job_calls import EXPORT, NewJob
from console.personalize.job_inputs import default_role
from console.records.entities import Entity


def give_back(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Return the page for the person's own expired POST: the input is shown again and nothing is created."""
    return show_expired(_opened(request, environment, group), modes=INGESTION_MODES)


@environment_page(
    DATASET + "create-dataset-export-job/",
    "Create dataset export job",
    parent="dataset_export_jobs",
    methods=READ_AND_POST,
    why_not=why_not_create_jobs,
    typed=TypedFields(TYPED, give_back),
)
def create_dataset_export_job(request: Request, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Ask what to export and where to; on POST create the job."""
    if request.method != "POST":
        page = _opened(request, environment, group)
        page.obstacle = why_no_export_job(entity, describe_dataset_of(environment, group, entity))
        return show(page, modes=INGESTION_MODES)
    form = ExportJobForm(request.POST)
    page = JobPage(request, environment, group, EXPORT, form)
    if not is_valid(page):
        return show(page, status=422, modes=INGESTION_MODES)
    entered = form.cleaned_data
    new = NewJob(
        entered["name"],
        entered["location"],
        entered["role_arn"],
        mode=entered["mode"],
        kms_key_arn=entered["kms_key_arn"],
        tags=entered["tags"],
    )
    try:
        create(page, arns.dataset_arn(environment, group, entity), new)
    except PersonalizeError as error:
        return show_failed(page, error.failure, modes=INGESTION_MODES)
    return go_to_job(page, f"The dataset export job {new.name} was created. Its files are there once it is Active.")


def _opened(request: Request, environment: Environment, group: str) -> JobPage:
    # A role that reads inputs may lack permission to write.
    role = default_role(environment) if environment.is_local else ""
    typed = carried(request)
    form = ExportJobForm(initial={"mode": "PUT", "role_arn": role, **typed})
    return JobPage(request, environment, group, EXPORT, form, is_carried=bool(typed))
