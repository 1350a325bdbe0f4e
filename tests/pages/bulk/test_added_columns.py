"""Map columns: a field that the file has no column for gets one value in all rows."""

import json

import pytest
from django.test import Client

from console.bulk.models import Import, Stage
from tests.bulk.importing import checked, csv_of, ids_of, invalid_of, row, uploaded, work
from tests.pages.bulk.test_bulk_import import address, mapped, press
from tests.pages.html import tables_of, text_of

# Without MEMBERSHIP_TYPE and CITY.
WITHOUT = "USER_ID,MEMBER_SINCE,TOTAL_SPEND,NEWSLETTER\nu-1,1700000000,2,true\nu-2,1700000001,3,false\n"
IN_JSON = "".join(
    json.dumps({"USER_ID": f"u-{number}", "MEMBER_SINCE": 1700000000, "TOTAL_SPEND": 2, "NEWSLETTER": True}) + "\n"
    for number in (1, 2)
)


def add(client: Client, made: Import, field: str, value: str) -> str:
    """Press Add column, and return the text of the page that follows."""
    answer = press(client, made, "add_column", **mapped(made), added_field=field, added_value=value)
    return text_of(client.get(address(made)) if answer.status_code == 302 else answer)


@pytest.mark.parametrize("content", [WITHOUT, IN_JSON], ids=["CSV", "JSON Lines"])
def test_a_field_has_one_value_in_all_rows(operator: Client, content: str) -> None:
    made = uploaded(content)
    page = operator.get(address(made)).content.decode()
    options = page[page.index('id="added_field"') :]
    # What is required and missing comes first; the id is never the same.
    assert options.index("MEMBERSHIP_TYPE (required)") < options.index(">CITY<")
    assert "USER_ID" not in options
    add(operator, made, "MEMBERSHIP_TYPE", "Gold")
    assert "Add column" in add(operator, made, "CITY", "Bern, Altstadt")
    assert made.columns[-2:] == ["MEMBERSHIP_TYPE", "CITY"]
    columns = tables_of(operator.get(address(made)))[1]
    assert [cells[0] for cells in columns[-2:]] == ["Gold", "Bern, Altstadt"]
    assert press(operator, made, "check", **mapped(made)).status_code == 302
    work()
    made.refresh_from_db()
    assert (made.stage, made.valid_count, ids_of(made)) == (Stage.CHECKED, 2, ["u-1", "u-2"])
    (part,) = made.parts.all()
    assert {(json.loads(each)["membershipType"], json.loads(each)["city"]) for each in part.records["properties"]} == {
        ("Gold", "Bern, Altstadt")
    }


def test_what_was_checked_without_a_column_is_checked_again(operator: Client) -> None:
    made = checked(csv_of(row("u-1", CITY="")))
    add(operator, made, "CITY", "Bern")
    assert made.stage == Stage.MAPPING


def test_a_value_that_does_not_fit_is_a_problem_of_each_row(operator: Client) -> None:
    made = uploaded(WITHOUT)
    add(operator, made, "MEMBERSHIP_TYPE", "Gold")
    add(operator, made, "AGE", "old")
    press(operator, made, "check", **mapped(made))
    work()
    assert [(number, [field for field, _said in problems]) for number, problems in invalid_of(made)] == [
        (2, ["AGE"]),
        (3, ["AGE"]),
    ]


def test_columns_stay_as_they_were_chosen(operator: Client) -> None:
    made = uploaded("Kunde,MEMBER_SINCE,TOTAL_SPEND,NEWSLETTER\nu-1,1700000000,2,true\n")
    chosen = mapped(made) | {"column-1": "USER_ID", "column-4": ""}
    press(operator, made, "add_column", **chosen, added_field="MEMBERSHIP_TYPE", added_value="Gold")
    assert made.columns == ["USER_ID", "MEMBER_SINCE", "TOTAL_SPEND", None, "MEMBERSHIP_TYPE"]


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("TOTAL_SPEND", "2", "No column was added. Choose a field that no column of the file is taken for."),
        ("USER_ID", "u", "No column was added. Choose a field that no column of the file is taken for."),
        ("", "u", "No column was added. Choose a field that no column of the file is taken for."),
        ("CITY", " ", "No column was added. Type the value that CITY has in all rows."),
        ("CITY", "x" * 1001, "No column was added: a value may have 1,000 characters here."),
    ],
)
def test_what_cannot_be_added_is_said_and_kept(operator: Client, field: str, value: str, problem: str) -> None:
    made = uploaded(WITHOUT)
    answer = press(operator, made, "add_column", **mapped(made), added_field=field, added_value=value)
    assert answer.status_code == 422
    assert problem in text_of(answer)
    assert f'name="added_value" value="{value}"' in answer.content.decode()
    assert len(made.columns) == 4


def test_a_column_of_another_page_is_not_added_twice(operator: Client) -> None:
    made = uploaded(WITHOUT)
    before = mapped(made)
    add(operator, made, "CITY", "Bern")
    late = operator.post(
        address(made), {"intent": "add_column", **before, "added_field": "CITY", "added_value": "Basel"}, follow=True
    )
    assert "This import has moved on meanwhile. This is how it is now." in text_of(late)
    assert "This import has moved on" in text_of(
        operator.post(address(made), {"intent": "check", **before}, follow=True)
    )
    made.refresh_from_db()
    assert [name for name in made.columns if name == "CITY"] == ["CITY"]


def test_reading_the_file_otherwise_keeps_what_was_added(operator: Client) -> None:
    made = uploaded(("USER_ID;CITY\nu-1;Z\xfcrich\n").encode("windows-1252"))
    add(operator, made, "AGE", "34")
    press(operator, made, "look", encoding="iso-8859-1")
    assert (made.look["encoding"], made.columns) == ("iso-8859-1", ["USER_ID", "CITY", "AGE"])
    assert made.look["first_rows"] == [[2, ["u-1", "Zürich", "34"]]]


@pytest.mark.parametrize("intent", ["check", "look"])
def test_a_value_that_was_not_added_is_not_left_out_in_silence(operator: Client, intent: str) -> None:
    made = uploaded(csv_of(row("u-1")))
    answer = press(operator, made, intent, **mapped(made), added_field="GENDER", added_value="Female")
    assert answer.status_code == 422
    assert "Nothing was done. Press Add column to use the value that was typed below" in text_of(answer)
    assert 'name="added_value" value="Female"' in answer.content.decode()
    assert made.stage == Stage.MAPPING


def test_a_column_is_no_advice_where_two_are_taken_for_one_field(operator: Client) -> None:
    made = uploaded(csv_of(row("u-1")))
    answer = press(operator, made, "check", **mapped(made) | {"column-2": "CITY"})
    assert "Two columns are taken for CITY. Choose one of them." in text_of(answer)
    assert "Or add a column" not in text_of(answer)
