"""Tables as files: the formats, and the response, streamed while rows are read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from django.http import StreamingHttpResponse
from django.utils import timezone

from console.submissions.export.lines import Row, cells, csv_lines, json_lines
from console.submissions.export.sheets import xlsx

NO_FORMAT = "An export has the format csv or json-lines. Go back to {}, and choose one of them."
NO_FORMAT_OR_SHEET = "An export has the format csv, xlsx or json-lines. Go back to {}, and choose one of them."


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how its content is made, its file name extension, and its content type."""

    content: Callable[[Iterable[Row], Sequence[str]], Iterator[str] | Iterator[bytes]]
    extension: str
    content_type: str


FORMATS = {
    "csv": Format(csv_lines, "csv", "text/csv; charset=utf-8"),
    "json-lines": Format(json_lines, "jsonl", "application/jsonl"),
}
# For values that fit into spreadsheet cells.
FORMATS_AND_SHEETS = FORMATS | {
    "xlsx": Format(
        lambda rows, columns: xlsx(cells(rows, columns)),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
}


def as_file(kind: Format, rows: Iterable[Row], columns: Sequence[str], name: str) -> StreamingHttpResponse:
    """Return a response with rows as a file, named after its subject and the day in UTC."""
    return file_of(kind, kind.content(rows, columns), name)


def file_of(kind: Format, content: Iterator[str] | Iterator[bytes], name: str) -> StreamingHttpResponse:
    """Return a response with the content of a file, named as by `as_file`."""
    response = StreamingHttpResponse(content, content_type=kind.content_type)
    day = timezone.now().astimezone(UTC).date()
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.{kind.extension}"'
    return response
