"""A database that is locked by another program, cut off or stopped: each page says so within seconds, and loses nothing."""

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.databases import NAMES, Console, console
from tests.load.senders import CREATE_RECORDS

# Five seconds for a lock, and for another one behind it, on a machine that does other things too.
SECONDS = 14
LOCKED = "The console's database is locked by another program."
NEW = "n3w-and-l0ng-enough"
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
