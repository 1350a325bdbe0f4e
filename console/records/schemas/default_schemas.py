"""The schemas that the developer guide gives for a type of dataset, to begin a new one with."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from console.records.entities import Entity
from console.records.schemas.dataset_types import RULES
from console.records.schemas.schema_names import schema_name


def _field(name: str, *types: str, **attributes: bool) -> dict[str, Any]:
    return {"name": name, "type": types[0] if len(types) == 1 else list(types), **attributes}


DOMAIN_INTERACTIONS = (
    _field("USER_ID", "string"),
    _field("ITEM_ID", "string"),
    _field("EVENT_TYPE", "string"),
    _field("TIMESTAMP", "long"),
)
# By type and domain, "" for none: the examples of "Custom datasets and schemas", and the default schemas of
# "VIDEO_ON_DEMAND datasets and schemas" and "ECOMMERCE datasets and schemas", in the order of the guide. Its union of
# string alone is written as string, which means the same. The example of item interactions is without the fields that
# were invented for it, and those that few events have.
FIELDS: Mapping[tuple[str, str], Sequence[dict[str, Any]]] = {
    ("USERS", ""): (
        _field("USER_ID", "string"),
        _field("AGE", "int"),
        _field("GENDER", "string", categorical=True),
    ),
    ("ITEMS", ""): (
        _field("ITEM_ID", "string"),
        _field("GENRES", "null", "string", categorical=True),
        _field("CREATION_TIMESTAMP", "long"),
        _field("DESCRIPTION", "null", "string", textual=True),
    ),
    ("ACTIONS", ""): (
        _field("ACTION_ID", "string"),
        _field("VALUE", "null", "long"),
        _field("MEMBERSHIP_LEVEL", "null", "string", categorical=True),
        _field("CREATION_TIMESTAMP", "long"),
        _field("REPEAT_FREQUENCY", "long", "null"),
    ),
    ("INTERACTIONS", ""): (
        _field("USER_ID", "string"),
        _field("ITEM_ID", "string"),
        _field("EVENT_TYPE", "string"),
        _field("EVENT_VALUE", "float", "null"),
        _field("TIMESTAMP", "long"),
    ),
    ("ACTION_INTERACTIONS", ""): (
        _field("USER_ID", "string"),
        _field("ACTION_ID", "string"),
        _field("EVENT_TYPE", "string"),
        _field("TIMESTAMP", "long"),
    ),
    ("USERS", "ECOMMERCE"): (
        _field("USER_ID", "string"),
        _field("MEMBERSHIP_STATUS", "string", categorical=True),
    ),
    ("ITEMS", "ECOMMERCE"): (
        _field("ITEM_ID", "string"),
        _field("PRICE", "float"),
        _field("CATEGORY_L1", "string", categorical=True),
    ),
    ("INTERACTIONS", "ECOMMERCE"): DOMAIN_INTERACTIONS,
    ("USERS", "VIDEO_ON_DEMAND"): (
        _field("USER_ID", "string"),
        _field("SUBSCRIPTION_MODEL", "string", categorical=True),
    ),
    ("ITEMS", "VIDEO_ON_DEMAND"): (
        _field("ITEM_ID", "string"),
        _field("GENRES", "string", categorical=True),
        _field("CREATION_TIMESTAMP", "long"),
    ),
    ("INTERACTIONS", "VIDEO_ON_DEMAND"): DOMAIN_INTERACTIONS,
}


def default_schema(entity: Entity, domain: str) -> str:
    """Return the Avro JSON of the schema that a type of dataset begins with in a domain; "" and others stand for none.

    A type that the guide does not have begins with its id alone.
    """
    known_domain = domain if domain in RULES else ""
    schema = {
        "type": "record",
        "name": schema_name(entity.dataset_type),
        "namespace": "com.amazonaws.personalize.schema",
        "fields": FIELDS.get((entity.dataset_type, known_domain), (_field(entity.id_field, "string"),)),
        "version": "1.0",
    }
    return json.dumps(schema, indent=2)
