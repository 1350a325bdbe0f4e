"""Several processes answer, and each says what all of them have counted, also of one that was killed."""

import json
import os
import signal
import time
from pathlib import Path

from tests.support.production import Proxied, answer_to, serve_production
from tests.support.served import Served

ASKED = 40


def count(served: Served) -> float:
    """Return how often the sign-in page was answered, in the words of whichever process answers."""
    name = 'console_page_seconds_count{method="GET",page="sign_in",status="200"} '
    (line,) = [line for line in answer_to(f"{served.url}/metrics")[2].splitlines() if line.startswith(name)]
    return float(line.removeprefix(name))


def processes(served: Served) -> set[int]:
    """Return the processes that have answered requests."""
    lines = [json.loads(line) for line in served.log.read_text().splitlines()]
    return {line["process"] for line in lines if line.get("path") == "/sign-in/"}


def test_the_numbers_are_those_of_all_processes(tmp_path: Path) -> None:
    with serve_production(tmp_path, PYTHON_CPU_COUNT="default") as served:
        for _request in range(ASKED):
            assert answer_to(Proxied(served).request("/sign-in/"))[0] == 200
        assert [count(served) for _request in range(10)] == [ASKED] * 10
        answered = processes(served)
        assert len(answered) == min(os.cpu_count() or 1, 4)
        os.kill(answered.pop(), signal.SIGKILL)
        time.sleep(1)
        deadline = time.monotonic() + 20
        while answer_to(Proxied(served).request("/sign-in/"))[0] != 200:
            assert time.monotonic() < deadline
        assert [count(served) for _request in range(5)] == [ASKED + 1] * 5
    assert not list(tmp_path.glob("metrics-*"))
