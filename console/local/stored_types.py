"""The types of datasets whose records the local service stores: all that AWS has."""

from console.records.entities import ACTION_INTERACTIONS, ACTIONS, INTERACTIONS, ITEMS, USERS, Entity

# By the type of dataset.
STORED: dict[str, Entity] = {
    each.dataset_type: each for each in (USERS, ITEMS, ACTIONS, INTERACTIONS, ACTION_INTERACTIONS)
}
