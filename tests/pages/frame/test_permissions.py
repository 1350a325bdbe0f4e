"""Every address of the console, with every method, of every kind of person, in every kind of environment.

The addresses come from the URL conf: one that no rule is about fails here.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group, User
from django.db.models import F, Q
from django.test import Client

from console.personalize.connections.endpoints import endpoint_of
from console.personalize.environments import environments
from console.submissions.models import Outcome, Submission
from tests.pages.configured import configured, forget
from tests.pages.html import text_of
from tests.pages.permissions import (
    ADMINISTRATOR,
    ENVIRONMENTS,
    MEMBER,
    NAMES,
    NOTHING,
    OPERATOR,
    PEOPLE,
    RULES,
    SIGNED_OUT,
    VIEWER,
    Address,
    addresses,
    has_moved,
    may,
    sees_properties,
)
from tests.submissions.sent import complete, send
from tests.support.aws_stand_in import as_aws_answers_for, stand_in
from tests.support.numbers import IS_WHOLE

METHODS = ("GET", "POST")
# HEAD is GET without what it shows, and no page takes the others, from anybody: one person tries them at each page, and
# everybody in `make test-all`.
OTHER_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ALL_METHODS = METHODS + OTHER_METHODS
ONE_ENVIRONMENT, ONE_PERSON = "open", OPERATOR
# Who asks for all pages, in one environment of each kind that pages tell apart: those to whom it is another one than
# the first. Everybody else, and everybody in the other environments, asks for one page of each rule.
WITH_ALL_PAGES = {
    "open": PEOPLE,
    "hidden": (VIEWER, OPERATOR),
    "sealed": (OPERATOR, ADMINISTRATOR),
    "local": (OPERATOR,),
}


@pytest.fixture
def people(
    demo: None, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Client]]:
    """A client for each person, and the environments of the matrix, all of which are one stand-in's for AWS."""
    member = User.objects.create_user(MEMBER)
    member.groups.add(Group.objects.create(name="testers"))
    found = {name: Client() for name in PEOPLE}
    for name, client in found.items():
        if name != SIGNED_OUT:
            client.force_login(User.objects.get(username=name))
    tables = {name: f'label = "Label of {name}"\n{lines}' for name, lines in ENVIRONMENTS.items() if name != "local"}
    answer = as_aws_answers_for("us-east-1", "000000000000", NAMES["group"])
    with (
        stand_in(answer) as aws,
        configured(tables, aws.url, settings, tmp_path / "environments.toml", monkeypatch),
    ):
        yield found
        assert not aws.of("PutUsers")


def of_environments() -> list[Address]:
    """The addresses within environments but former ones, which lead to the others."""
    return [each for each in addresses() if each.is_of_environment and RULES[each.name] is not has_moved]


def asked_by(person: str, environment: str) -> list[Address]:
    """Return the pages that a person asks for in an environment, of those within environments."""
    if IS_WHOLE or person in WITH_ALL_PAGES.get(environment, ()):
        return of_environments()
    return list({RULES[each.name]: each for each in of_environments()}.values())


def of_admin() -> list[Address]:
    return [each for each in addresses() if each.route.startswith("admin/") and each.name not in RULES]


def others() -> list[Address]:
    return [each for each in addresses() if each not in (*of_environments(), *of_admin())]


def ask(client: Client, method: str, path: str) -> tuple[int, str]:
    """Return the status of an answer, and where it leads."""
    answer = client.generic(method, path) if method != "POST" else client.post(path, {"intent": "create"})
    return answer.status_code, answer.get("Location", "")


def methods_of(person: str) -> tuple[str, ...]:
    """Return the methods that a person tries at an address that is of no environment."""
    return ALL_METHODS if IS_WHOLE or person == ONE_PERSON else METHODS


def asked(environment: str) -> Iterator[tuple[Address, str, str]]:
    """Give the pages of an environment that are asked for, by whom, and with which methods."""
    for person in PEOPLE:
        is_one = (environment, person) == (ONE_ENVIRONMENT, ONE_PERSON)
        for address, method in product(asked_by(person, environment), ALL_METHODS if IS_WHOLE or is_one else METHODS):
            yield address, person, method


def named(address: Address) -> str:
    return address.name


def test_every_address_has_a_rule() -> None:
    found = list(addresses())
    assert {each.name for each in (*of_environments(), *others())} == set(RULES)
    assert {"admin:index", "admin:auth_user_add", "admin:auth_group_change"} <= {each.name for each in found}
    assert len(found) > len(RULES)


WITHHELD = (
    "You see IDs and outcomes. Properties, messages that may quote them, and downloads with them are for people who may "
    "create records in this environment."
)


@pytest.mark.parametrize("environment", ["open", "granted", "sealed", "local"])
def test_properties_are_for_those_who_may_create_records_there(people: dict[str, Client], environment: str) -> None:
    """One rule for a submission, its list, the search, the history and the exports, each of which says it."""
    group = f"/{environment}/dataset-groups/{NAMES['group']}/"
    known: dict[str, Any] = {"environment": environment, "endpoint": endpoint_of(environments()[environment])}
    sent = send({"u-7": {"city": "Appenzell"}}, Outcome.SENDING, dataset_group=NAMES["group"], **known)
    complete(sent, Outcome.REFUSED, message="The value Appenzell is wrong.", sentence="It was refused.")
    shown = (
        f"{group}submissions/{sent.pk}/",
        f"{group}datasets/users/record-history/?record_id=u-7&dataset={sent.dataset_arn}",
    )
    for person in (VIEWER, OPERATOR, ADMINISTRATOR, MEMBER):
        client, sees = people[person], sees_properties(person, environment)
        for page in (*shown, f"{group}submissions/", f"/{environment}/submissions/"):
            text = text_of(client.get(page))
            assert "u-7" in text
            assert (WITHHELD in text) is not sees, (person, page)
            assert ("Appenzell" in text) is (sees and page in shown), (person, page)
        found = text_of(client.get(f"/{environment}/submissions/?filter=appenzell"))
        assert ("1 user: u-7" in found) is sees, person
        export = f"{group}submissions/export-submissions/?format=csv"
        assert b"Appenzell" not in client.get(export).getvalue()
        with_properties = client.get(f"{export}&properties=yes")
        assert with_properties.status_code == (200 if sees else 403)
        assert (b"Appenzell" in with_properties.getvalue()) is sees


