"""What the local service stores of a dataset, as a file."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from console.activity.models import Entry
from console.activity.words import sentence
from console.local.models import Dataset, StoredEvent, StoredRecord
from console.pages.stored_records import export_stored_records
from tests.conftest import LOYALTY

DATASETS = "/local/dataset-groups/loyalty-programme/datasets/"
PAGE = f"{DATASETS}users/export-stored-records/"


@pytest.fixture(autouse=True)
def stored(demo: None) -> None:
    dataset = Dataset.objects.get(arn=LOYALTY)
    users = {"ada": '{"city": "=Bern", "age": 30}', "bob": '{"city": null, "newsletter": true}', "cyd": "{}"}
    now = timezone.now().replace(year=2026, month=1, day=2, hour=3, minute=4, second=5, microsecond=6000)
    StoredRecord.objects.bulk_create(
        StoredRecord(dataset=dataset, record_id=record_id, properties=properties, created_at=now, replaced_at=now)
        for record_id, properties in users.items()
    )


def content(client: Client, page: str = PAGE, **asked: str) -> str:
    answer: Any = client.get(page, asked)
    assert answer.status_code == 200
    return b"".join(answer).decode()


def rows(client: Client, page: str = PAGE, **asked: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(client, page, format="csv", **asked))))


def test_csv_has_a_column_for_each_field_and_no_formula(operator: Client) -> None:
    heading, first, second, _third = content(operator, format="csv").splitlines()
    assert heading == (
        "USER_ID,AGE,GENDER,MEMBERSHIP_TYPE,INTERESTS,MEMBER_SINCE,TOTAL_SPEND,LOYALTY_SCORE,NEWSLETTER,"
        "NUMBER_OF_VIDEOS_WATCHED,CITY,created_at,replaced_at"
    )
    assert first == "ada,30,,,,,,,,,'=Bern,2026-01-02T03:04:05.006+00:00,"
    assert second == "bob,,,,,,,,True,,,2026-01-02T03:04:05.006+00:00,"


def test_a_workbook_has_the_same_as_text(operator: Client) -> None:
    answer: Any = operator.get(PAGE, {"format": "xlsx"})
    heading, first, *_others = load_workbook(io.BytesIO(b"".join(answer)))["Rows"].iter_rows(values_only=True)
    assert (heading[0], heading[10]) == ("USER_ID", "CITY")
    assert (first[0], first[1], first[10]) == ("ada", "30", "=Bern")
    html = operator.get(f"{DATASETS}users/?filter=bern").content.decode()
    assert f'href="{PAGE}?filter=bern&amp;format=xlsx"' in html


def test_json_lines_have_values_as_they_are(operator: Client) -> None:
    first, second, _third = map(json.loads, content(operator, format="json-lines").splitlines())
    assert (first["USER_ID"], first["CITY"], first["AGE"]) == ("ada", "=Bern", 30)
    assert (second["CITY"], second["NEWSLETTER"]) == (None, True)


def test_has_what_the_search_leaves_in_its_order_from_all_pages(
    operator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_stored_records, "CHUNK", 2)
    assert [each["USER_ID"] for each in rows(operator)] == ["ada", "bob", "cyd"]
    assert [each["USER_ID"] for each in rows(operator, sort="-id")] == ["cyd", "bob", "ada"]
    assert [each["USER_ID"] for each in rows(operator, filter="bern")] == ["ada"]
    assert [each["USER_ID"] for each in rows(operator, filter="c", **{"in": "id"})] == ["cyd"]


def test_a_viewer_gets_ids_and_times_and_searches_ids_alone(viewer: Client) -> None:
    assert content(viewer, format="csv", filter="c").splitlines() == [
        "USER_ID,created_at,replaced_at",
        "cyd,2026-01-02T03:04:05.006+00:00,",
    ]
    assert rows(viewer, filter="bern", **{"in": "field-CITY"}) == []


def test_events_have_their_user_and_their_fields(operator: Client) -> None:
    StoredEvent.objects.create(
        dataset=Dataset.objects.get(arn=LOYALTY.replace("USERS", "INTERACTIONS")),
        user_id="ada",
        object_id="film",
        event_type="Watch",
        moment=5,
        properties='{"itemId": "film", "eventType": "Watch", "timestamp": 5}',
        digest=b"1",
        created_at=timezone.now(),
    )
    page = f"{DATASETS}interactions/export-stored-records/"
    (row,) = rows(operator, page)
    assert (row["USER_ID"], row["ITEM_ID"], row["EVENT_TYPE"], row["TIMESTAMP"]) == ("ada", "film", "Watch", "5")


def test_is_recorded_with_its_search_and_its_rows(operator: Client) -> None:
    rows(operator, filter="bern", **{"in": "field-CITY"})
    assert sentence(Entry.objects.order_by("pk").last() or Entry()) == (
        "Exported 1 row of stored users of the dataset group loyalty-programme as csv, with properties, "
        "filtered by in: CITY, search: bern"
    )
