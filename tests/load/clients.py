"""Clients in processes of their own that put users at the same time, and what must hold of what they saw."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

from tests.load.writer import Call, Plan
from tests.support.served import ROOT, Served

CLIENTS = 8
# Few enough that every user is written over and over, by several clients at once.
POOL = 200
DATASET = "arn:aws:personalize:us-east-1:000000000000:dataset/online-shop/USERS"
SECONDS_TO_START = 3


class Load:
    """Clients that are at work."""

    def __init__(self, served: Served, seconds: float, *, seed: int, own_ids: bool = False) -> None:
        self.end = time.monotonic() + SECONDS_TO_START + seconds
        self.processes = [self._start(served, number, seed, own_ids=own_ids) for number in range(CLIENTS)]

    def _start(self, served: Served, number: int, seed: int, *, own_ids: bool) -> "subprocess.Popen[str]":
        plan: Plan = {
            "endpoint": served.endpoint,
            "dataset_arn": DATASET,
            "client": number,
            "seed": seed,
            "end": self.end,
            "pool": POOL,
            "own_ids": own_ids,
        }
        command = [sys.executable, "-m", "tests.load.writer"]
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdin is not None
        process.stdin.write(json.dumps(plan))
        process.stdin.close()
        # What is closed must not be flushed again when the process is waited for.
        process.stdin = None
        return process

    def stop(self) -> None:
        """Let no client begin another call."""
        for process in self.processes:
            process.terminate()

    def calls(self) -> list[Call]:
        """Wait for all clients to end, and return the calls of all."""
        with ThreadPoolExecutor(CLIENTS) as threads:
            printed = list(threads.map(lambda process: process.communicate(timeout=120)[0], self.processes))
        assert [process.returncode for process in self.processes] == [0] * CLIENTS
        return [json.loads(line) for text in printed for line in text.splitlines()]


def stored_versions(served: Served) -> dict[str, str]:
    """Return the version that is stored of each user."""
    return {each["userId"]: each["properties"]["membershipStatus"] for each in served.local_records(DATASET)}


def check_last_writes(calls: Iterable[Call], stored: Mapping[str, str]) -> None:
    """Check that what is stored of each user is what the last acknowledged call wrote, or one at the same time.

    A call that began after another had ended follows it: what it wrote must not be lost to the other. A call without
    an answer may have been done at any time after it began, or not at all; one that was refused never.
    """
    of_user: defaultdict[str, list[Call]] = defaultdict(list)
    for call in calls:
        for each in call["ids"]:
            of_user[each].append(call)
    acknowledged = {each for each, made in of_user.items() if any(call["outcome"] == "done" for call in made)}
    assert acknowledged <= set(stored), f"{sorted(acknowledged - set(stored))} are not there."
    for user_id, version in stored.items():
        made = of_user[user_id]
        (writer,) = [call for call in made if call["version"] == version]
        assert writer["outcome"] in ("done", "no answer"), f"{user_id} has {version}, which was {writer['outcome']}."
        ended = writer["ended"] if writer["outcome"] == "done" else float("inf")
        followed_by = [call["version"] for call in made if call["outcome"] == "done" and call["began"] > ended]
        assert not followed_by, f"{user_id} has {version}, which {followed_by} followed."
