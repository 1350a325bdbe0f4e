"""A dataset of a dataset group: its details, its jobs, its schema, and what the local service stores in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.pages.datasets.job_obstacles import why_no_export_job, why_no_import_job
from console.pages.datasets.profile_panel import profile_of
from console.pages.datasets.replace_schema_page import why_no_replacement
from console.pages.datasets.tracking import why_not_sent
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.frame.permissions import (
    CHANGES,
    why_not_create,
)
from console.pages.frame.template_tags.labels import can_become_active, status_words
from console.pages.stored_records.asked_rows import EVENTS
from console.pages.stored_records.asked_rows import RECORDS as STORED_RECORDS
from console.pages.stored_records.stored_panel import stored_panel
from console.pages.tables.polling import ask_later, patient, waiting_for
from console.people.roles import may_see_properties
from console.personalize import arns
from console.personalize.datasets import DescribedDataset, load_dataset
from console.personalize.environments import Environment
from console.personalize.jobs import load_jobs
from console.records.entities import Entity


@environment_page(
    DATASET,
    "{entity.plural} dataset",
    parent="datasets",
    tables=(STORED_RECORDS, *EVENTS.values()),
    has_properties=True,
)
@patient
def dataset(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show a dataset's details, jobs and schema, and the records or events that the local service stores in it."""
    described = load_dataset(environment, group, entity)
    tracker = [(described.tracker["name"], described.tracker["status"])] if described.tracker else []
    jobs = load_jobs(environment, entity, described.arn, arns.dataset_group_arn(environment, group))
    running = [(job.name, job.status) for job in jobs.newest]
    update = [("Schema", described.update_status)] if described.update_status else []
    own = (described.description["name"], described.description["status"])
    waiting = waiting_for(request, own, *update, *tracker, *running)
    if waiting.has_no_news:
        return ask_later(request)
    sees_properties = may_see_properties(request.user, environment)
    # All actions of the menu need the same permission, so one sentence covers a missing one.
    may_not_change = why_not_create(request.user, environment, CHANGES)
    context = {
        "waiting": waiting,
        "dataset": described,
        "jobs": jobs,
        "no_import_job_because": may_not_change or why_no_import_job(described.description),
        "no_export_job_because": may_not_change or why_no_export_job(entity, described.description),
        "not_replaced_because": may_not_change or why_no_replacement(described),
        "not_deleted_because": may_not_change,
        "panel": stored_panel(request, described, sees_properties=sees_properties) if environment.is_local else None,
        "offers_profile": sees_properties and described.schema is not None,
        "profile": profile_of(request, environment, described)
        if sees_properties and "profile" in request.GET
        else None,
        "not_sent_because": why_not_sent(described),
        "no_records_because": may_not_change or _no_records_because(described),
    }
    return render(request, "datasets/dataset.html", context)


def _no_records_because(dataset: DescribedDataset) -> str:
    """Return why nobody can create records in a dataset; "" if they can be created."""
    status = dataset.description["status"]
    if status != "ACTIVE":
        said = f"The dataset has the status {status_words(status)}"
        can_wait = can_become_active(status)
        return f"{said}. Records can be created once it is Active." if can_wait else f"{said}, so it takes no records."
    if dataset.schema is None:
        return "The schema of this dataset cannot be read."
    return ""
