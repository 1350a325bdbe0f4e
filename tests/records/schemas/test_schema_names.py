"""Which type of datasets a schema is for, by its name, or by the names of its fields."""

from typing import Any

import pytest

from console.records.schemas.schema_names import likely_type, named_type, schema_name


@pytest.mark.parametrize(
    ("dataset_type", "name"),
    [
        ("USERS", "Users"),
        ("ITEMS", "Items"),
        ("ACTIONS", "Actions"),
        ("INTERACTIONS", "Interactions"),
        ("ACTION_INTERACTIONS", "ActionInteractions"),
    ],
)
def test_a_type_has_the_name_of_the_guide(dataset_type: str, name: str) -> None:
    assert schema_name(dataset_type) == name
    assert named_type({"name": name}) == dataset_type


@pytest.mark.parametrize(
    ("name", "dataset_type"),
    [
        ("user", "USERS"),
        ("com.shop.ITEM", "ITEMS"),
        ("action_interactions", "ACTION_INTERACTIONS"),
        ("ItemInteraction", "INTERACTIONS"),
        ("item_interactions", "INTERACTIONS"),
        ("customers", None),
        ("", None),
        (7, None),
    ],
)
def test_a_name_is_written_in_many_ways(name: Any, dataset_type: str | None) -> None:
    assert named_type({"name": name}) == dataset_type


@pytest.mark.parametrize(
    ("names", "dataset_type"),
    [
        ({"USER_ID", "AGE"}, "USERS"),
        ({"ITEM_ID", "PRICE"}, "ITEMS"),
        ({"ACTION_ID"}, "ACTIONS"),
        ({"ITEM_ID", "USER_ID"}, "INTERACTIONS"),
        ({"ACTION_ID", "USER_ID", "TIMESTAMP"}, "ACTION_INTERACTIONS"),
        ({"AGE"}, "USERS"),
        (set[str](), "USERS"),
    ],
)
def test_fields_tell_what_a_schema_is_likely_for(names: set[str], dataset_type: str) -> None:
    assert likely_type(names) == dataset_type
