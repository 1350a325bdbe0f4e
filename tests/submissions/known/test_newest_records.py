"""The newest records of users that were sent to a dataset."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.submissions.known.newest_records import newest_sent
from console.submissions.models import Outcome, dataset_key
from console.submissions.origins import Origin
from tests.submissions.sent import ARN, send

pytestmark = pytest.mark.django_db
DATASET = f"aws {ARN}"


def sent(
    properties: dict[str, Any], outcome: Outcome = Outcome.CREATED, environment: str = "one", **more: Any
) -> None:
    send({"ada": properties, "eve": {"n": 0}}, outcome, environment=environment, **more)


def found(*names: str, record_ids: tuple[str, ...] = ("ada",)) -> list[tuple[str, str, str]]:
    origins = list(Origin.objects.filter(environment__in=names).values_list("pk", flat=True))
    records = newest_sent(DATASET, record_ids, origins if names else None)
    return [(each.record_id, each.properties, each.outcome.value) for each in records]


def test_the_key_of_a_dataset_is_its_endpoint_and_its_arn() -> None:
    assert dataset_key("aws", "arn:a") == "aws arn:a"


def test_finds_the_last_accepted_record_and_a_newer_one_that_may_have_arrived() -> None:
    sent({"n": 1})
    sent({"n": 2}, Outcome.UNCONFIRMED)
    sent({"n": 3})
    sent({"n": 4}, Outcome.UNCONFIRMED)
    sent({"n": 5}, Outcome.SENDING)
    sent({"n": 6}, Outcome.REFUSED)
    sent({"n": 7}, Outcome.NOT_SENT)
    assert found() == [("ada", '{"n": 3}', "created"), ("ada", '{"n": 5}', "sending")]
    sent({"n": 8})
    assert found() == [("ada", '{"n": 8}', "created")]


def test_of_a_user_who_was_never_accepted_the_newest_that_may_have_arrived_is_found() -> None:
    sent({"n": 1}, Outcome.UNCONFIRMED)
    sent({"n": 2}, Outcome.UNCONFIRMED)
    sent({"n": 3}, Outcome.REFUSED)
    assert found() == [("ada", '{"n": 2}', "unconfirmed")]
    assert found(record_ids=("nobody", "ADA", "")) == []
    assert newest_sent(DATASET, []) == []


def test_counts_every_environment_or_those_that_are_named() -> None:
    sent({"n": 1}, environment="one")
    sent({"n": 2}, environment="two")
    sent({"n": 3}, environment="local")
    sent({"n": 4}, environment="three", endpoint="https://elsewhere.example")
    assert found() == [("ada", '{"n": 2}', "created")]
    assert found("one", "unknown") == [("ada", '{"n": 1}', "created")]
    assert newest_sent(DATASET, ["ada"], []) == []


def test_asks_once_for_ten_users_and_looks_at_few_rows_of_each() -> None:
    for number in range(300):
        send({f"u{each}": {"n": number} for each in range(10)}, environment="one")
    with CaptureQueriesContext(connection) as queries:
        records = newest_sent(DATASET, [f"u{each}" for each in range(10)])
    assert [each.properties for each in records] == ['{"n": 299}'] * 10
    assert len(queries) == 2
    with connection.cursor() as cursor:
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {queries[0]['sql']}")
        plan = str(cursor.fetchall())
    assert "sent_records_of_dataset" in plan
    assert "SCAN sent" not in plan
