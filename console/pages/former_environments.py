"""Former environments: what was sent in environments that the file of environments does not name any more."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from console.history.trails import trails_of_others
from console.pages.table_page import show_table
from console.pages.tables import Column, Kind, arrange
from console.people.roles import ADMINISTRATOR, role_of
from console.personalize.environments import environments

TABLE = Kind(
    "former_environments",
    "dataset groups",
    (
        Column("group", "Dataset group", lambda row: row.dataset_group.lower()),
        Column("environment", "Environment", lambda row: row.environment),
        Column("submissions", "Submissions", lambda row: row.submissions),
        Column("first", "First submitted", lambda row: row.first_at),
        Column("created", "Last submitted", lambda row: row.last_at),
    ),
)
FOR_ADMINISTRATORS = "Administrators alone see what was sent in former environments."


@never_cache
@require_http_methods(["GET", "HEAD"])
def former_environments(request: HttpRequest) -> HttpResponse:
    """List the dataset groups that something was sent to in environments that there are no longer."""
    if role_of(request.user) != ADMINISTRATOR:
        raise PermissionDenied(FOR_ADMINISTRATORS)
    rows = trails_of_others(environments())
    table = arrange(request, TABLE, rows, filtered_by=lambda row: f"{row.environment} {row.dataset_group}")
    return show_table(request, table)
