"""The console on PostgreSQL, in a process of its own, with many clients at once.

`make test-postgresql` runs the other tests of this process on PostgreSQL too.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from botocore.exceptions import ClientError

from tests.clients.test_put_users import ARN, client
from tests.support.numbers import whole
from tests.support.postgresql import PostgreSQL, postgresql
from tests.support.served import Served, clean_variables, manage, serve

GROUP = "arn:aws:personalize:us-east-1:000000000000:dataset-group/{}"
THREADS = 8


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with postgresql() as server:
        yield server


@pytest.fixture(scope="module")
def on_postgresql(server: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    variables = {"CONSOLE_LOCAL_PUT_RATE": "0", "CONSOLE_LOCAL_CREATE_SECONDS": "0"}
    limits = {"CONSOLE_LOCAL_MOST_DATASET_GROUPS": "30"}
    data = tmp_path_factory.mktemp("postgresql")
    with serve(data, DATABASE_URL=server.new_database(), **variables, **limits) as served:
        yield served
        assert "Traceback" not in served.log.read_text()


def at_once(calls: list[Callable[[], Any]]) -> Counter[str]:
    """Make calls at the same time, and count their outcomes: `done`, or the code of the error."""

    def outcome(call: Callable[[], Any]) -> str:
        try:
            call()
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "done"

    with ThreadPoolExecutor(len(calls)) as threads:
        return Counter(threads.map(outcome, calls))


def users(*ids: str, status: str = "a") -> list[dict[str, str]]:
    return [{"userId": each, "properties": json.dumps({"membershipStatus": status})} for each in ids]


def test_keeps_nothing_in_sqlite_and_keeps_its_data_over_a_start(server: PostgreSQL, tmp_path: Path) -> None:
    variables = clean_variables(tmp_path, DATABASE_URL=server.new_database())
    assert "demo data" in manage("prepare_demo", "--empty", variables=variables)
    assert manage("prepare_demo", "--empty", variables=variables) == ""
    # The static files are made anew wherever they are not there.
    assert {each.name for each in tmp_path.iterdir()} <= {"secret-key", "static", "static-files-collected"}


HANGING_PROGRAM = """
import os, signal, time
from django.db import OperationalError, connection, transaction
from console.storage import database
from console.storage.database_trouble import Kind, database_trouble, give_up_broken_connection

database.SECONDS_FOR_ANSWERS, database.SECONDS_FOR_STATEMENTS = 3, 1
database.wait_briefly()
with connection.cursor() as cursor:
    server = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]

def trouble_of(ask):
    os.kill(server, signal.SIGSTOP)
    began = time.monotonic()
    try:
        ask()
    except OperationalError as error:
        found = database_trouble(error)
        return found and found.kind, time.monotonic() - began < 8
    finally:
        os.kill(server, signal.SIGCONT)

def ask():
    connection.cursor().execute("SELECT 1")

def commit():
    with transaction.atomic():
        os.kill(server, signal.SIGCONT)
        ask()
        os.kill(server, signal.SIGSTOP)

try:
    connection.cursor().execute("SELECT pg_sleep(60)")
except OperationalError as error:
    assert database_trouble(error).kind is Kind.SLOW
else:
    raise AssertionError("It slept.")
# PostgreSQL has given it up, and the connection goes on.
ask()
assert trouble_of(ask) == (Kind.AWAY, True)
give_up_broken_connection()
with connection.cursor() as cursor:
    server = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]
