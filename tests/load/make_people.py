"""Makes the dataset groups of the demo and operators for a load, in the database of a console in production.

`python -m tests.load.make_people NUMBER`: production has no demo by itself, whose accounts everybody could sign in to.
"""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.auth.models import Group, User  # noqa: E402

from console.local.demo import make_demo_data  # noqa: E402
from tests.load.answers import person_name  # noqa: E402
from tests.support.production import PASSWORD  # noqa: E402


def make_people(number: int) -> None:
    """Make so many operators, with one password, which is slow to hash."""
    password = make_password(PASSWORD)
    people = User.objects.bulk_create(User(username=person_name(each), password=password) for each in range(number))
    Group.objects.get(name="operator").user_set.add(*people)


if __name__ == "__main__":
    make_demo_data(settings.CONSOLE_LOCAL_ACCOUNT, settings.CONSOLE_LOCAL_REGION)
    make_people(int(sys.argv[1]))
