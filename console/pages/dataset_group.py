"""A dataset group's overview: what it holds at a glance, and what was sent to it from this console."""

import hashlib
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from console.history.daily import users_by_day
from console.history.models import Submission
from console.pages.chart import OUTCOMES, draw
from console.pages.shell import environment_page
from console.pages.waiting import patient, waiting_for
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.failures import PersonalizeError
from console.records.schema import SchemaError, read_schema

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetSummaryTypeDef

DAYS = 14
RECENT_SUBMISSIONS = 5
# A dataset's schema can be replaced; what the cards say of it may be so old.
SECONDS_RECENT = 300


@dataclass(frozen=True, slots=True)
class Card:
    """A dataset and the number of its schema's fields, or None if the schema cannot be read."""

    dataset: "DatasetSummaryTypeDef"
    field_count: int | None


@environment_page("{group}")
@patient
def dataset_group(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Show a dataset group with its datasets, its recent submissions, and users sent per day."""
    description = calls.describe_dataset_group(environment, group)
    summaries = calls.list_datasets(environment, description["datasetGroupArn"])
    waiting = waiting_for(
        request, {group: description["status"], **{each["name"]: each["status"] for each in summaries}}
    )
    if waiting.has_no_news:
        return HttpResponse(status=204)
    days = users_by_day(environment.name, group, timezone.now().astimezone(UTC).date(), DAYS)
    submissions = Submission.objects.filter(environment=environment.name, dataset_group=group).order_by("-created_at")
    context = {
        "waiting": waiting,
        "group": description,
        "cards": [Card(each, _field_count(environment, each["datasetArn"])) for each in summaries],
        "submissions": submissions.defer("record_input", "users")[:RECENT_SUBMISSIONS],
        "chart": draw(days),
        "days": [(day.date, [day.users.get(outcome, 0) for outcome in OUTCOMES], day.total) for day in days],
        "outcomes": OUTCOMES,
        "total": sum(day.total for day in days),
    }
    return render(request, "dataset_group.html", context)


def _field_count(environment: Environment, dataset_arn: str) -> int | None:
    """Return how many fields a dataset's schema has; it takes two calls, which are not made at each visit.

    A card without it is worth more than none: what fails here is said where it matters.
    """
    key = f"field-count:{environment.name}:{hashlib.sha256(dataset_arn.encode()).hexdigest()}"
    known: int | None = cache.get(key)
    if known is not None:
        return known
    try:
        schema_arn = calls.describe_dataset(environment, dataset_arn)["schemaArn"]
        count = len(read_schema(calls.describe_schema(environment, schema_arn)["schema"]).fields)
    except (PersonalizeError, SchemaError):
        return None
    cache.set(key, count, SECONDS_RECENT)
    return count
