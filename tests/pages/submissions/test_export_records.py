"""Sent records as spreadsheets: a row for each record, a column for each property, and what was known before."""

import csv
import io
import json
import re
import tracemalloc
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from console.activity.models import Entry, Kind
from console.local.models import Dataset
from console.records.entities import INTERACTIONS
from console.submissions.models import Outcome, SentRecord, Submission
from console.submissions.presses.beginning import begin_submission
from console.submissions.redaction.kept import Order
from console.submissions.redaction.redacting import redact_person
from tests.pages.html import text_of
from tests.submissions.sent import ARN, complete, send

LIST = "/local/dataset-groups/loyalty-programme/submissions/"
PAGE = f"{LIST}export-records/"
EVERYWHERE = "/local/submissions/export-records/"
FIXED = (
    "submitted,person,person_id,environment,dataset_group,dataset_type,record_id,record,outcome,error_code,request_id,"
    "submission,redacted,redacted_by"
)


def table(client: Client, page: str = PAGE, **asked: str) -> list[dict[str, str]]:
    """Return the rows of an export as CSV, by column."""
    content = b"".join(client.get(page, {"format": "csv", **asked})).decode()
    return list(csv.DictReader(io.StringIO(content)))


def columns(client: Client, **asked: str) -> list[str]:
    content = b"".join(client.get(PAGE, {"format": "csv", **asked})).decode()
    return content.partition("\r\n")[0].split(",")


def some() -> list[Submission]:
    """Four versions of ada, one refused, and one of bob; the dataset is older than all."""
    now = timezone.now()
    Dataset.objects.update(created_at=now - timedelta(days=90))
    first = send({"ada": {"zeal": "high", "city": "Bern", "age": 30}}, at=now - timedelta(days=4))
    second = send({"ada": {"age": 31, "city": "Bern"}, "007": {"age": None}}, at=now - timedelta(days=3))
    refused = send({"ada": {"age": 99}}, Outcome.SENDING, at=now - timedelta(days=2))
    complete(refused, Outcome.REFUSED, error_code="InvalidInputException", request_id="r-9")
    third = send({"ada": {"city": "=Rome", "newsletter": True, "tags": ["a"]}}, at=now - timedelta(days=1))
    return [first, second, refused, third]


@pytest.mark.parametrize(("kind", "begun"), [("csv", FIXED.encode()), ("xlsx", b"PK\3\4")])
def test_a_download_begins_before_all_properties_were_read(operator: Client, kind: str, begun: bytes) -> None:
    some()
    answer: Any = operator.get(PAGE, {"format": kind, "before": "yes"})
    content = iter(answer.streaming_content)
    with CaptureQueriesContext(connection) as asked:
        assert next(content).startswith(begun)
    assert len(asked) == 0
    assert len(b"".join(content)) > 500


