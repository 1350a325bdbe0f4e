"""`personalize-local` beside moto's server, with one client that asks each of them in turn, and with eight.

moto keeps all in memory and verifies no signature. It has Personalize's calls about schemas; for PutUsers,
BatchWriteItem of DynamoDB stands in, which writes as many records.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from botocore.credentials import Credentials

from tests.benchmarks.moto_server import moto_server
from tests.benchmarks.put_ten import (
    DATASET,
    DEMO_KEYS,
    Request,
    Sender,
    batch_write_item,
    clients,
    control_request,
    put_users,
    record_ids,
)
from tests.server.sockets import megabytes
from tests.support.installed import LocalService, local_service_of_tree
from tests.support.served import serve

IN_MEMORY, DURABLE, MOTO = "in memory", "durable", "moto"
# CreateSchema is asked this often: an account may have 500 schemas.
CALLS, WARM_UP = 400, 50
STORED = 1_000
CLIENTS, REQUESTS_EACH, ROUNDS = 8, 50, 5
# That of the users that are put.
FIELDS = [
    {"name": "USER_ID", "type": "string"},
    {"name": "AGE", "type": ["null", "int"]},
    {"name": "GENDER", "type": "string", "categorical": True},
    {"name": "MEMBERSHIP_TYPE", "type": "string", "categorical": True},
    {"name": "MEMBER_SINCE", "type": "long"},
    {"name": "TOTAL_SPEND", "type": "double"},
    {"name": "NEWSLETTER", "type": "boolean"},
    {"name": "CITY", "type": "string"},
]
NAMED = {"type": "record", "name": "Users", "namespace": "com.amazonaws.personalize.schema", "version": "1.0"}
SCHEMA = json.dumps({**NAMED, "fields": FIELDS})


@dataclass(frozen=True)
class Server:
    """Where a server is asked, and with which keys."""

    endpoint: str
    keys: Credentials

    def control(self, operation: str, **parameters: Any) -> Request:
        """Return a request of the control plane."""
        return control_request(self.endpoint, operation, parameters, keys=self.keys)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, LocalService]]:
    data = tmp_path_factory.mktemp("durable")
    with local_service_of_tree("--memory") as in_memory, local_service_of_tree(f"--data={data}") as durable:
        yield {IN_MEMORY: in_memory, DURABLE: durable}


@pytest.fixture(scope="module")
def servers(
    services: dict[str, LocalService], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Server]]:
    with moto_server(tmp_path_factory.mktemp("moto")) as url:
        yield {name: _server(service) for name, service in services.items()} | {MOTO: Server(f"{url}/", DEMO_KEYS)}


def _server(service: LocalService) -> Server:
    found = service.printed["environment"]
    keys = Credentials(found["AWS_ACCESS_KEY_ID"], found["AWS_SECRET_ACCESS_KEY"])
    return Server(service.printed["endpoint_url"], keys)


def medians(requests: Mapping[str, Sequence[tuple[str, Request]]]) -> dict[str, float]:
    """Send requests to the addresses beside them, to each server in turn; return the medians of seconds."""
    taken: dict[str, list[float]] = {name: [] for name in requests}
    with ExitStack() as stack:
        senders = {name: stack.enter_context(closing(Sender(sent[0][0]))) for name, sent in requests.items()}
        for turn in zip(*requests.values(), strict=True):
            for name, (_url, request) in zip(requests, turn, strict=True):
                began = time.perf_counter()
                senders[name].send(request)
                taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(each[WARM_UP:]) for name, each in taken.items()}


def compare(what: str, found: dict[str, float], most: dict[str, float]) -> None:
    """Print medians, and fail for one that is more than so many times moto's."""
    ratios = {name: found[name] / found[MOTO] for name in most}
    figures = ", ".join(f"{name} {seconds * 1000:.2f} ms" for name, seconds in found.items())
    shares = ", ".join(f"{name} {ratio:.2f} (at most {most[name]})" for name, ratio in ratios.items())
    print(f"\n{what}: {figures}; of moto's: {shares}")
    assert all(ratios[name] <= most[name] for name in most), shares


