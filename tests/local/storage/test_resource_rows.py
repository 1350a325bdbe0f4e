"""Rows of resources, found and stored without QuerySets, as models have them."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from console.local.caller import Caller
from console.local.models import Dataset, DatasetGroup, EventTracker, Schema
from console.local.storage.resource_rows import NOW, Rows, not_gone

CALLER, OTHER = Caller("111111111111", "us-east-1"), Caller("111111111111", "eu-west-1")
PAST, FUTURE = datetime(2020, 1, 2, 3, 4, 5, 678901, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
GROUPS, TRACKERS = Rows(DatasetGroup), Rows(EventTracker, ("group", "dataset"))

pytestmark = pytest.mark.django_db


def add_group(name: str, **fields: object) -> DatasetGroup:
    return GROUPS.add(arn=f"arn:{name}", name=name, **CALLER.scope, **fields)


def test_what_is_added_is_found_by_the_models_too() -> None:
    tags = [{"tagKey": "team", "tagValue": "Büro"}]
    added = add_group("shop", tags=tags, changing_since=PAST, settles_at=None)
    stored = DatasetGroup.objects.get()
    for each in (added, stored, GROUPS.of(CALLER, "arn:shop"), GROUPS.at("arn:shop")):
        assert each is not None
        assert (each.pk, each.name, each.tags, each.domain) == (added.pk, "shop", tags, "")
        assert (each.changing_since, each.settles_at, each.created_at) == (PAST, None, stored.created_at)
    added.name = "store"
    added.save()
    assert [each.name for each in DatasetGroup.objects.all()] == ["store"]


def test_a_caller_finds_and_counts_its_own_rows_alone() -> None:
    add_group("shop")
    assert GROUPS.of(OTHER, "arn:shop") is None
    assert (GROUPS.count(CALLER), GROUPS.count(OTHER), GROUPS.newest(OTHER, 10)) == (1, 0, [])


def test_the_newest_rows_come_first_and_those_below_a_key_after_them() -> None:
    one, two, three = add_group("one"), add_group("two"), add_group("three")
    assert GROUPS.newest(CALLER, 2) == [three, two]
    assert GROUPS.newest(CALLER, 2, two.pk) == [one]


@pytest.mark.parametrize(
    ("status", "settles_at", "is_shown"),
    [
        ("ACTIVE", None, True),
        ("ACTIVE", PAST, True),
        ("DELETED", FUTURE, True),
        ("DELETED", PAST, False),
        ("DELETED", None, False),
    ],
)
def test_rows_are_gone_when_their_deletion_has_settled(
    status: str, settles_at: datetime | None, *, is_shown: bool
) -> None:
    group = add_group("shop", settled_status=status, settles_at=settles_at)
    assert GROUPS.where(not_gone(), NOW).count(CALLER) == is_shown
    assert group.is_gone is not is_shown


def test_rows_come_with_those_that_their_foreign_keys_name(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    group = add_group("shop", role_arn="arn:role")
    schema = Rows(Schema).add(arn="arn:schema", name="actions", text="{}", **CALLER.scope)
    dataset = Rows(Dataset).add(
        arn="arn:dataset", name="actions", group=group, schema=schema, dataset_type="ACTIONS", **CALLER.scope
    )
    for name, of_dataset in (("a", dataset), ("b", None)):
        TRACKERS.add(arn=f"arn:{name}", name=name, tracking_id=name, group=group, dataset=of_dataset, **CALLER.scope)
    with django_assert_num_queries(1):
        without, with_dataset = TRACKERS.newest(CALLER, 10)
        assert (without.dataset, without.group.role_arn) == (None, "arn:role")
        assert with_dataset.dataset is not None
        assert (with_dataset.dataset.dataset_type, with_dataset.group) == ("ACTIONS", group)
