"""The dataset of a type in a dataset group, as AWS describes it, and its schema."""

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.core.cache import cache

from console.personalize import arns, calls
from console.personalize.deadlines import for_seconds
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NoDatasetError, NotFoundError, PersonalizeError
from console.personalize.event_trackers import identifier_in, tracker_of_group
from console.records.entities import Entity
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema, SchemaError, read_entity_schema, read_schema

if TYPE_CHECKING:
    from mypy_boto3_personalize.type_defs import DatasetSchemaTypeDef, DatasetTypeDef, EventTrackerTypeDef

    # What the cache stores about a dataset.
    type Recent = tuple[DatasetTypeDef, DatasetSchemaTypeDef, EventTrackerTypeDef | None]

SECONDS_RECENT = 30
SECONDS_BESIDE = 3.0


@dataclass(frozen=True, slots=True)
class DescribedDataset:
    """A dataset as AWS describes it, with the schema that its records must match.

    `schema` is None where the schema that AWS describes cannot be read; `schema_error` says why, in a sentence. Of a
    dataset whose events go to the event tracker of its group, `tracker` is that, None if there is none, and
    `tracker_failure` is why it is not known.
    """

    entity: Entity
    description: "DatasetTypeDef"
    schema_description: "DatasetSchemaTypeDef"
    schema: Schema | None
    schema_error: str
    tracker: "EventTrackerTypeDef | None" = None
    tracker_failure: Failure | None = None

    @property
    def arn(self) -> str:
        """The dataset's ARN."""
        return self.description["datasetArn"]

    @property
    def declared_fields(self) -> tuple[Field, ...]:
        """The fields as the schema declares them, with the names that a request of events has; none if unreadable."""
        if self.schema is None or not self.entity.is_event:
            return self.schema.fields if self.schema else ()
        declared = read_schema(self.schema_description["schema"]).fields
        pairs = zip(declared, self.schema.declared_fields, strict=True)
        return tuple(replace(field, member=sent.member) for field, sent in pairs)

    @property
    def tracking_id(self) -> str:
        """The tracking id that the events of the dataset are sent to, "" as long as there is none that is ACTIVE."""
        if self.entity.has_own_tracker:
            return self.description.get("trackingId", "")
        return self.tracker["trackingId"] if self.tracker and self.tracker["status"] == "ACTIVE" else ""

    @property
    def tracker_identifier(self) -> str:
        """What the ARN of the group's event tracker ends in; "" if there is none."""
        return identifier_in(self.tracker["eventTrackerArn"]) if self.tracker else ""

    @property
    def target(self) -> str:
        """What a request names as where its records go: the ARN, or the tracking id; "" where that is not known."""
        return self.tracking_id if self.entity.is_event else self.arn

    @property
    def update_status(self) -> str:
        """The status of the last replacement of the schema, "" if there was none."""
        return self.description.get("latestDatasetUpdate", {}).get("status", "")

    @property
    def is_updating(self) -> bool:
        """Whether AWS is replacing the schema."""
        return self.update_status.endswith(("PENDING", "IN_PROGRESS"))

    @property
    def fingerprint(self) -> str:
        """What tells this schema's text from another one."""
        return hashlib.sha256(self.schema_description["schema"].encode(errors="replace")).hexdigest()[:16]

    @property
    def schema_json(self) -> str:
        """The schema's Avro JSON, laid out; the text as it is if it is not JSON."""
        return schema_laid_out(self.schema_description["schema"])


def schema_laid_out(text: str) -> str:
    """Return the Avro JSON of a schema, laid out; the text as it is if it is not JSON."""
    try:
        # In ASCII: half of a surrogate pair, which JSON can name, could not be sent to a browser.
        return json.dumps(json.loads(text), indent=2)
    except (ValueError, RecursionError):
        return text.encode(errors="replace").decode()


def load_dataset(environment: Environment, group: str, entity: Entity) -> DescribedDataset:
    """Return the dataset of a type in a dataset group; raise PersonalizeError, also if the group has none."""
    description = describe_dataset_of(environment, group, entity)
    schema_description = calls.describe_schema(environment, description["schemaArn"])
    try:
        tracker = _tracker(environment, entity, description)
    except PersonalizeError as error:
        # The dataset can be looked at without it.
        without = _with_schema(entity, description, schema_description)
        return replace(without, tracker_failure=error.failure)
    found = (description, schema_description, tracker)
    cache.set(_cache_key(environment, group, entity), found, SECONDS_RECENT)
    return _with_schema(entity, *found)


