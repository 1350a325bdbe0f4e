"""A data deletion job of a dataset group: its status, its failure, and the number of deleted records."""

from django.http import HttpRequest, HttpResponse

from console.pages.frame.decorators import GROUP, environment_page
from console.pages.jobs.details import show_job
from console.pages.tables.polling import patient
from console.personalize import arns
from console.personalize.environments import Environment
from console.personalize.job_calls import DELETION


@environment_page(GROUP + "data-deletion-jobs/<job:job>/", "{job}", parent="data_deletion_jobs", has_properties=True)
@patient
def data_deletion_job(request: HttpRequest, environment: Environment, group: str, job: str) -> HttpResponse:
    """Show a data deletion job of a dataset group by its name."""
    return show_job(request, environment, DELETION, arns.dataset_group_arn(environment, group), job)
