"""Submissions as files."""

import csv
import io
import json
import tracemalloc
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client
from openpyxl import load_workbook

from console.activity.models import Entry, Kind
from console.activity.words import sentence
from console.records.entities import INTERACTIONS
from console.submissions.models import Outcome, SentRecord, Submission
from console.submissions.origins import origin_of_dataset
from console.submissions.presses.beginning import begin_submission
from tests.pages.html import text_of
from tests.submissions.sent import ARN, complete, send

LIST = "/local/dataset-groups/loyalty-programme/submissions/"
PAGE = f"{LIST}export-submissions/"
EVERYWHERE = "/local/submissions/export-submissions/"
HEADING = (
    "submission,submitted,person,person_id,address,environment,dataset_group,dataset_arn,dataset_type,record_count,record_ids,outcome,error_code,"
    "sentence,http_status,request_id,attempts,duration_ms,completed,redacted,tracking_id,press,call_number,call_count,import"
)


def text_of_file(answer: Any) -> str:
    assert answer.streaming
    return b"".join(answer).decode()


def export(client: Client, kind: str = "csv", **asked: str) -> str:
    return text_of_file(client.get(PAGE, {"format": kind, **asked}))


def one() -> Submission:
    submission = send(
        {"ü,1": {"city": "Bern"}, '"b"': {}},
        Outcome.SENDING,
        at=datetime(2026, 3, 1, 12, 0, 0, 500000, tzinfo=UTC),
        address="192.0.2.7",
    )
    complete(
        submission,
        Outcome.REFUSED,
        error_code="InvalidInputException",
        sentence="AWS refused it.",
        message="Bern is none",
        http_status=400,
        request_id="r-1",
        attempts=1,
        duration_ms=12.5,
    )
    return submission


def test_csv_has_a_line_for_each_submission(viewer: Client) -> None:
    sent = one()
    answer = viewer.get(PAGE, {"format": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="submissions-loyalty-programme-20')
    assert answer["Content-Disposition"].endswith('.csv"')
    assert "no-store" in answer["Cache-Control"]
    heading, line, rest = text_of_file(answer).split("\r\n")
    assert heading == HEADING
    assert sent.completed_at
    completed = sent.completed_at.isoformat(timespec="milliseconds")
    assert line == (
        f"{sent.pk},2026-03-01T12:00:00.500+00:00,operator,{sent.person_id},192.0.2.7,local,loyalty-programme,{ARN},USERS,2,"
        '"[""ü,1"", ""\\""b\\""""]",refused,InvalidInputException,AWS refused it.,400,r-1,1,12.5,'
        f"{completed},,,,,,"
    )
    assert rest == ""


def test_json_lines_have_an_object_for_each_submission(viewer: Client) -> None:
    sent = one()
    answer = viewer.get(PAGE, {"format": "json-lines"})
    assert answer["Content-Disposition"].endswith('.jsonl"')
    (line,) = text_of_file(answer).splitlines()
    found = json.loads(line)
    assert list(found) == HEADING.split(",")
    assert found["submission"] == str(sent.pk)
    assert found["record_ids"] == ["ü,1", '"b"']
    assert (found["duration_ms"], found["http_status"], found["redacted"]) == (12.5, 400, None)


def test_all_groups_of_an_environment_are_in_one_file_with_its_filters(administrator: Client, viewer: Client) -> None:
    one()
    send({"eve": {"age": 1}}, dataset_group="books", dataset_arn=ARN.replace("loyalty-programme", "books"))
    send({"elsewhere": {}}, environment="staging")
    answer = viewer.get(EVERYWHERE, {"format": "csv"})
    assert answer["Content-Disposition"].startswith('attachment; filename="submissions-local-20')
    found = list(csv.DictReader(io.StringIO(text_of_file(answer), newline="")))
    assert [(each["dataset_group"], each["record_ids"]) for each in found] == [
        ("books", '["eve"]'),
        ("loyalty-programme", '["ü,1", "\\"b\\""]'),
    ]
    (refused,) = text_of_file(viewer.get(EVERYWHERE, {"format": "json-lines", "outcome": "refused"})).splitlines()
    assert json.loads(refused)["error_code"] == "InvalidInputException"
    assert viewer.get(EVERYWHERE, {"format": "csv", "properties": "yes"}).status_code == 403
    assert "Go back to All submissions" in text_of(viewer.get(EVERYWHERE))
    assert viewer.get(EVERYWHERE, {"format": "csv", "from": "never"}).status_code == 400
    (line,) = text_of_file(
        administrator.get(EVERYWHERE, {"format": "json-lines", "filter": "eve", "properties": "yes"})
    ).splitlines()
    assert json.loads(line)["records"] == [{"userId": "eve", "properties": '{"age": 1}'}]
    said = [sentence(each) for each in Entry.objects.filter(kind=Kind.EXPORTED).order_by("-pk")]
    assert said[0] == "Exported 1 row of submissions as json-lines, with properties, filtered by search: eve"
    page = administrator.get("/local/submissions/", {"outcome": "refused"}).content.decode()
    assert f'href="{EVERYWHERE}?outcome=refused&amp;format=csv"' in page
    assert f'href="{EVERYWHERE}?outcome=refused&amp;format=json-lines&amp;properties=yes"' in page


@pytest.mark.parametrize("kind", ["csv", "json-lines"])
def test_properties_are_left_out_and_refused_to_viewers(viewer: Client, kind: str) -> None:
    one()
    assert "Bern" not in export(viewer, kind)
    answer = viewer.get(PAGE, {"format": kind, "properties": "yes"})
    assert answer.status_code == 403
    assert "You see IDs and outcomes." in text_of(answer)
    assert "with properties" not in text_of(viewer.get(LIST))


def test_operators_get_properties_where_they_ask_for_them(operator: Client) -> None:
    one()
    assert "Bern" not in export(operator)
    found = json.loads(export(operator, "json-lines", properties="yes"))
    assert found["records"] == [{"userId": "ü,1", "properties": '{"city": "Bern"}'}, {"userId": '"b"'}]
    assert found["message"] == "Bern is none"
    (row,) = csv.DictReader(io.StringIO(export(operator, properties="yes"), newline=""))
    assert json.loads(row["records"]) == found["records"]
    assert "CSV with properties" in text_of(operator.get(LIST))


def test_events_are_exported_with_all_that_their_requests_said(operator: Client) -> None:
    event = {"itemId": "film", "eventType": "Watch", "timestamp": 1764410400}
    for number, (user, session) in enumerate([("ada", "s-1"), ("", "s-2")], 1):
        begin_submission(
            INTERACTIONS,
            [(user, json.dumps({**event, "sessionId": session}))],
            endpoint="local",
            person_id=User.objects.get(username="operator").pk,
            person_name="operator",
            environment="local",
            dataset_group="loyalty-programme",
            dataset_arn=ARN.replace("USERS", "INTERACTIONS"),
            tracking_id="t-1",
            press=UUID("6e1a5a56-8a3f-4f43-a1c8-0f8a4a1f6a55"),
            call_number=number,
            call_count=2,
            record_input="",
        )
    plain, whole = (export(operator, "json-lines", **more).splitlines() for more in ({}, {"properties": "yes"}))
    calls = [
        [json.loads(line)[name] for name in ("tracking_id", "press", "call_number", "call_count")] for line in plain
    ]
    press = "6e1a5a56-8a3f-4f43-a1c8-0f8a4a1f6a55"
    assert sorted(calls) == [["t-1", press, 1, 2], ["t-1", press, 2, 2]]
    assert "s-1" not in "".join(plain)
    records = [record for line in whole for record in json.loads(line)["records"]]
    sent = {"itemId": "film", "eventType": "Watch", "sentAt": 1764410400}
    assert sorted(records, key=len) == [{"sessionId": "s-2", **sent}, {"userId": "ada", "sessionId": "s-1", **sent}]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])  # noqa: RUF001  # They are meant.
