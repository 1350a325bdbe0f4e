"""Looking for texts in any field of what is stored, and sorting by any field, within limits."""

import json
from typing import Any

import pytest
from django.utils import timezone

from console.local.models import Dataset, StoredEvent, StoredRecord
from console.local.storage import looking
from console.local.storage.looking import ID, Look, look_into_events, look_into_records
from console.local.storage.stored_events import EventSearch
from tests.conftest import LOYALTY

INTERACTIONS = LOYALTY.replace("USERS", "INTERACTIONS")


@pytest.fixture(autouse=True)
def stored(demo: None) -> None:
    dataset, now = Dataset.objects.get(arn=LOYALTY), timezone.now()
    users: dict[str, dict[str, Any]] = {
        "ada": {"city": "Zürich", "age": 30},
        "bob": {"city": "bern", "age": 9, "newsletter": True},
        "cyd": {"city": 'A "Bern" of its own', "age": None},
        "dan": {"age": "9"},
    }
    StoredRecord.objects.bulk_create(
        StoredRecord(
            dataset=dataset, record_id=record_id, properties=json.dumps(values), created_at=now, replaced_at=now
        )
        for record_id, values in users.items()
    )


def found(look: Look, prefix: str = "") -> list[str]:
    keys = look_into_records(LOYALTY, prefix, look).keys
    return [each.record_id for each in looking.records_of(keys)]


@pytest.mark.parametrize(
    ("look", "ids"),
    [
        (Look("BERN"), ["bob", "cyd"]),
        (Look("zür"), ["ada"]),
        (Look('"bern"'), ["cyd"]),
        (Look("true"), ["bob"]),
        (Look("null"), []),
        (Look("a"), ["ada", "cyd", "dan"]),
        (Look("a", ID), ["ada", "dan"]),
        (Look("9", "age"), ["bob", "dan"]),
        (Look("bern", "age"), []),
        # Numbers come before texts, and what has no value last, in both ways.
        (Look(sort="age"), ["bob", "ada", "dan", "cyd"]),
        (Look(sort="age", is_descending=True), ["dan", "ada", "bob", "cyd"]),
        (Look(sort="city"), ["cyd", "bob", "ada", "dan"]),
        (Look("a", sort=ID, is_descending=True), ["dan", "cyd", "ada"]),
    ],
)
def test_finds_a_part_of_a_value_and_sorts_by_a_field(look: Look, ids: list[str]) -> None:
    assert found(look) == ids


def test_looks_among_ids_of_a_beginning_alone() -> None:
    assert found(Look("bern"), prefix="c") == ["cyd"]


def test_reads_so_many_rows_and_says_whether_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = look_into_records(LOYALTY, "", Look("bern"))
    assert (len(seen.keys), seen.read_count, seen.is_all) == (2, 4, True)
    monkeypatch.setattr(looking, "MOST_READ", 2)
    seen = look_into_records(LOYALTY, "", Look("bern"))
    assert (len(seen.keys), seen.read_count, seen.is_all) == (1, 2, False)
    monkeypatch.setattr(looking, "MOST_READ", 100)
    monkeypatch.setattr(looking, "MOST_CHARACTERS", 50)
    seen = look_into_records(LOYALTY, "", Look("bern"))
    assert (seen.read_count, seen.is_all) == (2, False)


def test_of_events_the_newest_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = Dataset.objects.get(arn=INTERACTIONS)
    for number, user in enumerate(("ada", "bob", "ada")):
        StoredEvent.objects.create(
            dataset=dataset,
            user_id=user,
            object_id=f"film-{number}",
            event_type="Watch",
            moment=number,
            properties=json.dumps({"itemId": f"film-{number}", "eventType": "Watch"}),
            digest=number.to_bytes(2),
            created_at=timezone.now(),
        )
    monkeypatch.setattr(looking, "MOST_READ", 2)
    seen = look_into_events(INTERACTIONS, EventSearch(), Look("FILM"))
    assert [each.object_id for each in looking.events_of(seen.keys)] == ["film-2", "film-1"]
    assert not seen.is_all
    seen = look_into_events(INTERACTIONS, EventSearch(user_id="ada"), Look(sort="itemId"))
    assert [each.object_id for each in looking.events_of(seen.keys)] == ["film-0", "film-2"]
    assert seen.is_all
