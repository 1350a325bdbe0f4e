"""The failed rows of an import as a file for a spreadsheet, streamed while it is made."""

from pathlib import PurePath
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from console.activity.models import Kind
from console.activity.recording import record_activity
from console.bulk.failed_rows import csv_lines, failed_rows
from console.bulk.models import Import
from console.pages.bulk.found_import import import_of
from console.pages.bulk.taking_in import why_not_import
from console.pages.frame.address_names import OTHER_CHARACTER
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.frame.error_pages import error_page
from console.personalize.environments import Environment
from console.records.entities import Entity
from console.submissions.export.sheets import xlsx

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Spreadsheet programs open few more, and each row takes longer to write than in CSV.
MOST_ROWS_OF_SHEET = 100_000
NO_FORMAT = "Failed rows have the format csv or xlsx. Go back to the import, and choose one of them."
TOO_MANY = f"A spreadsheet of more than {MOST_ROWS_OF_SHEET:,} rows is not made. Download the CSV instead."


@environment_page(DATASET + "imports/<uuid:key>/failed-rows/", "Failed rows", is_file=True, why_not=why_not_import)
def download_failed_rows(
    request: HttpRequest, environment: Environment, group: str, entity: Entity, key: UUID
) -> HttpResponseBase:
    """Return the invalid rows, and the records that did not arrive, in the query's `format`."""
    bulk_import = import_of(environment, group, entity, key)
    kind = request.GET.get("format", "")
    if kind not in TYPES:
        return error_page(request, 400, NO_FORMAT)
    if kind == XLSX and failed_row_count(bulk_import) > MOST_ROWS_OF_SHEET:
        return error_page(request, 400, TOO_MANY)
    if request.method == "GET":
        record_activity(
            Kind.EXPORTED,
            bulk_import.file_name,
            noun="failed rows of",
            environment=environment,
            group=group,
            row_count=failed_row_count(bulk_import),
            facts={"format": kind, "import": str(key)},
        )
    rows = failed_rows(bulk_import)
    response = StreamingHttpResponse(xlsx(rows) if kind == XLSX else csv_lines(rows), content_type=TYPES[kind])
    name = OTHER_CHARACTER.sub("-", PurePath(bulk_import.file_name).stem) or "file"
    response["Content-Disposition"] = f'attachment; filename="failed-rows-{name}.{kind}"'
    return response


def failed_row_count(bulk_import: Import) -> int:
    """Return the number of rows in the file."""
    return bulk_import.invalid_count + bulk_import.failed_count
