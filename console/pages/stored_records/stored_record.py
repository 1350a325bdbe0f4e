"""A record of a dataset, as the local service stores it."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from console.local import api as local_api
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.stored_records.shown_fields import shown_fields
from console.people.roles import may_see_properties
from console.personalize.datasets import load_dataset
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NotFoundError
from console.records.entities import Entity
from console.records.schemas.schema import Schema


@environment_page(DATASET + "stored-record/", "{entity.shape} record", parent="dataset", has_properties=True)
def stored_record(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show the record of the local service with the request's `record_id`; properties only to people who may see them.

    Raise NotFoundError in other environments, and Http404 for events, which have pages of their own.
    """
    if entity.is_event:
        raise Http404(f"{entity.plural} are not stored by an ID. Open one from its dataset.")
    if not environment.is_local:
        raise NotFoundError(not_local(environment, entity))
    record_id = request.GET.get("record_id", "")
    dataset = load_dataset(environment, group, entity)
    record = local_api.find_record(dataset.arn, record_id)
    context: dict[str, Any] = {"record_id": record_id, "record": record}
    if record:
        context["is_replaced"] = record.replaced_at != record.created_at
    if record and may_see_properties(request.user, environment):
        properties = json.loads(record.properties)
        context["fields"] = shown_fields(dataset.schema, record_id, properties) if dataset.schema else []
        context["properties_json"] = json.dumps(properties, indent=2, ensure_ascii=False)
    return render(request, "stored_records/stored_record.html", context, status=200 if record else 404)


def stored_text(environment: Environment, dataset_arn: str, schema: Schema, record_id: str | None) -> str:
    """Return a record of the local service as record input; "" if there is no such record."""
    record = local_api.find_record(dataset_arn, record_id) if environment.is_local and record_id else None
    if record is None:
        return ""
    members = {schema.id_field.name: record.record_id}
    for name, value in json.loads(record.properties).items():
        field = schema.field(name)
        members[field.name if field else name] = value
    return json.dumps(members, indent=2, ensure_ascii=False)


def not_local(environment: Environment, entity: Entity) -> Failure:
    """Return why environments other than `local` have no pages of stored records."""
    return Failure(
        Effect.NOT_SENT,
        f"Amazon Personalize has no call that reads {entity.nouns} back: this page exists for the local service only.",
        f"Submissions shows what was sent from this console to the environment {environment.label}.",
    )
