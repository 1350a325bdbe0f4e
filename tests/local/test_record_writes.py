"""Writes of several threads: committed together where they wait for each other, and each with an outcome of its own."""

import time
from dataclasses import replace
from threading import Thread

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from console.local import put_rate, record_writes
from console.local.errors import ServiceError
from console.local.models import Dataset, StoredUser
from console.local.operations import Caller
from console.local.operations.entities import store
from console.local.statements import FoundDataset, find_dataset
from console.records.entities import USERS
from tests.conftest import ACCOUNT, REGION


@pytest.mark.django_db(transaction=True)
def test_of_writes_that_wait_together_only_the_wrong_one_fails(dataset: str) -> None:
    found = find_dataset(Caller(ACCOUNT, REGION), dataset)
    assert found is not None
    gone = replace(found, pk=1_000_000)
    outcomes: dict[str, str] = {}

    def put(name: str, into: FoundDataset) -> None:
        try:
            store(USERS, into, {name: {"age": 1}, "of all": {"age": 1}})
            outcomes[name] = "stored"
        except ServiceError as error:
            outcomes[name] = error.code
        finally:
            # A database in memory refuses to be closed by its own kind of connection.
            BaseDatabaseWrapper.close(connection)

    threads = [
        Thread(target=put, args=(name, into))
        for name, into in (("a", found), ("b", found), ("late", gone), ("c", found))
    ]
    # Nobody has a turn until all wait for one.
    with record_writes._turn:
        for thread in threads:
            thread.start()
        while len(record_writes._waiting) < len(threads) and any(thread.is_alive() for thread in threads):
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    assert outcomes == {"a": "stored", "b": "stored", "c": "stored", "late": "ResourceNotFoundException"}
    assert set(StoredUser.objects.values_list("user_id", flat=True)) == {"a", "b", "c", "of all"}
    assert not record_writes._waiting


@pytest.mark.django_db(transaction=True)
def test_calls_are_counted_in_turn_where_there_is_one_writer(dataset: str) -> None:
    group = Dataset.objects.get(arn=dataset).group_id
    allowed: list[bool] = []

    def count() -> None:
        try:
            allowed.extend(put_rate.allows(group, 2) for _ in range(3))
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
