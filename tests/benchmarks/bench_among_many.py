"""Pages among 1,000,000 submissions beside the same pages among few, asked in turns: at most 1.1 of the time.

Few are enough to fill a page of a list. CONSOLE_BENCH_SUBMISSIONS is another number of many.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from tests.benchmarks.bench_earlier_pages import CREATE, GROUP, PAGES, SUBMISSIONS, medians_of
from tests.benchmarks.bench_record_input import Visitor
from tests.benchmarks.bench_trail import NUMBER
from tests.benchmarks.many_submissions import ONE_USER, fill
from tests.support.person import Person
from tests.support.served import DATABASE, Served, clean_variables, prepare, serve

FEW, MANY = "few", "many"
NUMBERS = {FEW: 400, MANY: NUMBER}
MOST = 1.1
# Of these, each shows as much of few as of many.
OF_TRAIL = {
    "all submissions": "/local/submissions/",
    "history of a user": f"{GROUP}datasets/users/record-history/?record_id={ONE_USER}",
    "known record": f"{CREATE}?known_record={ONE_USER}",
    "activity": "/activity/",
}


@pytest.fixture(scope="module")
def trails(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Served]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(filled(tmp_path_factory.mktemp(name), NUMBERS[name])) for name in NUMBERS}


def filled(data: Path, number: int) -> AbstractContextManager[Served]:
    """Serve a console with so many submissions."""
    prepare(data, clean_variables(data))
    fill(str(data / DATABASE), number)
    return serve(data)


def test_each_page_takes_no_longer_among_many(trails: dict[str, Served]) -> None:
    visitors = {name: Visitor(served, "administrator") for name, served in trails.items()}
    newest = {name: Person(served, "operator").newest_submission(SUBMISSIONS) for name, served in trails.items()}
    pages = {page: dict.fromkeys(trails, path) for page, path in (PAGES | OF_TRAIL).items()} | {"submission": newest}
    slow = []
    for page, paths in pages.items():
        medians = medians_of(visitors, paths)
        share = medians[MANY] / medians[FEW]
        print(f"\n{page}: few {medians[FEW]:.1f} ms, many {medians[MANY]:.1f} ms; {share:.2f} of few", end="")
        slow += [f"{page}: {share:.2f}"] if share > MOST else []
    assert slow == []
