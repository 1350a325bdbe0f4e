"""Plans of Terraform, and values of a program of which a part is not known."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import SCHEMA, read
from tests.records.pasted.tables.reading import TEXTS, users

PLAN = """Changes to Outputs:
  + users = [
      + {
          + city    = "Bern"
          + user_id = "u-1"
        },
      + {
          + city    = "Rome"
          + user_id = "u-2"
        },
    ]
"""


def test_what_a_plan_adds_is_read() -> None:
    assert users(PLAN) == [("u-1", "Bern"), ("u-2", "Rome")]
    detected = detect(TEXTS, "", PLAN)
    assert detected is not None
    assert detected.words.endswith("in an assignment, in a plan of Terraform")
    below = (
        "\nYou can apply this plan to save these new output values to the Terraform\nstate, without changing any…\n"
    )
    rule = "\n" + "\u2500" * 77 + "\n\nNote: You didn't use the -out option to save this plan, so Terraform can't\n"
    assert users(PLAN + below) == users(PLAN + below + rule) == users(PLAN)


@pytest.mark.parametrize(
    "text",
    [
        PLAN.replace('"Rome"', "(known after apply)"),
        PLAN.replace('+ city    = "Rome"', '~ city    = "Rome" -> "Roma"'),
        '  + resource "aws_dynamodb_table_item" "user" {\n      + item = "{}"\n      + user_id = "u-1"\n    }\n',
    ],
)
def test_other_plans_say_what_to_paste(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is not None
    assert detected.words == "a plan of Terraform"
    assert detected.refusal == "Paste the output of terraform output -json or terraform show -json."


def test_a_part_that_is_not_known_is_told_with_its_line() -> None:
    text = '[\n  User {\n    user_id: "u-1",\n    vip: true,\n    membership_type: Custom("Gold"),\n  },\n]'
    detected = read(text, SCHEMA)
    assert detected.words == "values of a program"
    assert detected.refusal == (
        'Line 5: it cannot be read near “Custom("Gold"),”. Print the values as JSON, such as with json.dumps, '
        "JSON.stringify or json_encode."
    )


def test_rows_below_a_heading_without_fields_are_told() -> None:
    assert read("Name,Town,Street\nAnn,u-1,3a\n", SCHEMA).refusal == (
        "Its first line names no fields of the schema. Write USER_ID, AGE, SCORE, VIP, MEMBERSHIP_TYPE there."
    )


@pytest.mark.parametrize(
    "text",
    [
        " USER_ID | CITY  \n---------+-------\n u-1     | St. G.\n         |.allen\n",
        " USER_ID | CITY \n---------+------\n u-123456.| Bern\n.789      | \n",
    ],
)
def test_cells_that_psql_has_wrapped_are_refused(text: str) -> None:
    assert "its cells go on with those of the line above" in read(text, TEXTS).refusal


def test_values_that_are_read_and_have_no_records_are_left_alone() -> None:
    assert detect(SCHEMA, "", 'List("USER_ID", "AGE")') is None


MULTILINE = """  ------------------------
  USER_ID   VIP   CITY
  --------- ----- --------
  u-1       yes   Bern

  u-2       no    {}
  ------------------------
"""


def test_a_multiline_table_of_pandoc_is_read_and_its_wrapped_rows_are_refused() -> None:
    assert users(MULTILINE.format("Rome")) == [("u-1", "Bern"), ("u-2", "Rome")]
    wrapped = read(MULTILINE.format("Old\n" + " " * 18 + "Rome"), TEXTS)
    assert "Line 7: its cells go on with those of the line above" in wrapped.refusal


def test_a_separator_in_a_text_of_a_program_makes_no_heading() -> None:
    user = 'User {{\n    userId = "{}"\n    properties = "{{\\"city\\": \\"Bern\\"}}"\n}}'
    text = f"client.putUsers {{\n    users = listOf(\n{user.format('u-1')},\n{user.format(',')}\n)\n}}\n"
    assert users(text) == [("u-1", "Bern"), (",", "Bern")]
