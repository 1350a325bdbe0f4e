"""A hundred people at once, from signing in to the answer of PutUsers, in production on a PostgreSQL.

They come within half a minute, and work for two minutes. Each reads a page for 5 to 10 seconds before the next; see
tests/load/people.py. The generator, the console and PostgreSQL share the machine. Each page is held to the limit by
itself: those of signing in while people come, all others once everybody is there.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.answers import GROUPS, Answer, rows, table
from tests.support.postgresql import postgresql
from tests.support.production import Proxied, serve_production
from tests.support.served import ROOT, Served

PEOPLE = 100
SECONDS_TO_COME, SECONDS = 30, 120
MOST_MILLISECONDS = 300
DATASET = "arn:aws:personalize:us-east-1:000000000000:dataset/%s/USERS"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A console in production, on a PostgreSQL that has everything on the disk, with accounts for all people."""
    with postgresql(durable=True) as server, serve_production(tmp_path, DATABASE_URL=server.new_database()) as served:
        command = [sys.executable, "-m", "tests.load.make_people", str(PEOPLE)]
        subprocess.run(command, cwd=ROOT, env=served.variables, check=True)
        yield served


def test_pages_are_quick_and_nothing_fails(served: Served, tmp_path: Path) -> None:
    answers = answers_of_people(served, tmp_path)
    everybody_is_there = min(answer["began"] for answer in answers) + SECONDS_TO_COME
    is_signing_in = [answer for answer in answers if answer["page"].startswith("Sign in")]
    works = [answer for answer in answers if answer not in is_signing_in and answer["began"] >= everybody_is_there]
    found = rows([*is_signing_in, *works])
    print(f"\n{table(found)}")
    assert [answer for answer in answers if answer["problem"]] == []
    assert len(is_signing_in) == 2 * PEOPLE
    check_what_was_sent(served, answers)
    assert "exception" not in served.log.read_text()
    assert {row["page"]: row["p95"] for row in found if row["p95"] > MOST_MILLISECONDS} == {}


def answers_of_people(served: Served, directory: Path) -> list[Answer]:
    """Let people work, and return their answers; print how often they asked, and what took the processors."""
    file, log = directory / "answers.jsonl", directory / "locust.log"
    command = [sys.executable, "-m", "locust", "-f", "tests/load/people.py", "--headless", "--only-summary"]
    command += ["--host", served.url, "--answers", str(file), "--stop-timeout", "60"]
    command += ["--users", str(PEOPLE), "--spawn-rate", str(PEOPLE / SECONDS_TO_COME)]
    command += ["--run-time", str(SECONDS_TO_COME + SECONDS)]
    began, busy, own = time.monotonic(), busy_seconds(), generator_seconds()
    with log.open("wb") as output:
        code = subprocess.run(command, cwd=ROOT, stdout=output, stderr=output).returncode
    available = (time.monotonic() - began) * (os.cpu_count() or 1)
    answers: list[Answer] = [json.loads(line) for line in file.read_text().splitlines()]
    assert code == 0, log.read_text()[-5000:]
    print(f"\n{PEOPLE} people, {len(answers)} requests in {time.monotonic() - began:.0f} seconds.", end=" ")
    print(f"The processors were busy for {(busy_seconds() - busy) / available:.0%} of the time,", end=" ")
    print(f"the generator alone for {(generator_seconds() - own) / available:.0%}.")
    return answers


def busy_seconds() -> float:
    """Return how long the processors have worked, of all processes together, as Linux counts it."""
    user, nice, system, _idle, _waiting, *interrupts = map(
        int, Path("/proc/stat").read_text().split("\n")[0].split()[1:9]
    )
    return (user + nice + system + sum(interrupts[:2])) / os.sysconf("SC_CLK_TCK")


def generator_seconds() -> float:
    """Return how long the processors have worked for the programs that have ended here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def check_what_was_sent(served: Served, answers: list[Answer]) -> None:
    """Check that each user who was sent is stored once, and is one submission in the trail."""
    administrator = Proxied(served).sign_in()
    for group in GROUPS:
        sent = Counter(answer["user_id"] for answer in answers if answer["group"] == group)
        assert sent
        export = administrator.get(f"/local/dataset-groups/{group}/submissions/export-submissions/?format=json-lines")
        trail = [json.loads(line) for line in export.splitlines()]
        assert Counter(user_id for each in trail for user_id in each["record_ids"]) == sent
        assert {each["outcome"] for each in trail} == {"created"}
        assert Counter(each["userId"] for each in served.local_records(DATASET % group)) == sent
