"""What types of datasets a domain takes, and which of their reserved fields count as metadata."""

import pytest

from console.records.schemas.dataset_types import RULES, types_of_domain

OF_ALL = ("INTERACTIONS", "ITEMS", "USERS")


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("", (*OF_ALL, "ACTIONS", "ACTION_INTERACTIONS")),
        ("ECOMMERCE", OF_ALL),
        ("VIDEO_ON_DEMAND", OF_ALL),
        ("A_DOMAIN_OF_TOMORROW", OF_ALL),
    ],
)
def test_actions_are_for_dataset_groups_without_a_domain(domain: str, expected: tuple[str, ...]) -> None:
    assert types_of_domain(domain) == expected


def test_a_reserved_field_may_count_as_metadata() -> None:
    assert RULES["VIDEO_ON_DEMAND"]["USERS"].reserved_metadata == ["SUBSCRIPTION_MODEL"]
    assert RULES[""]["USERS"].reserved_metadata == []
