"""Pages as a person waits for them: in a browser, beside Swagger UI's page for the same request, and in the server."""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_benchmark.fixture import BenchmarkFixture

from scripts.find_browser import WITH_WINDOWS, find_browser
from scripts.pages import pages
from tests.benchmarks.bench_record_input import Visitor
from tests.benchmarks.put_ten import wait_for
from tests.benchmarks.swagger_ui_server import write_files
from tests.browser.conftest import ARGUMENTS, sign_in
from tests.clients.test_put_users import client
from tests.pages.records.test_create_records import VALID
from tests.support.examples import EXAMPLES, Example
from tests.support.examples.datasets import make_dataset
from tests.support.person import Person
from tests.support.served import ROOT, Served, free_port

MOST_BYTES = 300_000
ROUNDS = 9
PAGES = pages()
# A name that says what a file is_valid, which browsers keep for good.
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
MOST_OF_SWAGGER_UI = 0.5
ROUNDS_OF_TYPES = 30
# A page of item interactions asks for the event trackers too.
MOST_OF_USERS = 1.5
EDITABLE = """
  const look = () => {
    const field = document.querySelector("FIELD");
    const takesText = field?.checkVisibility() && !field.disabled && !field.readOnly;
    if (takesText) window.editableAfter = performance.now();
    else requestAnimationFrame(look);
  };
  look();
"""
CONTENT_PAINTED = """() => new Promise((resolve) => {
  const found = (list) => list.getEntries().forEach((each) => {
    if (each.name === "first-contentful-paint") resolve(each.startTime);
  });
  new PerformanceObserver(found).observe({ type: "paint", buffered: true });
})"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": find_browser(WITH_WINDOWS), "args": ARGUMENTS}


@pytest.fixture
def new_context(browser: Browser, served: Served) -> Iterator[Callable[[], BrowserContext]]:
    """Make contexts of a signed-in operator whose browser has kept no file."""
    first = browser.new_context(base_url=served.url)
    sign_in(first.new_page(), "operator")
    state = first.storage_state()
    first.close()
    made: list[BrowserContext] = []

    def new() -> BrowserContext:
        made.append(browser.new_context(base_url=served.url, storage_state=state))
        return made[-1]

    yield new
    for each in made:
        each.close()


@pytest.fixture(scope="module")
def swagger_ui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Swagger UI's page, from the same server as the console's."""
    directory = tmp_path_factory.mktemp("swagger-ui")
    write_files(directory)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--log-level", "error"]
    command += ["--port", str(port), "tests.benchmarks.swagger_ui_server:application"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "CONSOLE_BENCH_SWAGGER_UI": str(directory)})
    try:
        wait_for(url)
        yield f"{url}/"
    finally:
        process.terminate()
        process.wait(10)


def test_a_cold_load_is_small_and_its_files_are_kept_for_good(new_context: Callable[[], BrowserContext]) -> None:
    page = new_context().new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    answers: list[tuple[str, str]] = []
    page.on("response", lambda each: answers.append((each.url, each.headers.get("cache-control", ""))))
    page.goto(PAGES["create-records"])
    page.locator(".ace_text-input").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    answers = [(url, kept) for url, kept in answers if not url.startswith("data:")]
    print(f"\nCold load of Create user record(s): {sum(sizes)} bytes in {len(answers)} requests")
    assert sum(sizes) <= MOST_BYTES
    for url, kept in answers:
        if "/static/" in url:
            assert HASHED.search(url), url
            assert kept == "max-age=315360000, public, immutable", url


def test_a_field_can_be_edited_in_half_the_time_of_swagger_ui(
    new_context: Callable[[], BrowserContext], swagger_ui: str
) -> None:
    fields = {
        "text box": (PAGES["create-records"], "#record-input"),
        "editor over it": (PAGES["create-records"], ".ace_text-input"),
        "text box of Swagger UI": (swagger_ui, "textarea.body-param__text"),
    }
    times: dict[str, list[float]] = {name: [] for name in fields}
    # In turns, since what else the machine does changes from one moment to the next.
    for _ in range(ROUNDS):
        for name, (address, field) in fields.items():
            times[name].append(milliseconds_until_editable(new_context(), address, field))
    medians = {name: statistics.median(each) for name, each in times.items()}
    for name, median in medians.items():
        print(f"\nFrom an empty browser to the {name}: {median:.0f} ms", end="")
    assert medians["text box"] <= MOST_OF_SWAGGER_UI * medians["text box of Swagger UI"]


