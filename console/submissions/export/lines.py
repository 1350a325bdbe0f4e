"""Submissions as lines of a file: CSV for spreadsheets, JSON Lines for programs. Lines are streamed."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from console.records.entities import RequestMember
from console.records.requests import member_with_call
from console.submissions.export.formulas import without_formulas
from console.submissions.models import SentRecord, Submission

# Submissions held in memory at a time.
CHUNK = 100

COLUMNS = (
    "submission",
    "submitted",
    "person",
    "person_id",
    "address",
    "environment",
    "dataset_group",
    "dataset_arn",
    "dataset_type",
    "record_count",
    "record_ids",
    "outcome",
    "error_code",
    "sentence",
    "http_status",
    "request_id",
    "attempts",
    "duration_ms",
    "completed",
    "redacted",
    "tracking_id",
    "press",
    "call_number",
    "call_count",
    "import",
)
# The columns of properties, and of messages that may quote them.
PROPERTY_COLUMNS = ("records", "message")

type Row = Mapping[str, Any]


class _GivenBack:
    """A file for the CSV writer that returns each line written to it."""

    def write(self, line: str) -> str:
        return line


def rows(parts: Iterable[Sequence[Submission]], columns: Sequence[str]) -> Iterator[Row]:
    """Yield each submission's values by column, None where it has none; submissions are read in batches."""
    for part in parts:
        members = _members(part) if "records" in columns else {}
        for each in part:
            properties = {"records": members.get(each.pk, []), "message": each.message or None}
            yield {**_values(each), **properties}


def _members(submissions: Sequence[Submission]) -> dict[UUID, list[RequestMember]]:
    """Return the records of submissions as they were sent, for events with their user and session."""
    entities = {each.pk: each.entity for each in submissions}
    found: dict[UUID, list[RequestMember]] = {}
    for sent in SentRecord.objects.filter(submission__in=list(entities)):
        member = member_with_call(entities[sent.submission_id], sent.record_id, sent.properties)
        found.setdefault(sent.submission_id, []).append(member)
    return found


def _values(submission: Submission) -> Row:
    return {
        "submission": str(submission.pk),
        "submitted": moment_text(submission.created_at),
        "person": submission.person_name,
        "person_id": submission.person_id,
        "address": submission.address or None,
        "environment": submission.environment,
        "dataset_group": submission.dataset_group,
        "dataset_arn": submission.dataset_arn,
        "dataset_type": submission.dataset_type,
        "record_count": submission.record_count,
        "record_ids": submission.record_id_list,
        "outcome": submission.outcome_now.value,
        "error_code": submission.error_code or None,
        "sentence": submission.sentence or None,
        "http_status": submission.http_status,
        "request_id": submission.request_id or None,
        "attempts": submission.attempts,
        "duration_ms": submission.duration_ms,
        "completed": moment_text(submission.completed_at),
        "redacted": moment_text(submission.redacted_at),
        "tracking_id": submission.tracking_id,
        "press": str(submission.press) if submission.press else None,
        "call_number": submission.call_number,
        "call_count": submission.call_count,
        "import": str(submission.bulk_import) if submission.bulk_import else None,
    }


def csv_lines(found: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a CSV file (RFC 4180) with a heading; lists and objects are JSON.

    An apostrophe before what a spreadsheet would take for a formula keeps it text, whatever the separator.
    """
    writer = csv.writer(_GivenBack())
    yield _line(writer, columns)
    for row in found:
        yield _line(writer, [without_formulas(_cell(row[each])) for each in columns])


def cells(found: Iterable[Row], columns: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the heading of a sheet and the cells of its rows; lists and objects are JSON."""
    yield columns
    for row in found:
        yield [_cell(row[each]) for each in columns]


def json_lines(found: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a JSON Lines file, an object for each row."""
    for row in found:
        # In ASCII, so that no program takes a character for the end of a line.
        yield json.dumps({each: row[each] for each in columns}) + "\n"


def csv_line(cells: Sequence[str]) -> str:
    """Return a line of CSV (RFC 4180)."""
    return _line(csv.writer(_GivenBack()), cells)


def _line(writer: Any, cells: Sequence[str]) -> str:
    line: str = writer.writerow(cells)
    return line


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def moment_text(moment: datetime | None) -> str | None:
    """Return a moment in UTC as exports write it; None for None."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds") if moment else None