assert trouble_of(commit) == (Kind.AWAY, True)
give_up_broken_connection()
ask()
print("It went on.")
"""


def test_a_server_that_hangs_is_away_and_the_next_connection_works(server: PostgreSQL, tmp_path: Path) -> None:
    variables = clean_variables(tmp_path, DATABASE_URL=server.new_database())
    assert "It went on." in manage("shell", "--no-imports", "-c", HANGING_PROGRAM, variables=variables)


@whole
def test_two_that_start_at_once_make_one_demo(server: PostgreSQL, tmp_path: Path) -> None:
    variables = clean_variables(tmp_path, DATABASE_URL=server.new_database())
    manage("migrate", variables=variables)
    with ThreadPoolExecutor(2) as threads:
        printed = list(threads.map(lambda _number: manage("prepare_demo", variables=variables), range(2)))
    assert "".join(printed).count("Created the demo data") == 1
    assert "".join(printed).count("Created the demo accounts") == 1


def test_boto3_puts_users_that_are_read_back_by_code_point(on_postgresql: Served) -> None:
    arn = ARN.format("online-shop")
    ids = ["b", "B", "a", "ä", "_", "😀" * 256, "Z"]
    client(on_postgresql, "personalize-events").put_users(datasetArn=arn, users=users(*ids))
    stored = [each["userId"] for each in on_postgresql.local_records(arn) if each["userId"] in ids]
    assert stored == ["B", "Z", "_", "a", "b", "ä", "😀" * 256]


@whole
def test_a_name_that_many_want_is_had_by_one(on_postgresql: Served) -> None:
    personalize = client(on_postgresql, "personalize")
    made = at_once([lambda: personalize.create_dataset_group(name="wanted")] * THREADS)
    assert made == {"done": 1, "ResourceAlreadyExistsException": THREADS - 1}
    personalize.delete_dataset_group(datasetGroupArn=GROUP.format("wanted"))


def test_many_that_create_at_once_do_not_exceed_a_limit(on_postgresql: Served) -> None:
    personalize = client(on_postgresql, "personalize")
    room = 30 - len(personalize.list_dataset_groups()["datasetGroups"])
    for number in range(room - 2):
        personalize.create_dataset_group(name=f"filling-{number}")
    names = [f"last-{number}" for number in range(THREADS)]
    made = at_once([lambda name=name: personalize.create_dataset_group(name=name) for name in names])  # type: ignore[misc]
    assert made == {"done": 2, "LimitExceededException": THREADS - 2}
    for group in personalize.list_dataset_groups()["datasetGroups"]:
        if group["name"].startswith(("filling", "last")):
            personalize.delete_dataset_group(datasetGroupArn=group["datasetGroupArn"])


@whole
def test_tags_that_are_given_at_once_are_all_there(on_postgresql: Served) -> None:
    personalize = client(on_postgresql, "personalize")
    arn = GROUP.format("newsroom")

    def tag(number: int) -> Callable[[], Any]:
        tags = [{"tagKey": f"key-{number}", "tagValue": ""}]
        return lambda: personalize.tag_resource(resourceArn=arn, tags=tags)

    assert at_once([tag(number) for number in range(THREADS)]) == {"done": THREADS}
    keys = {each["tagKey"] for each in personalize.list_tags_for_resource(resourceArn=arn)["tags"]}
    assert keys == {f"key-{number}" for number in range(THREADS)}


def test_the_same_users_in_any_order_do_not_block_each_other(on_postgresql: Served) -> None:
    arn = ARN.format("online-shop")
    events = client(on_postgresql, "personalize-events")
    ids = [f"ordered-{number}" for number in range(10)]

    def put(turn: int) -> Callable[[], Any]:
        members = users(*(ids if turn % 2 else reversed(ids)), status=str(turn))
        return lambda: [events.put_users(datasetArn=arn, users=members) for _ in range(20)]

    assert at_once([put(turn) for turn in range(THREADS)]) == {"done": THREADS}
    stored = [each for each in on_postgresql.local_records(arn) if each["userId"] in ids]
    assert len(stored) == 10
    assert len({each["properties"]["membershipStatus"] for each in stored}) == 1


@whole
def test_a_dataset_goes_while_users_come(on_postgresql: Served) -> None:
    personalize, events = client(on_postgresql, "personalize"), client(on_postgresql, "personalize-events")
    schema = personalize.describe_dataset(datasetArn=ARN.format("online-shop"))["dataset"]["schemaArn"]
    group = personalize.create_dataset_group(name="passing", domain="ECOMMERCE")["datasetGroupArn"]
    arn = ARN.format("passing")

    def put(turn: int) -> Callable[[], Any]:
        members = users("known", *(f"new-{turn}-{number}" for number in range(9)))
        return lambda: [events.put_users(datasetArn=arn, users=members) for _ in range(50)]

    for _ in range(5):
        personalize.create_dataset(name="users", schemaArn=schema, datasetGroupArn=group, datasetType="USERS")
        outcomes = at_once([*(put(turn) for turn in range(4)), lambda: personalize.delete_dataset(datasetArn=arn)])
        assert set(outcomes) <= {"done", "ResourceNotFoundException"}
        assert arn not in [each["datasetArn"] for each in personalize.list_datasets()["datasets"]]
    personalize.delete_dataset_group(datasetGroupArn=group)


def test_a_removal_and_a_put_do_not_wait_for_each_other(on_postgresql: Served) -> None:
    arn = ARN.format("online-shop")
    events = client(on_postgresql, "personalize-events")
    events.put_users(datasetArn=arn, users=users("before"))
    with (
        psycopg.connect(on_postgresql.variables["DATABASE_URL"]) as removal,
        ThreadPoolExecutor(1) as threads,
    ):
        removal.execute("SELECT FROM local_dataset WHERE arn = %s FOR UPDATE", [arn])
        # One that is stored and a new one: both the stored row and the dataset are needed.
        put = threads.submit(lambda: events.put_users(datasetArn=arn, users=users("before", "new")))
        time.sleep(0.5)
        removal.execute("DELETE FROM local_storedrecord WHERE record_id = 'before'")
        removal.commit()
        assert put.result(10)["ResponseMetadata"]["RetryAttempts"] == 0
