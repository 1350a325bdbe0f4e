"""The local service as `make run` starts it, beside moto's server, and with much in it.

moto's DynamoDB keeps what it is given in memory and verifies no signature; PutUsers here verifies, validates and makes
durable. The two are asked in one run, since the speed of machines varies from one to the next.
"""

import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.moto_server import moto_server
from tests.benchmarks.put_ten import (
    DATASET,
    PROPERTIES,
    Sender,
    batch_write_item,
    clients,
    control_request,
    put_events,
    put_items,
    put_users,
    record_ids,
    sending,
)
from tests.support.served import Served, serve

# Each is sent once or a few times.
REQUESTS = 2_000
CLIENTS = 8
REQUESTS_EACH = 50
# Most requests with events are sent once: an event that is there already is not stored again.
NEW_EVENTS = 4_000
FEW, MANY = 1_000, 1_000_000
MOST_MEMORY = 200_000_000


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A console as `make run` starts it, but for the rates of calls and the number of dataset groups."""
    data = tmp_path_factory.mktemp("service")
    # That of events is counted all the same, which takes its time with each call.
    rates = {"CONSOLE_LOCAL_PUT_RATE": "0", "CONSOLE_LOCAL_EVENT_RATE": "1000000"}
    with serve(data, **rates, CONSOLE_LOCAL_MOST_DATASET_GROUPS="10000") as served:
        yield served
        memory = most_memory(served.process.pid)
        print(f"\nThe most memory of a process of the console: {memory / 1e6:.0f} MB")
        assert memory < MOST_MEMORY


@pytest.fixture(scope="module")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of moto's server, with a table for users."""
    with moto_server(tmp_path_factory.mktemp("moto")) as url:
        yield url


@pytest.mark.benchmark(group="10 users by 1 client: at most 0.6 of moto's median")
class TestOneClient:
    def test_put_users(self, benchmark: BenchmarkFixture, service: Served) -> None:
        requests = [put_users(service.endpoint, each) for each in islice(record_ids("one", FEW, 1), REQUESTS)]
        sending(benchmark, service.endpoint, requests)

    def test_motos_batch_write_item(self, benchmark: BenchmarkFixture, moto: str) -> None:
        requests = [batch_write_item(moto, each) for each in islice(record_ids("one", FEW, 1), REQUESTS)]
        sending(benchmark, moto, requests)


@pytest.mark.benchmark(group="10 records of a type by 1 client: at most 1.2 times the median of users")
class TestEachType:
    def test_put_users(self, benchmark: BenchmarkFixture, service: Served) -> None:
        requests = [put_users(service.endpoint, each) for each in islice(record_ids("type", FEW, 3), REQUESTS)]
        sending(benchmark, service.endpoint, requests)

    def test_put_items(self, benchmark: BenchmarkFixture, service: Served) -> None:
        requests = [put_items(service.endpoint, each) for each in islice(record_ids("type", FEW, 3), REQUESTS)]
        sending(benchmark, service.endpoint, requests)

    def test_put_events(self, benchmark: BenchmarkFixture, service: Served) -> None:
        tracking_id = tracking_id_of_demo(service)
        requests = [
            put_events(service.endpoint, tracking_id, item_ids, moment)
            for moment, item_ids in enumerate(islice(record_ids("type", FEW, 3), NEW_EVENTS))
        ]
        sending(benchmark, service.endpoint, requests)


@pytest.mark.benchmark(group="400 times 10 users by 8 clients: at most 0.25 of moto's median")
class TestEightClients:
    def test_put_users(self, benchmark: BenchmarkFixture, service: Served) -> None:
        requests = [
            [put_users(service.endpoint, each) for each in islice(record_ids("eight", FEW, seed), REQUESTS_EACH)]
            for seed in range(CLIENTS)
        ]
        with clients(service.endpoint, requests) as started:
            benchmark(started.send, REQUESTS_EACH)

    def test_motos_batch_write_item(self, benchmark: BenchmarkFixture, moto: str) -> None:
        requests = [
            [batch_write_item(moto, each) for each in islice(record_ids("eight", FEW, seed), REQUESTS_EACH)]
            for seed in range(CLIENTS)
        ]
        with clients(moto, requests) as started:
            benchmark(started.send, REQUESTS_EACH)


