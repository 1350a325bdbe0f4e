"""An export job of a dataset: its status, its failure, and its parameters."""

from django.http import HttpRequest, HttpResponse

from console.pages.frame.decorators import DATASET, environment_page
from console.pages.jobs.details import show_job
from console.pages.tables.polling import patient
from console.personalize.datasets import describe_dataset_of
from console.personalize.environments import Environment
from console.personalize.job_calls import EXPORT
from console.records.entities import Entity


@environment_page(
    DATASET + "dataset-export-jobs/<job:job>/", "{job}", parent="dataset_export_jobs", has_properties=True
)
@patient
def dataset_export_job(
    request: HttpRequest, environment: Environment, group: str, entity: Entity, job: str
) -> HttpResponse:
    """Show an export job of a dataset by its name."""
    return show_job(request, environment, EXPORT, describe_dataset_of(environment, group, entity)["datasetArn"], job)
