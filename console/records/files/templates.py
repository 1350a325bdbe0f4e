"""Files to fill in: the fields of a schema as a heading, in CSV and in XLSX, where a second sheet explains them."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.records.template import example_of

RECORDS, FIELDS = "Records", "Fields"
EXPLAINED = ("Field", "Type", "Required", "Example")
# The number format of text: an id keeps its zeros, and a long number all of its digits.
AS_TEXT = "@"
WIDEST, BESIDE = 60, 4


def csv_template(schema: Schema) -> str:
    """Return a CSV file of a heading: names of fields have no characters that would need quotes."""
    return ",".join(field.name for field in schema.template_fields) + "\r\n"


def xlsx_template(schema: Schema) -> bytes:
    """Return an XLSX file with a sheet to fill in, and one that says what each of its columns may have."""
    book = Workbook()
    records, fields = book.active, book.create_sheet(FIELDS)
    assert isinstance(records, Worksheet)
    records.title = RECORDS
    records.append([field.name for field in schema.template_fields])
    fields.append(EXPLAINED)
    for number, field in enumerate(schema.template_fields, 1):
        column = records.column_dimensions[get_column_letter(number)]
        column.width = len(field.name) + BESIDE
        if field.is_id or "string" in field.types:
            column.number_format = AS_TEXT
        fields.append(_explained(schema, field))
    for sheet in (records, fields):
        sheet.freeze_panes = "A2"
        for cell in sheet[1]:
            cell.font = Font(bold=True)
    for column_cells in fields.columns:
        width = max(len(str(cell.value)) for cell in column_cells) + BESIDE
        fields.column_dimensions[get_column_letter(column_cells[0].column or 1)].width = min(width, WIDEST)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _explained(schema: Schema, field: Field) -> tuple[str, str, str, str]:
    kind = f"{field.type_name}, several with | between them" if field.categorical else field.type_name
    example = example_of(schema, field)
    shown = str(example).lower() if isinstance(example, bool) else str(example)
    return field.name, kind, "no" if field.nullable else "yes", shown
