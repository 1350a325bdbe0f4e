"""The name of a schema's record, which names the type of the schema's datasets (developer guide, "Creating schema JSON
files"). Live schemas write it in many ways, and some have another name, which says nothing of the type.
"""

from collections.abc import Set
from typing import Any

from console.records.entities import ENTITIES, USERS

# The name that AWS's console has for item interactions names their type too.
ITEM_INTERACTION = "iteminteraction"


def schema_name(dataset_type: str) -> str:
    """Return the name that AWS's documents expect of a schema for a type: `ActionInteractions`."""
    return dataset_type.title().replace("_", "")


def named_type(description: Any) -> str | None:
    """Return the type of datasets that a schema, the value of its JSON, is for by its name, or None.

    Case, underscores and a last s are left open.
    """
    name = description.get("name") if isinstance(description, dict) else None
    if not isinstance(name, str):
        return None
    bare = _bare(name.rpartition(".")[2])
    if bare == ITEM_INTERACTION:
        return "INTERACTIONS"
    return next((each for each in ENTITIES if _bare(each) == bare), None)


def likely_type(names: Set[str]) -> str:
    """Return the type of datasets that a schema without such a name seems to be for, by the names of its fields."""
    # Events have the ids of what they are about too.
    for each in sorted(ENTITIES.values(), key=lambda entity: not entity.is_event):
        if names >= ({each.id_field, each.object_field} if each.is_event else {each.id_field}):
            return each.dataset_type
    return USERS.dataset_type


def _bare(name: str) -> str:
    return name.replace("_", "").lower().removesuffix("s")
