"""Killing a server while people send records, and what was seen of it from both sides."""

import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.load.senders import Senders
from tests.support.aws_stand_in import Piece, Received, as_aws_answers, http
from tests.support.person import Person
from tests.support.served import Served, kill, wait_until_healthy

SENDERS = 6


def kills(most: int) -> int:
    """Return how often to kill a server: so often, or less where that would take too long."""
    return min(most, int(os.environ.get("CONSOLE_TEST_KILLS") or most))


@dataclass
class Slowly:
    """Answers as AWS does, taking its time; knows of each user how far the request that carried it is."""

    chance: random.Random
    phases: dict[str, str] = field(default_factory=dict)

    def __call__(self, received: Received) -> Iterator[Piece]:
        if received.operation != "PutUsers":
            yield self.chance.uniform(0, 0.02)
            yield from as_aws_answers(received)
            return
        (user_id,) = received.record_ids
        self.phases[user_id] = "while AWS works"
        yield self.chance.uniform(0, 0.1)
        answer = http(200)
        self.phases[user_id] = "during the answer"
        yield answer[:30]
        yield self.chance.uniform(0, 0.05)
        yield answer[30:]
        self.phases[user_id] = "before the outcome is written"


@dataclass
class Row:
    """A submission as the database has it."""

    id: str
    outcome: str
    http_status: int | None
    attempts: int


@dataclass
class Killed:
    """What was seen while a server was killed: how far the requests were that were under way at each kill."""

    senders: Senders
    person: Person
    served: Served
    at_kills: list[dict[str, str]] = field(default_factory=list)


def kill_again_and_again(times: int, start_one: Callable[[], Served], slowly: Slowly, seed: int) -> Killed:
    """Kill a server at random moments while people send, and return what was seen, with a server that is there."""
    chance = random.Random(seed)
    served = start_one()
    try:
        wait_until_healthy(served)
        person = Person(served, "operator")
        killed = Killed(Senders(person, SENDERS), person, served)
        for turn in range(times):
            # The next one begins while this one works.
            following = start_one()
            killed.served = following
            killed.senders.at(served)
            if turn % 4:
                # A server that has just begun is slow before it writes anything.
                wait_for_one_more(slowly)
            # Of AWS's work, which is over soon, little would be seen at moments of half a second.
            time.sleep(chance.uniform(0, 0.02) if turn % 2 else chance.uniform(0.05, 0.5))
            killed.at_kills.append({each: slowly.phases.get(each, "") for each in set(killed.senders.under_way)})
            kill(served)
            killed.senders.at(None)
            served = following
            wait_until_healthy(served)
        killed.senders.stop()
    except BaseException:
        kill(served)
        raise
    return killed


def wait_for_one_more(slowly: Slowly) -> None:
    """Return when another request has come."""
    before, deadline = len(slowly.phases), time.monotonic() + 30
    while len(slowly.phases) == before:
        assert time.monotonic() < deadline
        time.sleep(0.005)


def kinds(killed: Killed, rows: dict[str, list[Row]]) -> dict[str, str]:
    """Return at what moment each submission was hit, by the id of its user."""
    found = {}
    for under_way in killed.at_kills:
        for user_id, phase in under_way.items():
            if killed.senders.answers[user_id] is not None:
                # Its answer had left the server by then.
                continue
            if user_id not in rows:
                found[user_id] = "before it is written"
            elif rows[user_id][0].outcome == "created":
                found[user_id] = "before the page is shown"
            else:
                found[user_id] = phase or "before it is sent"
    return found
