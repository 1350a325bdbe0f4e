"""A database that is locked by another program, or away: what is asked says so within seconds, and loses nothing."""

import html
import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from tests.load.senders import CREATE_RECORDS
from tests.support.databases import NAMES, Console, console
from tests.support.numbers import whole, with_some
from tests.support.person import Person
from tests.support.production import Stay
from tests.support.served import MANAGE

# Five seconds for a lock, and for another one behind it, on a machine that does other things too.
SECONDS = 14
LOCKED = "The console's database is locked by another program."
NEW = "n3w-and-l0ng-enough"
GROUP_ARN = "arn:aws:personalize:us-east-1:000000000000:dataset-group/online-shop"
DATASET_ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/online-shop/USERS"
PROPERTIES = json.dumps({"membershipStatus": "a"})
LOCAL_RECORDS = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"


@pytest.fixture(scope="module", params=NAMES)
def served_console(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console(request.param, tmp_path_factory.mktemp(request.param)) as found:
        yield found


def text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


# What writes, on every kind of page: its address and the fields of its form.
WRITES = [
    ("/settings/", {"mode": "dark", "density": "compact", "next": "/"}),
    ("/table-preferences/datasets/", {"page_size": "50"}),
    ("/change-password/", {"old_password": "administrator", "new_password1": NEW, "new_password2": NEW}),
    ("/sign-out-everywhere/", {"next": "/"}),
    ("/local/reset-demo-data/", {"confirm": "yes"}),
    ("/local/simulate-responses/", {"response": "dropped", "scope": "all"}),
    ("/admin/auth/group/add/", {"name": "somebody"}),
]
READS = [
    "/local/dataset-groups/",
    "/local/dataset-groups/loyalty-programme/",
    LOCAL_RECORDS,
    CREATE_RECORDS,
    "/staging/dataset-groups/loyalty/submissions/",
    "/settings/",
    "/healthz",
    "/readyz",
]


def test_what_writes_says_that_the_database_is_locked_and_what_reads_goes_on(served_console: Console) -> None:
    token = served_console.person.token("/settings/")
    asked = [(path, by, {"csrfmiddlewaretoken": token, **fields}) for path, fields in WRITES for by in ("", "htmx")]
    with served_console.database.locked(), ThreadPoolExecutor(len(asked)) as threads:
        for path in READS:
            status, _headers, page, seconds = served_console.send(path)
            assert (status, LOCKED in page) == (200, False), path
            assert seconds < SECONDS
        answers = list(threads.map(lambda each: served_console.send(each[0], by=each[1], **each[2]), asked))
    for (path, by, _fields), (status, headers, page, seconds) in zip(asked, answers, strict=True):
        assert (status, LOCKED in text(page)) == (503, True), f"{path} {by}: {page[:3000]}"
        assert seconds < SECONDS, f"{path} {by}"
        assert headers["retry-after"] == "5"
        assert "Try again" in page
        # A password is not given back.
        assert NEW not in page
        assert "Side navigation" not in page
    # Nothing of it was done, and all of it can be.
    assert (
        served_console.send("/settings/", csrfmiddlewaretoken=token, mode="light", density="comfortable", next="/")[0]
        == 302
    )


def test_signing_out_removes_the_cookie_and_says_that_the_session_goes_on(served_console: Console) -> None:
    person = Person(served_console.served, "viewer")
    token, session = person.token("/settings/"), cookie(person)
    with served_console.database.locked():
        status, headers, page = sign_out(served_console, person, token)
    assert (status, headers["clear-site-data"]) == (503, '"cache", "storage"')
    said = f"This browser is signed out. The session on the server could not be ended yet. {LOCKED}"
    assert said in text(page)
    assert "The session ends by itself within 2 hours." in text(page)
    assert "Try again" not in page
    assert cookie(person) is None
    # With the database back, the session can be ended.
    person.cookies.set_cookie(session)
    assert sign_out(served_console, person, token)[0] == 302
    person.cookies.set_cookie(session)
    assert "Sign in" in person.get("/settings/")


def cookie(person: Person) -> Any:
    """Return the cookie of a person's session, None if their browser has none."""
    return next((each for each in person.cookies if each.name == "sessionid"), None)


def sign_out(at: Console, person: Person, token: str) -> tuple[int, dict[str, str], str]:
    """Press Sign out, and keep what the answer makes of the cookies."""
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token}).encode()
    request = urllib.request.Request(f"{at.served.url}/sign-out/", body, {"Referer": at.served.url})
    person.cookies.add_cookie_header(request)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(person.cookies), Stay)
    try:
        answer = opener.open(request, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read().decode()


def clients(at: Console) -> tuple[Any, Any]:
    """Return boto3's clients of the local service, which try once."""
    options: dict[str, Any] = {
        "endpoint_url": at.served.endpoint,
        "region_name": "us-east-1",
        "aws_access_key_id": "AKIALOCALDEMOEXAMPLE",
        "aws_secret_access_key": "local-demo-secret-key",
        "config": Config(retries={"total_max_attempts": 1}),
    }
    return boto3.client("personalize", **options), boto3.client("personalize-events", **options)


def error_of(call: Callable[[], Any]) -> tuple[int, str, str, float]:
    began = time.monotonic()
    with pytest.raises(ClientError) as refusal:
        call()
    error = refusal.value.response
    status = error["ResponseMetadata"]["HTTPStatusCode"]
    return status, error["Error"]["Code"], error["Error"]["Message"], time.monotonic() - began


@with_some("served_console", 1, of=NAMES)
def test_aws_clients_are_told_that_the_service_is_unavailable(served_console: Console) -> None:
    personalize, events = clients(served_console)
    users = [{"userId": f"u-{number}", "properties": PROPERTIES} for number in range(3)]
    calls: list[Callable[[], Any]] = [
        lambda: personalize.create_dataset_group(name="locked-out"),
        lambda: personalize.tag_resource(resourceArn=GROUP_ARN, tags=[{"tagKey": "a", "tagValue": "b"}]),
        *([lambda: events.put_users(datasetArn=DATASET_ARN, users=users)] * 4),
    ]
    with served_console.database.locked(), ThreadPoolExecutor(len(calls)) as threads:
        # What only reads goes on.
        assert personalize.list_dataset_groups()["datasetGroups"]
        answers = list(threads.map(error_of, calls))
    for status, code, message, seconds in answers:
        assert (status, code) == (503, "ServiceUnavailable")
        assert LOCKED in message
        # Those who write records wait for their turn, and for the lock then.
        assert seconds < 2 * SECONDS
    for call in calls:
        call()
    assert "Traceback" not in served_console.served.log.read_text()


def test_aws_clients_are_told_that_the_database_is_away_and_go_on_when_it_is_back(tmp_path: Path) -> None:
    with console("PostgreSQL", tmp_path) as at:
        assert at.server
        personalize, events = clients(at)
        with at.server.stopped():
            for call in (
                personalize.list_dataset_groups,
                lambda: events.put_users(datasetArn=DATASET_ARN, users=[{"userId": "u-1"}]),
            ):
                status, code, message, seconds = error_of(call)
                assert (status, code) == (503, "ServiceUnavailable")
                assert "The console's database cannot be reached." in message
                assert seconds < SECONDS
        for _request in range(4):
            assert personalize.list_dataset_groups()["datasetGroups"]
        at.database.cut()
        for _request in range(4):
            assert personalize.list_dataset_groups()["datasetGroups"]


@whole
def test_a_sign_in_that_cannot_be_written_is_none(served_console: Console) -> None:
    people = {password: somebody_at(served_console) for password in ("viewer", "wrong")}
    forms = {
        password: {"username": "viewer", "password": password, "next": "/settings/", "csrfmiddlewaretoken": token}
        for password, (_somebody, token) in people.items()
    }

    def sign_in(password: str) -> tuple[int, dict[str, str], str, float]:
        return people[password][0].send("/sign-in/", **forms[password])

    with served_console.database.locked(), ThreadPoolExecutor(len(people)) as threads:
        answers = list(threads.map(sign_in, people))
    for (somebody, _token), (status, _headers, page, seconds) in zip(people.values(), answers, strict=True):
        assert (status, LOCKED in text(page)) == (503, True)
        assert seconds < SECONDS
        assert 'name="password"' not in page
        # Without its password the form cannot be sent again from there.
        assert 'href="/sign-in/">Open the form again</a>' in page
        assert [each.name for each in somebody.person.cookies] == ["csrftoken"]
    assert [sign_in(password)[0] for password in people] == [302, 422]


def somebody_at(at: Console) -> tuple[Console, str]:
    """Return a console as somebody has it who is not signed in, and what the form of a sign-in carries for them."""
    somebody = Console(**{**vars(at), "person": Person.__new__(Person)})
    somebody.person.cookies = CookieJar()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', somebody.send("/sign-in/")[2])
    assert token
    return somebody, token[1]


@with_some("served_console", 0, of=NAMES)
def test_a_session_that_cannot_be_written_takes_no_page_away(served_console: Console, tmp_path: Path) -> None:
    # A request writes when it was that long ago since the last one that did.
    pages = ["/local/dataset-groups/", "/settings/", "/staging/dataset-groups/loyalty/datasets/"]
    directory = tmp_path / "idle"
    directory.mkdir(mode=0o700)
    with console(served_console.database.name, directory, CONSOLE_SESSION_IDLE_HOURS="0.01") as at:
        time.sleep(2.5)
        with at.database.locked():
            for path in pages:
                assert at.send(path)[0] == 200


@whole
def test_a_server_that_starts_beside_a_lock_says_so(tmp_path: Path) -> None:
    with console("SQLite", tmp_path) as at:
        at.kill()
        with at.database.locked():
            command = [sys.executable, MANAGE, "prepare_demo"]
            ended = subprocess.run(command, env=at.variables, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert f"The database in {tmp_path} cannot be used (database is locked)." in ended.stderr
    assert "Traceback" not in ended.stderr
