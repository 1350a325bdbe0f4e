"""One user's record, as the local service holds it."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from console.local import api as local_api
from console.pages.datasets.users_dataset import load_users_dataset
from console.pages.frame.decorators import GROUP, environment_page
from console.personalize.environments import Environment
from console.personalize.errors import Effect, Failure, NotFoundError
from console.records.schemas.schema import Schema

NO_VALUE, LEFT_OUT = "No value (null)", "Left out"


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a record: its name in the schema, its property name, its value, or the words for having none."""

    name: str
    property_name: str
    value: str
    words: str = ""


@environment_page(GROUP + "datasets/users/user-record/", "User record", parent="users_dataset")
def user_record(request: HttpRequest, environment: Environment, group: str) -> HttpResponse:
    """Show the record of the user whose id is the request's `user_id`."""
    if not environment.is_local:
        raise NotFoundError(_not_local(environment))
    user_id = request.GET.get("user_id", "")
    dataset = load_users_dataset(environment, group)
    user = local_api.find_user(dataset.arn, user_id)
    context: dict[str, Any] = {"user_id": user_id, "record": user}
    if user:
        properties = json.loads(user.properties)
        context["fields"] = _fields(dataset.schema, user_id, properties) if dataset.schema else []
        context["properties_json"] = json.dumps(properties, indent=2, ensure_ascii=False)
        context["is_replaced"] = user.replaced_at != user.created_at
    return render(request, "records/user_record.html", context, status=200 if user else 404)


def stored_user_text(environment: Environment, dataset_arn: str, schema: Schema, user_id: str | None) -> str:
    """Return the record of a user of the local service as record input; nothing if there is no such user."""
    user = local_api.find_user(dataset_arn, user_id) if environment.is_local and user_id else None
    if user is None:
        return ""
    members = {schema.id_field.name: user.user_id}
    for name, value in json.loads(user.properties).items():
        field = schema.field(name)
        members[field.name if field else name] = value
    return json.dumps(members, indent=2, ensure_ascii=False)


def _fields(schema: Schema, user_id: str, properties: dict[str, Any]) -> list[ShownField]:
    """Return the fields of the schema in its order, and after them what the record has besides."""
    values = {field.name: properties[name] for name in properties if (field := schema.field(name))}
    values[schema.id_field.name] = user_id
    others = [name for name in properties if not schema.field(name)]
    own = [_field(field.name, field.property_name, values) for field in schema.fields]
    return [*own, *(_field(name, name, properties) for name in others)]


def _field(name: str, property_name: str, values: dict[str, Any]) -> ShownField:
    value = values.get(name)
    if value is None:
        return ShownField(name, property_name, "", NO_VALUE if name in values else LEFT_OUT)
    return ShownField(name, property_name, value if isinstance(value, str) else json.dumps(value))


def _not_local(environment: Environment) -> Failure:
    return Failure(
        Effect.NOT_SENT,
        "Amazon Personalize has no call that reads users back: this page exists for the local service only.",
        f"Submissions shows what was sent from this console to the environment {environment.label}.",
    )
