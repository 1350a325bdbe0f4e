"""The records or events that the local service stores in a dataset as a file, filtered and sorted as on the page."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from console.activity.models import Kind, Outcome
from console.activity.recording import counted, record_activity
from console.local import api as local_api
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.frame.error_pages import error_page
from console.pages.stored_records.asked_rows import Asked, asked_rows, kind_of
from console.pages.stored_records.stored_panel import Stored
from console.pages.tables.exported import FORMATS_AND_SHEETS, NO_FORMAT_OR_SHEET, as_file
from console.people.roles import may_see_properties
from console.personalize.datasets import DescribedDataset, load_dataset
from console.personalize.environments import Environment
from console.records.entities import Entity
from console.submissions.export.lines import moment_text

# Rows held in memory at a time.
CHUNK = 500
CREATED, REPLACED = "created_at", "replaced_at"
# The column of all properties if the schema cannot be read.
PROPERTIES = "properties"


@environment_page(
    DATASET + "export-stored-records/", "{entity.plural} dataset", is_local=True, is_file=True, has_properties=True
)
def export_stored_records(
    request: HttpRequest, environment: Environment, group: str, entity: Entity
) -> HttpResponseBase:
    """Return a file with all rows of the panel on a dataset's page, in the query's `format`.

    Properties are included for people who may see them.
    """
    kind = FORMATS_AND_SHEETS.get(request.GET.get("format", ""))
    if kind is None:
        return error_page(request, 400, NO_FORMAT_OR_SHEET.format("the dataset"))
    dataset = load_dataset(environment, group, entity)
    sees_properties = may_see_properties(request.user, environment)
    table = kind_of(entity, dataset.schema, sees_properties=sees_properties)
    asked = asked_rows(request, entity, table, sees_properties=sees_properties)
    columns = _columns(dataset, sees_properties=sees_properties)
    exported: Iterator[dict[str, Any]] = (_values(row, dataset) for row in _rows(dataset.arn, asked))
    if request.method == "GET":
        facts = {"format": request.GET["format"], "properties": sees_properties, "filters": asked.recorded}
        noun = f"stored {entity.nouns}"
        entry = record_activity(
            Kind.EXPORTED, noun=noun, environment=environment, group=group, outcome=Outcome.BEGUN, facts=facts
        )
        exported = counted(entry, exported)
    return as_file(kind, exported, columns, f"stored-{group}-{entity.slug}")


def _columns(dataset: DescribedDataset, *, sees_properties: bool) -> list[str]:
    """Return the columns: the fields of the schema, the id first, and the times at which a row was stored."""
    times = [CREATED] if dataset.entity.is_event else [CREATED, REPLACED]
    fields: list[str] = []
    if sees_properties:
        fields = [field.name for field in dataset.schema.metadata_fields] if dataset.schema else [PROPERTIES]
    return [dataset.entity.id_field, *fields, *(time for time in times if time not in fields)]


def _values(row: Stored, dataset: DescribedDataset) -> dict[str, Any]:
    """Return the values of a row by column; None for a missing one."""
    own: dict[str, Any] = {CREATED: moment_text(row.created_at)}
    if isinstance(row, local_api.StoredRecord):
        is_replaced = row.replaced_at != row.created_at
        own |= {
            dataset.entity.id_field: row.record_id,
            REPLACED: moment_text(row.replaced_at if is_replaced else None),
        }
    else:
        own[dataset.entity.id_field] = row.user_id or None
    properties = json.loads(row.properties)
    if dataset.schema is None:
        return own | {PROPERTIES: properties}
    return own | {field.name: properties.get(field.property_name) for field in dataset.schema.metadata_fields}


def _rows(arn: str, asked: Asked) -> Iterator[Stored]:
    look = asked.look
    if look is None:
        return _events(arn, asked) if asked.is_of_events else _records(arn, asked)
    if asked.is_of_events:
        return local_api.events_of(local_api.look_into_events(arn, asked.search, look).keys)
    return local_api.records_of(local_api.look_into_records(arn, asked.prefix, look).keys)


def _records(arn: str, asked: Asked) -> Iterator[Stored]:
    after = None
    while records := list(local_api.records_from(arn, asked.prefix, after)[:CHUNK]):
        yield from records
        after = records[-1].record_id


def _events(arn: str, asked: Asked) -> Iterator[Stored]:
    before = None
    while events := list(local_api.events_before(arn, asked.search, before)[:CHUNK]):
        yield from events
        before = events[-1].pk
