"""The template of Import records from a file."""

from io import BytesIO

from django.test import Client
from openpyxl import load_workbook

from console.local.models import Schema

PAGE = "/local/dataset-groups/loyalty-programme/datasets/users/import-records/template/"


def test_a_template_has_the_fields_of_the_schema(viewer: Client) -> None:
    csv = viewer.get(f"{PAGE}?format=csv")
    heading = csv.content.decode()
    assert heading.startswith("USER_ID,AGE,GENDER,MEMBERSHIP_TYPE,INTERESTS,MEMBER_SINCE,")
    assert csv["Content-Disposition"] == 'attachment; filename="loyalty-programme-users-template.csv"'
    book = load_workbook(BytesIO(viewer.get(f"{PAGE}?format=xlsx").content))
    assert ",".join(str(cell.value) for cell in book["Records"][1]) == heading.strip()


def test_another_format_or_a_schema_that_cannot_be_read_has_a_page(viewer: Client) -> None:
    assert viewer.get(f"{PAGE}?format=pdf").status_code == 400
    Schema.objects.all().update(text="{")
    answer = viewer.get(f"{PAGE}?format=csv")
    assert (answer.status_code, b"cannot be read" in answer.content) == (404, True)
