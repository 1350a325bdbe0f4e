"""Nothing that is evidence goes with an account, and the trail tells accounts of one name apart."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from pytest_django import DjangoAssertNumQueries

from console.submissions.models import Submission
from console.submissions.trails.people_names import add_ids_to_names
from tests.submissions.sent import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    """Somebody who has not done anything yet."""
    return User.objects.create_user("ada")


def shown() -> list[str]:
    """Return the names of all submissions as they are shown, oldest first."""
    found = list(Submission.objects.order_by("created_at"))
    add_ids_to_names(found)
    return [each.person_shown for each in found]


def log(person: User) -> LogEntry:
    LogEntry.objects.log_actions(person.pk, [person], CHANGE, change_message="Changed the roles.")
    return LogEntry.objects.get()


@pytest.mark.parametrize("delete", [lambda one: one.delete(), lambda one: User.objects.filter(pk=one.pk).delete()])
def test_an_account_that_has_sent_something_is_not_deleted(ada: User, delete: object) -> None:
    send({"u": {}}, person=ada, person_name="ada")
    with pytest.raises(ProtectedError):
        delete(ada)  # type: ignore[operator]
    assert Submission.objects.get().person == ada


@pytest.mark.parametrize("delete", [lambda one: one.delete(), lambda one: User.objects.filter(pk=one.pk).delete()])
def test_an_account_that_has_administered_something_is_not_deleted(ada: User, delete: object) -> None:
    entry = log(ada)
    with pytest.raises(IntegrityError, match="Deactivate an account instead of deleting it"), transaction.atomic():
        delete(ada)  # type: ignore[operator]
    assert LogEntry.objects.get() == entry
    assert User.objects.filter(pk=ada.pk).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM django_admin_log",
        "UPDATE django_admin_log SET change_message = 'nothing'",
        "UPDATE django_admin_log SET user_id = user_id + 1",
        "UPDATE django_admin_log SET object_id = '0'",
        "UPDATE django_admin_log SET action_time = '2001-01-01 00:00:00+00'",
    ],
)
def test_the_database_keeps_the_log_of_administrators(ada: User, statement: str) -> None:
    log(ada)
    refusal = pytest.raises(IntegrityError, match="neither changed nor removed")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_kind_of_what_was_administered_may_go(ada: User) -> None:
    entry = log(ada)
    assert entry.content_type
    LogEntry.objects.update(content_type=None)
    assert LogEntry.objects.get().change_message == "Changed the roles."


def test_an_account_that_did_nothing_may_be_deleted(ada: User) -> None:
    ada.delete()
    assert not User.objects.exists()


def test_the_name_of_one_account_alone_is_shown_alone(ada: User) -> None:
    send({"u": {}}, person=ada, person_name="ada")
    bob = User.objects.create_user("bob")
    send({"u": {}}, person=bob, person_name="bob")
    assert shown() == ["ada", "bob"]


def test_a_name_that_another_account_has_now_is_shown_with_the_id(ada: User) -> None:
    send({"u": {}}, person=ada, person_name="ada")
    User.objects.filter(pk=ada.pk).update(username="ada-before")
    other = User.objects.create_user("ada")
    assert shown() == [f"ada (ID {ada.pk})"]
    send({"u": {}}, person=other, person_name="ada")
    assert shown() == [f"ada (ID {ada.pk})", f"ada (ID {other.pk})"]


def test_the_name_before_a_rename_is_shown_with_the_id(ada: User) -> None:
    send({"u": {}}, person=ada, person_name="ada")
    ada.username = "grace"
    ada.save()
    send({"u": {}}, person=ada, person_name="grace")
    assert shown() == [f"ada (ID {ada.pk})", "grace"]


def test_two_accounts_that_have_exchanged_their_names_are_told_apart(ada: User) -> None:
    bob = User.objects.create_user("bob")
    send({"u": {}}, person=ada, person_name="ada")
    send({"u": {}}, person=bob, person_name="bob")
    for name, person in (("x", ada), ("ada", bob), ("bob", ada)):
        User.objects.filter(pk=person.pk).update(username=name)
    send({"u": {}}, person=bob, person_name="ada")
    assert shown() == [f"ada (ID {ada.pk})", f"bob (ID {bob.pk})", f"ada (ID {bob.pk})"]


def test_the_account_that_an_older_version_has_deleted_is_told_from_one_of_its_name(ada: User) -> None:
    send({"u": {}}, person=None, person_name="ada")
    assert shown() == ["ada (deleted account)"]
    send({"u": {}}, person=ada, person_name="ada")
    assert shown() == ["ada (deleted account)", f"ada (ID {ada.pk})"]
    send({"u": {}}, person_name="eve")
    assert shown()[2] == "eve"


def test_names_of_many_are_looked_for_by_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(20):
        send({"u": {}}, person=User.objects.create_user(f"person-{number}"), person_name=f"person-{number}")
    found = list(Submission.objects.all())
    with django_assert_num_queries(2):
        add_ids_to_names(found)