def of_servers(
    servers: dict[str, Server], make: Callable[[Server, int], Request]
) -> dict[str, Sequence[tuple[str, Request]]]:
    return {
        name: [(server.endpoint, make(server, number)) for number in range(CALLS)] for name, server in servers.items()
    }


def test_schemas(servers: dict[str, Server]) -> None:
    created = of_servers(
        servers, lambda server, number: server.control("CreateSchema", name=f"s-{number}", schema=SCHEMA)
    )
    compare("CreateSchema", medians(created), {IN_MEMORY: 1.0, DURABLE: 1.5})
    arns = {name: _first_schema(server) for name, server in servers.items()}
    described = {
        name: [(server.endpoint, server.control("DescribeSchema", schemaArn=arns[name]))] * CALLS
        for name, server in servers.items()
    }
    compare("DescribeSchema", medians(described), {IN_MEMORY: 0.5, DURABLE: 0.5})
    listed = of_servers(servers, lambda server, _number: server.control("ListSchemas"))
    compare("ListSchemas, 100 of 400", medians(listed), {IN_MEMORY: 0.5, DURABLE: 0.5})


def _first_schema(server: Server) -> str:
    with closing(Sender(server.endpoint)) as sender:
        arn: str = json.loads(sender.send(server.control("ListSchemas")))["schemas"][0]["schemaArn"]
    return arn


@pytest.fixture(scope="module")
def with_datasets(servers: dict[str, Server]) -> dict[str, Server]:
    for name in (IN_MEMORY, DURABLE):
        server = servers[name]
        with closing(Sender(server.endpoint)) as sender:
            made = json.loads(sender.send(server.control("CreateDatasetGroup", name=DATASET.split("/")[1])))
            schema = server.control("CreateSchema", name="users", schema=SCHEMA)
            arns = {"schemaArn": json.loads(sender.send(schema))["schemaArn"], **made}
            sender.send(server.control("CreateDataset", name="users", datasetType="Users", **arns))
    return servers


def _puts(server: Server, seed: int, number: int) -> list[Request]:
    ids = islice(record_ids("user", STORED, seed), number)
    if server.keys is DEMO_KEYS:
        return [batch_write_item(server.endpoint, each) for each in ids]
    return [put_users(server.endpoint, each, keys=server.keys) for each in ids]


def test_put_users_by_one_client(with_datasets: dict[str, Server]) -> None:
    puts = {
        name: [(server.endpoint, request) for request in _puts(server, 1, CALLS)]
        for name, server in with_datasets.items()
    }
    compare("Ten users", medians(puts), {DURABLE: 0.4})


def test_put_users_by_eight_clients(with_datasets: dict[str, Server]) -> None:
    taken = {name: _seconds_of_clients(with_datasets[name]) for name in (DURABLE, MOTO)}
    compare(f"{CLIENTS * REQUESTS_EACH} times ten users by {CLIENTS} clients", taken, {DURABLE: 0.2})


def _seconds_of_clients(server: Server) -> float:
    requests = [_puts(server, seed, REQUESTS_EACH) for seed in range(CLIENTS)]
    taken = []
    with clients(server.endpoint, requests) as started:
        for _ in range(ROUNDS):
            began = time.perf_counter()
            started.send(REQUESTS_EACH)
            taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:])


def test_memory(services: dict[str, LocalService], tmp_path: Path) -> None:
    for name, service in services.items():
        memory = megabytes(service.process.pid)
        print(f"\npersonalize-local, {name}: {memory:.0f} MB")
        assert memory <= 120
    with serve(tmp_path) as served:
        time.sleep(5)
        memory = sum(megabytes(each) for each in _family(served.process.pid))
    print(f"\nmake run, idle, in all: {memory:.0f} MB")
    assert memory <= 180


def _family(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(each for child in children for each in _family(int(child)))]
