"""Accounts of whom a provider signs in: their names are Django's, whatever the provider says."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from console.people.openid.accounts import account_of

ISSUER = "https://id.example"


def name_of(**claims: Any) -> str:
    return account_of(ISSUER, {"sub": "248289761001", **claims}, ()).username


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"preferred_username": "mia", "email": "mia@example.com"}, "mia"),
        ({"email": "mia+x@example.com"}, "mia+x@example.com"),
        ({}, "248289761001"),
        ({"preferred_username": "EXAMPLE\\mia lang"}, "EXAMPLEmialang"),
        ({"preferred_username": "m\u00fcller"}, "m\u00fcller"),
        ({"preferred_username": "<script>\x00"}, "script"),
        # As Django keeps names: with letters of one width, and no longer than there is room.
        ({"preferred_username": "\uff21da"}, "Ada-3"),
        (
            {"preferred_username": "\ufdfa" * 150},
            "\u0635\u0644\u0649\u0627\u0644\u0644\u0647\u0639\u0644\u064a\u0647\u0648\u0633\u0644\u0645" * 10,
        ),
        ({"preferred_username": "<>", "email": ["x"]}, "248289761001"),
        ({"preferred_username": "<>", "sub": "|"}, "person"),
        ({"preferred_username": "m" * 200}, "m" * 150),
        ({"preferred_username": "Ada"}, "Ada-3"),
        ({"preferred_username": "b" * 150}, "b" * 140 + "-2"),
    ],
)
def test_takes_the_first_usable_name_that_nobody_has(db: None, claims: dict[str, Any], name: str) -> None:
    for taken in ("ada", "ada-2", "b" * 150):
        User.objects.create_user(taken)
    assert name_of(**claims) == name


def test_a_name_is_kept_without_what_no_database_takes(db: None) -> None:
    claims = {"sub": "1", "given_name": "A\ud800d\0a", "family_name": "\udfff", "email": "a\ud83d@example.com"}
    person = account_of(ISSUER, claims, ())
    assert (person.first_name, person.last_name, person.email) == ("Ada", "", "a@example.com")


def test_names_and_groups_of_any_length_and_kind_are_taken(db: None) -> None:
    claims = {"sub": "1", "email": "e" * 300, "given_name": "g" * 300, "family_name": {"x": 1}}
    person = account_of(ISSUER, claims, ("g" * 150, "g" * 151, "operator"))
    assert (person.email, person.first_name, person.last_name) == ("e" * 150, "g" * 150, "")
    assert [group.name for group in person.groups.all()] == ["g" * 150]
