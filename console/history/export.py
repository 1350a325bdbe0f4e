"""Submissions as lines of a file: CSV for spreadsheets, JSON Lines for programs. Nothing is kept in memory."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from console.history.models import Submission

# A spreadsheet takes what begins so for a formula, also in the width that East Asian keyboards write.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
COLUMNS = (
    "submission",
    "submitted",
    "person",
    "address",
    "environment",
    "dataset_group",
    "dataset_arn",
    "user_count",
    "user_ids",
    "outcome",
    "error_code",
    "sentence",
    "http_status",
    "request_id",
    "attempts",
    "duration_ms",
    "completed",
    "redacted",
)
# What holds properties, or may quote them.
PROPERTY_COLUMNS = ("users", "message")

type Row = Mapping[str, Any]


class _GivenBack:
    """A file for the writer of CSV: a line that is written to it is given back."""

    def write(self, line: str) -> str:
        return line


def rows(submissions: Iterable[Submission], columns: Sequence[str]) -> Iterator[Row]:
    """Return for each submission its values by column; those without one are None."""
    for each in submissions:
        values: Row = {
            "submission": str(each.pk),
            "submitted": _moment(each.created_at),
            "person": each.person_name,
            "address": each.address or None,
            "environment": each.environment,
            "dataset_group": each.dataset_group,
            "dataset_arn": each.dataset_arn,
            "user_count": each.user_count,
            "user_ids": each.user_id_list,
            "outcome": each.outcome_now.value,
            "error_code": each.error_code or None,
            "sentence": each.sentence or None,
            "http_status": each.http_status,
            "request_id": each.request_id or None,
            "attempts": each.attempts,
            "duration_ms": each.duration_ms,
            "completed": _moment(each.completed_at),
            "redacted": _moment(each.redacted_at),
        }
        properties = {"users": each.users, "message": each.message or None} if "users" in columns else {}
        yield {**values, **properties}


def csv_lines(found: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    """Return the lines of a CSV file with a heading, as RFC 4180 has them; lists stand in it as JSON.

    An apostrophe before what a spreadsheet would take for a formula keeps it text.
    """
    writer = csv.writer(_GivenBack())
    yield _line(writer, columns)
    for row in found:
        yield _line(writer, [_cell(row[each]) for each in columns])


def json_lines(found: Iterable[Row], columns: Sequence[str]) -> Iterator[str]:
    """Return the lines of a JSON Lines file, an object for each row."""
    for row in found:
        # In ASCII, so that no program takes a character for the end of a line.
        yield json.dumps({each: row[each] for each in columns}) + "\n"


def _line(writer: Any, cells: Sequence[str]) -> str:
    line: str = writer.writerow(cells)
    return line


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds") if moment else None
