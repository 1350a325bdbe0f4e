"""An event of a dataset of interactions, as the local service stores it."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.local import api as local_api
from console.pages.datasets.events_panel import key_of
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.records.shown_fields import shown_fields
from console.pages.records.stored_record import not_local
from console.personalize.datasets import load_dataset
from console.personalize.environments import Environment
from console.personalize.errors import NotFoundError
from console.records.entities import Entity


@environment_page(DATASET + "stored-event/", "Stored {entity.name}", parent="dataset")
def stored_event(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show the event of the local service whose key is the request's `event`.

    Raise NotFoundError in other environments.
    """
    if not environment.is_local:
        raise NotFoundError(not_local(environment, entity))
    dataset = load_dataset(environment, group, entity)
    key = key_of(request.GET.get("event", ""))
    event = None if key is None else local_api.find_event(dataset.arn, key)
    context: dict[str, Any] = {"event": event}
    if event:
        properties = json.loads(event.properties)
        context["fields"] = shown_fields(dataset.schema, event.user_id or None, properties) if dataset.schema else []
        context["properties_json"] = json.dumps(properties, indent=2, ensure_ascii=False)
    return render(request, "records/stored_event.html", context, status=200 if event else 404)
