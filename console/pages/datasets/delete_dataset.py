"""Delete dataset: shows what is deleted with it, and deletes it once a person has typed its name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from console.activity.models import Kind
from console.activity.recording import recorded
from console.local import api as local_api
from console.pages.datasets.deleting import Deletion, answer_deletion, status_obstacle
from console.pages.frame.decorators import DATASET, READ_AND_POST, environment_page
from console.pages.frame.permissions import why_not_delete_resources
from console.pages.frame.template_tags.labels import is_changing
from console.pages.tables.counts import MOST_COUNTED, count_in_words
from console.personalize import arns, calls
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import DescribedDataset, forget_dataset, load_dataset
from console.personalize.environments import Environment
from console.personalize.errors import Effect, NoDatasetError, PersonalizeError
from console.personalize.event_trackers import is_deleting
from console.personalize.jobs import Jobs, load_jobs
from console.records.entities import Entity
from console.submissions.known import dataset_events
from console.submissions.known.sent_counts import count_sent
from console.submissions.models import DatasetEvent, dataset_key


@environment_page(
    DATASET + "delete-dataset/",
    "Delete dataset",
    parent="dataset",
    methods=READ_AND_POST,
    why_not=why_not_delete_resources,
)
def delete_dataset(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Ask for confirmation; on POST delete the dataset if its name was typed."""
    try:
        dataset = load_dataset(environment, group, entity)
    except NoDatasetError:
        if request.method != "POST":
            raise
        # An earlier press of the same button may have deleted it.
        messages.info(request, "This dataset no longer exists.")
        return redirect("datasets", environment.name, group)
    jobs = load_jobs(environment, entity, dataset.arn, arns.dataset_group_arn(environment, group))
    page = Deletion(
        template="datasets/delete_dataset.html",
        expected=dataset.description["name"],
        context={"dataset": dataset, "contents": _contents(environment, dataset)},
        obstacle=_obstacle(dataset, jobs),
        group=group,
        status=lambda: calls.describe_dataset(environment, dataset.arn)["status"],
    )
    answer = answer_deletion(request, environment, page, lambda: _delete(environment, group, dataset))
    if answer is not None:
        return answer
    messages.success(request, f"The dataset {dataset.description['name']} is being deleted.")
    return redirect("datasets", environment.name, group)


def _delete(environment: Environment, group: str, dataset: DescribedDataset) -> None:
    """Delete a dataset, and record that it is gone, or may be; raise PersonalizeError."""
    name = dataset.description["name"]
    try:
        with recorded(Kind.DELETED, name, noun="dataset", environment=environment, group=group):
            calls.delete_dataset(environment, dataset.arn)
    except PersonalizeError as error:
        if error.failure.effect is Effect.UNCONFIRMED:
            _note(environment, dataset.arn)
        raise
    finally:
        forget_dataset(environment, group, dataset.entity, dataset.arn)
    _note(environment, dataset.arn)


def _note(environment: Environment, dataset_arn: str) -> None:
    """Record that the records sent to a dataset are gone; the local service reports its own deletions."""
    endpoint = endpoint_of(environment)
    if endpoint != local_api.ENDPOINT:
        dataset_events.record(endpoint, dataset_arn, DatasetEvent.Kind.DATASET_DELETED)


def _obstacle(dataset: DescribedDataset, jobs: Jobs) -> str:
    """Return why a dataset cannot be deleted now; "" if no reason is known.

    Source: "Deleting a dataset to delete all of its data" (developer guide).
    """
    reason = status_obstacle("dataset", dataset.description["status"])
    if reason:
        return reason
    if dataset.is_updating:
        return "The schema of this dataset is being replaced. The dataset can be deleted once that has ended."
    running = next((job.name for job in jobs.newest if is_changing(job.status)), "")
    if running:
        return f"The job {running} has not ended. The dataset can be deleted once it has."
    if dataset.tracker is None:
        return ""
    name = dataset.tracker["name"]
    if is_deleting(dataset.tracker["status"]):
        return f"The event tracker {name} is being deleted. The dataset can be deleted once it is gone."
    return f"The dataset group has the event tracker {name}. Delete it before this dataset."


def _contents(environment: Environment, dataset: DescribedDataset) -> str:
    """Return what a dataset is known to contain, in words."""
    entity = dataset.entity
    if environment.is_local:
        number = _stored(dataset)
        return f"It contains {_in_words(entity, number)}." if number else "It is empty."
    number = count_sent(dataset_key(endpoint_of(environment), dataset.arn), entity, MOST_COUNTED + 1)
    if not number:
        return "This console has sent nothing to it; what else it contains is not known here."
    return f"This console has sent {_in_words(entity, number)} to it; what else it contains is not known here."


def _stored(dataset: DescribedDataset) -> int:
    if dataset.entity.is_event:
        return local_api.count_events(dataset.arn, local_api.EventSearch(), MOST_COUNTED + 1)
    return local_api.count_records(dataset.arn, "", MOST_COUNTED + 1)


def _in_words(entity: Entity, number: int) -> str:
    return f"{count_in_words(number)} {entity.nouns}" if number > 1 else entity.counted(number)
