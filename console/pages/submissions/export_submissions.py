"""Filtered submissions as a file, streamed from the database."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from console.activity.models import Entry, Kind, Outcome
from console.activity.recording import counted, record_activity
from console.pages.frame.address_names import OTHER_CHARACTER
from console.pages.frame.decorators import GROUP, environment_page
from console.pages.frame.error_pages import error_page
from console.pages.frame.permissions import why_not_see_properties
from console.pages.submissions.environment_submissions import EnvironmentFilters, all_of
from console.pages.submissions.submission_filters import Filters
from console.pages.tables.exported import FORMATS, FORMATS_AND_SHEETS, NO_FORMAT, NO_FORMAT_OR_SHEET, as_file
from console.pages.tables.filter_form import FilterForm
from console.pages.tables.tables import sought_in
from console.people.roles import may_see_properties
from console.personalize.environments import Environment
from console.submissions.export.lines import CHUNK, COLUMNS, PROPERTY_COLUMNS, rows
from console.submissions.lists.listing import AnyFound, newest_first
from console.submissions.trails.own_trail import origin_of


@environment_page(GROUP + "submissions/export-submissions/", "Submissions", is_file=True, shows_trail=True)
def export_submissions(request: HttpRequest, environment: Environment, group: str) -> HttpResponseBase:
    """Return a dataset group's filtered submissions as a file in the query's `format`.

    With `properties` in the query, it has the properties of records too; raise PermissionDenied for a person who may
    not see them.
    """
    filters = Filters(request)
    search = None if filters.errors else filters.search(origin_of(environment), group, sought_in(request))
    return _export(request, environment, group, filters, search.found if search else None)


@environment_page("submissions/export-submissions/", "All submissions", is_file=True)
def export_environment_submissions(request: HttpRequest, environment: Environment) -> HttpResponseBase:
    """Return the filtered submissions to all dataset groups of an environment, as `export_submissions` does."""
    filters = EnvironmentFilters(request)
    sees_messages = may_see_properties(request.user, environment)
    search = filters.search(all_of(origin_of(environment)), sought_in(request), sees_messages=sees_messages)
    return _export(request, environment, "", filters, search.found if search else None)


def _export(
    request: HttpRequest, environment: Environment, group: str, filters: FilterForm, found: AnyFound | None
) -> HttpResponseBase:
    """Return a file with the submissions found; `group` is "" for all dataset groups."""
    with_properties = bool(request.GET.get("properties"))
    # The properties of ten records may not fit in a spreadsheet cell.
    formats, no_format = (FORMATS, NO_FORMAT) if with_properties else (FORMATS_AND_SHEETS, NO_FORMAT_OR_SHEET)
    kind = formats.get(request.GET.get("format", ""))
    if kind is None or found is None:
        page = "Submissions" if group else "All submissions"
        return error_page(request, 400, filters.problem or no_format.format(page))
    withheld = why_not_see_properties(request.user, environment)
    if with_properties and withheld:
        raise PermissionDenied(withheld)
    columns = (*COLUMNS, *PROPERTY_COLUMNS) if with_properties else COLUMNS
    exported = rows(newest_first(found, CHUNK), columns)
    if request.method == "GET":
        entry = _begin(request, environment, group, filters, with_properties=with_properties)
        exported = counted(entry, exported)
    # A former environment may have any name.
    name = OTHER_CHARACTER.sub("-", group or environment.name)
    return as_file(kind, exported, columns, f"submissions-{name}")


def _begin(
    request: HttpRequest, environment: Environment, group: str, filters: FilterForm, *, with_properties: bool
) -> Entry:
    """Record in Activity that an export begins, with its filters."""
    facts = {
        "format": request.GET["format"],
        "properties": with_properties,
        "filters": filters.recorded | ({"search": text} if (text := sought_in(request)) else {}),
    }
    return record_activity(
        Kind.EXPORTED, noun="submissions", environment=environment, group=group, outcome=Outcome.BEGUN, facts=facts
    )
