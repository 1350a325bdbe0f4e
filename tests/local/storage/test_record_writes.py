"""Writes of several threads: committed together where they wait for each other, and each with an outcome of its own."""

import errno
import fcntl
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from django.conf import LazySettings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from console.local.errors import ServiceError
from console.local.models import Dataset, StoredEvent, StoredRecord
from console.local.operations import Caller
from console.local.operations.entities import store
from console.local.operations.events import store as store_events
from console.local.storage import put_rate, record_writes
from console.local.storage.events import Event as InteractionEvent
from console.local.storage.statements import FoundDataset, find_dataset
from tests.local.event_requests import EVENT as EVENT_FIELDS
from tests.local.schemas import record
from tests.local.shop import GROUP_ARN
from tests.support.demo import ACCOUNT, REGION

if TYPE_CHECKING:
    from mypy_boto3_personalize import PersonalizeClient
    from mypy_boto3_personalize_events import PersonalizeEventsClient


def at_once(calls: list[Callable[[], object]]) -> None:
    """Make calls in threads of their own, whose writes wait for each other where there is one writer."""

    def run(call: Callable[[], object]) -> None:
        try:
            call()
        finally:
            # A database in memory refuses to be closed by its own kind of connection.
            BaseDatabaseWrapper.close(connection)

    threads = [Thread(target=run, args=(call,)) for call in calls]
    # Nobody has a turn until all wait for one.
    with record_writes._turn:
        for thread in threads:
            thread.start()
        while len(record_writes._waiting) < len(threads) and any(thread.is_alive() for thread in threads):
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    assert not record_writes._waiting


@pytest.mark.django_db(transaction=True)
def test_of_writes_that_wait_together_only_the_wrong_one_fails(dataset: str) -> None:
    found = find_dataset(Caller(ACCOUNT, REGION), dataset)
    assert found is not None
    gone = replace(found, pk=1_000_000)
    outcomes: dict[str, str] = {}

    def put(name: str, into: FoundDataset, user_id: str) -> None:
        try:
            store(into, {user_id: {"age": 1}, "of all": {"age": 1}})
            outcomes[name] = "stored"
        except ServiceError as error:
            outcomes[name] = error.code
        except UnicodeEncodeError:
            outcomes[name] = "no text"

    at_once(
        [
            lambda: put("a", found, "a"),
            lambda: put("b", found, "b"),
            lambda: put("late", gone, "late"),
            lambda: put("half", found, "half of a character: \ud800"),
            lambda: put("c", found, "c"),
        ]
    )
    assert outcomes == {
        "a": "stored",
        "b": "stored",
        "c": "stored",
        "late": "ResourceNotFoundException",
        "half": "no text",
    }
    assert set(StoredRecord.objects.values_list("record_id", flat=True)) == {"a", "b", "c", "of all"}


@pytest.mark.django_db(transaction=True)
def test_records_and_events_that_wait_together_have_outcomes_of_their_own(
    personalize: "PersonalizeClient", dataset: str
) -> None:
    schema = personalize.create_schema(name="events", schema=record(*EVENT_FIELDS, name="Interactions"))
    of_events = personalize.create_dataset(
        name="events", schemaArn=schema["schemaArn"], datasetGroupArn=GROUP_ARN, datasetType="Interactions"
    )["datasetArn"]
    users, views = (find_dataset(Caller(ACCOUNT, REGION), arn) for arn in (dataset, of_events))
    assert users is not None
    assert views is not None
    event = InteractionEvent("u", "film", "view", 1, '{"itemId":"film"}')
    failures: list[str] = []

    def put_late() -> None:
        try:
            store_events(replace(views, pk=1_000_000), [event])
        except ServiceError as error:
            failures.append(error.code)

    at_once(
        [
            lambda: store(users, {"a": {"age": 1}}),
            lambda: store_events(views, [event, replace(event, object_id="song", properties="{}")]),
            put_late,
            lambda: store(users, {"b": {"age": 1}}),
            # Identical to one of the other write's.
            lambda: store_events(views, [event]),
        ]
    )
    assert failures == ["ResourceNotFoundException"]
    assert set(StoredRecord.objects.values_list("record_id", flat=True)) == {"a", "b"}
    assert sorted(StoredEvent.objects.values_list("object_id", flat=True)) == ["film", "song"]


