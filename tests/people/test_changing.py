"""Somebody who can sign in always stays an administrator, whichever page takes the role."""

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client

from console.people.changing import NotChangedError, change_account, deactivate, remove_password
from console.people.models import ProviderAccount

LAST = "ada is the only administrator who can sign in. Make somebody else an administrator first."


@pytest.fixture
def ada(db: None) -> User:
    """The only administrator who can sign in: another has no password, and a third is deactivated."""
    User.objects.create_superuser("bob")
    User.objects.create_superuser("cem", password="Kd83-long-enough", is_active=False)
    return User.objects.create_superuser("ada", password="Kd83-long-enough")


def test_the_only_administrator_stays_one(ada: User) -> None:
    bob = User.objects.get(username="bob")
    for change in (
        lambda: change_account(ada.pk, bob.pk, "viewer", (), {}),
        lambda: deactivate(ada.pk, bob.pk),
        lambda: remove_password(ada.pk, bob.pk),
    ):
        with pytest.raises(NotChangedError, match=LAST):
            change()
    # Those who cannot sign in are no loss.
    change_account(bob.pk, ada.pk, "viewer", (), {})
    assert User.objects.filter(is_superuser=True, is_active=True).get() == ada


def test_an_administrator_of_the_provider_counts_while_there_is_one(ada: User, settings: LazySettings) -> None:
    bob = User.objects.get(username="bob")
    ProviderAccount.objects.create(person=bob, issuer="https://id.example", subject="1")
    with pytest.raises(NotChangedError, match=LAST):
        deactivate(ada.pk, bob.pk)
    settings.CONSOLE_OIDC_ISSUER = "https://id.example"
    deactivate(ada.pk, bob.pk)
    assert not User.objects.get(pk=ada.pk).is_active


def test_the_administration_refuses_it_too(administrator: Client) -> None:
    me = User.objects.get(username="administrator")
    fields = {"username": "administrator", "date_joined_0": "2026-01-01", "date_joined_1": "00:00:00"}
    page = f"/admin/auth/user/{me.pk}/change/"
    for left, said in (
        ({"is_active": "on", "is_staff": "on"}, "You cannot take the role of administrator from yourself."),
        ({"is_superuser": "on", "is_staff": "on"}, "You cannot deactivate your own account."),
    ):
        assert said in administrator.post(page, {**fields, **left}).content.decode()
    assert User.objects.filter(pk=me.pk, is_active=True, is_superuser=True).exists()
