"""A console whose disk is full: it reads, says in a sentence what it cannot write, and works again once there is room."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from uuid import UUID

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from django.conf import LazySettings

from console.submissions import journal
from console.submissions.answers import answer_fields
from console.submissions.models import Outcome
from console.submissions.recording import MOMENT
from tests.serving.test_serving_jobs import until, workers
from tests.submissions.sent import ARN
from tests.support.numbers import some_of, whole
from tests.support.person import Person
from tests.support.postgresql import postgresql
from tests.support.production import Proxied, Stay, serve_production
from tests.support.served import (
    DATABASE,
    MANAGE,
    Served,
    clean_variables,
    free_port,
    manage,
    serve,
    start,
    wait_until_healthy,
)
from tests.support.small_disk import SmallDisk, inside, small_disk

GROUP = "/local/dataset-groups/loyalty-programme"
CREATE = f"{GROUP}/datasets/users/create-records/"
CREATE_GROUP = "/local/create-dataset-group/"
PAGES = (
    "/local/dataset-groups/",
    f"{GROUP}/",
    f"{GROUP}/datasets/",
    f"{GROUP}/datasets/users/",
    CREATE,
    f"{GROUP}/submissions/",
    "/settings/",
    "/table-preferences/submissions/",
    "/local/simulate-responses/",
    "/admin/",
)
# What is exported is noted in Activity first.
EXPORT = f"{GROUP}/submissions/export-submissions/?format=csv"
PROPERTIES = '{"membershipType": "Premium Class", "memberSince": 1600000000, "totalSpend": 12.5, "newsletter": true}'
RECORD = '{"userId": "u-typed-on-a-full-disk", ' + PROPERTIES[1:]
KEY = "0b0f3c0e-6f0b-4b42-8a4f-6d3a3a1d9c01"
SENTENCE = "The disk that the console's database is on is full."
ADVICE = "Ask an administrator to free some space on it, then try again."


# At each line it writes as little as there is until the disk is full, which it says. As long as it reads besides,
# SQLite's log is not begun anew.
WRITER = """
import sqlite3, sys
reading, writing = (sqlite3.connect(sys.argv[1], isolation_level=None) for _ in range(2))
reading.execute("BEGIN")
reading.execute("SELECT count(*) FROM django_migrations").fetchone()
version = 0
for _line in sys.stdin:
    try:
        while True:
            version += 1
            writing.execute(f"PRAGMA user_version = {version}")
    except sqlite3.OperationalError as error:
        print(error, flush=True)
