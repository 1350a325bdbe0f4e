"""The export jobs of a dataset."""

from django.http import HttpRequest, HttpResponse

from console.pages.datasets.job_obstacles import why_no_export_job
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.jobs.listing import show_jobs, table_of
from console.pages.tables.table_page import failing_in_parts
from console.personalize.datasets import describe_dataset_of
from console.personalize.environments import Environment
from console.personalize.job_calls import EXPORT
from console.records.entities import Entity

TABLE = table_of(EXPORT, "Export job status")


@environment_page(
    DATASET + "dataset-export-jobs/", "Dataset export jobs", parent="dataset", tables=(TABLE,), has_properties=True
)
@failing_in_parts
def dataset_export_jobs(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """List a dataset's export jobs."""
    description = describe_dataset_of(environment, group, entity)
    obstacle = why_no_export_job(entity, description)
    return show_jobs(request, environment, EXPORT, TABLE, description["datasetArn"], obstacle)
