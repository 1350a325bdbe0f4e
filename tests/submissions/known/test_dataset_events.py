"""What happened to a dataset beside submissions is kept, and ends what is known of its users."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from console.local import telling
from console.personalize.connections.endpoints import LOCAL_SERVICE
from console.submissions.append_only import AppendOnlyError
from console.submissions.known.dataset_events import Ending, ending_after, endings, record
from console.submissions.models import DatasetEvent
from tests.submissions.sent import ARN, send

pytestmark = pytest.mark.django_db
DATASET = f"aws {ARN}"
CHANGES: dict[str, Callable[[], object]] = {
    "save": lambda: DatasetEvent.objects.get().save(),
    "delete": lambda: DatasetEvent.objects.get().delete(),
    "update all": lambda: DatasetEvent.objects.update(kind="imported"),
    "delete all": lambda: DatasetEvent.objects.all().delete(),
}


def kept() -> list[tuple[str, str]]:
    return list(DatasetEvent.objects.order_by("pk").values_list("kind", "record_id"))


def test_keeps_what_concerns_users_that_were_sent() -> None:
    record("aws", ARN, "imported")
    assert kept() == []
    send({"ada": {}, "eve": {}}, environment="one")
    record("https://elsewhere.example", ARN, "imported")
    record("aws", ARN.replace("loyalty", "other"), "dataset deleted")
    assert kept() == []
    record("aws", ARN, "imported")
    record("aws", ARN, "users deleted", (f"user-{number}" for number in range(1200)))
    record("aws", ARN, "users deleted", [*(f"user-{number}" for number in range(1200)), "eve", "eve"])
    assert kept() == [("imported", ""), ("users deleted", "eve")]


def test_refuses_a_kind_that_is_none() -> None:
    with pytest.raises(ValueError, match="'gone' is not a valid"):
        record("aws", ARN, "gone")


def test_ends_records_of_all_users_or_of_one() -> None:
    send({"ada": {}, "eve": {}}, environment="one")
    record("aws", ARN, "users deleted", ["eve"])
    record("aws", ARN, "dataset deleted")
    first, second = DatasetEvent.objects.order_by("pk").values_list("happened_at", flat=True)
    deleted = Ending(second, "the dataset was deleted")
    found = endings(DATASET, ["ada", "eve"], None)
    assert found == {"ada": [deleted], "eve": [Ending(first, "a data deletion job removed the user"), deleted]}
    assert endings(DATASET, ["eve"], None, since=second) == {"eve": [deleted]}
    assert ending_after(found["eve"], first) == found["eve"][0]
    assert ending_after(found["ada"], datetime(9999, 1, 1, tzinfo=UTC)) is None
    made_at = datetime(9998, 1, 1, tzinfo=UTC)
    assert endings(DATASET, ["ada"], made_at) == {"ada": [deleted, Ending(made_at, "the dataset was created again")]}


@pytest.mark.parametrize("change", CHANGES)
def test_no_code_changes_or_removes_it(change: str) -> None:
    send({"ada": {}}, environment="one")
    record("aws", ARN, "demo reset")
    with pytest.raises(AppendOnlyError, match="neither changed nor removed"):
        CHANGES[change]()
    assert kept() == [("demo reset", "")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history_datasetevent SET kind = 'imported'",
        "UPDATE history_datasetevent SET happened_at = '2001-01-01 00:00:00+00'",
        "DELETE FROM history_datasetevent",
        "INSERT OR REPLACE INTO history_datasetevent SELECT * FROM history_datasetevent",
    ],
)
def test_the_database_refuses_too(statement: str) -> None:
    if "OR REPLACE" in statement and connection.vendor != "sqlite":
        return
    send({"ada": {}}, environment="one")
    record("aws", ARN, "demo reset")
    refusal = pytest.raises(IntegrityError, match="neither changed nor removed")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_local_service_and_the_trail_have_the_same_words() -> None:
    told = {telling.USERS_DELETED, telling.IMPORTED, telling.DATASET_DELETED, telling.DEMO_RESET}
    assert told == set(DatasetEvent.Kind.values)
    assert telling.ENDPOINT == LOCAL_SERVICE
