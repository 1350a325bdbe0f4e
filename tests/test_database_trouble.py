"""A database that is locked by another program, cut off or stopped: each page says so within seconds, and loses nothing."""

import html
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.aws_stand_in import StandIn, stand_in
from tests.databases import NAMES, Database, postgresql_of, sqlite_in
from tests.load.senders import CREATE_RECORDS
from tests.person import Person
from tests.postgresql import PostgreSQL, postgresql
from tests.served import Served, serve

# Five seconds for a lock, and for another one behind it, on a machine that does other things too.
SECONDS = 14
LOCKED = "The console's database is locked by another program."
AWAY = "The console's database cannot be reached."
NEW = "n3w-and-l0ng-enough"
LOCAL_RECORDS = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"
LOCAL_RECORD = (
    '{"userId": "%s", "membershipType": "Premium Class", "memberSince": 1600000000, "totalSpend": 12.5, '
    '"newsletter": true}'
)


@dataclass
class Console:
    """A served console with an environment `staging`, its database, what stands for AWS, and who has signed in."""

    served: Served
    database: Database
    aws: StandIn
    person: Person
    server: PostgreSQL | None

    def send(self, path: str, *, by: str = "", at: str = "", **fields: str) -> tuple[int, dict[str, str], str, float]:
        """Send a form, or ask for a page where there are no fields: the status, headers, text and seconds of the answer."""
        body = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(f"{self.served.url}{path}", body, {"Referer": self.served.url})
        if by:
            request.add_header("HX-Request", "true")
        self.person.cookies.add_cookie_header(request)
        began = time.monotonic()
        try:
            answer = urllib.request.build_opener(Stay).open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, headers, answer.read().decode(), time.monotonic() - began


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirects."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def begin(name: str, directory: Path, within: ExitStack) -> Console:
    server = within.enter_context(postgresql()) if name == "PostgreSQL" else None
    database = postgresql_of(server) if server else sqlite_in(directory)
    aws = within.enter_context(stand_in())
    file = directory / "environments.toml"
    file.write_text(
        f'[[environments]]\nname = "staging"\nlabel = "Staging"\nregion = "us-west-2"\nendpoint_url = "{aws.url}"\n'
    )
    variables = {
        "CONSOLE_ENVIRONMENTS": str(file),
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    }
    served = within.enter_context(serve(directory, **database.variables, **variables))
    return Console(served, database, aws, Person(served, "administrator"), server)


@pytest.fixture(scope="module", params=NAMES)
def console(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with ExitStack() as within:
        yield begin(request.param, tmp_path_factory.mktemp(request.param), within)


def text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


# What writes, on every kind of page: its address and the fields of its form.
WRITES = [
    ("/settings/", {"mode": "dark", "density": "compact", "next": "/"}),
    ("/table-preferences/datasets/", {"page_size": "50"}),
    ("/change-password/", {"old_password": "administrator", "new_password1": NEW, "new_password2": NEW}),
    ("/sign-out-everywhere/", {"next": "/"}),
    ("/sign-out/", {"next": "/"}),
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


def test_what_writes_says_that_the_database_is_locked_and_what_reads_goes_on(console: Console) -> None:
    token = console.person.token("/settings/")
    asked = [(path, by, {"csrfmiddlewaretoken": token, **fields}) for path, fields in WRITES for by in ("", "htmx")]
    with console.database.locked(), ThreadPoolExecutor(len(asked)) as threads:
        for path in READS:
            status, _headers, page, seconds = console.send(path)
            assert (status, LOCKED in page) == (200, False), path
            assert seconds < SECONDS
        answers = list(threads.map(lambda each: console.send(each[0], by=each[1], **each[2]), asked))
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
        console.send("/settings/", csrfmiddlewaretoken=token, mode="light", density="comfortable", next="/")[0] == 302
    )
