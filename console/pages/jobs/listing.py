"""The table of a dataset's or a dataset group's jobs of one kind."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from console.pages.frame.table_kinds import Column, Kind
from console.pages.tables.table_page import show_table
from console.pages.tables.tables import arrange
from console.personalize.environments import Environment
from console.personalize.job_calls import LISTS, Job, JobKind
from console.personalize.jobs import with_warnings

# AWS lists a hundred jobs per call and keeps jobs forever.
MOST_LISTED = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """A job in the table, and the address of its page."""

    job: Job
    address: str


def table_of(kind: JobKind, status: str, *, has_modes: bool = False) -> Kind:
    """Return the kind of table for jobs of a kind; `status` is the heading of their statuses."""
    mode = (Column("mode", "Import mode", lambda row: row.job.mode),) if has_modes else ()
    return Kind(
        f"{kind.name}s",
        kind.nouns,
        (
            Column("name", "Job name", lambda row: row.job.name.lower()),
            *mode,
            Column("status", status, lambda row: row.job.status),
            Column("created", "Created", lambda row: str(row.job.created_at or "")),
            Column("updated", "Updated", lambda row: str(row.job.updated_at or "")),
        ),
        status_of=lambda row: (row.job.name, row.job.status),
    )


def show_jobs(
    request: HttpRequest, environment: Environment, kind: JobKind, table_kind: Kind, of: str, no_job_because: str
) -> HttpResponse:
    """List the jobs of a kind of the dataset or dataset group with the ARN `of`; raise PersonalizeError.

    `no_job_because` is why no job can be created there now, "" if one can.
    """
    jobs = LISTS[kind](environment, of, MOST_LISTED)
    listed = with_warnings(environment, of, jobs[:MOST_LISTED])
    rows = [Row(job, address_of(request, kind.name, job=job.name)) for job in listed]
    table = arrange(request, table_kind, rows, filtered_by=lambda row: row.job.name)
    context: dict[str, Any] = {
        "kind": kind,
        "most_listed": MOST_LISTED if len(jobs) > MOST_LISTED else None,
        "create_address": address_of(request, f"create_{kind.name}"),
        "no_job_because": no_job_because,
    }
    return show_table(request, "jobs/jobs.html", table, **context)


def address_of(request: HttpRequest, page: str, **more: str) -> str:
    """Return the address of a page of the same dataset or dataset group; `more` are further names in it."""
    match = request.resolver_match
    assert match
    names = {name: value for name, value in match.kwargs.items() if name in ("environment", "group", "entity")}
    return reverse(page, kwargs={**names, **more})
