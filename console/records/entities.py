"""Users, items and actions: what tells one from another."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """One kind of record: the type of its datasets, its names, and the field that identifies one.

    `plural` is what AWS calls the kind, after the article that goes before it: a Users dataset, an Items schema.
    """

    dataset_type: str
    name: str
    article: str
    plural: str
    id_field: str

    @property
    def id_name(self) -> str:
        """What the local service's tables call the id: `user_id`."""
        return f"{self.name}_id"


USERS = Entity("USERS", "user", "a", "Users", "USER_ID")
ITEMS = Entity("ITEMS", "item", "an", "Items", "ITEM_ID")
ACTIONS = Entity("ACTIONS", "action", "an", "Actions", "ACTION_ID")
ENTITIES: Mapping[str, Entity] = {each.dataset_type: each for each in (USERS, ITEMS, ACTIONS)}
