"""Requests that put ten users, items or events, ready to be sent: signed PutUsers here, BatchWriteItem to moto's server.

What the clients do between two requests counts for the servers on a machine with two cores, so that they do little:
requests are made before, and sent over plain connections that are kept.
"""

import json
import multiprocessing
import random
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from itertools import cycle
from multiprocessing.synchronize import Barrier
from typing import Any
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from pytest_benchmark.fixture import BenchmarkFixture

from tests.support.served import SECONDS_TO_START

DATASET = "arn:aws:personalize:us-east-1:000000000000:dataset/loyalty-programme/USERS"
DEMO_KEYS = Credentials("AKIALOCALDEMOEXAMPLE", "local-demo-secret-key")
TABLE = "users"
WARM_UP = 100
PROPERTIES = {
    "age": 34,
    "gender": "F",
    "membershipType": "Premium Class|Legacy Member",
    "memberSince": 1600000000,
    "totalSpend": 12.5,
    "newsletter": True,
    "city": "Paris",
}
# The same values as DynamoDB has them.
ITEM: dict[str, Any] = {
    "age": {"N": "34"},
    "gender": {"S": "F"},
    "membershipType": {"S": "Premium Class|Legacy Member"},
    "memberSince": {"N": "1600000000"},
    "totalSpend": {"N": "12.5"},
    "newsletter": {"BOOL": True},
    "city": {"S": "Paris"},
}

type Request = bytes


def put_users(
    endpoint: str,
    record_ids: list[str],
    dataset_arn: str = DATASET,
    properties: dict[str, Any] = PROPERTIES,
    *,
    keys: Credentials = DEMO_KEYS,
) -> Request:
    """Return a PutUsers request with the users of some ids."""
    users = [{"userId": user_id, "properties": json.dumps(properties)} for user_id in record_ids]
    body = {"datasetArn": dataset_arn, "users": users}
    return signed(f"{endpoint}/users", body, {"Content-Type": "application/json"}, keys=keys)


def put_items(endpoint: str, record_ids: list[str]) -> Request:
    """Return a PutItems request with the items of some ids, signed with the demo's keys."""
    properties = json.dumps({"price": 12.5, "categoryL1": "Tea|Green tea"})
    items = [{"itemId": item_id, "properties": properties} for item_id in record_ids]
    body = {"datasetArn": DATASET.replace("USERS", "ITEMS"), "items": items}
    return signed(f"{endpoint}/items", body, {"Content-Type": "application/json"})


def put_events(endpoint: str, tracking_id: str, item_ids: list[str], moment: int) -> Request:
    """Return a PutEvents request with an event about each of some items, signed with the demo's keys."""
    events = [{"eventType": "view", "sentAt": moment, "itemId": item_id} for item_id in item_ids]
    body = {"trackingId": tracking_id, "userId": f"user-{moment}", "sessionId": f"visit-{moment}", "eventList": events}
    return signed(f"{endpoint}/events", body, {"Content-Type": "application/json"})


def control_request(
    endpoint: str,
    operation: str,
    parameters: dict[str, Any],
    region: str = "us-east-1",
    *,
    keys: Credentials = DEMO_KEYS,
) -> Request:
    """Return a request of the control plane."""
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"AmazonPersonalize.{operation}"}
    return signed(endpoint, parameters, headers, region, keys=keys)


def batch_write_item(url: str, record_ids: list[str]) -> Request:
    """Return a BatchWriteItem request with the users of some ids; moto verifies no signature."""
    puts = [{"PutRequest": {"Item": {"userId": {"S": user_id}, **ITEM}}} for user_id in record_ids]
    headers = {
        "Content-Type": "application/x-amz-json-1.0",
        "X-Amz-Target": "DynamoDB_20120810.BatchWriteItem",
        "Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, "
        "SignedHeaders=host, Signature=0",
    }
    return _text(url, json.dumps({"RequestItems": {TABLE: puts}}).encode(), headers)


