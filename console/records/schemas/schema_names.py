"""The name of a schema's record, which names the type of the schema's datasets (developer guide, "Creating schema JSON
files"). Live schemas write it in many ways, and some have another name, which says nothing of the type.
"""

from typing import Any

# By the type of datasets: the name that AWS's documents expect, of which case, underscores and a last s are left open.
NAMES = {
    "USERS": "Users",
    "ITEMS": "Items",
    "INTERACTIONS": "Interactions",
    "ACTIONS": "Actions",
    "ACTION_INTERACTIONS": "ActionInteractions",
}
TYPES = {name.lower().removesuffix("s"): dataset_type for dataset_type, name in NAMES.items()} | {
    "iteminteraction": "INTERACTIONS"
}


def named_type(description: Any) -> str | None:
    """Return the type of datasets that a schema, the value of its JSON, is for by its name, or None."""
    name = description.get("name") if isinstance(description, dict) else None
    if not isinstance(name, str):
        return None
    return TYPES.get(name.rpartition(".")[2].replace("_", "").lower().removesuffix("s"))
