"""Bad input at every address of the URL conf: no answer is a defect, and nothing that was typed becomes markup.

`make test` tries some hundred requests, and `make test-fuzz` ten thousand; each run tries others.
"""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.submissions.models import Submission
from tests.fuzz import share_of_cases
from tests.fuzz.answers import check, check_kept
from tests.fuzz.cases import Answer, Case, cases, send
from tests.fuzz.site import RECORDS, Page, explore
from tests.pages.permissions import ADMINISTRATOR, OPERATOR, SIGNED_OUT, VIEWER, Address, addresses

PEOPLE = (SIGNED_OUT, VIEWER, OPERATOR, ADMINISTRATOR)
# Those who may do most ask most.
WHO_ASKS = [OPERATOR, OPERATOR, OPERATOR, ADMINISTRATOR, ADMINISTRATOR, VIEWER, SIGNED_OUT]
CREATE = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"
# An address with such a name is asked for by what there is, beside the values that the matrix of permissions has.
GROUPS = {"create_dataset": "newsroom", "create_event_tracker": "member-profiles"}


def own() -> list[Address]:
    return [each for each in addresses() if not each.name.startswith("admin:")]


def of_admin() -> list[Address]:
    return [each for each in addresses() if each.name.startswith("admin:")]


def named(found: list[Address]) -> str:
    return found[0].name if len(found) == 1 else "admin"


@pytest.fixture
def people(demo: None) -> dict[str, Client]:
    """A client for each person."""
    found = {name: Client() for name in PEOPLE}
    for name, client in found.items():
        if name != SIGNED_OUT:
            client.force_login(User.objects.get(username=name))
    return found


@pytest.fixture
def submission(people: dict[str, Client]) -> str:
    """The id of a submission of the operator."""
    people[OPERATOR].post(CREATE, {"record_input": RECORDS, "intent": "create"})
    return str(Submission.objects.get().pk)


@pytest.fixture
def pages(people: dict[str, Client], submission: str, found: list[Address]) -> list[Page]:
    def path_of(address: Address) -> str:
        path = address.path("local").replace("00000000-0000-4000-8000-000000000000", submission)
        return path.replace("loyalty-programme", GROUPS.get(address.name, "loyalty-programme"))

    with transaction.atomic():
        explored = explore(found, path_of, people, submission)
        transaction.set_rollback(True)
    return explored


@pytest.fixture(autouse=True)
def nothing_remains() -> Iterator[None]:
    yield
    cache.clear()


def answered(people: dict[str, Client], case: Case) -> Answer:
    """Return the answer to a request, of which nothing remains."""
    cache.clear()
    with transaction.atomic():
        answer = send(case, "; ".join(f"{name}={each.value}" for name, each in people[case.person].cookies.items()))
        check(answer)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("found", [*([each] for each in own()), of_admin()], ids=named)
def test_no_request_is_a_defect(people: dict[str, Client], pages: list[Page], submission: str) -> None:
    @settings(
        max_examples=share_of_cases(len(own()) + 1),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(st.sampled_from(pages).flatmap(lambda page: cases(page, WHO_ASKS, submission)))
    def no_request_is_a_defect(case: Case) -> None:
        check_kept(answered(people, case))

    no_request_is_a_defect()
