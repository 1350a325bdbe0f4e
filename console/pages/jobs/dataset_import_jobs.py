"""The import jobs of a dataset."""

from django.http import HttpRequest, HttpResponse

from console.pages.datasets.job_obstacles import why_no_import_job
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.jobs.listing import show_jobs, table_of
from console.pages.tables.table_page import failing_in_parts
from console.personalize.datasets import describe_dataset_of
from console.personalize.environments import Environment
from console.personalize.job_calls import IMPORT
from console.records.entities import Entity

TABLE = table_of(IMPORT, "Import job status", has_modes=True)


@environment_page(
    DATASET + "dataset-import-jobs/", "Dataset import jobs", parent="dataset", tables=(TABLE,), has_properties=True
)
@failing_in_parts
def dataset_import_jobs(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """List a dataset's import jobs."""
    description = describe_dataset_of(environment, group, entity)
    obstacle = why_no_import_job(description)
    return show_jobs(request, environment, IMPORT, TABLE, description["datasetArn"], obstacle)
