"""Former environments: submissions from environments that have since changed or been removed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.pages.frame.decorators import console_page
from console.pages.frame.permissions import check_administrator
from console.pages.frame.table_kinds import Column, Kind
from console.pages.tables.table_page import show_table
from console.pages.tables.tables import arrange
from console.submissions.trails.own_trail import current_origins, earlier_demos
from console.submissions.trails.trails import Trail, trails_of_others

TABLE = Kind(
    "former_environments",
    "dataset groups",
    (
        Column("group", "Dataset group", lambda row: row.dataset_group.lower()),
        Column("environment", "Environment", lambda row: row.origin.environment),
        Column("account", "Account", lambda row: row.origin.account),
        Column("region", "Region", lambda row: row.origin.region),
        Column("submissions", "Submissions", lambda row: row.submissions),
        Column("first", "First submitted", lambda row: row.first_at),
        Column("created", "Last submitted", lambda row: row.last_at),
    ),
)
FOR_ADMINISTRATORS = "Only administrators can see what was sent from former environments."


@console_page("former-environments/", title="Former environments", tables=(TABLE,))
@never_cache
@require_http_methods(["GET", "HEAD"])
def former_environments(request: HttpRequest) -> HttpResponse:
    """List the dataset groups with submissions from environments that have changed or been removed.

    Raise PermissionDenied for all but administrators.
    """
    check_administrator(request.user, FOR_ADMINISTRATORS)
    rows = trails_of_others([*current_origins(), *(demo.pk for demo in earlier_demos())])
    table = arrange(request, TABLE, rows, filtered_by=_words)
    return show_table(request, "submissions/former_environments.html", table)


def _words(row: Trail) -> str:
    origin = row.origin
    return f"{origin.environment} {row.dataset_group} {origin.account} {origin.region}"
