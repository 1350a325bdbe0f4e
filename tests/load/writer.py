"""One client of a load: a process that puts users until a moment, and writes down what came of each call.

`python -m tests.load.writer` takes a plan as JSON on standard input, and prints a JSON object a line for each call:
the version that it wrote, the ids, when it began and ended, and its outcome.
"""

import json
import random
import signal
import sys
import time
from threading import Event
from typing import Any, TypedDict

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

BATCH = 10


class Plan(TypedDict):
    """What a client does. `end` is on the clock `time.monotonic`, which all processes of a machine share.

    SIGTERM ends it earlier, after the call that is under way. With `own_ids` no two batches share a user; otherwise each has users of the `pool` first ids. A call that throttles
    is not tried again.
    """

    endpoint: str
    dataset_arn: str
    client: int
    seed: int
    end: float
    pool: int
    own_ids: bool


class Call(TypedDict):
    """A call as it was seen by its client. `outcome` is `done`, the code of an error, or `no answer`."""

    version: str
    ids: list[str]
    began: float
    ended: float
    outcome: str


def run(plan: Plan) -> None:
    """Put users until the plan's end, and print each call."""
    session = boto3.Session("AKIALOCALDEMOEXAMPLE", "local-demo-secret-key", region_name="us-east-1")
    events = session.client(
        "personalize-events",
        endpoint_url=plan["endpoint"],
        config=Config(retries={"total_max_attempts": 1}, read_timeout=30, connect_timeout=5),
    )
    chance = random.Random(f"{plan['seed']} {plan['client']}")
    turn = 0
    stopped = Event()
    signal.signal(signal.SIGTERM, lambda *_signal: stopped.set())
    while time.monotonic() < plan["end"] and not stopped.is_set():
        version = f"{plan['client']}-{turn}"
        turn += 1
        ids = [f"{version}-{number}" for number in range(BATCH)] if plan["own_ids"] else drawn(chance, plan["pool"])
        print(json.dumps(put(events, plan["dataset_arn"], version, ids)), flush=True)


def drawn(chance: random.Random, pool: int) -> list[str]:
    return [f"user-{number}" for number in chance.sample(range(pool), BATCH)]


def put(events: Any, dataset_arn: str, version: str, ids: list[str]) -> Call:
    properties = json.dumps({"membershipStatus": version})
    users = [{"userId": each, "properties": properties} for each in ids]
    began = time.monotonic()
    try:
        events.put_users(datasetArn=dataset_arn, users=users)
        outcome = "done"
    except ClientError as error:
        outcome = error.response["Error"]["Code"]
    except BotoCoreError:
        outcome = "no answer"
        time.sleep(0.02)
    return {"version": version, "ids": ids, "began": began, "ended": time.monotonic(), "outcome": outcome}


if __name__ == "__main__":
    run(json.load(sys.stdin))
