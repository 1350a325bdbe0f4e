"""Pages of a trail of 1,000,000 submissions to one dataset group, on SQLite and on PostgreSQL: within 300 ms each.

Filling a database takes minutes. CONSOLE_BENCH_SUBMISSIONS is another number of submissions, to try the benchmark.
"""

import os
import re
import time
from collections.abc import Iterator
from html import unescape

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.bench_record_input import Visitor
from tests.benchmarks.many_submissions import fill
from tests.support.person import Person
from tests.support.postgresql import postgresql
from tests.support.presses import text
from tests.support.served import DATABASE, Served, clean_variables, prepare, serve

NUMBER = int(os.environ.get("CONSOLE_BENCH_SUBMISSIONS", "1000000"))
MOST_SECONDS = 0.3
GROUP = "/local/dataset-groups/loyalty-programme/"
LIST = f"{GROUP}submissions/"

# What is asked of the list, by what that is; `>` follows a link to another page first.
FILTERS = {
    "everything": "",
    "a part of a name": "filter=oper",
    "a part of many names": "filter=e",
    "a person who left long ago": "filter=gone",
    "a part of an outcome": "filter=refu",
    "the beginning of all ids": "filter=user",
    "the beginning of many ids": "filter=user-0",
    "the beginning of some ids": "filter=user-000",
    "a user id": "filter=user-000123",
    "no text": "filter=nothing+of+this",
    "a person": "person=OPERATOR",
    "a rare person": "person=person.030@example.com",
    "a person of long ago": "person=gone.long.ago",
    "nobody": "person=nobody",
    "the commonest outcome": "outcome=created",
    "an outcome": "outcome=refused",
    "a rare outcome": "outcome=not+sent",
    "two outcomes": "outcome=unconfirmed",
    "no outcome": "outcome=sending",
    "a user": "record_id=user-000123",
    "no user": "record_id=user-999999",
    "each dataset": "dataset=LOYALTY",
    "no dataset": "dataset=eu-west-1",
    "ids of another dataset": "filter=user-0&dataset=ITEMS",
    "ids of another dataset and an outcome": "filter=user-0&dataset=ITEMS&outcome=created",
    "ids of a dataset": "filter=item-0&dataset=ITEMS",
    "a day": "from=2025-03-01&to=2025-03-01",
    "a month": "from=2025-03-01&to=2025-03-31",
    "all days": "from=2001-01-01",
    "a person and an outcome": "person=operator&outcome=refused",
    "a person and a rare outcome": "person=gone.long.ago&outcome=not+sent",
    "a person and days of others": "person=gone.long.ago&from=2026-01-01",
    "a text and an outcome": "filter=gone&outcome=refused",
    "a user and an outcome": "record_id=user-000123&outcome=created",
    "all at once": "filter=user&person=operator&outcome=created&dataset=loyalty&from=2025-01-01&to=2025-12-31",
}
# What goes together in the trail, and hardly or never meets: see `many_submissions.py`.
MEETING = {
    "a person and the dataset of another": "person=robot&dataset=/USERS",
    "ids and the person of others": "filter=user-0&person=planner",
    "an outcome and a dataset without it": "outcome=refused&dataset=/INTERACTIONS",
    "a dataset and days without it": "dataset=/ITEMS&from=2026-01-01",
    "a dataset": "dataset=/ITEMS",
    "ids of a few days": "filter=action&to=2026-01-01",
    "ids of many days": "filter=user-0&to=2025-06-01",
    "ids of an outcome": "filter=user-0&outcome=unconfirmed",
    "ids, an outcome and a dataset without it": "filter=00&outcome=unconfirmed&dataset=/USERS",
    "one user": "record_id=test-user",
    "one user and days": "record_id=test-user&to=2024-03-01",
    "one user and an outcome": "record_id=test-user&outcome=unconfirmed",
}
# How many of 1,000,000 these leave, as the heading says.
FOUND = {
    "a part of a name": "10,000+",
    "a person who left long ago": "10,000+",
    "the beginning of some ids": "3997",
    "a user id": "2",
    "no text": "0",
    "a person": "10,000+",
    "a rare person": "2996",
    "nobody": "0",
    "an outcome": "10,000+",
    "a rare outcome": "4284",
    "no outcome": "0",
    "a user": "2",
    "no user": "0",
    "each dataset": "10,000+",
    "no dataset": "0",
    "ids of another dataset": "0",
    "a day": "1005",
    "a month": "10,000+",
    "a person and an outcome": "1058",
    "a person and a rare outcome": "198",
    "a person and days of others": "0",
    "a text and an outcome": "3376",
    "a user and an outcome": "2",
    "all at once": "2645",
    "a person and the dataset of another": "0",
    "ids and the person of others": "0",
    "an outcome and a dataset without it": "0",
    "a dataset and days without it": "0",
    "a dataset": "10,000+",
    "ids of a few days": "5947",
    "ids of many days": "1,000+",
    "ids of an outcome": "1,000+",
    "ids, an outcome and a dataset without it": "0",
    "one user": "10,000+",
    "one user and days": "1,000+",
    "one user and an outcome": "1,000+",
}
COLUMNS = ("created", "person", "records", "outcome", "code", "duration", "request")
SORTS = [f"sort={way}{column}" for column in COLUMNS for way in ("", "-")]
STEPS = ("", ">next", ">last", ">last>previous")
ASKED = {
    **{f"list: {name}": f"{LIST}?{query}" for name, query in (FILTERS | MEETING).items()},
    **{
        f"list: {name}, {sort}{step}": f"{LIST}?{query}&{sort}{step}"
        for name, query in MEETING.items()
        for sort in ("sort=records", "sort=-records", "sort=-code", "sort=-person", "sort=duration")
        for step in ("", ">last")
    },
    **{f"list: {sort}{step}": f"{LIST}?{sort}{step}" for sort in SORTS for step in STEPS},
    **{
        f"list: {name}, {sort}{step}": f"{LIST}?{FILTERS[name]}&{sort}{step}"
        for name in (
            "a person",
            "an outcome",
            "a user",
            "a month",
            "the beginning of many ids",
            "a part of a name",
            "ids of another dataset",
        )
        for sort in ("sort=created", "sort=code", "sort=-duration")
        for step in ("", ">last")
    },
    "list: a day to go to": f"{LIST}?date=2025-03-01",
    "list: before a day to go to": f"{LIST}?date=2025-03-01>previous",
    "list: page 50,000 of older versions": f"{LIST}?page=50000",
    "list: what waits for news": f"{LIST}?seen=0123456789abcdef",
    "overview of the dataset group": GROUP,
    "history of a user": f"{GROUP}datasets/users/record-history/?record_id=user-000123",
    "history of one user": f"{GROUP}datasets/users/record-history/?record_id=test-user",
    "history of no user": f"{GROUP}datasets/users/record-history/?record_id=user-999999",
    "known record of a user": f"{GROUP}datasets/users/create-records/?known_record=user-000123",
    "submission": "submission",
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def trail(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console with many submissions."""
    data = tmp_path_factory.mktemp("trail")
    if request.param == "sqlite":
        prepare(data, clean_variables(data))
        filled(str(data / DATABASE))
        with serve(data) as served:
            yield served
        return
    with postgresql(durable=True) as server:
        url = server.new_database()
        prepare(data, clean_variables(data, DATABASE_URL=url))
        filled(url)
        with serve(data, DATABASE_URL=url) as served:
            yield served


def filled(database: str) -> None:
    """Fill a database, and say how long that took."""
    started = time.monotonic()
    fill(database, NUMBER)
    print(f"\n{NUMBER:,} submissions were written in {time.monotonic() - started:.0f} s")


@pytest.fixture(scope="module")
def operator(trail: Served) -> Person:
    return Person(trail, "operator")


@pytest.fixture(scope="module")
def visitor(trail: Served) -> Visitor:
    return Visitor(trail)


@pytest.mark.parametrize("name", ["everything", *FOUND])
def test_a_list_has_what_was_filled_in(trail: Served, operator: Person, name: str) -> None:
    page = text(operator.get(f"{LIST}?{(FILTERS | MEETING)[name]}"))
    heading = re.search(r"Submissions \(([\d,+/]+)\)", page)
    assert heading
    if NUMBER == 1_000_000:
        assert heading[1] == (f"{FOUND[name]}/10,000+" if name in FOUND else "10,000+")
    else:
        assert heading[1].rpartition("/")[2] == (str(NUMBER) if NUMBER <= 10_000 else "10,000+")


@pytest.mark.benchmark(group="a page of a trail of 1,000,000 submissions: within 300 ms at the median")
@pytest.mark.parametrize("name", ASKED)
def test_a_page_of_a_trail(benchmark: BenchmarkFixture, visitor: Visitor, operator: Person, name: str) -> None:
    address, *steps = ASKED[name].split(">")
    address = operator.newest_submission(LIST) if address == "submission" else address
    for step in steps:
        link = re.search(rf'<a id="{step}-page"[^>]* href="([^"]*)"', operator.get(address))
        # What a filter leaves may be one page.
        address = LIST + unescape(link[1]) if link else address
    found = benchmark.pedantic(visitor.get, (address,), rounds=5, warmup_rounds=1)  # type: ignore[no-untyped-call]  # It has no types.
    is_there = name != "history of no user" and (name != "history of a user" or NUMBER == 1_000_000)
    assert found == 200 or not is_there
    assert benchmark.stats.stats.median <= MOST_SECONDS, address  # type: ignore[union-attr]  # It was measured.


def test_the_first_lines_of_an_export_come_at_once(
    benchmark: BenchmarkFixture, trail: Served, visitor: Visitor
) -> None:
    address = f"{LIST}export-submissions/?format=json-lines&outcome=created"

    def first_lines() -> int:
        answer = visitor.pool.request("GET", address, headers=visitor.headers, preload_content=False)
        size = len(answer.read(10_000))
        answer.close()
        return size

    assert benchmark.pedantic(first_lines, rounds=3) == 10_000  # type: ignore[no-untyped-call]  # It has no types.
    assert benchmark.stats.stats.median <= MOST_SECONDS  # type: ignore[union-attr]  # It was measured.
