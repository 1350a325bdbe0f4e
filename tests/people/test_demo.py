import pytest
from django.contrib.auth.models import User

from console.people.demo import demo_accounts, make_demo_accounts
from console.people.roles import role_of


@pytest.fixture
def made(db: None) -> None:
    assert make_demo_accounts()


def test_makes_an_account_for_each_role_with_its_name_as_password(made: None) -> None:
    assert demo_accounts() == ["viewer", "operator", "administrator"]
    assert [role_of(User.objects.get(username=name)) for name in demo_accounts()] == demo_accounts()
    assert [User.objects.get(username=name).is_superuser for name in demo_accounts()] == [False, False, True]


def test_makes_no_account_where_there_is_one(db: None) -> None:
    User.objects.create_user("somebody")
    assert not make_demo_accounts()
    assert demo_accounts() == []


def test_an_account_with_another_password_is_no_demo_account(made: None) -> None:
    viewer = User.objects.get(username="viewer")
    viewer.set_password("another")
    viewer.save()
    assert demo_accounts() == ["operator", "administrator"]