def test_no_cell_is_a_formula(viewer: Client, begin: str) -> None:
    send({"u": {}}, person_name=f"{begin}cmd|' /C calc'!A0")
    (row,) = csv.DictReader(io.StringIO(export(viewer), newline=""))
    assert row["person"] == f"'{begin}cmd|' /C calc'!A0"
    assert json.loads(export(viewer, "json-lines"))["person"] == f"{begin}cmd|' /C calc'!A0"


def test_holds_what_the_filters_leave_newest_first(viewer: Client) -> None:
    for day, name in ((1, "ada"), (2, "bob"), (3, "ada")):
        send({f"u{day}": {}}, at=datetime(2026, 3, day, tzinfo=UTC), person_name=name)
    send({"u4": {}}, dataset_group="online-shop", person_name="ada")
    lines = export(viewer, "json-lines", person="ada").splitlines()
    assert [json.loads(line)["record_ids"] for line in lines] == [["u3"], ["u1"]]
    lines = export(viewer, "json-lines", person="ada", filter="U1").splitlines()
    assert [json.loads(line)["record_ids"] for line in lines] == [["u1"]]


def test_xlsx_has_a_row_for_each_submission(viewer: Client) -> None:
    sent = one()
    answer = viewer.get(PAGE, {"format": "xlsx"})
    assert answer["Content-Disposition"].endswith('.xlsx"')
    heading, row = load_workbook(io.BytesIO(b"".join(answer)))["Rows"].iter_rows(values_only=True)
    assert heading == tuple(HEADING.split(","))
    found = dict(zip(heading, row, strict=True))
    assert (found["submission"], found["record_ids"]) == (str(sent.pk), '["ü,1", "\\"b\\""]')
    assert (found["http_status"], found["duration_ms"], found["redacted"]) == ("400", "12.5", None)
    html = viewer.get(LIST).content.decode()
    assert f'href="{PAGE}?format=xlsx">XLSX</a>' in html
    assert "Export it as CSV, XLSX or JSON Lines." in text_of(viewer.get(LIST)).replace(" ,", ",").replace(" .", ".")


@pytest.mark.parametrize(
    "asked", [{}, {"format": "pdf"}, {"format": "xlsx", "properties": "yes"}, {"format": "csv", "from": "soon"}]
)
def test_refuses_what_it_cannot_export(operator: Client, asked: dict[str, str]) -> None:
    answer = operator.get(PAGE, asked)
    assert answer.status_code == 400
    assert "Content-Disposition" not in answer


def test_an_empty_export_has_a_heading_alone(viewer: Client) -> None:
    assert export(viewer) == f"{HEADING}\r\n"
    assert export(viewer, "json-lines") == ""


def test_nothing_is_gathered_in_memory(operator: Client) -> None:
    properties = json.dumps({"note": "x" * 2_000})
    origin = origin_of_dataset("local", "local", ARN)
    made = [
        Submission(
            origin=origin,
            dataset_group="loyalty-programme",
            dataset_type="USERS",
            record_ids=f"u{number}",
            record_count=1,
        )
        for number in range(5_000)
    ]
    Submission.objects.bulk_create(made)
    SentRecord.objects.bulk_create(
        SentRecord(submission=each, dataset="d", record_id=each.record_ids, properties=properties) for each in made
    )
    del made
    tracemalloc.start()
    answer: Any = operator.get(PAGE, {"format": "json-lines", "properties": "yes"})
    size = sum(len(part) for part in answer)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 10_000_000
    assert peak < size / 3
