"""Submissions as a file: what the filters leave, sent while it is read from the database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from console.activity.models import Entry, Kind, Outcome
from console.activity.recording import counted, record_activity
from console.pages.datasets.creating import OTHER_CHARACTER
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.frame.error_pages import error_page
from console.pages.frame.permissions import why_not_see_properties
from console.pages.submissions.submission_filters import Filters
from console.pages.tables.tables import sought_in
from console.personalize.environments import Environment
from console.submissions.export.lines import CHUNK, COLUMNS, PROPERTY_COLUMNS, Row, csv_lines, json_lines, rows
from console.submissions.lists.listing import newest_first
from console.submissions.trails.own_trail import origin_of

NO_FORMAT = "An export has the format csv or json-lines. Go back to {}, and choose one of them."


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: how its lines are made, how its name ends, and its content type."""

    lines: Callable[[Iterable[Row], Sequence[str]], Iterator[str]]
    extension: str
    content_type: str


FORMATS = {
    "csv": Format(csv_lines, "csv", "text/csv; charset=utf-8"),
    "json-lines": Format(json_lines, "jsonl", "application/jsonl"),
}


@environment_page(GROUP + "submissions/export-submissions/", "Submissions", is_file=True, shows_trail=True)
def export_submissions(request: HttpRequest, environment: Environment, group: str) -> HttpResponseBase:
    """Answer with the filtered submissions as a file, in the `format` of the query.

    With `properties` in the query, it has the properties of records too: raise PermissionDenied for a person who may
    not see them.
    """
    kind = FORMATS.get(request.GET.get("format", ""))
    filters = Filters(request)
    if kind is None or filters.problem:
        return error_page(request, 400, filters.problem or NO_FORMAT.format("Submissions"))
    with_properties = bool(request.GET.get("properties"))
    withheld = why_not_see_properties(request.user, environment)
    if with_properties and withheld:
        raise PermissionDenied(withheld)
    search = filters.search(origin_of(environment), group, sought_in(request))
    assert search is not None
    found = newest_first(search.found, CHUNK)
    columns = (*COLUMNS, *PROPERTY_COLUMNS) if with_properties else COLUMNS
    exported = rows(found, columns)
    if request.method == "GET":
        entry = _begin(request, environment, group, filters, with_properties=with_properties)
        exported = counted(entry, exported)
    response = StreamingHttpResponse(kind.lines(exported, columns), content_type=kind.content_type)
    day = timezone.now().astimezone(UTC).date()
    # The trail of a former environment may have any name.
    name = OTHER_CHARACTER.sub("-", group)
    response["Content-Disposition"] = f'attachment; filename="submissions-{name}-{day}.{kind.extension}"'
    return response


def _begin(
    request: HttpRequest, environment: Environment, group: str, filters: Filters, *, with_properties: bool
) -> Entry:
    """Write for Activity that an export begins, with its filters."""
    facts = {
        "format": request.GET["format"],
        "properties": with_properties,
        "filters": filters.recorded | ({"search": text} if (text := sought_in(request)) else {}),
    }
    return record_activity(
        Kind.EXPORTED, noun="submissions", environment=environment, group=group, outcome=Outcome.BEGUN, facts=facts
    )