def load_recent_dataset(environment: Environment, group: str, entity: Entity) -> DescribedDataset:
    """Return a dataset as AWS described it at most SECONDS_RECENT ago, or as `load_dataset` does.

    Validation while somebody types must not ask AWS at every pause: its control plane throttles.
    """
    recent = cache.get(_cache_key(environment, group, entity))
    return _with_schema(entity, *recent) if recent else load_dataset(environment, group, entity)


def has_dataset(environment: Environment, group: str, entity: Entity) -> bool:
    """Return whether a dataset group has a dataset of a type, as AWS said at most SECONDS_RECENT ago.

    Where AWS does not say so within SECONDS_BESIDE, it counts as one that is there.
    """
    key = f"has-{_cache_key(environment, group, entity)}"
    # The local service answers at once.
    known: bool | None = None if environment.is_local else cache.get(key)
    if known is None:
        try:
            with for_seconds(SECONDS_BESIDE):
                describe_dataset_of(environment, group, entity)
            known = True
        except PersonalizeError as error:
            known = not isinstance(error, NotFoundError)
        cache.set(key, known, SECONDS_RECENT)
    return known


def describe_recent(environment: Environment, group: str, entity: Entity, arn: str) -> "DatasetTypeDef":
    """Return AWS's description of the dataset of an ARN, at most SECONDS_RECENT old; raise PersonalizeError.

    It is for pages that have much to show without it, so that its deadline is shorter than that of a page.
    """
    recent: Recent | None = cache.get(_cache_key(environment, group, entity))
    # The local service answers at once, and others delete datasets there while pages are looked at.
    if recent and recent[0]["datasetArn"] == arn and not environment.is_local:
        return recent[0]
    with for_seconds(SECONDS_BESIDE):
        return calls.describe_dataset(environment, arn)


def forget_dataset(environment: Environment, group: str, entity: Entity, arn: str) -> None:
    """Let what follows ask AWS for the dataset of an ARN and its schema, as after a change.

    Other processes of the console may know the schema before it for SECONDS_RECENT more, while somebody types: what is
    sent is validated by the one that AWS describes then.
    """
    key = _cache_key(environment, group, entity)
    cache.delete_many([key, f"has-{key}", field_count_key(environment, arn)])


def field_count_key(environment: Environment, arn: str) -> str:
    """Return the key of the cache that has how many fields the schema of a dataset has."""
    return f"field-count:{environment.name}:{arn}"


def describe_dataset_of(environment: Environment, group: str, entity: Entity) -> "DatasetTypeDef":
    """Return AWS's description of a group's dataset: by the ARN that AWS gives it, or by looking for it."""
    try:
        return calls.describe_dataset(environment, arns.dataset_arn(environment, group, entity))
    except NotFoundError:
        pass
    # ListDatasets need not say that a group does not exist, so that is asked of the group itself.
    group_arn = calls.describe_dataset_group(environment, group)["datasetGroupArn"]
    summaries = calls.list_datasets(environment, group_arn)
    summary = next((each for each in summaries if each["datasetType"].upper() == entity.dataset_type), None)
    if summary is None:
        raise NoDatasetError(_no_dataset(group, entity))
    return calls.describe_dataset(environment, summary["datasetArn"])


def _tracker(environment: Environment, entity: Entity, description: "DatasetTypeDef") -> "EventTrackerTypeDef | None":
    """Return the event tracker of a dataset's group, if the events of the dataset go to that."""
    if not entity.is_event or entity.has_own_tracker:
        return None
    return tracker_of_group(environment, description["datasetGroupArn"])


def _with_schema(
    entity: Entity,
    description: "DatasetTypeDef",
    schema_description: "DatasetSchemaTypeDef",
    tracker: "EventTrackerTypeDef | None" = None,
) -> DescribedDataset:
    try:
        schema, error = read_entity_schema(entity, schema_description["schema"]), ""
    except SchemaError as unreadable:
        schema, error = None, str(unreadable)
    return DescribedDataset(entity, description, schema_description, schema, error, tracker)


def _cache_key(environment: Environment, group: str, entity: Entity) -> str:
    return f"dataset:{environment.name}:{group}:{entity.slug}"


def _no_dataset(group: str, entity: Entity) -> Failure:
    return Failure(
        Effect.NOT_SENT,
        f"The dataset group {group} has no {entity.plural} dataset.",
        "This page is available once the dataset has been created.",
    )
