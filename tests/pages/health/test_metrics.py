"""What the console counts, for Prometheus; tests/metrics/test_metrics_of_processes.py has several processes."""

import json
import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from console.config.checks import metrics_token_can_be_sent

CREATE = "/local/dataset-groups/loyalty-programme/datasets/users/create-records/"
WHOLE = {
    "userId": "u-1",
    "membershipType": "Premium Class",
    "memberSince": 1600000000,
    "totalSpend": 12.5,
    "newsletter": True,
}
RECORD = json.dumps(WHOLE)


def values(client: Client) -> dict[str, float]:
    """Return what /metrics says, by name and labels."""
    lines = client.get("/metrics").content.decode().splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}


def grown(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Return by how much counts grew, without those of pages and without seconds."""
    counts = re.compile(r"console_(?!page)\w+_(?:total|count)\b")
    changed = {name: value - before.get(name, 0) for name, value in after.items() if counts.match(name)}
    return {name: value for name, value in changed.items() if value}


def typed(record: str, intent: str = "create", **fields: Any) -> dict[str, Any]:
    return {"record_input": record, "intent": intent, "view": "json", **fields}


def test_submissions_are_counted_by_outcome_with_what_put_users_took(operator: Client) -> None:
    before = values(operator)
    operator.post(CREATE, typed(RECORD))
    assert grown(before, values(operator)) == {
        'console_submissions_total{environment="local",outcome="created"}': 1,
        'console_put_records_seconds_count{environment="local"}': 1,
    }


def test_a_throttled_submission_counts_its_retries(operator: Client) -> None:
    operator.post(
        "/local/simulate-responses/", {"response": "ThrottlingException", "scope": "all", "calls": "3", "seconds": ""}
    )
    before = values(operator)
    operator.post(CREATE, typed(RECORD))
    # Three attempts, so two retries.
    assert grown(before, values(operator)) == {
        'console_submissions_total{environment="local",outcome="refused"}': 1,
        'console_put_records_seconds_count{environment="local"}': 1,
        'console_put_records_retries_total{environment="local"}': 2,
    }


def test_problems_are_counted_by_place_and_kind_without_what_was_typed(operator: Client) -> None:
    before = values(operator)
    secret = {**WHOLE, "age": "typed-secret", "secretName": 1, "membershipType": "x" * 2000}
    operator.post(CREATE, typed(json.dumps(secret), "validate"))
    operator.post(CREATE, typed("[", "create"))
    operator.post(CREATE, typed("no JSON", "typing"))
    assert grown(before, values(operator)) == {
        'console_problems_total{found="text",place="field"}': 1,
        'console_problems_total{found="text of N characters",place="field"}': 1,
        'console_problems_total{found="a name that is not one of them",place="field"}': 1,
        'console_problems_total{found="the end of the text",place="record input"}': 1,
    }
    assert "secret" not in operator.get("/metrics").content.decode()


def test_pages_are_timed_by_their_names(operator: Client) -> None:
    name = 'console_page_seconds_count{method="GET",page="dataset_groups",status="200"}'
    before = values(operator).get(name, 0)
    operator.get("/local/dataset-groups/?filter=anything")
    operator.get("/nowhere/")
    after = values(operator)
    assert after[name] == before + 1
    assert not any("nowhere" in each or "anything" in each for each in after)


def test_a_machine_reads_them_without_signing_in(client: Client, db: None) -> None:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert client.post("/metrics").status_code == 405


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "::ffff:192.0.2.1", ""])
def test_other_machines_do_not_read_them_without_a_token(client: Client, db: None, address: str) -> None:
    answer = client.get("/metrics", REMOTE_ADDR=address)
    assert (answer.status_code, answer.content) == (
        403,
        b"Ask from the console's own machine without a proxy, or set CONSOLE_METRICS_TOKEN.\n",
    )
    assert client.get("/metrics", REMOTE_ADDR="::1").status_code == 200


@pytest.mark.parametrize("header", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP"])
def test_who_comes_by_a_proxy_of_this_machine_does_not_read_them(client: Client, db: None, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("Bearer the-token", 200),
        ("bearer the-token", 200),
        ("Bearer other", 401),
        ("Basic the-token", 401),
        ("Bearer é", 401),
        ("", 401),
    ],
)
def test_the_token_lets_in_whoever_has_it(
    client: Client, db: None, settings: LazySettings, given: str, status: int
) -> None:
    settings.CONSOLE_METRICS_TOKEN = "the-token"
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1", headers={"Authorization": given}).status_code == status
    assert client.get("/metrics", headers={"Authorization": given}).status_code == status


@pytest.mark.parametrize(("token", "is_refused"), [("a-Token.1~+/==", False), (" ", True), ("é", True), ("a b", True)])
def test_a_token_that_no_client_can_send_stops_a_start(token: str, is_refused: bool, settings: LazySettings) -> None:
    settings.CONSOLE_METRICS_TOKEN = token
    messages = [each.msg for each in metrics_token_can_be_sent()]
    expected = "CONSOLE_METRICS_TOKEN has characters that no client can send, so nobody could read /metrics."
    assert messages == ([expected] if is_refused else [])
