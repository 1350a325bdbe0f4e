"""The server is killed under load, again and again, and started on the same data: what it acknowledged is there."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.clients import Load, stored_versions
from tests.load.killing import kills
from tests.load.writer import BATCH
from tests.support.postgresql import postgresql
from tests.support.served import clean_variables, free_port, kill, manage, start, wait_until_healthy

pytestmark = pytest.mark.load

KILLS = {"SQLite": 20, "PostgreSQL": 10}
SEED = 20260101


@pytest.fixture(params=list(KILLS))
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """How often to kill a server, and the environment variables that it has."""
    if request.param == "SQLite":
        yield kills(KILLS["SQLite"]), clean_variables(tmp_path, CONSOLE_LOCAL_PUT_RATE="0")
        return
    with postgresql() as server:
        url = server.new_database()
        yield kills(KILLS["PostgreSQL"]), clean_variables(tmp_path, CONSOLE_LOCAL_PUT_RATE="0", DATABASE_URL=url)


def test_what_was_acknowledged_is_there_and_nothing_is_there_by_half(
    data: tuple[int, dict[str, str]], tmp_path: Path
) -> None:
    times, variables = data
    chance = random.Random(SEED)
    manage("prepare_demo", variables=variables)
    log, port = tmp_path / "serve.log", free_port()
    served = start(log, port, variables, in_own_group=True)
    try:
        wait_until_healthy(served)
        load = Load(served, 300, seed=SEED, own_ids=True)
        # The clients begin while the first server is there.
        time.sleep(2)
        for _ in range(times):
            time.sleep(chance.uniform(0.1, 0.8))
            kill(served)
            served = start(log, port, variables, in_own_group=True)
            wait_until_healthy(served)
        load.stop()
        calls = load.calls()
        stored = stored_versions(served)
    finally:
        kill(served)
    outcomes = Counter(call["outcome"] for call in calls)
    assert set(outcomes) == {"done", "no answer"}
    # Every time calls were under way, and between the kills some were done.
    assert outcomes["no answer"] >= times
    assert outcomes["done"] > times
    for call in calls:
        there = sum(stored.get(each) == call["version"] for each in call["ids"])
        assert there in ((BATCH,) if call["outcome"] == "done" else (0, BATCH)), call
    assert "Traceback" not in log.read_text()
