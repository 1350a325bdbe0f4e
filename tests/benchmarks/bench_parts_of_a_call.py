"""What a PutUsers of ten users is made of, beside the HTTP server: the processor's time for each part, in this process.

The database of tests is in memory, so that no part waits for the disk.
"""

import json
import statistics
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from django.conf import LazySettings

from console.local.caller import Caller
from console.local.constraints import is_valid
from console.local.http import wire
from console.local.http.signature import Key, SignedRequest, verify
from console.local.operations import OPERATIONS, entities
from console.local.storage import statements
from console.records.validation.validation import validate_properties
from tests.benchmarks.bench_personalize_local import SCHEMA
from tests.benchmarks.put_ten import DATASET, DEMO_KEYS, PROPERTIES, record_ids

CALLER = Caller("000000000000", "us-east-1")
KEY = Key(DEMO_KEYS.access_key, DEMO_KEYS.secret_key, CALLER.account)
CALLS, WARM_UP = 400, 50


class Parts:
    """Takes the processor's time of functions while they are called, by the names of parts."""

    def __init__(self) -> None:
        self.calls: list[dict[str, float]] = []

    def timed[**Given, Result](self, part: str, function: Callable[Given, Result]) -> Callable[Given, Result]:
        """Return the same function, whose time in this thread is added to that of a part."""

        def timed(*args: Given.args, **kwargs: Given.kwargs) -> Result:
            began = time.thread_time_ns()
            try:
                return function(*args, **kwargs)
            finally:
                call = self.calls[-1]
                call[part] = call.get(part, 0) + (time.thread_time_ns() - began) / 1000

        return timed

    def medians(self) -> dict[str, float]:
        """Return the median of each part in microseconds, without those of the first calls."""
        measured = self.calls[WARM_UP:]
        return {part: statistics.median(call[part] for call in measured) for part in measured[0]}


class Decoder:
    """The decoder of JSON, timed."""

    def __init__(self, parts: Parts) -> None:
        self.decode = parts.timed("reading", wire.DECODER.decode)


def signed_request() -> SignedRequest:
    url = "http://127.0.0.1:4567/users"
    users = [{"userId": each, "properties": json.dumps(PROPERTIES)} for each in next(record_ids("user", 1000, 1))]
    body = json.dumps({"datasetArn": DATASET, "users": users}).encode()
    host = {"Host": urlsplit(url).netloc, "Content-Type": "application/json"}
    request = AWSRequest("POST", url, host, body)
    SigV4Auth(DEMO_KEYS, "personalize", CALLER.region).add_auth(request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return SignedRequest("POST", "/users", "", headers, body)


@pytest.mark.django_db(transaction=True)
def test_parts_of_put_users(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CONSOLE_LOCAL_CREATE_SECONDS = settings.CONSOLE_LOCAL_PUT_RATE = 0
    group = OPERATIONS["CreateDatasetGroup"](CALLER, {"name": DATASET.split("/")[1]})
    schema = OPERATIONS["CreateSchema"](CALLER, {"name": "users", "schema": SCHEMA})
    made = {"name": "users", "datasetType": "Users", **group, **schema}
    OPERATIONS["CreateDataset"](CALLER, made)
    parts = Parts()
    timed = parts.timed
    monkeypatch.setattr(wire, "verify", timed("signature", verify))
    monkeypatch.setattr(wire, "DECODER", Decoder(parts))
    monkeypatch.setattr(wire, "is_valid", lambda shape: timed("reading", is_valid(shape)))
    monkeypatch.setattr(statements, "find_dataset", timed("finding the dataset", statements.find_dataset))
    monkeypatch.setattr(entities, "validate_properties", timed("validating", validate_properties))
    monkeypatch.setattr(statements, "put", timed("writing", statements.put))
    call = timed("all of it", wire.answer)
    request = signed_request()
    for _ in range(CALLS):
        parts.calls.append({})
        assert call(request, "/users", lambda _id: KEY).status == 200
    print("\nPutUsers of ten users, in microseconds:", {name: round(each) for name, each in parts.medians().items()})
