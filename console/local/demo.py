"""The demo data: realistic dataset groups, with schemas that are in public use.

A resource is the demo's by its ARN, also where a person has since made another resource with that ARN.
"""

import json
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Manager, QuerySet

from console.local.caller import Caller
from console.local.models import (
    Dataset,
    DatasetGroup,
    Demo,
    EventTracker,
    Job,
    Resource,
    Schema,
    StagedResource,
    StoredEvent,
    StoredRecord,
    gone,
)
from console.local.simulation import stop_simulating
from console.local.stages import ACTIVE, CREATE_FAILED
from console.local.storage.one_writer import one_writer
from console.local.storage.removing import free_name, remove_in_order, set_aside
from console.local.telling import DEMO_RESET, tell
from console.records.entities import ENTITIES

type FieldDescription = dict[str, Any]

USER_ID: FieldDescription = {"name": "USER_ID", "type": "string"}
ITEM_ID: FieldDescription = {"name": "ITEM_ID", "type": "string"}
TIMESTAMP = {"name": "TIMESTAMP", "type": "long"}
EVENT_TYPE = {"name": "EVENT_TYPE", "type": "string"}


def categorical(name: str, type_: Any = "string") -> FieldDescription:
    """Return a categorical field of a schema; `type_` is its Avro type, or a list of types if it is nullable.

    Source of the attribute: "Creating schema JSON files" (developer guide).
    """
    return {"name": name, "type": type_, "categorical": True}


# The default schemas of the two domains, as the developer guide has them.
VIDEO_USERS = [USER_ID, categorical("SUBSCRIPTION_MODEL")]
SHOP_USERS = [USER_ID, categorical("MEMBERSHIP_STATUS")]

LOYALTY_USERS = [
    USER_ID,
    {"name": "AGE", "type": ["null", "int"]},
    categorical("GENDER", ["null", "string"]),
    categorical("MEMBERSHIP_TYPE"),
    categorical("INTERESTS", ["null", "string"]),
    {"name": "MEMBER_SINCE", "type": "long"},
    {"name": "TOTAL_SPEND", "type": "float"},
    {"name": "LOYALTY_SCORE", "type": ["double", "null"]},
    {"name": "NEWSLETTER", "type": "boolean"},
    {"name": "NUMBER_OF_VIDEOS_WATCHED", "type": ["null", "int"]},
    {"name": "CITY", "type": ["null", "string"]},
]
PROFILE_USERS = [
    USER_ID,
    {"name": "Email", "type": "string"},
    {"name": "FullName", "type": "string"},
    {"name": "Age", "type": "int"},
    categorical("Gender"),
]
REGIONAL_USERS = [
    USER_ID,
    categorical("CITY"),
    categorical("PROVINCE"),
    {"name": "ORDER_COUNT", "type": "int"},
    {"name": "TOTAL_SPEND", "type": "float"},
]

VIDEO_ITEMS = [ITEM_ID, categorical("GENRES"), {"name": "CREATION_TIMESTAMP", "type": "long"}]
SHOP_ITEMS = [ITEM_ID, {"name": "PRICE", "type": "float"}, categorical("CATEGORY_L1")]
ARTICLES = [ITEM_ID, categorical("TOPIC"), {"name": "PUBLISHED_AT", "type": "long"}]
INTERACTIONS = [USER_ID, ITEM_ID, EVENT_TYPE, TIMESTAMP]

# For each group: name, domain, and the fields of its datasets by type. Made in this order, so listed in reverse.
GROUPS: list[tuple[str, str, dict[str, list[FieldDescription]]]] = [
    ("retired-campaigns", "", {}),
    ("newsroom", "", {"Interactions": INTERACTIONS, "Items": ARTICLES}),
    ("regional-stores", "", {"Interactions": INTERACTIONS, "Users": REGIONAL_USERS}),
    ("member-profiles", "", {"Users": PROFILE_USERS}),
    ("loyalty-programme", "", {"Interactions": INTERACTIONS, "Items": SHOP_ITEMS, "Users": LOYALTY_USERS}),
    ("online-shop", "ECOMMERCE", {"Interactions": INTERACTIONS, "Items": SHOP_ITEMS, "Users": SHOP_USERS}),
    ("video-streaming", "VIDEO_ON_DEMAND", {"Interactions": INTERACTIONS, "Items": VIDEO_ITEMS, "Users": VIDEO_USERS}),
]

