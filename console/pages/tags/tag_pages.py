"""The tags of a dataset group, a dataset or an event tracker: one page, at an address for each kind."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from console.pages.frame.decorators import DATASET, GROUP, READ_AND_POST, environment_page
from console.pages.frame.registry import TypedFields
from console.pages.tags.changing import Tagged, answer_tags, give_tags_back
from console.personalize import calls
from console.personalize.datasets import describe_dataset_of
from console.personalize.environments import Environment
from console.personalize.event_trackers import load_event_tracker
from console.records.entities import Entity


def _group(environment: Environment, group: str) -> Tagged:
    description = calls.describe_dataset_group(environment, group)
    return Tagged(description["datasetGroupArn"], "dataset group", group, group)


def _dataset(environment: Environment, group: str, entity: Entity) -> Tagged:
    description = describe_dataset_of(environment, group, entity)
    return Tagged(description["datasetArn"], "dataset", description["name"], group)


def _event_tracker(environment: Environment, group: str, tracker: str) -> Tagged:
    description = load_event_tracker(environment, group, tracker)
    return Tagged(description["eventTrackerArn"], "event tracker", description["name"], group)


def _typed(find: Callable[..., Tagged]) -> TypedFields:
    def give_back(request: HttpRequest, environment: Environment, **names: Any) -> HttpResponse:
        return give_tags_back(request, environment, find(environment, **names))

    return TypedFields(("tags",), give_back)


@environment_page(GROUP + "tags/", "Tags", parent="dataset_group", methods=READ_AND_POST, typed=_typed(_group))
def dataset_group_tags(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Show the tags of a dataset group, and on POST change them."""
    return answer_tags(request, environment, _group(environment, group))


@environment_page(DATASET + "tags/", "Tags", parent="dataset", methods=READ_AND_POST, typed=_typed(_dataset))
def dataset_tags(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show the tags of a dataset, and on POST change them."""
    return answer_tags(request, environment, _dataset(environment, group, entity))


@environment_page(
    GROUP + "event-trackers/<tracker:tracker>/tags/",
    "Tags",
    parent="event_tracker",
    methods=READ_AND_POST,
    typed=_typed(_event_tracker),
)
def event_tracker_tags(request: HttpRequest, environment: Environment, group: str, tracker: str) -> HttpResponse:
    """Show the tags of an event tracker, and on POST change them; `tracker` is the end of its ARN."""
    return answer_tags(request, environment, _event_tracker(environment, group, tracker))
