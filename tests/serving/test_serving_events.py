"""The server is killed while events arrive: what it acknowledged is there, and no call is there by half."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError

from tests.clients.test_put_users import client
from tests.support.served import Served, clean_variables, free_port, kill, prepare, starting, wait_until_healthy

DATASET = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/INTERACTIONS"
GROUP = "arn:aws:personalize:us-east-1:000000000000:dataset-group/loyalty-programme"
CLIENTS = 4
ONCE = Config(retries={"total_max_attempts": 1})


def tracking_id(served: Served) -> str:
    personalize = client(served, "personalize")
    (tracker,) = personalize.list_event_trackers(datasetGroupArn=GROUP)["eventTrackers"]
    described = personalize.describe_event_tracker(eventTrackerArn=tracker["eventTrackerArn"])
    found: str = described["eventTracker"]["trackingId"]
    return found


def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    variables = clean_variables(tmp_path, CONSOLE_LOCAL_EVENT_RATE="0")
    prepare(tmp_path, variables)
    acknowledged: list[str] = []

    def put(name: str, events: Any, to: str) -> None:
        number = 0
        while True:
            number += 1
            visit = f"{name}-{number}"
            event_list = [{"eventType": "view", "sentAt": each, "itemId": "film"} for each in range(10)]
            try:
                events.put_events(trackingId=to, userId=name, sessionId=visit, eventList=event_list)
            except BotoCoreError:
                return
            acknowledged.append(visit)

    with starting(tmp_path / "log", free_port(), variables, in_own_group=True) as served:
        wait_until_healthy(served)
        to = tracking_id(served)
        with ThreadPoolExecutor(CLIENTS) as threads:
            made = [client(served, "personalize-events", config=ONCE) for _ in range(CLIENTS)]
            ended = [threads.submit(put, f"client-{number}", each, to) for number, each in enumerate(made)]
            deadline = time.monotonic() + 30
            while len(acknowledged) < 100:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            kill(served)
        for each in ended:
            each.result()
        stored = Counter(each["sessionId"] for each in served.local_records(DATASET))
    assert set(acknowledged) <= set(stored)
    assert set(stored.values()) == {10}
    # Nothing but the last call of each client had no answer.
    assert len(stored) <= len(acknowledged) + CLIENTS
