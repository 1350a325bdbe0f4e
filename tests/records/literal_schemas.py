"""Schemas for the tests, written as a person writes them."""

import json
from typing import Any

from console.records.entities import INTERACTIONS, USERS
from console.records.schemas.schema import Schema, read_entity_schema


def avro(*fields: dict[str, Any], **attributes: Any) -> str:
    """Return the Avro JSON of a Users schema with USER_ID and more fields."""
    user_id = {"name": "USER_ID", "type": "string"}
    return json.dumps({"type": "record", "name": "Users", "fields": [user_id, *fields], **attributes})


def users_schema(**types: Any) -> Schema:
    """Return a Users schema with a field for each keyword; a type that begins with `categorical` is so."""
    return read_entity_schema(USERS, avro(*(_field(name, type_) for name, type_ in types.items())))


def events_schema(**types: Any) -> Schema:
    """Return a schema of item interactions with the fields that most have, and one for each keyword."""
    fields = {"USER_ID": "string", "ITEM_ID": "string", "TIMESTAMP": "long", "EVENT_TYPE": "string", **types}
    described = {"type": "record", "name": "Interactions", "fields": [_field(*each) for each in fields.items()]}
    return read_entity_schema(INTERACTIONS, json.dumps(described))


def _field(name: str, type_: Any) -> dict[str, Any]:
    if isinstance(type_, str) and type_.startswith("categorical "):
        return {"name": name, "type": type_.removeprefix("categorical "), "categorical": True}
    return {"name": name, "type": type_}
