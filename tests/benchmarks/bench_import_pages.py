"""Pages of an import of 1,000,000 rows, all of them invalid: within 100 ms, any filter, any page.

CONSOLE_BENCH_ROWS is another number of rows, to try the benchmark.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.bench_record_input import Visitor
from tests.bulk.importing import HEADING
from tests.conftest import LOYALTY
from tests.support.person import Person
from tests.support.presses import text
from tests.support.served import MANAGE, ROOT, Served, clean_variables, prepare, serve

ROWS = int(os.environ.get("CONSOLE_BENCH_ROWS", 1_000_000))
MOST_SECONDS = 0.1
IMPORTS = "/local/dataset-groups/loyalty-programme/datasets/users/imports/"
# Each has a wrong number, every second one a wrong age as well, and every thousandth a wrong date.
AGES, DATES = ("34", "x"), ("1700000000", "yesterday")
FILTERS = ("all rows", "a problem of all rows", "of every second", "of every thousandth")
STEPS = ("the first page", "the last page", "a page in the middle")
SIZES = (25, 100)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console with an import whose file was checked."""
    data = tmp_path_factory.mktemp("imports")
    variables = clean_variables(data)
    prepare(data, variables)
    file = data / "members.csv"
    with file.open("w") as lines:
        lines.write(f"{HEADING}\n")
        for number in range(ROWS):
            age, since = AGES[number % 2], DATES[number % 1000 == 0]
            lines.write(f"user-{number},{age},Gold,{since},much,,true,Ostvale\n")
    command = [
        sys.executable,
        MANAGE,
        "import_records",
        "local",
        LOYALTY,
        str(file),
        "--as",
        "operator",
        "--check-only",
    ]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)
    assert f"{ROWS} invalid" in done.stdout, done.stdout + done.stderr
    with serve(data) as running:
        yield running


@pytest.fixture(scope="module")
def operator(served: Served) -> Person:
    return Person(served, "operator")


@pytest.fixture(scope="module")
def visitor(served: Served) -> Visitor:
    return Visitor(served)


@pytest.fixture(scope="module")
def address(operator: Person) -> str:
    """Return the address of the import."""
    found = re.search(rf"{IMPORTS}[0-9a-f-]+/", operator.get(IMPORTS))
    assert found
    return found[0]


def test_all_rows_are_invalid(operator: Person, address: str) -> None:
    assert f"Invalid rows ({ROWS:,})" in text(operator.get(address))


@pytest.mark.benchmark(group="a page of 1,000,000 invalid rows: within 100 ms at the median")
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("chosen", FILTERS)
@pytest.mark.parametrize("size", SIZES)
def test_a_page_of_invalid_rows(
    benchmark: BenchmarkFixture, operator: Person, visitor: Visitor, address: str, size: int, chosen: str, step: str
) -> None:
    options = operator.get(address).partition('id="problem"')[2].partition("</select>")[0]
    problems = [unescape(each) for each in re.findall(r'<option value="([^"]*)"', options)]
    assert len(problems) == len(FILTERS)
    asked = f"{address}?{urlencode({'size': size, 'problem': problems[FILTERS.index(chosen)]})}"
    last = max(int(each) for each in re.findall(r"[?;]page=(\d+)", operator.get(asked)) or ["1"])
    asked += f"&page={ {STEPS[0]: 1, STEPS[1]: last}.get(step, max(1, last // 2)) }"
    assert "much" in operator.get(asked)
    found = benchmark.pedantic(visitor.get, (asked,), rounds=5, warmup_rounds=1)  # type: ignore[no-untyped-call]  # It has no types.
    assert found == 200
    assert benchmark.stats.stats.median <= MOST_SECONDS, asked  # type: ignore[union-attr]  # It was measured.