@pytest.fixture
def put_users(personalize_events: "PersonalizeEventsClient", dataset: str) -> Callable[[], dict[str, str]]:
    """A call that puts three users at once, and returns what each was answered."""

    def put_three() -> dict[str, str]:
        answers: dict[str, str] = {}

        def put(user_id: str) -> None:
            users: Any = [{"userId": user_id, "properties": '{"age": 1}'}]
            try:
                answer: Any = personalize_events.put_users(datasetArn=dataset, users=users)
            except ClientError as error:
                answer = error.response
            except KeyboardInterrupt:
                answers[user_id] = "interrupted"
                return
            code = answer.get("Error", {}).get("Code", "stored")
            answers[user_id] = f"{answer['ResponseMetadata']['HTTPStatusCode']} {code}"

        at_once([lambda: put("a"), lambda: put("b"), lambda: put("c")])
        return answers

    return put_three


@pytest.mark.django_db(transaction=True)
def test_all_is_stored_where_there_is_no_room_for_the_file_of_turns(
    put_users: Callable[[], dict[str, str]], settings: LazySettings, tmp_path: Path
) -> None:
    settings.CONSOLE_LOCAL_PUT_RATE = 0
    settings.CONSOLE_DATA_DIR = tmp_path / "gone"
    record_writes._turn_file.cache_clear()
    try:
        assert put_users() == {"a": "200 stored", "b": "200 stored", "c": "200 stored"}
        assert StoredRecord.objects.count() == 3
        settings.CONSOLE_DATA_DIR = tmp_path
        assert put_users() == {"a": "200 stored", "b": "200 stored", "c": "200 stored"}
        takes_turns = connection.vendor == "sqlite"
        assert (tmp_path / "turn-to-write").exists() == takes_turns
    finally:
        record_writes._turn_file.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_nobody_who_waits_is_told_of_success_when_the_turn_fails(
    put_users: Callable[[], dict[str, str]], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONSOLE_LOCAL_PUT_RATE = 0

    def lock(_file: int, _operation: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    # PostgreSQL knows no turns.
    expected = "200 stored" if connection.vendor == "postgresql" else "500 InternalServerError"
    with monkeypatch.context() as failing:
        failing.setattr(fcntl, "flock", lock)
        assert put_users() == {"a": expected, "b": expected, "c": expected}
    assert StoredRecord.objects.count() == (3 if connection.vendor == "postgresql" else 0)
    assert put_users() == {"a": "200 stored", "b": "200 stored", "c": "200 stored"}
    assert StoredRecord.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_nobody_who_waits_is_told_of_success_when_the_thread_ends_whose_turn_it_was(
    put_users: Callable[[], dict[str, str]], settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONSOLE_LOCAL_PUT_RATE = 0
    locked: list[int] = []

    def lock(_file: int, operation: int) -> None:
        locked.append(operation)
        if len(locked) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(fcntl, "flock", lock)
    answers = put_users()
    stored = set(StoredRecord.objects.values_list("record_id", flat=True))
    assert {user_id for user_id, answer in answers.items() if answer == "200 stored"} == stored
    expected = ["200 stored"] * 3 if connection.vendor == "postgresql" else ["interrupted"]
    assert sorted(answers.values())[-len(expected) :] == expected


@pytest.mark.django_db(transaction=True)
def test_what_comes_while_a_process_waits_for_its_turn_is_written_in_it(
    dataset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = find_dataset(Caller(ACCOUNT, REGION), dataset)
    assert found is not None
    turns: list[int] = []
    is_turn = Event()

    def lock(_file: int, operation: int) -> None:
        if operation == fcntl.LOCK_EX:
            turns.append(operation)
            assert is_turn.wait(20)

    def put(user_id: str) -> None:
        try:
            store(found, {user_id: {"age": 1}})
        finally:
            BaseDatabaseWrapper.close(connection)

    monkeypatch.setattr(fcntl, "flock", lock)
    threads = [Thread(target=put, args=(user_id,)) for user_id in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    # PostgreSQL knows no turns.
    while len(record_writes._waiting) < len(threads) and any(thread.is_alive() for thread in threads):
        time.sleep(0.01)
    is_turn.set()
    for thread in threads:
        thread.join()
    assert set(StoredRecord.objects.values_list("record_id", flat=True)) == {"a", "b", "c"}
    assert len(turns) == (0 if connection.vendor == "postgresql" else 1)


@pytest.mark.django_db(transaction=True)
def test_calls_are_counted_in_turn_where_there_is_one_writer(dataset: str) -> None:
    group = Dataset.objects.get(arn=dataset).group_id
    allowed: list[bool] = []

    def count() -> None:
        try:
            allowed.extend(put_rate.allows(group, "USERS", 2) for _ in range(3))
        finally:
            BaseDatabaseWrapper.close(connection)

    takes_turns = connection.vendor == "sqlite"
    thread = Thread(target=count)
    with record_writes.turn_to_write():
        thread.start()
        thread.join(0.5 if takes_turns else 20)
        assert thread.is_alive() == takes_turns
    thread.join()
    assert allowed == [True, True, False]