def test_the_page_says_that_the_rows_of_many_take_a_while(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    some()
    words = "With so many, an export of records shows its first rows after a while"
    assert words not in text_of(operator.get(LIST))
    for module in ("console.submissions.lists.counting", "console.pages.tables.tables"):
        monkeypatch.setattr(f"{module}.FEW", 3)
    assert words in text_of(operator.get(LIST, {"filter": "a"}))


def test_has_a_row_for_each_record_and_a_column_for_each_property_in_the_order_of_the_schema(operator: Client) -> None:
    sent = some()
    rows = table(operator, properties="yes")
    # AGE, NEWSLETTER and CITY are of the schema, in this order; the others follow by their names.
    assert columns(operator, properties="yes") == [*FIXED.split(","), "age", "newsletter", "city", "tags", "zeal"]
    assert [(each["record_id"], each["record"], each["age"], each["city"], each["outcome"]) for each in rows] == [
        ("ada", "1", "", "'=Rome", "created"),
        ("ada", "1", "99", "", "refused"),
        ("ada", "1", "31", "Bern", "created"),
        ("007", "2", "null", "", "created"),
        ("ada", "1", "30", "Bern", "created"),
    ]
    assert (rows[0]["newsletter"], rows[0]["tags"], rows[4]["zeal"]) == ("true", '["a"]', "high")
    assert (rows[1]["error_code"], rows[1]["request_id"], rows[1]["submission"]) == (
        "InvalidInputException",
        "r-9",
        str(sent[2].pk),
    )
    assert (rows[1]["person"], rows[1]["environment"], rows[1]["dataset_type"]) == ("operator", "local", "USERS")
    assert rows[1]["submitted"] == sent[2].created_at.isoformat(timespec="milliseconds")


def test_old_and_new_values_stand_side_by_side(operator: Client) -> None:
    some()
    rows = table(operator, before="yes")
    assert columns(operator, before="yes")[14:18] == ["age (before)", "age", "newsletter (before)", "newsletter"]
    # Each is beside the last one that was accepted before it.
    assert [(each["age (before)"], each["age"], each["city (before)"], each["city"]) for each in rows] == [
        ("31", "", "Bern", "'=Rome"),
        ("31", "99", "Bern", ""),
        ("30", "31", "Bern", "Bern"),
        ("", "null", "", ""),
        ("", "30", "", "Bern"),
    ]
    assert rows[2]["zeal (before)"] == "high"


def test_what_was_known_of_a_dataset_that_was_made_anew_is_not_before(operator: Client) -> None:
    some()
    Dataset.objects.update(created_at=timezone.now() - timedelta(hours=1))
    send({"ada": {"age": 40}})
    assert [each["age (before)"] for each in table(operator, before="yes")] == ["", "31", "31", "30", "", ""]


def test_xlsx_has_the_same_as_text(operator: Client) -> None:
    some()
    answer = operator.get(PAGE, {"format": "xlsx", "properties": "yes"})
    assert answer["Content-Disposition"].endswith('.xlsx"')
    (sheet,) = load_workbook(io.BytesIO(b"".join(answer))).worksheets
    heading, *rows = [[cell.value for cell in row] for row in sheet.rows]
    assert heading == columns(operator, properties="yes")
    assert [(row[6], row[14], row[16]) for row in rows] == [
        ("ada", None, "=Rome"),
        ("ada", "99", None),
        ("ada", "31", "Bern"),
        ("007", "null", None),
        ("ada", "30", "Bern"),
    ]
    assert {cell.data_type for row in sheet.rows for cell in row if cell.value is not None} == {"s"}


def test_filters_are_those_of_the_table_in_a_group_and_in_the_environment(operator: Client) -> None:
    some()
    send({"eve": {"age": 1}}, dataset_group="books", dataset_arn=ARN.replace("loyalty-programme", "books"))
    assert [each["age"] for each in table(operator, properties="yes", outcome="refused")] == ["99"]
    assert [each["record_id"] for each in table(operator, record_id="007")] == ["ada", "007"]
    everywhere = table(operator, EVERYWHERE, properties="yes")
    assert [(each["dataset_group"], each["record_id"]) for each in everywhere][:2] == [
        ("books", "eve"),
        ("loyalty-programme", "ada"),
    ]
    assert [each["record_id"] for each in table(operator, EVERYWHERE, within="24h")] == ["eve"]
    assert operator.get(PAGE, {"format": "csv", "from": "never"}).status_code == 400
    assert operator.get(EVERYWHERE, {"format": "pdf"}).status_code == 400


def test_viewers_get_ids_and_outcomes_alone(viewer: Client) -> None:
    some()
    assert columns(viewer) == FIXED.split(",")
    for page in (PAGE, EVERYWHERE):
        assert b"Bern" not in b"".join(viewer.get(page, {"format": "csv"}))
        for asked in ("properties", "before"):
            answer = viewer.get(page, {"format": "csv", asked: "yes"})
            assert answer.status_code == 403
            assert "You see IDs and outcomes." in text_of(answer)
    html = viewer.get(LIST).content.decode()
    assert re.findall('id="(export-(?:records|before)-[a-z]+)"', html) == ["export-records-csv", "export-records-xlsx"]
    assert "</a>, without properties." in html


def test_pages_lead_there_with_their_filters(operator: Client) -> None:
    some()
    for page in (LIST, "/local/submissions/"):
        html = operator.get(page, {"outcome": "refused"}).content.decode()
        export = f"{page}export-records/"
        assert f'href="{export}?outcome=refused&amp;format=xlsx&amp;properties=yes"' in html
        assert f'href="{export}?outcome=refused&amp;format=csv&amp;before=yes"' in html


def test_activity_has_it(operator: Client) -> None:
    some()
    table(operator, before="yes", outcome="created")
    entry = Entry.objects.get(kind=Kind.EXPORTED)
    assert (entry.outcome, entry.row_count, entry.noun) == ("done", 4, "sent records")
    assert entry.facts == {"format": "csv", "properties": True, "before": True, "filters": {"outcome": "created"}}


def test_events_have_their_members_and_nothing_before(operator: Client) -> None:
    events = [("ada", json.dumps({"eventType": "Watch", "itemId": "i-1"})), ("", json.dumps({"eventType": "Click"}))]
    arn = ARN.replace("USERS", INTERACTIONS.dataset_type)
    for event in events:
        begin_submission(
            INTERACTIONS,
            [event],
            endpoint="local",
            person_name="ada",
            environment="local",
            dataset_group="loyalty-programme",
            dataset_arn=arn,
            record_input="",
        )
    rows = table(operator, before="yes")
    assert [
        (each["record_id"], each["eventType"], each["itemId"], [name for name in each if "before" in name])
        for each in rows
    ] == [
        ("", "Click", "", []),
        ("ada", "Watch", "i-1", []),
    ]


def test_what_was_redacted_has_when_and_by_whom(operator: Client, settings: Any, tmp_path: Any) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path
    send({"ada": {"age": 1}, "bob": {"age": 2}})
    order = Order("ada", (f"local {ARN}",), "grace", timezone.now())
    redact_person(order)
    rows = table(operator, properties="yes")
    assert [(each["record_id"], each["age"], each["redacted_by"]) for each in rows] == [
        ("ada", "", "grace"),
        ("bob", "2", ""),
    ]
    assert rows[0]["redacted"] == order.asked_at.isoformat(timespec="milliseconds")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_more_than_a_part_is_in_memory(operator: Client, kind: str) -> None:
    one = send({"ada": {"age": 1}})
    text = json.dumps({"age": 1, "city": "x" * 20_000})
    rows = [
        Submission(
            origin=one.origin,
            environment="local",
            dataset_group="loyalty-programme",
            dataset_arn=ARN,
            dataset_type="USERS",
            record_ids="u",
            record_count=1,
            outcome=Outcome.CREATED,
        )
        for _ in range(1500)
    ]
    Submission.objects.bulk_create(rows)
    SentRecord.objects.bulk_create(
        SentRecord(submission=each, dataset=f"local {ARN}", record_id="u", properties=text) for each in rows
    )
    # The first answer loads what later ones use.
    operator.get(PAGE, {"format": kind, "record_id": "nobody"})
    answer = operator.get(PAGE, {"format": kind, "properties": "yes"})
    tracemalloc.start()
    size = sum(len(part) for part in answer)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 50_000
    # All of it has 30 MB.
    assert peak < 24_000_000
