"""Pages beside commit e165662, both builds served by their own `make run`, one page after the other.

The demo is alive in one server of today's build, and empty in the other, as the earlier build has it.
"""

import os
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.benchmarks.bench_pages import CONTENT_PAINTED, browser_type_launch_args
from tests.benchmarks.bench_record_input import Visitor
from tests.benchmarks.earlier_build import extracted
from tests.benchmarks.put_ten import wait_for
from tests.browser.conftest import sign_in
from tests.pages.records.test_create_records import VALID
from tests.support.person import Person
from tests.support.served import ROOT, Served, clean_variables, free_port, manage

__all__ = ["browser_type_launch_args"]

BEFORE, EMPTY, ALIVE = "before", "empty", "alive"
# Sees all pages.
PERSON = "administrator"
# The most times of the earlier build that a page may take.
MOST = {EMPTY: 0.6, ALIVE: 0.8}
ROUNDS, WARM_UP = 60, 10
# The most times of the earlier build until a browser that knows the page paints its first content.
MOST_UNTIL_PAINTED = 0.8
PAINTS, WARM_UP_OF_BROWSER = 15, 3
PAINTED_PAGES = ("dataset group", "datasets", "users dataset", "create records", "submissions", "settings")
LOCAL = "/local/dataset-groups/"
GROUP = f"{LOCAL}loyalty-programme/"
CREATE, SUBMISSIONS = f"{GROUP}datasets/users/create-records/", f"{GROUP}submissions/"
# What both builds have, at the same addresses but for two.
PAGES = {
    "dataset groups": LOCAL,
    "create dataset group": "/local/create-dataset-group/",
    "dataset group": GROUP,
    "datasets": f"{GROUP}datasets/",
    "create dataset": f"{LOCAL}newsroom/datasets/create-dataset/",
    "users dataset": f"{GROUP}datasets/users/",
    "create records": CREATE,
    "submissions": SUBMISSIONS,
    "submissions, filtered": f"{SUBMISSIONS}?filter=oper",
    "settings": "/settings/",
    "change password": "/change-password/",
    "simulate responses": "/local/simulate-responses/",
    "reset demo data": "/local/reset-demo-data/",
}
HISTORY = {
    BEFORE: f"{SUBMISSIONS}user-history/?user_id=u-1",
    EMPTY: f"{GROUP}datasets/users/record-history/?record_id=u-1",
}
STORED = {
    BEFORE: f"{GROUP}datasets/users/user-record/?user_id=u-1",
    EMPTY: f"{GROUP}datasets/users/stored-record/?record_id=u-1",
}


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the earlier build, set up as its own documents say."""
    folder = extracted(tmp_path_factory.mktemp("earlier"))
    subprocess.run(["make", "--silent", "install"], cwd=folder, env=clean_variables(folder / "var"), check=True)
    return folder


@contextmanager
def make_run(tree: Path, data: Path) -> Iterator[Served]:
    """Serve a tree by its own `make run`."""
    port = free_port()
    variables = clean_variables(data, PORT=str(port), PYTHON_CPU_COUNT="default")
    log = data / "make.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["make", "--silent", "run"],
            cwd=tree,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    served = Served(f"http://127.0.0.1:{port}", variables, log, process, in_own_group=True)
    try:
        wait_for(f"{served.url}/healthz")
        yield served
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


@pytest.fixture(scope="module")
def builds(earlier: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Served]]:
    empty = tmp_path_factory.mktemp("empty")
    manage("prepare_demo", "--empty", variables=clean_variables(empty))
    with ExitStack() as stack:
        yield {
            BEFORE: stack.enter_context(make_run(earlier, tmp_path_factory.mktemp("before"))),
            EMPTY: stack.enter_context(make_run(ROOT, empty)),
            ALIVE: stack.enter_context(make_run(ROOT, tmp_path_factory.mktemp("alive"))),
        }


def submission(served: Served) -> str:
    """Create a record, and return the path of its submission."""
    operator = Person(served, "operator")
    operator.post(CREATE, record_input=VALID, intent="create")
    return operator.newest_submission(SUBMISSIONS)


def test_each_page_takes_less_than_before(builds: dict[str, Served]) -> None:
    visitors = {name: Visitor(served, PERSON) for name, served in builds.items()}
    submissions = {name: submission(served) for name, served in builds.items()}
    pages = {page: dict.fromkeys(builds, path) for page, path in PAGES.items()}
    pages |= {
        "submission": submissions,
        "history of a user": {**HISTORY, ALIVE: HISTORY[EMPTY]},
        "stored user": {**STORED, ALIVE: STORED[EMPTY]},
    }
    slow = []
    for page, paths in pages.items():
        medians = medians_of(visitors, paths)
        shares = {name: medians[name] / medians[BEFORE] for name in MOST}
        times = ", ".join(f"{name} {milliseconds:.1f} ms" for name, milliseconds in medians.items())
        print(
            f"\n{page}: {times}; of before: {', '.join(f'{name} {each:.2f}' for name, each in shares.items())}", end=""
        )
        slow += [f"{page}, {name}: {share:.2f}" for name, share in shares.items() if share > MOST[name]]
    assert slow == []


def test_content_is_painted_sooner_than_before(browser: Browser, builds: dict[str, Served]) -> None:
    tabs = {name: tab(browser, served) for name, served in builds.items()}
    painted: dict[tuple[str, str], list[float]] = {(page, name): [] for page in PAINTED_PAGES for name in tabs}
    for _ in range(WARM_UP_OF_BROWSER + PAINTS):
        for page, name in painted:
            tabs[name].goto(PAGES[page])
            painted[page, name].append(tabs[name].evaluate(CONTENT_PAINTED))
    medians = {each: statistics.median(times[WARM_UP_OF_BROWSER:]) for each, times in painted.items()}
    slow = []
    for page in PAINTED_PAGES:
        before = medians[page, BEFORE]
        shares = {name: medians[page, name] / before for name in MOST}
        print(f"\n{page}: painted after {before:.0f} ms before; of that: {shares}", end="")
        slow += [f"{page}, {name}: {share:.2f}" for name, share in shares.items() if share > MOST_UNTIL_PAINTED]
    assert slow == []


def tab(browser: Browser, served: Served) -> Page:
    """Return a tab of its own window in which somebody is signed in."""
    page = browser.new_context(base_url=served.url).new_page()
    sign_in(page, PERSON)
    return page


def medians_of(visitors: dict[str, Visitor], paths: dict[str, str]) -> dict[str, float]:
    """Return the medians of the milliseconds that a page takes in each build, asked in turns."""
    taken: dict[str, list[float]] = {name: [] for name in visitors}
    for _ in range(WARM_UP + ROUNDS):
        for name, visitor in visitors.items():
            began = time.perf_counter()
            assert visitor.get(paths[name]) == 200, (name, paths[name])
            taken[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(each[WARM_UP:]) for name, each in taken.items()}
