"""The view Table of Create user record(s), as a browser without scripts uses it."""

import json
from typing import Any

from django.test import Client

from console.local.models import StoredRecord
from tests.pages.html import fields_of, tables_of, text_of
from tests.pages.records.test_record_form import PAGE, VALID, form_of, press, record_of


def table_of(client: Client, *records: dict[str, Any]) -> Any:
    """Return the page that shows records as a table."""
    return press(client, form_of(client, *records), "table")


def html_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_table_is_filled_in_and_sent(operator: Client) -> None:
    table = press(operator, operator.get(PAGE, {"view": "table"}), "add")
    values = {"MEMBERSHIP_TYPE": "a", "MEMBER_SINCE": "1", "TOTAL_SPEND": "1.5", "NEWSLETTER": "true"}
    changes = {f"value-{row}-{name}": text for row in (1, 2) for name, text in values.items()}
    ids = {"value-1-USER_ID": "t-1", "value-2-USER_ID": "t-2", "state-1-GENDER": "null"}
    answer = press(operator, table, "create", **changes, **ids)
    assert "&view=table" in answer["Location"]
    stored = {each.record_id: json.loads(each.properties) for each in StoredRecord.objects.all()}
    sent = {"membershipType": "a", "memberSince": 1, "totalSpend": 1.5, "newsletter": True}
    assert stored == {"t-1": {**sent, "gender": None}, "t-2": sent}
    shown = operator.get(answer["Location"])
    assert "Success: 2 user records created or replaced." in text_of(shown)
    assert fields_of(shown)["value-2-USER_ID"] == "t-2"


def test_columns_are_those_of_the_schema_and_each_cell_has_its_name_and_its_problem(operator: Client) -> None:
    table = table_of(operator, VALID, {**VALID, "AGE": "much"})
    html = html_of(table)
    assert 'aria-label="AGE, record 2"' in html
    assert 'aria-label="No value for AGE, record 2"' in html
    assert html.index(">USER_ID <span") < html.index(">AGE<p") < html.index(">CITY<p")
    answer = press(operator, table, "create")
    assert answer.status_code == 422
    problem = html_of(answer).partition('<div class="cell-problem" id="problem-2-AGE" data-problem="2-AGE">')[2]
    assert "Expected a whole number" in problem.partition("</div>")[0]
    assert '<div class="cell-problem" id="problem-1-AGE" data-problem="1-AGE"></div>' in html_of(answer)
    assert '<a class="place" href="#value-2-AGE"' in answer.content.decode()


def test_what_has_no_column_is_named_and_stays(operator: Client) -> None:
    table = table_of(operator, {**VALID, "COLOUR": {"r": 1}})
    assert "Not in the table: COLOUR." in text_of(table)
    assert record_of(press(operator, table, "json", **{"value-1-AGE": "7"})) == {**VALID, "AGE": 7, "COLOUR": {"r": 1}}


def test_what_is_no_record_is_a_row_without_cells(operator: Client) -> None:
    answer = operator.post(PAGE, {"record_input": "[7]", "intent": "table"})
    assert "This is not a user record." in text_of(answer)
    assert "As it stands: 7" in text_of(answer)
    assert len(tables_of(answer)[0][0]) == 2


def test_rows_are_duplicated_and_removed_in_the_table(operator: Client) -> None:
    page = press(operator, table_of(operator, VALID), "duplicate 1", **{"value-1-USER_ID": "first"})
    page = press(operator, page, "remove 1", **{"value-2-USER_ID": "copy"})
    assert fields_of(page)["view"] == "table"
    assert record_of(page) == {**VALID, "USER_ID": "copy"}


def test_a_row_that_a_script_adds_is_a_new_record(operator: Client) -> None:
    table = table_of(operator, VALID)
    added = {"origin-2": "", "value-2-USER_ID": "pasted", "state-2-AGE": "absent", "value-2-AGE": "8"}
    text = press(operator, table, "json", **added).context["page"].text
    assert json.loads(text)[1]["USER_ID"] == "pasted"
    assert json.loads(text)[1]["AGE"] == 8
