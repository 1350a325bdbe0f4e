"""Bad input at every address of the URL conf: no answer is a defect, and nothing that was typed becomes markup.

`make test` tries some hundred requests, the same each time, and `make test-fuzz` ten thousand others at each run.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.local.models import StoredEvent
from console.submissions.models import Submission
from tests.fuzz import share_of_cases
from tests.fuzz.answers import check, check_kept
from tests.fuzz.cases import Answer, Case, cases, send
from tests.fuzz.site import RECORDS, Page, explore
from tests.pages.permissions import ADMINISTRATOR, OPERATOR, SIGNED_OUT, VIEWER, Address, addresses
from tests.support.examples import EXAMPLES, GROUP, Example
from tests.support.examples.datasets import make_dataset
from tests.support.examples.pasted import as_json
from tests.support.numbers import some_of

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient

PEOPLE = (SIGNED_OUT, VIEWER, OPERATOR, ADMINISTRATOR)
# Those who may do most ask most.
WHO_ASKS = [OPERATOR, OPERATOR, OPERATOR, ADMINISTRATOR, ADMINISTRATOR, VIEWER, SIGNED_OUT]
CREATE = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"
# An address with such a name is asked for by what there is, beside the values that the matrix of permissions has.
GROUPS = {"create_dataset": "newsroom", "create_event_tracker": "member-profiles"}
# One that has a Users dataset and no other.
WITH_USERS = "member-profiles"
# Of the types of datasets, in `make test`, by the page: users, and interactions where they have a page of another kind.
SOME_SLUGS = {"create_records": (0, 3), "stored_event": (3,)}


def own() -> list[Address]:
    return [each for each in addresses() if not each.name.startswith("admin:")]


def places() -> list[tuple[list[Address], str]]:
    """Return the addresses that are tried together, each with a type of dataset where its address names one."""
    found = [([each], slug) for each in own() for slug in slugs_of(each)]
    return [*found, (of_admin(), "")]


def slugs_of(address: Address) -> list[str]:
    """Return the types of datasets whose pages at an address are tried, "" where it names none."""
    if "<entity:entity>" not in address.route:
        return [""]
    return some_of([each.slug for each in EXAMPLES], *SOME_SLUGS.get(address.name, (0,)))


def of_admin() -> list[Address]:
    return [each for each in addresses() if each.name.startswith("admin:")]


def named(place: tuple[list[Address], str]) -> str:
    found, slug = place
    return f"{found[0].name} {slug}".strip() if len(found) == 1 else "admin"


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
def pages(
    people: dict[str, Client],
    submission: str,
    place: tuple[list[Address], str],
    personalize: "PersonalizeClient",
) -> list[Page]:
    found, slug = place
    (example,) = [each for each in EXAMPLES if each.slug == (slug or "users")]
    is_example = example.slug != "users"
    groups = {**GROUPS, "create_dataset": WITH_USERS} if is_example else GROUPS
    group = GROUP if is_example else "loyalty-programme"

    def path_of(address: Address) -> str:
        path = address.path("local").replace("00000000-0000-4000-8000-000000000000", submission)
        path = path.replace("datasets/users", f"datasets/{example.slug}")
        return path.replace("loyalty-programme", groups.get(address.name, group))

    good = stored(example, people[OPERATOR], personalize) if is_example else {}
    with transaction.atomic():
        explored = explore(found, path_of, people, submission)
        transaction.set_rollback(True)
    for page in explored:
        page.good = good
    return explored


def stored(example: Example, operator: Client, personalize: "PersonalizeClient") -> dict[str, tuple[str, ...]]:
    """Create the record of an example, and return what is good in the pages of its dataset."""
    make_dataset(personalize, example)
    operator.post(example.page, {"record_input": as_json(example.record), "intent": "create"})
    return {
        "record_input": (as_json(example.record), as_json([example.record, example.second])),
        "record_id": (example.record_id,),
        "known_record": (example.record_id,),
        "user": (example.record_id,),
        "object": (str(example.record.get("ITEM_ID") or example.record.get("ACTION_ID")),),
        "event": tuple(str(each.pk) for each in StoredEvent.objects.all()) or ("1",),
        "confirmation": (GROUP,),
        "schema_text": (json.dumps({"type": "record", "name": "Any", "fields": example.fields}),),
    }


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


@pytest.mark.parametrize("place", places(), ids=named)
def test_no_request_is_a_defect(people: dict[str, Client], pages: list[Page], submission: str) -> None:
    @settings(
        max_examples=share_of_cases(len(places())),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(st.sampled_from(pages).flatmap(lambda page: cases(page, WHO_ASKS, submission)))
    def no_request_is_a_defect(case: Case) -> None:
        check_kept(answered(people, case))

    no_request_is_a_defect()
