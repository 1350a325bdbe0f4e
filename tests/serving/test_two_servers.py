"""Two servers on one PostgreSQL, as two machines have them, behave as one."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from tests.serving.test_serving_jobs import until
from tests.support.numbers import IS_WHOLE, whole
from tests.support.person import Person
from tests.support.postgresql import postgresql
from tests.support.postgresql_templates import MIGRATED, copy_template
from tests.support.production import (
    CREATE_RECORDS,
    GROUP,
    RECORD,
    Proxied,
    answer_to,
    environment_of,
    make_administrator,
    production_variables,
)
from tests.support.served import MANAGE, Served, free_port, serve, starting, wait_until_healthy

# A server whose clock goes wrong by more than it waits for the answer to a press.
WRONG_CLOCK = """
import runpy, sys
from datetime import timedelta
from django.utils import timezone
right = timezone.now
timezone.now = lambda: right() + timedelta(seconds=45)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """What stands for AWS."""
    with serve(tmp_path_factory.mktemp("aws")) as aws:
        yield aws


@pytest.fixture(scope="module")
def servers(aws: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Served]]:
    """Two servers with data directories of their own, one database, and one that stands for AWS.

    The clock of the second one is wrong.
    """
    directory = tmp_path_factory.mktemp("two-servers")
    started: list[Served] = []
    with postgresql() as server, ExitStack() as stack:
        shared = {"DATABASE_URL": server.new_database(), **environment_of(aws, directory)}
        for number in (1, 2):
            data = directory / str(number)
            data.mkdir()
            variables = production_variables(data, **shared)
            copy_template(MIGRATED, shared["DATABASE_URL"])
            program = (MANAGE,) if number == 1 else ("-c", WRONG_CLOCK, MANAGE)
            server_of_number = starting(data / "serve.log", free_port(), variables, program=program)
            started.append(stack.enter_context(server_of_number))
        for served in started:
            wait_until_healthy(served)
        yield started[0], started[1]
        for served in started:
            served.process.terminate()
        for served in started:
            assert served.process.wait(60) == 0
            assert "exception" not in served.log.read_text()


def test_who_signs_in_at_one_sends_at_the_other_and_sees_it_at_the_first(servers: tuple[Served, Served]) -> None:
    first, second = servers
    at_first = Proxied(first).sign_in()
    response = at_first.at(second).post(CREATE_RECORDS, record_input=RECORD % "from-two", intent="create")
    assert "from-two" in response
    submissions = at_first.get(f"{GROUP}/submissions/")
    assert "from-two" in submissions
    assert "Created" in submissions


def test_a_second_press_at_the_other_sends_nothing_more(servers: tuple[Served, Served]) -> None:
    first, second = servers
    person = Proxied(first).sign_in()
    key = re.search(r'name="key" value="([0-9a-f-]+)"', person.get(CREATE_RECORDS))
    assert key
    fields = {"record_input": RECORD % "pressed-twice", "intent": "create", "key": key[1]}
    sent = person.send(CREATE_RECORDS, **fields)
    submission = sent[1]["location"].partition("?submission=")[2].partition("&")[0]
    for server in (second, first):
        for value in ("pressed-twice", "another"):
            again = person.at(server).send(CREATE_RECORDS, **{**fields, "record_input": RECORD % value})
            assert again[0] == 409
            assert f'href="{GROUP}/submissions/{submission}/">View the earlier submission' in again[2]
    assert_is_sent_once(person, "pressed-twice")


def is_listed(person: Proxied, user_id: str) -> bool:
    return f">{user_id}<" in person.get(f"{GROUP}/submissions/?record_id={user_id}")


def assert_is_sent_once(person: Proxied, user_id: str) -> None:
    listed = person.get(f"{GROUP}/submissions/?record_id={user_id}")
    assert len(set(re.findall(rf"{GROUP}/submissions/([0-9a-f-]{{36}})/", listed))) == 1


def test_presses_at_once_at_both_send_once(servers: tuple[Served, Served]) -> None:
    person = Proxied(servers[0]).sign_in()
    for number in range(5 if IS_WHOLE else 2):
        user_id = f"at-once-{number}"
        fields = {"record_input": RECORD % user_id, "intent": "create", "key": str(uuid4())}
        made = [person.at(each).form(CREATE_RECORDS, **fields) for each in servers * 4]
        with ThreadPoolExecutor(len(made)) as threads:
            answers = list(threads.map(answer_to, made))
        found = [
            re.search(r"submission(?:s/|=)([0-9a-f-]{36})", headers.get("location", page))
            for _, headers, page in answers
        ]
        assert {status for status, _, _ in answers} <= {302, 409}
        assert {each[1] for each in found if each} == {found[0][1] if found[0] else ""}
        assert_is_sent_once(person, user_id)


def test_a_second_press_waits_for_the_first_at_the_other_whatever_their_clocks_say(
    servers: tuple[Served, Served], aws: Served
) -> None:
    person = Proxied(servers[0]).sign_in()
    for number, (first, second) in enumerate([servers, servers[::-1]]):
        slow = {"response": "normal", "seconds": "6", "scope": "next", "calls": "1"}
        Person(aws, "administrator").post("/local/simulate-responses/", **slow)
        user_id = f"waits-{number}"
        fields = {"record_input": RECORD % user_id, "intent": "create", "key": str(uuid4())}
        with ThreadPoolExecutor(2) as threads:
            at_first = threads.submit(answer_to, person.at(first).form(CREATE_RECORDS, **fields))
            until(partial(is_listed, person, user_id))
            at_second = threads.submit(answer_to, person.at(second).form(CREATE_RECORDS, **fields))
            assert (at_first.result()[0], at_second.result()[0]) == (302, 302)
        assert "&earlier" in at_second.result()[1]["location"]
        assert_is_sent_once(person, user_id)


@whole
def test_who_signs_out_at_one_is_signed_out_at_the_other(servers: tuple[Served, Served]) -> None:
    first, second = servers
    at_first = Proxied(first).sign_in()
    at_second = at_first.at(second)
    assert at_second.send("/settings/")[0] == 200
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', at_first.get("/settings/"))
    assert token
    session = {each.name: each.value for each in at_first.cookies}["sessionid"]
    made = at_first.request("/sign-out/", f"csrfmiddlewaretoken={token[1]}".encode())
    at_first.cookies.add_cookie_header(made)
    assert answer_to(made)[0] == 302
    # Also for who has kept the cookie.
    kept = at_second.request("/settings/")
    kept.add_header("Cookie", f"sessionid={session}")
    status, headers, _page = answer_to(kept)
    assert (status, headers["location"]) == (302, "/sign-in/?next=/settings/")


@whole
def test_a_password_that_is_changed_at_one_ends_the_sessions_at_the_other(
    servers: tuple[Served, Served], tmp_path: Path
) -> None:
    first, second = servers
    make_administrator(first.variables, "grace")
    at_second = Proxied(second).sign_in("grace")
    assert at_second.send("/settings/")[0] == 200
    form = {"usable_password": "true", "password1": "another-long-one-3", "password2": "another-long-one-3"}
    people = at_second.at(first).get("/admin/auth/user/?q=grace")
    person_id = re.search(r"/admin/auth/user/(\d+)/change/", people)
    assert person_id
    Proxied(first).sign_in().post(f"/admin/auth/user/{person_id[1]}/password/", **form)
    assert at_second.send("/settings/")[0] == 302