# Long jobs are part of everyday life with the service: one dataset is shown on its way, for good.
ON_ITS_WAY = "dataset/regional-stores/USERS"
FAILED_GROUP = "retired-campaigns"
# More records are left to the worker.
MOST_REMOVED_AT_ONCE = 500
FAILURE = "The IAM role of this dataset group could not be assumed."


@dataclass(frozen=True, slots=True)
class DemoContents:
    """The names of the demo's dataset groups, and the number of its records by entity, as in `("user", 6)`."""

    groups: list[str]
    records: list[tuple[str, int]]


@one_writer()
def make_demo_data(account: str, region: str) -> bool:
    """Create the demo data of an account and region, only once ever; return whether it was created now."""
    if Demo.objects.exists():
        return False
    _restore(Caller(account, region))
    return True


@one_writer()
def reset_demo_data(account: str, region: str) -> str:
    """Restore the demo data of an account and region, and return sentences that list the changes.

    The demo's resources get their first state back, and lose their records and jobs; simulated responses are switched
    off. All other resources stay, also those that a person made in a dataset group of the demo.
    """
    was_simulated = stop_simulating()
    done = _restore(Caller(account, region))
    parts = {
        "Restored": _in_words(done, "dataset group", "schema", "dataset", "event tracker"),
        "Deleted": _in_words(done, *(entity.name for entity in ENTITIES.values()), "job"),
    }
    sentences = [f"{verb}: {words}." for verb, words in parts.items() if words]
    if was_simulated:
        sentences.append("Responses are no longer simulated.")
    return " ".join(["The demo data was reset.", *(sentences or ["Nothing had changed."])])


def demo_contents(account: str, region: str) -> DemoContents:
    """Return the dataset groups, and the number of records, in the demo of an account and region."""
    arns = [
        Caller(account, region).arn(f"dataset/{name}/{each.upper()}") for name, _, types in GROUPS for each in types
    ]
    datasets = Dataset.objects.filter(arn__in=arns).exclude(gone())
    numbers: Counter[str] = Counter()
    for rows in (StoredRecord._default_manager, StoredEvent._default_manager):
        of_types = rows.filter(dataset__in=datasets).order_by().values_list("dataset__dataset_type")
        numbers.update(dict(of_types.annotate(Count("pk"))))
    records = [(entity.name, numbers[entity.dataset_type]) for entity in ENTITIES.values()]
    return DemoContents([name for name, _, _ in reversed(GROUPS)], records)


def _in_words(done: Counter[str], *names: str) -> str:
    return ", ".join(f"{done[name]} {name}{'' if done[name] == 1 else 's'}" for name in names if done[name])


def _restore(caller: Caller) -> Counter[str]:
    """Restore all resources of the demo, and return the number of changes by kind."""
    # Without this lock, two processes at once would both make a missing resource.
    Demo.objects.select_for_update().first()
    done: Counter[str] = Counter()
    for name, domain, fields_by_type in GROUPS:
        status, reason = (CREATE_FAILED, FAILURE) if name == FAILED_GROUP else (ACTIVE, "")
        wanted = {"name": name, "domain": domain, "failure_reason": reason, "role_arn": "", "kms_key_arn": ""}
        group, is_changed = _staged(DatasetGroup.objects, caller, f"dataset-group/{name}", status, **wanted)
        done["dataset group"] += is_changed
        _remove_jobs(Job.objects.filter(group=group, dataset=None), done)
        for dataset_type, fields in fields_by_type.items():
            _restore_dataset(caller, group, dataset_type, fields, done)
        if "Interactions" in fields_by_type:
            _restore_event_tracker(caller, group, done)
    if not Demo.objects.exists():
        Demo.objects.create()
    return done


