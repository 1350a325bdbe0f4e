"""The schemas of Users datasets that the developer guide gives, to begin a new one with."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

# Of "Users dataset" for a Custom dataset group, an example, and of the two domains, their default schemas.
METADATA: Mapping[str, Sequence[dict[str, Any]]] = {
    "": [{"name": "AGE", "type": "int"}, {"name": "GENDER", "type": "string", "categorical": True}],
    "ECOMMERCE": [{"name": "MEMBERSHIP_STATUS", "type": "string", "categorical": True}],
    "VIDEO_ON_DEMAND": [{"name": "SUBSCRIPTION_MODEL", "type": "string", "categorical": True}],
}


def default_users_schema(domain: str) -> str:
    """Return the Avro JSON of the Users schema that a domain begins with; "" and others stand for none."""
    schema = {
        "type": "record",
        "name": "Users",
        "namespace": "com.amazonaws.personalize.schema",
        "fields": [{"name": "USER_ID", "type": "string"}, *METADATA.get(domain, METADATA[""])],
        "version": "1.0",
    }
    return json.dumps(schema, indent=2)
