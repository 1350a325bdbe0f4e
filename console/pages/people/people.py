"""People: everybody who has an account, for administrators."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.pages.frame.decorators import console_page
from console.pages.frame.permissions import check_administrator
from console.pages.frame.table_kinds import Column, Kind
from console.pages.people.accounts import Account, all_accounts
from console.pages.people.people_filters import FIELDS, PeopleFilters
from console.pages.tables.table_page import show_table
from console.pages.tables.tables import arrange
from console.people.roles import ROLES

FOR_ADMINISTRATORS = "Only administrators can see and change people."
NEVER = datetime.min.replace(tzinfo=UTC)
TABLE = Kind(
    "people",
    "people",
    (
        Column("username", "Username", lambda row: row.username.lower()),
        Column("name", "Name", lambda row: row.name.lower()),
        Column("role", "Role", lambda row: ROLES.index(row.role)),
        Column("groups", "Groups", lambda row: row.groups),
        Column("environments", "Environments", lambda row: len(row.environments)),
        Column("status", "Status", lambda row: row.state),
        Column("seen", "Last seen", lambda row: row.seen_at or NEVER),
        Column("created", "Created", lambda row: row.person.date_joined),
    ),
    conditions=FIELDS,
)


@console_page("people/", title="People", tables=(TABLE,))
@never_cache
@require_http_methods(["GET", "HEAD"])
def people(request: HttpRequest) -> HttpResponse:
    """List everybody who has an account; raise PermissionDenied for all but administrators."""
    check_administrator(request.user, FOR_ADMINISTRATORS)
    everybody = all_accounts()
    filters = PeopleFilters(request)
    table = arrange(request, TABLE, filters.left(everybody), filtered_by=words_of)
    context: dict[str, Any] = {
        "filters": filters,
        "selection_problem": filters.problem,
        "has_passwords": settings.CONSOLE_PASSWORD_SIGN_IN,
        "provider": settings.CONSOLE_OIDC_LABEL,
        "session_hours": settings.CONSOLE_SESSION_HOURS,
    }
    table = replace(table, conditions=filters.conditions, count=len(everybody))
    return show_table(request, "people/people.html", table, **context)


def words_of(row: Account) -> str:
    """Return the text that the table's own filter searches."""
    return f"{row.username} {row.name} {row.person.email} {' '.join(row.groups)}"