def _restore_dataset(
    caller: Caller, group: DatasetGroup, dataset_type: str, fields: list[FieldDescription], done: Counter[str]
) -> None:
    name = f"{group.name}-{dataset_type.lower()}"
    record = {
        "type": "record",
        "name": dataset_type,
        "namespace": "com.amazonaws.personalize.schema",
        "fields": fields,
        "version": "1.0",
    }
    schema_name, text = f"{name}-schema", json.dumps(record, indent=2)
    own = {"name": schema_name, "text": text, "domain": group.domain}
    schema, is_changed = _row(Schema.objects, caller, f"schema/{schema_name}", **own)
    done["schema"] += is_changed
    upper_type = dataset_type.upper()
    path = f"dataset/{group.name}/{upper_type}"
    dataset, is_changed = _staged(
        Dataset.objects,
        caller,
        path,
        "CREATE IN_PROGRESS" if path == ON_ITS_WAY else ACTIVE,
        name=name,
        group=group,
        schema=schema,
        dataset_type=upper_type,
        update_began_at=None,
        update_settles_at=None,
    )
    done["dataset"] += is_changed
    # Before the records, so that no job writes any after that.
    _remove_jobs(Job.objects.filter(dataset=dataset), done)
    number = _remove_records(dataset)
    done[ENTITIES[upper_type].name] += number
    if number:
        tell(dataset.arn, DEMO_RESET)


def _restore_event_tracker(caller: Caller, group: DatasetGroup, done: Counter[str]) -> None:
    """Restore the event tracker of a group, replacing one that a person created: a group has only one."""
    key = uuid.uuid5(uuid.NAMESPACE_URL, group.arn)
    path = f"event-tracker/{key.hex[:8]}"
    EventTracker.objects.filter(group=group, dataset=None).exclude(arn=caller.arn(path)).delete()
    wanted = {"name": f"{group.name}-events", "group": group, "tracking_id": str(key)}
    _tracker, is_changed = _staged(EventTracker.objects, caller, path, ACTIVE, **wanted)
    done["event tracker"] += is_changed


def _remove_records(dataset: Dataset) -> int:
    """Remove the records and events of a dataset without jobs, and return how many there were."""
    # As where a dataset is removed: no record comes in while the others go.
    list(Dataset.objects.filter(pk=dataset.pk).select_for_update())
    number = dataset.records.count() + dataset.events.count()
    if number <= MOST_REMOVED_AT_ONCE:
        return remove_in_order(dataset.records.all()) + remove_in_order(dataset.events.all())
    # A new one takes its place, so that nobody waits until all of them are gone.
    set_aside(dataset)
    dataset.pk = None
    dataset.save(force_insert=True)
    return number


def _remove_jobs(jobs: QuerySet[Job], done: Counter[str]) -> None:
    number, _ = jobs.delete()
    done["job"] += number


def _staged[Row: StagedResource](
    rows: Manager[Row], caller: Caller, path: str, status: str, **wanted: Any
) -> tuple[Row, bool]:
    """Return a resource with a status, no tags and the given fields, and whether it was changed."""
    row = _present(rows, caller, path)
    # A resource that is being made may have the status only for now.
    if row is None or not row.status == row.settled_status == status:
        wanted |= {"settled_status": status, "changing_since": None, "settles_at": None}
    return _row(rows, caller, path, tags=[], **wanted)


def _row[Row: Resource](rows: Manager[Row], caller: Caller, path: str, **wanted: Any) -> tuple[Row, bool]:
    row = _present(rows, caller, path) or rows.model(arn=caller.arn(path), **caller.scope)
    if row.pk and all(getattr(row, name) == value for name, value in wanted.items()):
        return row, False
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save()
    return row, True


def _present[Row: Resource](rows: Manager[Row], caller: Caller, path: str) -> Row | None:
    """Return the resource at a path, or None if it is missing or deleted; the name of a deleted one is freed."""
    row = rows.filter(arn=caller.arn(path)).first()
    if row is None or not row.is_gone:
        return row
    free_name(row)
    return None