def signed(
    url: str,
    parameters: dict[str, Any],
    headers: dict[str, str],
    region: str = "us-east-1",
    *,
    keys: Credentials = DEMO_KEYS,
) -> Request:
    """Return a request that is signed, with the demo's keys if no others are given."""
    body = json.dumps(parameters).encode()
    request = AWSRequest("POST", url, {**headers, "Host": urlsplit(url).netloc}, body)
    SigV4Auth(keys, "personalize", region).add_auth(request)
    return _text(url, body, dict(request.headers.items()))


def _text(url: str, body: bytes, headers: dict[str, str]) -> Request:
    parts = urlsplit(url)
    sent = {"Host": parts.netloc, **headers, "Content-Length": str(len(body))}
    lines = [f"POST {parts.path or '/'} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def record_ids(prefix: str, stored: int, seed: int) -> Iterator[list[str]]:
    """Yield ten ids again and again, drawn from as many as are stored."""
    draw = random.Random(seed)
    while True:
        yield [f"{prefix}-{number}" for number in draw.sample(range(stored), 10)]


class Sender:
    """A client on one connection, which is made anew when the server closes it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.address = (parts.hostname, parts.port)
        self.connection: socket.socket | None = None

    def connect(self) -> None:
        """Connect; raise OSError if nothing listens there."""
        self.connection = socket.create_connection(self.address)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: Request) -> bytes:
        """Send a request, and return the answer's body; raise AssertionError if it is not a success."""
        if self.connection is None:
            self.connect()
        assert self.connection is not None
        self.connection.sendall(request)
        answer = self._receive(b"")
        while b"\r\n\r\n" not in answer:
            answer = self._receive(answer)
        head, _, body = answer.partition(b"\r\n\r\n")
        status, *lines = head.lower().split(b"\r\n")
        headers = dict(line.split(b": ", 1) for line in lines)
        while len(body) < int(headers[b"content-length"]):
            body = self._receive(body)
        assert b" 200 " in status, answer
        if headers.get(b"connection") == b"close":
            self.close()
        return body

    def close(self) -> None:
        """Close the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _receive(self, before: bytes) -> bytes:
        assert self.connection is not None
        received = self.connection.recv(65536)
        assert received, "The server closed the connection without an answer."
        return before + received


def wait_for(url: str) -> None:
    """Wait until a server takes connections."""
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with closing(Sender(url)) as sender:
                return sender.connect()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


# In a client's process: its connection, its requests, and where all clients wait for each other.
_client: tuple[Sender, Iterator[Request], Barrier]


def _start_client(url: str, batches: Any, started: Barrier) -> None:
    global _client
    _client = (Sender(url), cycle(batches.get()), started)


def _send_some(number: int) -> None:
    sender, requests, started = _client
    started.wait()
    for _ in range(number):
        sender.send(next(requests))


def sending(benchmark: BenchmarkFixture, url: str, requests: list[Request]) -> bytes:
    """Measure sending one request after the other on one connection, in turn; return the last answer's body."""
    turn = cycle(requests)
    with closing(Sender(url)) as sender:
        # The first ones find nothing in any cache, and by its first round the benchmark chooses how many it makes.
        for request in requests[:WARM_UP]:
            sender.send(request)
        answer: bytes = benchmark(lambda: sender.send(next(turn)))
    return answer


class Clients:
    """Clients in processes of their own, which send at the same time."""

    def __init__(self, pool: ProcessPoolExecutor, number: int) -> None:
        self.pool = pool
        self.number = number

    def send(self, requests_each: int) -> None:
        """Let each client send so many requests, and wait for the last answer."""
        list(self.pool.map(_send_some, [requests_each] * self.number))


@contextmanager
def clients(url: str, requests: list[list[Request]]) -> Iterator[Clients]:
    """Start a client for each list of requests, which it sends in turn."""
    processes = multiprocessing.get_context("spawn")
    batches = processes.Queue()
    for batch in requests:
        batches.put(batch)
    started = processes.Barrier(len(requests))
    with ProcessPoolExecutor(len(requests), processes, _start_client, (url, batches, started)) as pool:
        yield Clients(pool, len(requests))
