"""The steps from a new dataset group to its first events: which are done, and links to the next."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from console.local import api as local_api
from console.pages.frame.template_tags.labels import can_become_active
from console.personalize.deadlines import for_seconds
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.personalize.event_trackers import is_deleting, list_event_trackers
from console.records.entities import ENTITIES, EVENT_TYPES, RECORD_TYPES, Entity
from console.records.schemas.dataset_types import types_of_domain
from console.submissions.models import Outcome, Submission

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetGroupTypeDef, DatasetSummaryTypeDef

# The overview is useful without the event trackers, so it waits only briefly for them.
SECONDS_BESIDE = 3.0
# The newest submissions show what a dataset group is used for.
SUBMISSIONS_READ = 200
SCHEMAS = "Each dataset has a schema, which says what its records have. Create dataset proposes one."
NOT_YET = "Once the dataset group is Active, its datasets can be created here."
RECORDS_NEED = "This needs a dataset of {} that is Active."
TRACKING = "Item interactions are sent with its tracking ID."
EVENTS_NEED = "This needs an Item interactions dataset and an event tracker, both Active{}."
EVENTS_NEED_ELSE = ", or an Action interactions dataset that is Active"


@dataclass(slots=True)
class Step:
    """A step, its purpose or what it waits for, and the texts and addresses of the pages for it."""

    title: str
    is_done: bool
    help: str
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps in order. `is_in_use`: the dataset group is known to have events."""

    steps: Sequence[Step]
    is_in_use: bool

    @property
    def done(self) -> int:
        """The number of completed steps."""
        return sum(step.is_done for step in self.steps)

    @property
    def next(self) -> Step | None:
        """The first step that is not done; None if all are."""
        return next((step for step in self.steps if not step.is_done), None)


