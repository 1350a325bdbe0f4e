"""The steps from a new dataset group to its first events: which are done, and what leads on."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from console.local import api as local_api
from console.personalize.deadlines import for_seconds
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.personalize.event_trackers import is_deleting, list_event_trackers
from console.records.entities import ENTITIES, EVENT_TYPES, RECORD_TYPES, Entity
from console.records.schemas.dataset_types import types_of_domain
from console.submissions.models import Outcome, Submission

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetGroupTypeDef, DatasetSummaryTypeDef

# The overview has much to show without the event trackers.
SECONDS_BESIDE = 3.0
# What the newest submissions were of tells what a dataset group is used for.
SUBMISSIONS_READ = 200
SCHEMAS = "Each dataset has a schema, which says what its records have. Create dataset proposes one."
RECORDS_NEED = "This needs a dataset of users, items or actions that is Active."
TRACKING = "Item interactions are sent with its tracking ID."
EVENTS_NEED = "This needs an Item interactions dataset and an event tracker, both Active."


@dataclass(slots=True)
class Step:
    """A step, what it is for or waits for, and the text and address of each page that it is done on."""

    title: str
    is_done: bool
    help: str
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps in their order. `is_in_use` says that the dataset group has events, as far as that is known."""

    steps: Sequence[Step]
    is_in_use: bool

    @property
    def done(self) -> int:
        """How many of the steps are done."""
        return sum(each.is_done for each in self.steps)

    @property
    def next(self) -> Step | None:
        """The first step that is not done, None where all are."""
        return next((each for each in self.steps if not each.is_done), None)


def next_steps(
    environment: Environment, group: "DatasetGroupTypeDef", datasets: "Sequence[DatasetSummaryTypeDef]", origin: int
) -> Steps | None:
    """Return the steps of a dataset group with these datasets, None where all are done or it is not Active."""
    if group["status"] != "ACTIVE":
        return None
    there = {each["datasetType"].upper() for each in datasets}
    filled = _with_records(environment, group["name"], datasets, origin)
    has_datasets, has_records = _has_both(there), not filled.isdisjoint(RECORD_TYPES)
    if has_datasets and _has_both(filled):
        return None
    tracker = _tracker_status(environment, group["datasetGroupArn"])
    name = environment.name, group["name"]
    ready = [ENTITIES[each["datasetType"].upper()] for each in datasets if _is_ready(each)]
    without_records = [each for each in ready if not each.is_event and each.dataset_type not in filled]
    lacking = [ENTITIES[each] for each in types_of_domain(group.get("domain", "")) if each not in there]
    steps = [
        Step("Create datasets", has_datasets, SCHEMAS, [_create_dataset(each, name) for each in lacking]),
        _records_step("Create records", RECORDS_NEED, without_records, name),
        Step("Create an event tracker", bool(tracker), TRACKING, [_event_tracker(tracker, name)]),
        _records_step("Create events", EVENTS_NEED, (each for each in ready if _takes_events(each, tracker)), name),
    ]
    has_events = not filled.isdisjoint(EVENT_TYPES)
    steps[1].is_done, steps[3].is_done = has_records and not without_records, has_events
    # What other programs send to AWS is not known here: a group that has all they need may well be in use by them.
    serves_others = not environment.is_local and not filled and has_datasets and bool(tracker)
    return Steps(steps, is_in_use=has_events or serves_others)


def _has_both(types: Set[str]) -> bool:
    """Say whether there is a type of records among some types of datasets, and one of events."""
    return not types.isdisjoint(RECORD_TYPES) and not types.isdisjoint(EVENT_TYPES)


def _create_dataset(entity: Entity, name: tuple[str, str]) -> tuple[str, str]:
    return f"Create {entity.plural} dataset", reverse("create_dataset", args=[*name, entity])


def _records_step(title: str, needs: str, ready: Iterable[Entity], name: tuple[str, str]) -> Step:
    links = [(f"Create {each.title} record(s)", reverse("create_records", args=[*name, each])) for each in ready]
    return Step(title, is_done=False, help="" if links else needs, links=links)


def _event_tracker(tracker: str | None, name: tuple[str, str]) -> tuple[str, str]:
    if tracker == "":
        return "Create event tracker", reverse("create_event_tracker", args=name)
    return "View event trackers", reverse("event_trackers", args=name)


def _takes_events(entity: Entity, tracker: str | None) -> bool:
    return entity.is_event and (entity.has_own_tracker or tracker == "ACTIVE")


def _is_ready(dataset: "DatasetSummaryTypeDef") -> bool:
    return dataset["status"] == "ACTIVE" and dataset["datasetType"].upper() in ENTITIES


def _with_records(
    environment: Environment, group: str, datasets: "Sequence[DatasetSummaryTypeDef]", origin: int
) -> set[str]:
    """Return the types of the datasets that have records, as far as that is known.

    The local service says it; of AWS it is known what this console has sent.
    """
    if environment.is_local:
        return {each["datasetType"].upper() for each in datasets if _has_records(each)}
    sent = Submission.objects.filter(origin=origin, dataset_group=group).order_by("-created_at")
    newest = sent.values_list("dataset_type", "outcome")[:SUBMISSIONS_READ]
    return {dataset_type for dataset_type, outcome in newest if outcome == Outcome.CREATED}


def _has_records(dataset: "DatasetSummaryTypeDef") -> bool:
    if dataset["datasetType"].upper() in EVENT_TYPES:
        return local_api.count_events(dataset["datasetArn"], local_api.EventSearch(), 1) > 0
    return local_api.count_records(dataset["datasetArn"], "", 1) > 0


def _tracker_status(environment: Environment, group_arn: str) -> str | None:
    """Return the status of a dataset group's event tracker, "" if it has none, None where AWS does not say so now."""
    try:
        with for_seconds(SECONDS_BESIDE):
            trackers = list_event_trackers(environment, group_arn)
    except PersonalizeError:
        return None
    return next((each["status"] for each in trackers if not is_deleting(each["status"])), "")