"""


def call(served: Served, service: str, operation: str, **parameters: Any) -> Any:
    """Call an operation of the local service once, and return its answer."""
    keys = {"aws_access_key_id": "AKIALOCALDEMOEXAMPLE", "aws_secret_access_key": "local-demo-secret-key"}
    once = Config(retries={"total_max_attempts": 1})
    made: Any = boto3.client(service, endpoint_url=served.endpoint, region_name="us-east-1", config=once, **keys)  # type: ignore[call-overload]
    with closing(made):
        return getattr(made, operation)(**parameters)


def nothing() -> None:
    """Do nothing."""


class Visitor(Person):
    """A person, or somebody who is not signed in, who is told the status of each answer."""

    def __init__(self, served: Served, name: str = "") -> None:
        self.url = served.url
        if name:
            super().__init__(served, name)
        else:
            self.cookies = CookieJar()

    def send(self, path: str, first: Callable[[], None] = nothing, **fields: str) -> tuple[int, dict[str, str], str]:
        """Send the form of a page, or ask for it if there are no fields; follow no redirect.

        What is to be done `first` is done when the page with the form has come.
        """
        body = None
        if fields:
            found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.send(path)[2])
            assert found
            body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": found[1]}).encode()
        first()
        request = urllib.request.Request(f"{self.url}{path}", body, {"Referer": self.url})
        self.cookies.add_cookie_header(request)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), Stay)
        try:
            answer = opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, headers, answer.read().decode()


def processes(served: Served) -> set[int]:
    """Return the processes of a server, without the one that runs jobs, which is no child that answers."""
    children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text()
    return {int(each) for each in children.split()}


@contextmanager
def used_up(disk: SmallDisk) -> Iterator[Callable[[], None]]:
    """Keep the disk full during the context, and SQLite's log as well, which has room of its own in its file.

    What is given uses up again what a process has freed since, as by leaving a file of metrics.
    """
    command = [*inside(disk.path), sys.executable, "-c", WRITER, str(disk.path / DATABASE)]
    pipe = subprocess.PIPE
    with disk.full(), subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as writer:
        assert writer.stdin
        assert writer.stdout
        asking, answering = writer.stdin, writer.stdout

        def again() -> None:
            disk.fill()
            asking.write("again\n")
            asking.flush()
            assert "full" in answering.readline()

        again()
        yield again
        asking.close()


def answers(person: Visitor) -> dict[str, int]:
    """Return the status of each page."""
    return {path: person.send(path)[0] for path in PAGES}


def static_file(page: str) -> str:
    """Return the address of the first style sheet of a page."""
    found = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallDisk]:
    with small_disk(tmp_path_factory.mktemp("small") / "disk") as disk:
        yield disk


@pytest.fixture(scope="module")
def served(disk: SmallDisk) -> Iterator[Served]:
    """A console with all that it has on the small disk, its log too."""
    with serve(disk.path, CONSOLE_LOCAL_PUT_RATE="0") as served:
        yield served


@pytest.fixture
def person(served: Served) -> Visitor:
    return Visitor(served, "administrator")


@pytest.mark.parametrize("how", some_of(["bytes", "files"], 0))
def test_all_that_only_reads_works_and_no_process_ends(
    served: Served, disk: SmallDisk, person: Visitor, how: str
) -> None:
    before = processes(served)
    anybody = Visitor(served)
    with used_up(disk) if how == "bytes" else disk.without_files() as again:
        for _ in range(3):
            assert set(answers(person).values()) == {200}
            # An entry of Activity needs room, but no file; the worker may have written SQLite's log back meanwhile.
            status, _headers, page = person.send(EXPORT, again or nothing)
            assert (status, SENTENCE in unescape(page)) == ((503, True) if again else (200, False))
            assert anybody.send("/healthz")[::2] == (200, "ok\n")
            assert anybody.send("/readyz")[::2] == (503, "disk\n")
            assert anybody.send("/sign-in/")[0] == 200
            assert person.send(static_file(person.get("/settings/")))[0] == 200
            assert "console_page_seconds_count" in anybody.send("/metrics")[2]
            assert call(served, "personalize", "list_dataset_groups")["datasetGroups"]
    assert anybody.send("/readyz")[::2] == (200, "ok\n")
    assert processes(served) == before


def test_what_must_write_says_so_keeps_what_was_typed_and_works_again_with_room(
    served: Served, disk: SmallDisk, person: Visitor
) -> None:
    before = processes(served)
    with used_up(disk) as again:
        status, _headers, page = person.send(CREATE, again, record_input=RECORD, view="json", intent="create")
        assert status in (503, 507)
        assert SENTENCE.replace("'", "&#x27;") in page
        assert ADVICE in page
        assert "u-typed-on-a-full-disk" in page
        status, _headers, page = Visitor(served).send("/sign-in/", again, username="viewer", password="viewer")
        assert status in (503, 507)
        assert SENTENCE.replace("'", "&#x27;") in page
        status, _headers, page = person.send(
            "/settings/", again, mode="dark", density="compact", next="/local/dataset-groups/"
        )
        assert status in (503, 507)
        again()
        page = person.send(CREATE_GROUP, again, name="on-a-full-disk")[2]
        assert SENTENCE.replace("'", "&#x27;") in page
        with pytest.raises(ClientError) as raised:
            call(served, "personalize", "create_dataset_group", name="on-a-full-disk")
        error = raised.value.response
        assert error["Error"] == {"Code": "ServiceUnavailable", "Message": f"{SENTENCE} {ADVICE}"}
        assert error["ResponseMetadata"]["HTTPStatusCode"] == 503
    assert processes(served) == before
    assert "Settings" in Visitor(served, "viewer").get("/settings/")
    assert person.send(CREATE, record_input=RECORD, view="json", intent="create")[0] == 302
    assert "u-typed-on-a-full-disk" in person.get(f"{GROUP}/submissions/")
    call(served, "personalize", "create_dataset_group", name="once-there-is-room")


def test_an_answer_that_waits_for_room_is_shown_and_its_page_sends_nothing(
    served: Served, disk: SmallDisk, person: Visitor, settings: LazySettings
) -> None:
    code = (
        "from uuid import UUID\n"
        "from django.contrib.auth.models import User\n"
        "from console.submissions.presses.attempts import submission_id\n"
        "from console.records.entities import USERS\n"
        "from console.submissions.presses.beginning import begin_submission\n"
        "person = User.objects.get(username='administrator').pk\n"
        f"pk = submission_id(UUID('{KEY}'), person, 0)\n"
        "print(begin_submission(USERS, [('u-1', '{}')], pk=pk, person_id=person, endpoint='local', environment='local', "
        f"dataset_group='loyalty-programme', dataset_arn='{ARN}', record_input={RECORD!r}).pk)\n"
    )
    pk = manage("shell", "--no-imports", "-c", code, variables=served.variables).strip()
    settings.CONSOLE_DATA_DIR = disk.path
    entry = journal.reserve(UUID(pk))
    fields = answer_fields(Outcome.CREATED, http_status=200, request_id="kept-on-the-disk", attempts=1)
    entry.write({**fields, MOMENT: fields[MOMENT].isoformat()})
    with used_up(disk):
        entry.close()
        status, _headers, page = person.send(f"{CREATE}?submission={pk}")
        assert status == 200
        assert "This response could not be saved yet," in page or "Earlier response" in page
        assert "kept-on-the-disk" in page
        status, _headers, page = person.send(CREATE, record_input=RECORD, view="json", intent="create", key=KEY)
        assert status == 409
        assert "This page already sent the same text" in page
        assert "kept-on-the-disk" in page
    deadline = time.monotonic() + 30
    while "kept-on-the-disk" not in person.get(f"{GROUP}/submissions/{pk}/") and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "kept-on-the-disk" in person.get(f"{GROUP}/submissions/{pk}/")


@whole
def test_a_session_that_was_to_be_touched_still_reads(served: Served, disk: SmallDisk, person: Visitor) -> None:
    # So long idle that its time is written at the next request: see people/sessions.py.
    age_sessions(served, 30 * 60)
    with used_up(disk):
        assert set(answers(person).values()) == {200}
    # Idle for too long: it has ended, though it cannot be removed.
    age_sessions(served, 3 * 60 * 60)
    with used_up(disk):
        assert person.send("/settings/")[0] == 302


def age_sessions(served: Served, seconds: int) -> None:
    code = (
        "from console.people.models import Session\n"
        "for row in Session.objects.all():\n"
        "    store = row.get_session_store_class()(row.session_key)\n"
        f"    store['seen_at'] -= {seconds}\n"
        "    store.save()\n"
        "    print(row.session_key)\n"
    )
    assert manage("shell", "--no-imports", "-c", code, variables=served.variables)


def test_one_person_that_opens_pages_does_not_break_the_press_of_another(
    served: Served, disk: SmallDisk, person: Visitor
) -> None:
    other = Visitor(served, "operator")
    person.post("/local/simulate-responses/", response="normal", seconds="2", scope="next", calls="1")
    found: list[tuple[int, str]] = []

    def press() -> None:
        status, headers, page = other.send(CREATE, record_input=RECORD, view="json", intent="create")
        found.append((status, headers.get("location", page)))

    pressing = threading.Thread(target=press)
    pressing.start()
    try:
        while "sending" not in person.get(f"{GROUP}/submissions/").lower():
            pass
        with disk.full():
            assert set(answers(person).values()) == {200}
            pressing.join(60)
    finally:
        pressing.join(60)
    ((status, page),) = found
    # The answer came, whether there was room to write it or not.
    assert status in (302, 503, 507) or "Success" in page


@whole
def test_a_server_that_starts_on_a_full_disk_reads(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        with serve(disk.path) as first:
            assert list(disk.path.glob("spare-room-*"))
        # Who opens it last, and ends as it should, takes SQLite's files away.
        manage("migrate", "--check", variables=first.variables)
        assert not (disk.path / f"{DATABASE}-shm").exists()
        disk.fill()
        # As `make run` does first; it reads alone where there is nothing to make.
        manage("prepare_demo", variables=first.variables)
        assert not list(disk.path.glob("spare-room-*"))
        log = tmp_path / "second.log"
        second = start(log, int(first.url.rpartition(":")[2]), first.variables)
        try:
            wait_until_healthy(second)
            disk.fill()
            anybody = Visitor(second)
            assert anybody.send("/sign-in/")[0] == 200
            assert anybody.send("/readyz")[::2] == (503, "disk\n")
            assert call(second, "personalize", "list_dataset_groups")["datasetGroups"]
            disk.free()
            assert Visitor(second, "viewer").send("/local/dataset-groups/")[0] == 200
        finally:
            second.process.terminate()
            second.process.wait(60)


def has_reader(pipe: Path) -> bool:
    """Return whether a process has a pipe open to read it: the worker's, once it has started."""
    try:
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def test_a_worker_that_is_started_again_leaves_the_room_to_the_next_start(served: Served, disk: SmallDisk) -> None:
    server, pipe = served.process.pid, disk.path / "wake-worker"
    until(lambda: has_reader(pipe))
    (worker,) = workers(server)
    with disk.without_files():
        os.kill(worker, signal.SIGKILL)
        until(lambda: set(workers(server)) - {worker} and has_reader(pipe))
        assert len(list(disk.path.glob("spare-room-*"))) == 4


