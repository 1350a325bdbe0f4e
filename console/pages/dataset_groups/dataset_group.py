"""A dataset group's overview: its datasets at a glance, and its submissions from this console."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from console.pages.dataset_groups.next_steps import next_steps
from console.pages.frame.chart import OUTCOMES, Bar, draw
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.frame.permissions import may_create
from console.pages.frame.zones import current_zone
from console.pages.tables.polling import ask_later, patient, waiting_for
from console.personalize import calls
from console.personalize.datasets import field_count_key
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.records.entities import ENTITIES, Entity
from console.records.schemas.schema import SchemaError, read_schema
from console.submissions.lists.daily import records_by_day
from console.submissions.models import Submission
from console.submissions.trails.own_trail import origin_of
from console.submissions.trails.people_names import add_ids_to_names

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetSummaryTypeDef

DAYS = 14
RECENT_SUBMISSIONS = 5
# Schemas can be replaced; a card may show a field count this old.
SECONDS_RECENT = 300
# Cached in place of a number that could not be determined.
UNKNOWN, SECONDS_UNKNOWN = -1, 30


@dataclass(frozen=True, slots=True)
class Card:
    """A dataset and the number of its schema's fields, or None if the schema cannot be read."""

    dataset: "DatasetSummaryTypeDef"
    field_count: int | None

    @property
    def entity(self) -> Entity | None:
        """The type of the dataset, if the console has pages for it."""
        return ENTITIES.get(self.dataset["datasetType"].upper())


@environment_page(GROUP, "{group}", parent="dataset_groups", in_group="Overview", position=1)
@patient
def dataset_group(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Show a dataset group with its datasets, its recent submissions, and records sent per day."""
    description = calls.describe_dataset_group(environment, group)
    summaries = calls.list_datasets(environment, description["datasetGroupArn"])
    origin = origin_of(environment)
    submissions = _recent_submissions(origin, group)
    named = [(summary["name"], summary["status"]) for summary in summaries]
    add_ids_to_names(submissions)
    sent = [(f"Submission by {submission.person_shown}", submission.outcome_now.value) for submission in submissions]
    waiting = waiting_for(request, (group, description["status"]), *named, *sent)
    if waiting.has_no_news:
        return ask_later(request)
    zone = current_zone()
    days = records_by_day(origin, group, timezone.now().astimezone(zone).date(), DAYS, zone)
    may_go_on = may_create(request.user, environment)
    context = {
        "waiting": waiting,
        "steps": next_steps(environment, description, summaries, origin) if may_go_on else None,
        "group": description,
        "cards": [
            Card(summary, count)
            for summary, count in zip(summaries, _field_counts(environment, summaries), strict=True)
        ],
        "submissions": submissions,
        "chart": draw([Bar(f"{day.date.day} {day.date:%b}", day.records) for day in days]),
        "days": [
            (f"{day.date:%a, %d %b %Y}", [day.records.get(outcome, 0) for outcome in OUTCOMES], day.total)
            for day in days
        ],
        "outcomes": OUTCOMES,
        "total": sum(day.total for day in days),
    }
    return render(request, "dataset_groups/dataset_group.html", context)


def _recent_submissions(origin: int, group: str) -> list[Submission]:
    submissions = Submission.objects.filter(origin=origin, dataset_group=group).order_by("-created_at")
    return list(submissions.defer("record_input", "record_ids")[:RECENT_SUBMISSIONS])


def _field_counts(environment: Environment, summaries: "Sequence[DatasetSummaryTypeDef]") -> list[int | None]:
    """Return the number of fields in the schema of each dataset, None if unknown.

    A card without the number is better than none, so failures are not reported here. After a call without an answer
    the remaining calls are not made, since each might take as long.
    """
    counts: list[int | None] = []
    is_answered = True
    for summary in summaries:
        try:
            counts.append(_field_count(environment, summary["datasetArn"]) if is_answered else None)
        except PersonalizeError as error:
            is_answered = error.failure.has_answer
            counts.append(None)
    return counts


def _field_count(environment: Environment, dataset_arn: str) -> int | None:
    """Return the number of fields in a dataset's schema, None if it cannot be read; raise PersonalizeError.

    It is cached, since it takes two calls.
    """
    key = field_count_key(environment, dataset_arn)
    known: int | None = cache.get(key)
    if known is not None:
        return None if known == UNKNOWN else known
    # Remains if a call fails, so that it is not repeated at once.
    cache.set(key, UNKNOWN, SECONDS_UNKNOWN)
    schema_arn = calls.describe_dataset(environment, dataset_arn)["schemaArn"]
    text = calls.describe_schema(environment, schema_arn)["schema"]
    try:
        count = len(read_schema(text).fields)
    except SchemaError:
        return None
    cache.set(key, count, SECONDS_RECENT)
    return count
