"""Users, items and actions: what tells one from another, and what AWS's documents ask of their schemas.

The fields are those of the developer guide, "Custom datasets and schemas" and the pages on the datasets of the two
domains. It says "null" of some reserved fields only; since it lets the data of others be missing too, null is allowed
in all of them here. Its page on ECOMMERCE calls CREATION_TIMESTAMP a float, and its other pages a long: there both are
taken. Whether the service wants `categorical` where the guide has it is not known, so it is not asked for. Actions
cannot be in a domain, and have the one set of fields.
"""

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


USERS = Entity("USERS", "user", "a", "Users", "USER_ID")
ITEMS = Entity("ITEMS", "item", "an", "Items", "ITEM_ID")
ACTIONS = Entity("ACTIONS", "action", "an", "Actions", "ACTION_ID")
ENTITIES: Mapping[str, Entity] = {each.dataset_type: each for each in (USERS, ITEMS, ACTIONS)}

NO_DOMAIN, ECOMMERCE, VIDEO_ON_DEMAND = "", "ECOMMERCE", "VIDEO_ON_DEMAND"

# Fields that a schema must have beside the one that identifies a record.
REQUIRED: Mapping[tuple[Entity, str], tuple[str, ...]] = {
    (ITEMS, ECOMMERCE): ("PRICE", "CATEGORY_L1"),
    (ITEMS, VIDEO_ON_DEMAND): ("GENRES", "CREATION_TIMESTAMP"),
}

# The types that the service wants of items' fields which it knows by name in a domain: any of them.
RESERVED: Mapping[tuple[Entity, str], Mapping[str, tuple[str, ...]]] = {
    (ITEMS, NO_DOMAIN): {"CREATION_TIMESTAMP": ("long",)},
    (ITEMS, ECOMMERCE): {
        "PRICE": ("float",),
        "CREATION_TIMESTAMP": ("long", "float"),
        "CATEGORY_L1": ("string",),
        "CATEGORY_L2": ("string",),
        "CATEGORY_L3": ("string",),
        "PRODUCT_DESCRIPTION": ("string",),
        "AGE_GROUP": ("string",),
        "ADULT": ("string",),
        "GENDER": ("string",),
    },
    (ITEMS, VIDEO_ON_DEMAND): {
        "CREATION_TIMESTAMP": ("long",),
        "GENRES": ("string",),
        "GENRE_L2": ("string",),
        "GENRE_L3": ("string",),
        "PRICE": ("float",),
        "DURATION": ("float",),
        "AVERAGE_RATING": ("float",),
        "PRODUCT_DESCRIPTION": ("string",),
        "CONTENT_OWNER": ("string",),
        "CONTENT_CLASSIFICATION": ("string",),
    },
}
