"""The imports into a dataset from this console, newest first."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from console.bulk.models import Import
from console.bulk.waiting import is_ending
from console.pages.bulk.taking_in import place, why_not_import
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.frame.table_kinds import Column, Kind
from console.pages.tables.table_page import show_table
from console.pages.tables.tables import arrange
from console.personalize.environments import Environment
from console.records.entities import Entity

# Fields that no row shows, and that may be long.
NOT_LISTED = ("look", "choices", "columns", "without", "findings", "schema_text")


def _status(row: Import) -> tuple[str, str]:
    """Return an import's key and the part of its row that changes by itself, as the table's status."""
    numbers = f"{row.stage} {row.progress} {row.settled_count} {row.failed_count}"
    return str(row.key), f"{numbers} IN_PROGRESS" if row.is_at_work or is_ending(row) else f"{numbers} {row.received}"


TABLE = Kind(
    "imports",
    "imports",
    (
        Column("file", "File", lambda row: row.file_name.lower()),
        Column("created", "Uploaded", lambda row: row.created_at),
        Column("person", "Person", lambda row: row.person_name.lower()),
        Column("stage", "Stage", lambda row: row.get_stage_display()),
        Column("rows", "Rows", lambda row: row.row_count),
        Column("invalid", "Invalid", lambda row: row.invalid_count),
        Column("sent", "Sent", lambda row: row.created_count),
        Column("failed", "Failed", lambda row: row.failed_count),
    ),
    status_of=_status,
)


@environment_page(DATASET + "imports/", "Imports", parent="dataset", tables=(TABLE,), why_not=why_not_import)
def imports(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """List everybody's imports into a dataset, with the progress of unfinished uploads."""
    rows = Import.objects.filter(**place(environment, group, entity)).order_by("-pk").defer(*NOT_LISTED)
    table = arrange(request, TABLE, list(rows), filtered_by=lambda row: f"{row.file_name} {row.person_name}")
    return show_table(request, "bulk/imports.html", table, import_days=round(settings.CONSOLE_IMPORT_DAYS))
