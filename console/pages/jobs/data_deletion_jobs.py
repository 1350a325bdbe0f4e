"""The data deletion jobs of a dataset group."""

from django.http import HttpRequest, HttpResponse

from console.pages.datasets.creating import inactive
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.jobs.listing import show_jobs, table_of
from console.pages.tables.table_page import failing_in_parts
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.job_calls import DELETION

TABLE = table_of(DELETION, "Status")


@environment_page(
    GROUP + "data-deletion-jobs/",
    "Data deletion jobs",
    parent="dataset_group",
    in_group="Data deletion jobs",
    position=4,
    tables=(TABLE,),
    has_properties=True,
)
@failing_in_parts
def data_deletion_jobs(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """List a dataset group's data deletion jobs."""
    description = calls.describe_dataset_group(environment, group)
    obstacle = inactive(description, "A data deletion job")
    return show_jobs(request, environment, DELETION, TABLE, description["datasetGroupArn"], obstacle)
