"""Filtered people as a file, by username, for a review of who may do what."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.activity.models import Kind, Outcome
from console.activity.recording import counted, record_activity
from console.pages.frame.decorators import console_page
from console.pages.frame.error_pages import error_page
from console.pages.frame.permissions import check_administrator
from console.pages.frame.template_tags.labels import status_words
from console.pages.people.accounts import Account, all_accounts
from console.pages.people.people import FOR_ADMINISTRATORS, words_of
from console.pages.people.people_filters import PeopleFilters
from console.pages.tables.exported import FORMATS_AND_SHEETS, NO_FORMAT_OR_SHEET, as_file
from console.pages.tables.tables import sought_in

COLUMNS = (
    "person_id",
    "username",
    "first_name",
    "last_name",
    "email",
    "role",
    "groups",
    "environments",
    "creates_records_in",
    "status",
    "signs_in_with",
    "last_seen",
    "sessions",
    "created",
)


@console_page("people/export-people/", is_file=True)
@never_cache
@require_http_methods(["GET", "HEAD"])
def export_people(request: HttpRequest) -> HttpResponseBase:
    """Return the filtered accounts as a file in the query's `format`, for administrators only.

    Raise PermissionDenied for everybody else.
    """
    check_administrator(request.user, FOR_ADMINISTRATORS)
    kind = FORMATS_AND_SHEETS.get(request.GET.get("format", ""))
    filters = PeopleFilters(request)
    if kind is None or filters.problem:
        return error_page(request, 400, filters.problem or NO_FORMAT_OR_SHEET.format("People"))
    sought = sought_in(request)
    accounts = [account for account in filters.left(all_accounts()) if sought.lower() in words_of(account).lower()]
    exported = _rows(sorted(accounts, key=lambda account: account.username.lower()))
    if request.method == "GET":
        recorded_filters = filters.conditions | ({"search": sought} if sought else {})
        facts = {"format": request.GET["format"], "filters": recorded_filters}
        entry = record_activity(Kind.EXPORTED, noun="People", outcome=Outcome.BEGUN, facts=facts)
        exported = counted(entry, exported)
    return as_file(kind, exported, COLUMNS, "people")


def _rows(accounts: list[Account]) -> Iterator[dict[str, Any]]:
    for account in accounts:
        person = account.person
        yield {
            "person_id": account.pk,
            "username": account.username,
            "first_name": person.first_name or None,
            "last_name": person.last_name or None,
            "email": person.email or None,
            "role": account.role,
            "groups": list(account.groups),
            "environments": [environment.name for environment in account.environments],
            "creates_records_in": [environment.name for environment in account.writes if not environment.read_only],
            "status": status_words(account.state).lower(),
            "signs_in_with": settings.CONSOLE_OIDC_LABEL if account.is_of_provider else "password",
            "last_seen": _moment(account.seen_at),
            "sessions": account.sessions,
            "created": _moment(person.date_joined),
        }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds") if moment else None
