"""The rows of an import that failed, as files for spreadsheets."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from console.bulk import controls
from console.bulk.models import Import
from console.local.simulation import simulate
from tests.bulk.importing import HEADING, checked, csv_of, row, work

DATASET = "/local/dataset-groups/loyalty-programme/datasets/users/"
AGE = "whole number (int), or no value"


def content(client: Client, made: Import, kind: str) -> bytes:
    answer: Any = client.get(f"{DATASET}imports/{made.key}/failed-rows/", {"format": kind})
    assert answer.streaming
    assert answer["Content-Disposition"] == f'attachment; filename="failed-rows-members.{kind}"'
    return b"".join(answer)


def of_csv(client: Client, made: Import) -> list[list[str]]:
    text = content(client, made, "csv").decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def of_xlsx(client: Client, made: Import) -> list[list[str]]:
    sheet = load_workbook(BytesIO(content(client, made, "xlsx"))).worksheets[0]
    return [[str(cell or "") for cell in cells] for cells in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("read", [of_csv, of_xlsx])
def test_invalid_rows_are_as_they_were_and_say_why(operator: Client, read: Any) -> None:
    made = checked(csv_of(row("u-1"), row("u-2", AGE="34.5", CITY="Zürich"), "u-3,x"))
    problem = f"AGE: Expected a {AGE}; found a number with a fraction or an exponent, 34.5. Write a whole number."
    heading, second, third = read(operator, made)
    assert heading == [*HEADING.split(","), "Problem"]
    assert second[:8] == ["u-2", "34.5", "Gold", "1700000000", "12.5", "", "true", "Zürich"]
    assert second[8].startswith(f"AGE: Expected a {AGE}; found"), problem
    assert third[0] == "u-3,x"
    assert "8" in third[8]


def test_no_formula_gets_into_a_spreadsheet(operator: Client) -> None:
    made = checked(csv_of(row("=1+1", AGE="x"), row("u-2", AGE="-34.5", CITY='"@a;=b"')))
    first, second = of_csv(operator, made)[1:]
    assert first[0] == "'=1+1"
    assert (second[1], second[7]) == ("-34.5", "'@a;'=b")
    sheet = load_workbook(BytesIO(content(operator, made, "xlsx"))).worksheets[0]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet["A"]][1] == ("=1+1", "s", "@")


def test_records_that_were_refused_are_in_the_columns_of_the_file(operator: Client) -> None:
    made = checked(csv_of(row("u-1", NEWSLETTER="yes", AGE=""), row("u-2", AGE="x")))
    controls.start_sending(made, share=100, leaves_out_same=False)
    simulate("InvalidInputException", 0, 1, "operator")
    work()
    made.refresh_from_db()
    assert (made.refused_count, made.invalid_count) == (1, 1)
    invalid, refused = of_csv(operator, made)[1:]
    assert invalid[0] == "u-2"
    assert refused[:8] == ["u-1", "", "Gold", "1700000000", "12.5", "", "true", "Ostvale"]
    assert refused[8].startswith("The local service refused personalize:PutUsers on arn:aws:personalize:us-east-1:")
    assert refused[8].endswith("Simulated by the local service: the request has an invalid value.")