def next_steps(
    environment: Environment, group: "DatasetGroupTypeDef", datasets: "Sequence[DatasetSummaryTypeDef]", origin: int
) -> Steps | None:
    """Return the steps of a dataset group with these datasets; None if all are done or it will never be Active.

    While the group is being created, only its first step is known. At AWS, where other programs may send records too,
    the last steps wait only for the first records and events from this console.
    """
    if group["status"] != "ACTIVE":
        return Steps([Step("Create datasets", False, NOT_YET)], False) if can_become_active(group["status"]) else None
    there = {dataset["datasetType"].upper() for dataset in datasets}
    filled = _with_records(environment, group["name"], datasets, origin)
    if not environment.is_local and _has_both(there) and _has_both(filled):
        return None
    known = _Known(
        name=(environment.name, group["name"]),
        of_domain=[ENTITIES[dataset_type] for dataset_type in types_of_domain(group.get("domain", ""))],
        there=there,
        ready=[ENTITIES[dataset["datasetType"].upper()] for dataset in datasets if _is_ready(dataset)],
        filled=filled,
        tracker=_tracker_status(environment, group["datasetGroupArn"]),
    )
    steps = [_datasets_step(known), _records_step(known), *_tracker_step(known), _events_step(known)]
    if all(step.is_done for step in steps):
        return None
    # The console cannot know what other programs send to AWS: a group with everything they need may be in use.
    serves_others = not environment.is_local and not filled and steps[0].is_done and bool(known.tracker)
    return Steps(steps, is_in_use=not filled.isdisjoint(EVENT_TYPES) or serves_others)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The facts on which the steps of a dataset group depend.

    `name` has the names of the environment and the group. `of_domain` are the dataset types that it may have, `there`
    those that it has, `ready` those that are Active, and `filled` those with records. `tracker` is the status of its
    event tracker.
    """

    name: tuple[str, str]
    of_domain: Sequence[Entity]
    there: Set[str]
    ready: Sequence[Entity]
    filled: Set[str]
    tracker: str | None

    def links(self, *, events: bool) -> list[tuple[str, str]]:
        """Return the links to create records, or events, in each dataset that accepts them and has none."""
        return [
            (f"Create {entity.title} record(s)", reverse("create_records", args=[*self.name, entity]))
            for entity in self.ready
            if entity.is_event is events
            and entity.dataset_type not in self.filled
            and (not events or self.takes(entity))
        ]

    def takes(self, entity: Entity) -> bool:
        """Return whether events of a type have an event tracker."""
        return entity.has_own_tracker or self.tracker == "ACTIVE"


def _datasets_step(known: _Known) -> Step:
    """Return the step of the datasets, done once there is one for records and one for events; others can follow."""
    is_done = _has_both(known.there)
    links = [
        (
            f"Create {entity.plural} dataset{' (optional)' * is_done}",
            reverse("create_dataset", args=[*known.name, entity]),
        )
        for entity in known.of_domain
        if entity.dataset_type not in known.there
    ]
    return Step("Create datasets", is_done, SCHEMAS, links)


def _records_step(known: _Known) -> Step:
    links = known.links(events=False)
    is_done = not links and not known.filled.isdisjoint(RECORD_TYPES)
    *others, last = [entity.nouns for entity in known.of_domain if not entity.is_event]
    needs = RECORDS_NEED.format(f"{', '.join(others)} or {last}")
    return Step("Create records", is_done, "" if links else needs, links)


def _tracker_step(known: _Known) -> list[Step]:
    """Return the step of the event tracker; nothing if all events have a tracker of their own."""
    events = [entity for entity in known.of_domain if entity.is_event and entity.dataset_type in known.there]
    if events and all(entity.has_own_tracker for entity in events):
        return []
    page = ("Create event tracker", "create_event_tracker")
    text, view = page if known.tracker == "" else ("View event trackers", "event_trackers")
    links = [] if known.tracker else [(text, reverse(view, args=known.name))]
    return [Step("Create an event tracker", bool(known.tracker), TRACKING, links)]


def _events_step(known: _Known) -> Step:
    lacking = (known.there & EVENT_TYPES.keys()) - known.filled
    is_done = not lacking and not known.filled.isdisjoint(EVENT_TYPES)
    links = known.links(events=True)
    also = EVENTS_NEED_ELSE if any(entity.has_own_tracker for entity in known.of_domain) else ""
    return Step("Create events", is_done, "" if links else EVENTS_NEED.format(also), links)


def _has_both(types: Set[str]) -> bool:
    """Return whether dataset types include both one of records and one of events."""
    return not types.isdisjoint(RECORD_TYPES) and not types.isdisjoint(EVENT_TYPES)


def _is_ready(dataset: "DatasetSummaryTypeDef") -> bool:
    return dataset["status"] == "ACTIVE" and dataset["datasetType"].upper() in ENTITIES


def _with_records(
    environment: Environment, group: str, datasets: "Sequence[DatasetSummaryTypeDef]", origin: int
) -> set[str]:
    """Return the types of the datasets that are known to have records.

    The local service knows them; for AWS they are those to which this console has sent records.
    """
    if environment.is_local:
        filled = local_api.with_records([dataset["datasetArn"] for dataset in datasets])
        return {dataset["datasetType"].upper() for dataset in datasets if dataset["datasetArn"] in filled}
    sent = Submission.objects.filter(origin=origin, dataset_group=group).order_by("-created_at")
    newest = sent.values_list("dataset_type", "outcome")[:SUBMISSIONS_READ]
    return {dataset_type for dataset_type, outcome in newest if outcome == Outcome.CREATED}


def _tracker_status(environment: Environment, group_arn: str) -> str | None:
    """Return the status of a dataset group's event tracker, "" if it has none, None if AWS does not answer now."""
    try:
        with for_seconds(SECONDS_BESIDE):
            trackers = list_event_trackers(environment, group_arn)
    except PersonalizeError:
        return None
    return next((tracker["status"] for tracker in trackers if not is_deleting(tracker["status"])), "")
