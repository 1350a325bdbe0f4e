"""Eight clients at once, for a while: nothing is lost, and nothing but the rate refuses a call."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.clients import Load, check_last_writes, stored_versions
from tests.support.postgresql import postgresql
from tests.support.served import serve

pytestmark = pytest.mark.load

SECONDS = 12


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The environment variables of a server on one database and on the other."""
    if request.param == "SQLite":
        yield {}
        return
    with postgresql() as server:
        yield {"DATABASE_URL": server.new_database()}


def test_the_last_acknowledged_write_of_each_user_is_stored(database: dict[str, str], tmp_path: Path) -> None:
    with serve(tmp_path, CONSOLE_LOCAL_PUT_RATE="0", **database) as served:
        calls = Load(served, SECONDS, seed=1).calls()
        stored = stored_versions(served)
        log = served.log.read_text()
    assert Counter(call["outcome"] for call in calls) == {"done": len(calls)}
    # So many, on the slowest machine too, that each user was written over ten times, and by several clients.
    assert len(calls) > 200
    check_last_writes(calls, stored)
    assert "Traceback" not in log


def test_what_is_throttled_is_not_stored(database: dict[str, str], tmp_path: Path) -> None:
    with serve(tmp_path, **database) as served:
        calls = Load(served, 4, seed=2).calls()
        stored = stored_versions(served)
    outcomes = Counter(call["outcome"] for call in calls)
    assert set(outcomes) == {"done", "ThrottlingException"}
    done = [call for call in calls if call["outcome"] == "done"]
    # Ten begin in any second; the first and the last second of the load may be parts of one.
    span = max(call["ended"] for call in done) - min(call["began"] for call in done)
    assert 20 <= len(done) <= 10 * (span + 1)
    check_last_writes(calls, stored)
