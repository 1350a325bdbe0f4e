"""The schemas that the developer guide gives for a type of dataset, to begin a new one with."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from console.records.entities import Entity
from console.records.schemas.dataset_types import RULES, Keyword, TypeRules
from console.records.schemas.schema_names import NAMES

# Fields beside those that a type needs, by type and domain, "" for none: those of the examples of "Users dataset",
# "Items dataset" and "Actions dataset" for a Custom dataset group, of the default Users schemas of domains, and the
# keywords of "Item interactions dataset schema requirements (custom)" that most events have.
METADATA: Mapping[tuple[str, str], Sequence[dict[str, Any]]] = {
    ("USERS", ""): [{"name": "AGE", "type": "int"}, {"name": "GENDER", "type": "string", "categorical": True}],
    ("ITEMS", ""): [
        {"name": "GENRES", "type": ["null", "string"], "categorical": True},
        {"name": "CREATION_TIMESTAMP", "type": "long"},
        {"name": "DESCRIPTION", "type": ["null", "string"], "textual": True},
    ],
    ("ACTIONS", ""): [
        {"name": "VALUE", "type": ["null", "long"]},
        {"name": "MEMBERSHIP_LEVEL", "type": ["null", "string"], "categorical": True},
        {"name": "CREATION_TIMESTAMP", "type": "long"},
        {"name": "REPEAT_FREQUENCY", "type": ["null", "long"]},
    ],
    ("INTERACTIONS", ""): [
        {"name": "EVENT_TYPE", "type": "string"},
        {"name": "EVENT_VALUE", "type": ["null", "float"]},
    ],
    ("USERS", "ECOMMERCE"): [{"name": "MEMBERSHIP_STATUS", "type": "string", "categorical": True}],
    ("USERS", "VIDEO_ON_DEMAND"): [{"name": "SUBSCRIPTION_MODEL", "type": "string", "categorical": True}],
}


def default_schema(entity: Entity, domain: str) -> str:
    """Return the Avro JSON of the schema that a type of dataset begins with in a domain; "" and others stand for none.

    It has the fields that the type needs, and those of METADATA.
    """
    known_domain = domain if domain in RULES else ""
    rules = RULES[known_domain].get(entity.dataset_type, TypeRules({entity.id_field: Keyword(("string",))}))
    required = [_avro_field(name, keyword) for name, keyword in rules.required.items()]
    schema = {
        "type": "record",
        "name": NAMES.get(entity.dataset_type, entity.plural),
        "namespace": "com.amazonaws.personalize.schema",
        "fields": [*required, *METADATA.get((entity.dataset_type, known_domain), [])],
        "version": "1.0",
    }
    return json.dumps(schema, indent=2)


def _avro_field(name: str, keyword: Keyword) -> dict[str, Any]:
    avro = {"name": name, "type": keyword.types[0]}
    return {**avro, "categorical": True} if keyword.categorical else avro
