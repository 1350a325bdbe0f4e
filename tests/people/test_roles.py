"""Roles, and what each of them may."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from console.people.roles import may_create_records, may_reset_demo_data, may_simulate_responses, role_of

CREATE_RECORDS = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"


@pytest.mark.parametrize(
    ("is_superuser", "groups", "role", "may"),
    [
        (False, [], "viewer", (False, False, False)),
        (False, ["reviewers"], "viewer", (False, False, False)),
        (False, ["operator"], "operator", (True, True, False)),
        (True, [], "administrator", (True, True, True)),
        (True, ["operator"], "administrator", (True, True, True)),
    ],
)
def test_a_role_follows_from_groups(
    db: None, is_superuser: bool, groups: list[str], role: str, may: tuple[bool, bool, bool]
) -> None:
    person = User.objects.create_user("somebody", is_superuser=is_superuser)
    person.groups.set(Group.objects.get_or_create(name=name)[0] for name in groups)
    assert role_of(person) == role
    assert (may_create_records(person), may_simulate_responses(person), may_reset_demo_data(person)) == may


def test_who_is_not_signed_in_is_a_viewer() -> None:
    assert role_of(AnonymousUser()) == "viewer"


def test_a_role_changes_with_the_groups(db: None) -> None:
    person = User.objects.create_user("somebody")
    assert role_of(person) == "viewer"
    person.groups.add(Group.objects.get(name="operator"))
    assert role_of(person) == "operator"
    person.groups.clear()
    assert role_of(person) == "viewer"


@pytest.mark.parametrize("page", [CREATE_RECORDS, "/local/simulate-responses/"])
def test_a_page_asks_once_for_the_groups_of_an_operator(operator: Client, page: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert b"Simulate responses" in operator.get(page).content
    assert sum('"auth_user_groups"' in query["sql"] for query in queries) == 1