# One test for each environment: the clients of AWS, which take most of the time, are made once for all of its pages.
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_pages_of_an_environment_answer_as_their_rules_say(people: dict[str, Client], environment: str) -> None:
    wrong = []
    for address, person, method in asked(environment):
        path = address.path(environment)
        status, location = ask(people[person], method, path)
        if person == SIGNED_OUT:
            is_right = (status, location) == (302, f"/sign-in/?next={path}")
        elif may(person, environment) == NOTHING:
            is_right = status == 404
        else:
            is_right = status == RULES[address.name](person, method, environment)
        if not is_right:
            wrong.append((address.name, person, method, status, location))
    assert wrong == []
    # A demo begins with submissions that nobody has sent.
    assert not Submission.objects.filter(~Q(origin__began_at__gte=F("created_at"))).exists()


@pytest.mark.parametrize("address", others(), ids=named)
def test_another_address_answers_as_its_rule_says(people: dict[str, Client], address: Address) -> None:
    for person, client in people.items():
        for method in methods_of(person):
            if person != SIGNED_OUT:
                # Signing out is among the addresses.
                client.force_login(User.objects.get(username=person))
            status, _location = ask(client, method, address.path("local"))
            assert status == RULES[address.name](person, method, ""), (person, method)


@pytest.mark.parametrize("person", [SIGNED_OUT, VIEWER, OPERATOR, MEMBER])
def test_the_admin_is_for_administrators(people: dict[str, Client], person: str) -> None:
    # Django's own pages lead to the sign-in of the admin, which leads on to the console's.
    ways = ("/admin/login/?next=", "/sign-in/?next=")
    allowed = ways if person == SIGNED_OUT else ways[:1]
    wrong = []
    for address, method in product(of_admin(), methods_of(person)):
        status, location = ask(people[person], method, address.path("local"))
        if status != 302 or not location.startswith(allowed):
            wrong.append((address, method, status, location))
    assert wrong == []


def test_the_admin_answers_administrators(people: dict[str, Client]) -> None:
    answers = {each: ask(people[ADMINISTRATOR], "GET", each.path("local")) for each in of_admin()}
    # Some of them refuse a request without its parameters.
    wrong = {each: found for each, found in answers.items() if found[0] >= 500 or "login" in found[1]}
    assert wrong == {}


def _words(answer: Any) -> str:
    """Return the text of a page without the request's id, which is another one each time."""
    return text_of(answer).replace(answer["X-Request-ID"], "")


@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_what_a_person_may_not_see_is_as_if_it_were_not_there(people: dict[str, Client], method: str) -> None:
    hidden, missing = (getattr(people[VIEWER], method)(f"/{name}/dataset-groups/") for name in ("hidden", "missing"))
    assert (hidden.status_code, _words(hidden)) == (missing.status_code, _words(missing))
    assert "Label of hidden" not in hidden.content.decode()


def test_a_form_that_expired_says_nothing_of_it_either(people: dict[str, Client]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username=VIEWER))
    hidden, missing = (
        client.post(f"/{name}/create-dataset-group/", {"name": "x", "typed_by": "1"}) for name in ("hidden", "missing")
    )
    assert (hidden.status_code, _words(hidden)) == (missing.status_code, _words(missing))


def test_the_switcher_has_what_a_person_may_see(people: dict[str, Client]) -> None:
    for person in (VIEWER, OPERATOR, ADMINISTRATOR, MEMBER):
        html = people[person].get("/local/dataset-groups/").content.decode()
        menu = html.partition('id="environment-menu"')[2].partition("</ul>")[0]
        shown = {name for name in ENVIRONMENTS if f'href="/{name}/dataset-groups/"' in menu}
        assert shown == {name for name in ENVIRONMENTS if may(person, name) != NOTHING}, person


def test_the_console_opens_with_the_first_that_a_person_may_see(
    people: dict[str, Client], settings: LazySettings
) -> None:
    file = Path(settings.CONSOLE_ENVIRONMENTS)
    first, *rest = file.read_text().split("[[environments]]\n")[1:]
    file.write_text("".join(f"[[environments]]\n{table}" for table in (*rest, first)))
    forget()
    assert people[ADMINISTRATOR].get("/")["Location"] == "/hidden/dataset-groups/"
    assert people[MEMBER].get("/")["Location"] == "/listed/dataset-groups/"
    assert people[VIEWER].get("/")["Location"] == "/granted/dataset-groups/"


def test_settings_do_not_name_an_environment_that_a_person_may_not_see(people: dict[str, Client]) -> None:
    answer = people[VIEWER].get("/settings/?next=/hidden/dataset-groups/")
    assert "Label of hidden" not in answer.content.decode()
