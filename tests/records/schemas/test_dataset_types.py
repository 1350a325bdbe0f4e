"""What types of datasets a domain takes."""

import pytest

from console.records.schemas.dataset_types import types_of_domain

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