@pytest.mark.benchmark(group="10 users among many: at most 1.2 times the median among 1,000")
@pytest.mark.parametrize("stored", [FEW, MANY])
def test_put_users_among(benchmark: BenchmarkFixture, service: Served, stored: int) -> None:
    arn = DATASET if stored == FEW else DATASET.replace("loyalty-programme", "many-users")
    if stored == MANY:
        make_dataset_like_the_demos(service, arn)
    fill(service, arn, stored)
    requests = [put_users(service.endpoint, each, arn) for each in islice(record_ids("user", stored, 2), REQUESTS)]
    sending(benchmark, service.endpoint, requests)


@pytest.mark.benchmark(group="a page of 5 dataset groups: at most 1.5 times the median among 5")
@pytest.mark.parametrize(("groups", "region"), [(5, "eu-west-1"), (5_000, "eu-west-2")])
def test_list_dataset_groups(benchmark: BenchmarkFixture, service: Served, groups: int, region: str) -> None:
    names = [{"name": f"group-{number}"} for number in range(groups)]
    with closing(Sender(service.endpoint)) as sender:
        for name in names:
            sender.send(control_request(service.endpoint, "CreateDatasetGroup", name, region))
    request = control_request(service.endpoint, "ListDatasetGroups", {"maxResults": 5}, region)
    answer = sending(benchmark, service.endpoint, [request])
    assert len(json.loads(answer)["datasetGroups"]) == 5


def make_dataset_like_the_demos(service: Served, arn: str) -> None:
    """Make a dataset group, and in it a Users dataset with the schema of the demo's one."""
    schema = "arn:aws:personalize:us-east-1:000000000000:schema/loyalty-programme-users-schema"
    made = partial(control_request, service.endpoint)
    with closing(Sender(service.endpoint)) as sender:
        name = {"name": arn.split("/")[1]}
        group = json.loads(sender.send(made("CreateDatasetGroup", name)))["datasetGroupArn"]
        time.sleep(1.1)
        dataset = {"name": "many", "datasetType": "Users", "datasetGroupArn": group, "schemaArn": schema}
        sender.send(made("CreateDataset", dataset))
        time.sleep(1.1)


def tracking_id_of_demo(service: Served) -> str:
    """Return the tracking id of the demo's event tracker of the dataset group with the users."""
    group = {"datasetGroupArn": "arn:aws:personalize:us-east-1:000000000000:dataset-group/loyalty-programme"}
    with closing(Sender(service.endpoint)) as sender:
        listed = json.loads(sender.send(control_request(service.endpoint, "ListEventTrackers", group)))
        (tracker,) = listed["eventTrackers"]
        arn = {"eventTrackerArn": tracker["eventTrackerArn"]}
        described = json.loads(sender.send(control_request(service.endpoint, "DescribeEventTracker", arn)))
    tracking_id: str = described["eventTracker"]["trackingId"]
    return tracking_id


def fill(service: Served, arn: str, number: int) -> None:
    """Store so many users in a dataset, past the service, which would take minutes."""
    moment = "2026-01-01 00:00:00"
    rows = ((f"user-{each}", json.dumps(PROPERTIES), moment, moment, arn) for each in range(number))
    database = sqlite3.connect(Path(service.variables["CONSOLE_DATA_DIR"]) / "console.sqlite3")
    with database:
        database.executemany(
            "INSERT INTO local_storedrecord (record_id, properties, created_at, replaced_at, dataset_id) "
            "SELECT ?, ?, ?, ?, id FROM local_dataset WHERE arn = ? ON CONFLICT DO NOTHING",
            rows,
        )
    database.close()


def most_memory(process: int) -> int:
    """Return the most bytes that a process or one of its children held at a time, as Linux counts them."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True).stdout
    return max(_peak(each) for each in (process, *map(int, listed.split())) if os.path.exists(f"/proc/{each}"))


def _peak(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024
