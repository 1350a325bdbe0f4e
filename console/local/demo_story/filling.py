"""Stores what the demo's story says was sent and imported, with the times of the story."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import batched

from django.db import connection

from console.local.caller import Caller
from console.local.demo import GROUPS
from console.local.demo_story.jobs import add_ended_jobs, first_import
from console.local.demo_story.story import FIRST_IMPORTS, GROUPS_MADE
from console.local.demo_story.told import Filled, MadeCall, Place, Story
from console.local.models import Dataset, DatasetGroup, EventTracker, Schema
from console.local.storage.events import event_of, event_rows
from console.local.storage.storing import EVENTS, RECORDS, Row, Table, storing
from console.records.entities import Entity
from console.records.requests import Sent
from console.records.schemas.schema import read_entity_schema

# Fewer than SQLite takes parameters in a statement.
ROWS_IN_A_STATEMENT = 200


def fill(caller: Caller, story: Story) -> Filled:
    """Store the records of a story in the demo's empty datasets, and return what was stored.

    Call it as the one writer, after the demo's resources were made or restored.
    """
    _age(caller, story)
    records: Counter[str] = Counter()
    places: dict[tuple[str, Entity], Place] = {}
    jobs = 0
    for (group, entity), imported in story.imported.items():
        dataset = Dataset.objects.select_related("group", "schema").get(
            arn=caller.arn(f"dataset/{group}/{entity.dataset_type}")
        )
        at = story.began_at - FIRST_IMPORTS
        job = first_import(caller, dataset, at)
        calls = [each for each in story.calls if (each.group, each.entity) == (group, entity)]
        if entity.is_event:
            table, rows = EVENTS, list(_event_rows(dataset, entity, imported, calls, at, job.pk))
            tracker = EventTracker.objects.get(group=dataset.group, dataset=None)
            places[group, entity] = Place(dataset.arn, tracker.tracking_id)
        else:
            table, rows = RECORDS, list(_record_rows(dataset, imported, calls, at, job.pk))
            places[group, entity] = Place(dataset.arn, None)
        _store(table, rows)
        # An event that was sent again is stored once.
        records[entity.name] += (dataset.events if entity.is_event else dataset.records).count()
        jobs += 1
    return Filled(records, jobs + add_ended_jobs(caller, story.began_at), places)


def _age(caller: Caller, story: Story) -> None:
    """Set the creation times of the demo's resources to before its story, as its records require."""
    made_at = story.began_at - GROUPS_MADE
    groups = [caller.arn(f"dataset-group/{name}") for name, _domain, _types in GROUPS]
    own = DatasetGroup.objects.filter(arn__in=groups)
    datasets = Dataset.objects.filter(arn__in=[caller.arn(f"dataset/{path}") for path in _paths()])
    schemas = Schema.objects.filter(datasets__in=datasets)
    trackers = EventTracker.objects.filter(group__in=own, dataset=None)
    for rows in (own, datasets, Schema.objects.filter(pk__in=schemas.values("pk")), trackers):
        rows.update(created_at=made_at, updated_at=made_at)


def _paths() -> Iterator[str]:
    for name, _domain, fields_by_type in GROUPS:
        yield from (f"{name}/{each.upper()}" for each in fields_by_type)


def _record_rows(
    dataset: Dataset, imported: Iterable[Sent], calls: Iterable[MadeCall], at: datetime, job: int
) -> Iterator[Row]:
    """Yield the rows of records: for each ID the latest record, with the time of its first one."""
    rows: dict[str, Row] = {}
    for record_id, properties in imported:
        rows[record_id] = (dataset.pk, record_id, properties, _moment(at), _moment(at), job)
    for call in calls:
        for record_id, properties in call.records if call.has_arrived else ():
            first = rows[record_id][3] if record_id in rows else _moment(call.at)
            rows[record_id] = (dataset.pk, record_id, properties, first, _moment(call.at), None)
    yield from rows.values()


def _event_rows(
    dataset: Dataset, entity: Entity, imported: Iterable[Sent], calls: Iterable[MadeCall], at: datetime, job: int
) -> Iterator[Row]:
    schema = read_entity_schema(entity, dataset.schema.text)

    def rows(sent: Iterable[Sent], moment: datetime, import_job: int | None) -> Iterator[Row]:
        events = [event_of(schema, user_id, json.loads(properties)) for user_id, properties in sent]
        yield from event_rows(dataset.pk, events, _moment(moment), import_job)

    yield from rows(imported, at, job)
    for call in calls:
        if call.has_arrived:
            yield from rows(call.records, call.at, None)


def _store(table: Table, rows: Iterable[Row]) -> None:
    # PostgreSQL takes no key twice in a statement: an event that was sent again is the same.
    keys = [table.columns.index(column) for column in table.key]
    by_key = {tuple(row[at] for at in keys): row for row in rows}
    with connection.cursor() as cursor:
        for batch in batched(by_key.values(), ROWS_IN_A_STATEMENT):
            cursor.execute(storing(table, len(batch)), [value for row in batch for value in row])


def _moment(at: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(at)