@pytest.mark.parametrize("command", ["prepare_demo", "serve"])
def test_a_first_start_on_a_full_disk_says_so_in_a_sentence(tmp_path: Path, command: str) -> None:
    # Whatever else is served on this machine is not what keeps it from starting.
    port = [f"--port={free_port()}"] if command == "serve" else []
    with small_disk(tmp_path / "disk") as disk, disk.full():
        before = set(disk.path.iterdir())
        for more, said in (
            ({}, f"{disk.place}/secret-key cannot be used (No space left on device)."),
            ({"CONSOLE_SECRET_KEY": "k" * 60}, f"The database in {disk.place} cannot be used: its disk is full."),
        ):
            done = subprocess.run(
                [*inside(disk.path), sys.executable, MANAGE, command, *port],
                env=clean_variables(disk.path, **more),
                capture_output=True,
                text=True,
            )
            assert done.returncode == 1
            assert "Traceback" not in done.stderr
            assert said in done.stderr
        left = set(disk.path.iterdir()) - before
        assert not [each for each in left if each.is_file() and each.stat().st_size]


@whole
def test_with_its_database_elsewhere_it_reads_and_writes_on_a_full_disk(tmp_path: Path) -> None:
    with ExitStack() as stack:
        server = stack.enter_context(postgresql())
        disk = stack.enter_context(small_disk(tmp_path / "disk"))
        served = stack.enter_context(serve_production(disk.path, DATABASE_URL=server.new_database()))
        person = Proxied(served).sign_in()
        before = processes(served)
        with disk.full():
            for _ in range(20):
                assert person.send("/local/dataset-groups/")[0] == 200
                assert person.send("/healthz")[::2] == (200, "ok\n")
                assert person.send("/readyz")[::2] == (503, "disk\n")
                assert person.send("/sign-in/")[0] in (200, 302)
            assert "Settings" in Proxied(served).sign_in().get("/settings/")
        assert processes(served) == before
        assert person.send("/readyz")[::2] == (200, "ok\n")
