"""Whatever changes accounts and groups writes what it changes."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client

from console.activity.models import Entry
from console.activity.words import sentence
from console.people.lock_out import count_try

pytestmark = pytest.mark.django_db


def said() -> list[str]:
    return [sentence(each) for each in Entry.objects.order_by("pk")]


def test_accounts_and_their_roles() -> None:
    ada = User.objects.create_user("ada", email="ada@example.com", password="long-secret-1", is_superuser=True)
    ada.is_superuser = False
    ada.email = "ada@example.org"
    ada.save()
    ada.is_active = False
    ada.save(update_fields=["is_active"])
    ada.set_password("long-secret-2")
    ada.save()
    ada.save(update_fields=["last_login"])
    ada.delete()
    assert said() == [
        "Created the account ada, as an administrator",
        "Changed the account ada: e-mail address changed from ada@example.com to ada@example.org; "
        "no longer an administrator",
        "Changed the account ada: deactivated",
        "Changed the account ada: password set",
        "Deleted the account ada",
    ]
    assert "long-secret" not in str(Entry.objects.values())


def test_groups_and_their_members() -> None:
    ada, bob = User.objects.create_user("ada"), User.objects.create_user("bob")
    testers = Group.objects.create(name="testers")
    others = Group.objects.create(name="others")
    before = len(said())
    ada.groups.set([testers, others])
    ada.groups.set([others])
    testers.user_set.add(ada, bob)
    testers.user_set.clear()
    others.permissions.add(Permission.objects.get(codename="add_user"))
    others.name = "them"
    others.save()
    testers.delete()
    assert said()[before:] == [
        "Changed the account ada: added to the groups others, testers",
        "Changed the account ada: removed from the group testers",
        "Changed the group testers: added the accounts ada, bob",
        "Changed the group testers: removed the accounts ada, bob",
        "Changed the group others: added the permission add_user",
        "Changed the group them: name changed from others to them",
        "Deleted the group testers",
    ]


def test_the_administration_says_who_did_it(administrator: Client) -> None:
    person = User.objects.get(username="viewer")
    administrator.post("/admin/auth/user/", {"action": "deactivate", "_selected_action": [person.pk]})
    entry = Entry.objects.get(kind="account changed", person_name="administrator")
    assert sentence(entry) == "Changed the account viewer: deactivated"
    assert (entry.address, entry.person_id) == ("127.0.0.1", User.objects.get(username="administrator").pk)


def test_a_command_that_lifts_a_lock_is_of_nobody() -> None:
    count_try("ada", "192.0.2.7")
    call_command("lift_lock_out", "ada", stdout=StringIO())
    call_command("lift_lock_out", "bob", stdout=StringIO())
    assert said() == ["Lifted the lock-out of ada"]
    assert Entry.objects.values_list("person_id", "person_name", "address").get() == (None, "", "")
