"""Sent records as a spreadsheet: a row for each record of the filtered submissions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from console.activity.models import Kind, Outcome
from console.activity.recording import counted, record_activity
from console.pages.frame.address_names import OTHER_CHARACTER
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.frame.error_pages import error_page
from console.pages.frame.permissions import why_not_see_properties
from console.pages.submissions.environment_submissions import EnvironmentFilters, all_of
from console.pages.submissions.submission_filters import Filters
from console.pages.tables.exported import FORMATS_AND_SHEETS, file_of
from console.pages.tables.filter_form import FilterForm
from console.pages.tables.tables import sought_in
from console.people.roles import may_see_properties
from console.personalize.connections.endpoints import endpoint_of
from console.personalize.datasets import load_dataset
from console.personalize.environments import Environment
from console.personalize.errors import PersonalizeError
from console.records.entities import ENTITIES
from console.submissions.export.formulas import without_formulas
from console.submissions.export.lines import csv_line
from console.submissions.export.record_rows import COLUMNS, RecordRows, Row, cells
from console.submissions.export.sheets import xlsx
from console.submissions.known.known_records import made_at_of
from console.submissions.known.versions import properties_before
from console.submissions.lists.distinct import dataset_types
from console.submissions.lists.listing import AnyFound
from console.submissions.models import SentRecord, dataset_key
from console.submissions.trails.own_trail import origin_of
from console.submissions.trails.sight import sight_of
from console.submissions.trails.trails import groups_of

SHEETS = {name: FORMATS_AND_SHEETS[name] for name in ("csv", "xlsx")}
NO_FORMAT = "An export of records has the format csv or xlsx. Go back to {}, and choose one of them."
# For more datasets than this, AWS is not asked for the schemas, and columns are ordered by name.
MOST_DATASETS = 20


@dataclass(frozen=True, slots=True)
class Described:
    """AWS's description of the datasets of sent records: the names of their fields, and when each was created."""

    names: Sequence[str]
    made_at: dict[str, datetime | None]


@environment_page(GROUP + "submissions/export-records/", "Submissions", is_file=True, shows_trail=True)
def export_records(request: HttpRequest, environment: Environment, group: str) -> HttpResponseBase:
    """Return a file with the records of a dataset group's filtered submissions, in the query's `format`.

    With `properties` in the query it has a column for each property, and with `before` also one for what was known
    before; raise PermissionDenied for a person who may not see these.
    """
    filters = Filters(request)
    search = None if filters.errors else filters.search(origin_of(environment), group, sought_in(request))
    return _export(request, environment, [group], filters, search.found if search else None)


@environment_page("submissions/export-records/", "All submissions", is_file=True)
def export_environment_records(request: HttpRequest, environment: Environment) -> HttpResponseBase:
    """Return a file with the records of an environment's filtered submissions, as `export_records` does."""
    filters = EnvironmentFilters(request)
    origin = origin_of(environment)
    sees_messages = may_see_properties(request.user, environment)
    search = filters.search(all_of(origin), sought_in(request), sees_messages=sees_messages)
    return _export(request, environment, list(groups_of(origin)), filters, search.found if search else None)


def _export(
    request: HttpRequest, environment: Environment, groups: Sequence[str], filters: FilterForm, found: AnyFound | None
) -> HttpResponseBase:
    kind, is_of_group = SHEETS.get(request.GET.get("format", "")), isinstance(filters, Filters)
    if kind is None or found is None:
        page = "Submissions" if is_of_group else "All submissions"
        return error_page(request, 400, filters.problem or NO_FORMAT.format(page))
    has_before = bool(request.GET.get("before"))
    has_properties = has_before or bool(request.GET.get("properties"))
    withheld = why_not_see_properties(request.user, environment)
    if has_properties and withheld:
        raise PermissionDenied(withheld)
    described = _described(environment, groups) if has_properties else Described((), {})
    known = partial(_known, _sight(request, environment), described) if has_before else None
    rows = RecordRows(found, timezone.now(), has_properties, described.names, known)
    group = groups[0] if is_of_group else ""
    content = _content(request, environment, group, filters, rows)
    return file_of(kind, content, f"records-{OTHER_CHARACTER.sub('-', group or environment.name)}")


def _content(
    request: HttpRequest, environment: Environment, group: str, filters: FilterForm, rows: RecordRows
) -> Iterator[bytes] | Iterator[str]:
    """Return the content of the file, and record in Activity that the export begins and how it ends."""
    kind = request.GET["format"]
    counted_rows: Callable[[RecordRows], Iterator[Row]] = iter
    if request.method == "GET":
        facts = {
            "format": kind,
            "properties": rows.has_properties,
            "before": rows.known is not None,
            "filters": filters.recorded | ({"search": text} if (text := sought_in(request)) else {}),
        }
        entry = record_activity(
            Kind.EXPORTED,
            noun="sent records",
            environment=environment,
            group=group,
            outcome=Outcome.BEGUN,
            facts=facts,
        )
        counted_rows = partial(counted, entry)
    # The columns are read while the file is sent, to which the deadline for AWS calls of pages does not apply.
    lines = _lines(rows, counted_rows)
    if kind == "xlsx":
        return xlsx(lines)
    return _csv(lines)


def _csv(lines: Iterator[list[str]]) -> Iterator[str]:
    """Yield a CSV file: first the columns of all records, since those of properties take a pass over all records."""
    begun = csv_line(COLUMNS).rstrip()
    yield begun
    for number, line in enumerate(lines):
        written = csv_line([without_formulas(cell) for cell in line])
        yield written if number else written.removeprefix(begun)


def _lines(rows: RecordRows, counted_rows: Callable[[RecordRows], Iterator[Row]]) -> Iterator[list[str]]:
    columns = rows.columns()
    yield from cells(counted_rows(rows), columns)


def _described(environment: Environment, groups: Sequence[str]) -> Described:
    """Return AWS's description of the datasets that records were sent to, without those it does not describe."""
    origin = origin_of(environment)
    targets = (
        []
        if environment.is_former
        else [
            (group, arn, ENTITIES[dataset_type])
            for group in groups
            for arn, dataset_type in dataset_types(origin, group).items()
        ]
    )
    names: list[str] = []
    made_at: dict[str, datetime | None] = {}
    for group, arn, entity in targets if len(targets) <= MOST_DATASETS else ():
        try:
            dataset = load_dataset(environment, group, entity)
        except PersonalizeError:
            continue
        if dataset.arn == arn:
            made_at[dataset_key(endpoint_of(environment), arn)] = made_at_of(dataset.description)
        names += [field.name for field in dataset.schema.fields] if dataset.schema else []
    return Described(list(dict.fromkeys(names)), made_at)


def _sight(request: HttpRequest, environment: Environment) -> Callable[[str, int], bool]:
    """Return a function that tells whether the person may see properties that an origin sent to a dataset."""
    sights = {}

    def sees(dataset: str, origin: int) -> bool:
        if dataset not in sights:
            sights[dataset] = sight_of(request.user, environment, dataset)
        return sights[dataset].sees_properties(origin)

    return sees


def _known(sees: Callable[[str, int], bool], described: Described, records: Sequence[SentRecord]) -> dict[int, str]:
    """Return the properties known before each record, by the record's key."""
    return properties_before(records, described.made_at.get, sees)
