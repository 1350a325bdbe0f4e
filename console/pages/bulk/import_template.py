"""A template file for a dataset, with the fields of its schema as the heading."""

from django.http import HttpRequest, HttpResponse

from console.pages.bulk.taking_in import why_not_into
from console.pages.frame.decorators import DATASET, environment_page
from console.pages.frame.error_pages import error_page
from console.personalize.datasets import load_dataset
from console.personalize.environments import Environment
from console.records.entities import Entity

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NO_FORMAT = "A template has the format csv or xlsx. Go back to Import records from a file, and choose one of them."


@environment_page(DATASET + "import-records/template/", "Import records from a file", is_file=True)
def import_template(request: HttpRequest, environment: Environment, group: str, entity: Entity) -> HttpResponse:
    """Return a template in the query's `format`."""
    kind = request.GET.get("format", "")
    if kind not in CONTENT_TYPES:
        return error_page(request, 400, NO_FORMAT)
    dataset = load_dataset(environment, group, entity)
    if dataset.schema is None:
        return error_page(request, 404, why_not_into(dataset))
    # Imported here because the spreadsheet library takes time and memory to import.
    from console.records.files.templates import csv_template, xlsx_template

    content = csv_template(dataset.schema).encode() if kind == "csv" else xlsx_template(dataset.schema)
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{group}-{entity.slug}-template.{kind}"'
    return response
