"""Delete dataset group: shows what must be deleted first, and deletes it once a person has typed its name."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.activity.models import Kind
from console.activity.recording import recorded
from console.pages.datasets.deleting import Deletion, answer_deletion, status_obstacle
from console.pages.frame.decorators import GROUP, READ_AND_POST, environment_page
from console.pages.frame.permissions import why_not_delete_resources
from console.pages.tables.counts import MOST_COUNTED, count_in_words
from console.personalize import calls
from console.personalize.environments import Environment
from console.personalize.errors import NotFoundError
from console.personalize.event_trackers import identifier_in, list_event_trackers
from console.personalize.listing import forget_dataset_groups
from console.records.entities import ENTITIES
from console.submissions.models import Submission
from console.submissions.trails.own_trail import origin_of

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetGroupTypeDef


@environment_page(
    GROUP + "delete-dataset-group/",
    "Delete dataset group",
    parent="dataset_group",
    methods=READ_AND_POST,
    why_not=why_not_delete_resources,
)
def delete_dataset_group(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Ask for confirmation; on POST delete the dataset group if its name was typed."""
    try:
        description = calls.describe_dataset_group(environment, group)
    except NotFoundError:
        if request.method != "POST":
            raise
        # An earlier press of the same button may have deleted it.
        messages.info(request, "This dataset group no longer exists.")
        return redirect("dataset_groups", environment.name)
    arn = description["datasetGroupArn"]
    datasets = calls.list_datasets(environment, arn)
    trackers = list_event_trackers(environment, arn)
    sent = Submission.objects.filter(origin=origin_of(environment), dataset_group=group).order_by()
    page = Deletion(
        template="dataset_groups/delete_dataset_group.html",
        expected=group,
        context={
            "group": description,
            "datasets": [(dataset["name"], ENTITIES.get(dataset["datasetType"].upper())) for dataset in datasets],
            "trackers": [(tracker["name"], identifier_in(tracker["eventTrackerArn"])) for tracker in trackers],
            "submissions": count_in_words(sent[: MOST_COUNTED + 1].count()),
        },
        obstacle=_obstacle(description, len(datasets), len(trackers)),
        status=lambda: calls.describe_dataset_group_of(environment, arn)["status"],
    )
    answer = answer_deletion(request, environment, page, lambda: _delete(environment, group, arn))
    if answer is not None:
        return answer
    messages.success(request, f"The dataset group {group} is being deleted.")
    return redirect("dataset_groups", environment.name)


def _delete(environment: Environment, group: str, arn: str) -> None:
    try:
        with recorded(Kind.DELETED, group, noun="dataset group", environment=environment, group=group):
            calls.delete_dataset_group(environment, arn)
    finally:
        forget_dataset_groups(environment)


def _obstacle(group: "DatasetGroupTypeDef", datasets: int, trackers: int) -> str:
    """Return why a dataset group cannot be deleted now, by its API reference; "" if no reason is known."""
    reason = status_obstacle("dataset group", group["status"])
    counted = [
        f"{number} {noun}{'s' * (number > 1)}"
        for number, noun in ((datasets, "dataset"), (trackers, "event tracker"))
        if number
    ]
    if reason or not counted:
        return reason
    what = "Delete it" if datasets + trackers == 1 else "Delete them"
    return f"This dataset group has {' and '.join(counted)}. {what} first."
