"""An event of a dataset of interactions, as the local service stores it."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.local import api as local_api
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.frame.requests import key_of
from console.pages.stored_records.shown_fields import as_sent, shown_fields
from console.pages.stored_records.stored_record import not_local
from console.pages.submissions.submission_filters import submissions_to
from console.people.roles import may_see_properties
from console.personalize.datasets import load_dataset
from console.personalize.environments import Environment
from console.personalize.errors import NotFoundError
from console.records.entities import USERS, Entity, entity_of_id
from console.submissions.models import LONGEST_SENDING, SentRecord
from console.submissions.presses.attempts import MOST_BETWEEN_CLOCKS


@environment_page(DATASET + "stored-event/", "Stored {entity.name}", parent="dataset", has_properties=True)
def stored_event(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Show the event of the local service with the request's key `event`; only its user to people without permission.

    Raise NotFoundError in other environments.
    """
    if not environment.is_local:
        raise NotFoundError(not_local(environment, entity))
    dataset = load_dataset(environment, group, entity)
    key = key_of(request.GET.get("event", ""))
    event = None if key is None else local_api.find_event(dataset.arn, key)
    context: dict[str, Any] = {"event": event}
    may_see = may_see_properties(request.user, environment)
    if event and may_see:
        properties = json.loads(event.properties)
        if dataset.schema:
            context["fields"] = shown_fields(dataset.schema, event.user_id or None, properties)
            properties = as_sent(dataset.schema, properties)
        known_user = {entity.id_property: event.user_id} if event.user_id else {}
        context["properties_json"] = json.dumps(known_user | properties, indent=2, ensure_ascii=False)
        context["object_entity"] = entity_of_id(entity.object_field)
        context["has_object"] = _is_stored(dataset.arn, context["object_entity"], event.object_id)
    if event:
        context["user_entity"] = USERS
        context["has_user"] = _is_stored(dataset.arn, USERS, event.user_id)
        context["submission"] = _submission_of(environment, group, entity, event)
    return render(request, "stored_records/stored_event.html", context, status=200 if event else 404)


def _is_stored(events_arn: str, entity: Entity | None, record_id: str) -> bool:
    """Return whether the dataset of a type, in the same group as some events, has a record of an id."""
    return bool(entity and record_id and local_api.ids_beside(events_arn, entity.dataset_type, [record_id]))


def _submission_of(environment: Environment, group: str, entity: Entity, event: local_api.StoredEvent) -> UUID | None:
    """Return the id of the submission that sent an event from this environment; None if unknown."""
    # The event was stored while its submission was being sent.
    about = (event.created_at - LONGEST_SENDING, event.created_at + MOST_BETWEEN_CLOCKS)
    submissions = submissions_to(environment, group, entity).filter(created_at__range=about)
    sent = SentRecord.objects.filter(submission__in=submissions.values("pk"), record_id=event.user_id)
    properties = json.loads(event.properties)
    return next(
        (record.submission_id for record in sent if record.properties and json.loads(record.properties) == properties),
        None,
    )
