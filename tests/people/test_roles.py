"""Roles, and what each of them may."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from console.people.roles import may_reset_demo_data, may_see, may_simulate_responses, may_write, role_of

CREATE_RECORDS = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"


@dataclass(frozen=True)
class Groups:
    """Whom an environment is there for."""

    viewers: tuple[str, ...] | None = None
    operators: tuple[str, ...] | None = None


def person_of(is_superuser: bool, groups: list[str]) -> User:
    person = User.objects.create_user("somebody", is_superuser=is_superuser)
    person.groups.set(Group.objects.get_or_create(name=name)[0] for name in groups)
    return person


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
    person = person_of(is_superuser, groups)
    assert role_of(person) == role
    assert (may_write(person, Groups()), may_simulate_responses(person), may_reset_demo_data(person)) == may


SUPPORT, OPERATIONS = ("support",), ("operations",)


@pytest.mark.parametrize(
    ("groups", "environment", "sees", "writes"),
    [
        ([], Groups(), True, False),
        (["operator"], Groups(), True, True),
        ([], Groups(viewers=SUPPORT), False, False),
        (["operator"], Groups(viewers=SUPPORT), False, False),
        (["support"], Groups(viewers=SUPPORT), True, False),
        (["support", "operator"], Groups(viewers=SUPPORT), True, True),
        (["operator"], Groups(operators=OPERATIONS), True, False),
        (["operations"], Groups(operators=OPERATIONS), True, True),
        (["operations"], Groups(SUPPORT, OPERATIONS), True, True),
        (["support"], Groups(SUPPORT, OPERATIONS), True, False),
        (["operator", "Support"], Groups(SUPPORT, OPERATIONS), False, False),
        (["operator"], Groups(operators=()), True, False),
        (["operator"], Groups(viewers=()), False, False),
    ],
)
def test_the_groups_of_an_environment_say_who_sees_it_and_who_writes_to_it(
    db: None, groups: list[str], environment: Groups, sees: bool, writes: bool
) -> None:
    person = person_of(False, groups)
    assert (may_see(person, environment), may_write(person, environment)) == (sees, writes)


def test_administrators_see_and_write_everywhere(db: None) -> None:
    person = person_of(True, [])
    for environment in (Groups(), Groups((), ()), Groups(SUPPORT, OPERATIONS)):
        assert may_see(person, environment)
        assert may_write(person, environment)


def test_who_is_not_signed_in_is_a_viewer() -> None:
    assert role_of(AnonymousUser()) == "viewer"
    assert not may_see(AnonymousUser(), Groups(viewers=SUPPORT))
    assert not may_write(AnonymousUser(), Groups(operators=OPERATIONS))


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
    assert sum("auth_user_groups" in query["sql"] for query in queries) == 1