def milliseconds_until_editable(context: BrowserContext, address: str, field: str) -> float:
    """Return how long after an address was asked for a field is on the page that takes text, by the page's own clock."""
    page = context.new_page()
    page.add_init_script(EDITABLE.replace("FIELD", field))
    page.goto(address)
    found: float = page.wait_for_function("() => window.editableAfter").json_value()
    context.close()
    return found


@pytest.mark.benchmark(group="from one page to the next in a browser that knows both: first content within 100 ms")
def test_a_warm_navigation(benchmark: BenchmarkFixture, new_context: Callable[[], BrowserContext]) -> None:
    page = new_context().new_page()
    ways = [PAGES["datasets"], PAGES["submissions"]]
    for path in ways * 2:
        page.goto(path)
    painted: list[float] = []

    def navigate() -> None:
        path = ways[len(painted) % 2]
        page.get_by_role("navigation", name="Side navigation").locator(f'a[href="{path}"]').click()
        page.wait_for_url(f"**{path}")
        painted.append(page.evaluate(CONTENT_PAINTED))

    benchmark.pedantic(navigate, rounds=20)  # type: ignore[no-untyped-call]  # It has no types.
    benchmark.extra_info["first_contentful_paint_ms"] = painted
    print(f"\nFirst contentful paint of a warm navigation, median: {statistics.median(painted):.0f} ms")


@pytest.mark.benchmark(group="a page from the server: within 15 ms at the median")
@pytest.mark.parametrize("name", [*PAGES, "submission"])
def test_a_page_from_the_server(benchmark: BenchmarkFixture, visitor: Visitor, submission: str, name: str) -> None:
    assert benchmark(visitor.get, PAGES.get(name, submission)) == 200


def test_pages_of_every_type_are_as_fast_as_those_of_users(served: Served, visitor: Visitor) -> None:
    personalize = client(served, "personalize")
    for example in EXAMPLES:
        make_dataset(personalize, example)
    ways: dict[str, Callable[[Example], int]] = {
        "dataset": lambda example: visitor.get(example.page.removesuffix("create-records/")),
        "create-records": lambda example: visitor.get(example.page),
        "typing ten records": lambda example: visitor.post(
            example.page, {"record_input": json.dumps([example.record] * 10), "intent": "typing"}
        ),
        "creating a record": lambda example: visitor.post(
            example.page, {"record_input": json.dumps(example.record), "intent": "create"}
        ),
    }
    slow = []
    for name, ask in ways.items():
        times: dict[str, list[float]] = {example.slug: [] for example in EXAMPLES}
        # In turns, since what else the machine does changes from one moment to the next.
        for _ in range(ROUNDS_OF_TYPES):
            for example in EXAMPLES:
                began = time.perf_counter()
                assert ask(example) == 200
                times[example.slug].append((time.perf_counter() - began) * 1000)
        medians = {slug: statistics.median(each) for slug, each in times.items()}
        print(f"\n{name}: {', '.join(f'{slug} {median:.1f} ms' for slug, median in medians.items())}", end="")
        slow += [f"{slug}: {name}" for slug, each in medians.items() if each > MOST_OF_USERS * medians["users"]]
    assert slow == []


@pytest.fixture(scope="module")
def submission(served: Served) -> str:
    """The path of a submission, which creates the user of the page User record."""
    operator = Person(served, "operator")
    operator.post(PAGES["create-records"], record_input=VALID, intent="create")
    return operator.newest_submission(PAGES["submissions"])


@pytest.fixture(scope="module")
def visitor(served: Served) -> Visitor:
    """An administrator, who may see every page."""
    return Visitor(served, "administrator")
