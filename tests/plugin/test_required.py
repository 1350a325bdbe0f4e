"""The fields that the plugin gives a dataset are those that the local service requires of its type."""

from console.records.schemas.dataset_types import CUSTOM
from pytest_personalize_local.local import REQUIRED


def test_each_type_has_the_fields_that_it_needs() -> None:
    required = {name: list(rules.required) for name, rules in CUSTOM.items()}
    assert {name.upper(): list(fields) for name, fields in REQUIRED.items()} == required
