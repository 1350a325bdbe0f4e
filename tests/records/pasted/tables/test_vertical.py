"""Records with a field on each line, in the ways of single programs."""

import json

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import users_schema
from tests.records.pasted.tables.reading import TEXTS, read, users

BERN_AND_ROME = [("u-1", "Bern|x"), ("u-2", "")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("* Record 1    \nuser_id u-1\ncity    Bern|x\n* Record 2\nuser_id u-2\ncity\n", "psql"),
        (
            "+-[ RECORD 1 ]-----+\n| user_id | u-1    |\n| city    | Bern|x |\n+-[ RECORD 2 ]-----+\n| user_id | u-2    |\n"
            "| city    |        |\n+---------+--------+\n(2 rows)\n\nTime: 0.4 ms\n",
            "psql",
        ),
        (
            "┌─[ RECORD 1 ]┬────────┐\n│ user_id │ u-1    │\n│ city    │ Bern|x │\n├─[ RECORD 2 ]┼────────┤\n│ user_id │ u-2    │\n"
            "│ city    │        │\n└─────────┴────────┘\n",
            "psql",
        ),
        ("─[ RECORD 1 ]────\nuser_id │ u-1\ncity    │ Bern|x\n─[ RECORD 2 ]────\nuser_id │ u-2\ncity    │ \n", "psql"),
        (
            "-RECORD 0------\n user_id | u-1   \n city    | Bern|x\n-RECORD 1------\n user_id | u-2   \n city    |       \n"
            "only showing top 2 rows\n",
            "psql",
        ),
        ("***[ 1. row ]***\nuser_id | u-1\ncity    | Bern|x\n***[ 2. row ]***\nuser_id | u-2\ncity    | \n", "psql"),
        (
            "Row 1:\n──────\nuser_id: u-1\ncity:    Bern|x\n\nRow 2:\n──────\nuser_id: u-2\ncity:    \n\n"
            "2 rows in set. Elapsed: 0.001 sec. \n",
            "ClickHouse",
        ),
    ],
)
def test_records_below_a_line_of_their_own_are_read(text: str, words: str) -> None:
    assert read(text).words == f"2 records of {words}"
    assert read(text).changes == ()
    assert users(text) == BERN_AND_ROME
    assert users(text.replace("\n", "\r\n")) == BERN_AND_ROME


@pytest.mark.parametrize(
    "text",
    [
        "user_id|u-1\ncity|Bern|x\n\nuser_id|u-2\ncity|\n",
        "user_id|u-1\ncity|Bern|x\nuser_id|u-2\ncity|\n",
        'user_id,u-1\n"city","Bern|x"\nuser_id,u-2\ncity,\n',
        "USER_ID\tu-1\tu-2\nCITY\tBern|x\t\n",
        "USER_ID;u-1;u-2\r\nCITY;Bern|x;\r\n",
        "user_id: u-1\ncity: Bern|x\n\nuser_id: u-2\ncity:\n",
        "user_id: u-1\ncity: Bern|x\nuser_id: u-2\ncity: \n",
    ],
)
def test_a_name_before_each_value_tells_records(text: str) -> None:
    assert read(text).words == "2 records with a name and a value on each line"
    assert users(text) == BERN_AND_ROME


def test_one_record_may_have_its_names_in_the_first_of_two_columns() -> None:
    assert users('USER_ID,u-1\nCITY,"Bern, old\n\ntown"\n') == [("u-1", "Bern, old\n\ntown")]


@pytest.mark.parametrize("title", ["item: {}", "User {}", "[{}]", "Record #{}:", "-- {} --"])
def test_lines_that_only_count_the_records_are_no_fields(title: str) -> None:
    rule = "\u2500" * 9
    text = (
        f"{title.format(0)}\n{rule}\nUSER_ID  u-1\nCITY     Bern|x\n\n{title.format(1)}\n{rule}\nUSER_ID  u-2\nCITY\n"
    )
    assert users(text) == [("u-1", "Bern|x"), ("u-2", "")]


def test_numbers_that_are_ids_count_no_records() -> None:
    assert users("user_id: 1\ncity: Bern\n\nuser_id: 2\ncity: Rome\n") == [("1", "Bern"), ("2", "Rome")]
    assert users("USER_ID  1\nCITY     Bern\n\nUSER_ID  2\nCITY     Rome\n") == [("1", "Bern"), ("2", "Rome")]


def test_a_record_of_miller_that_another_title_keeps_apart_is_not_left_out() -> None:
    text = "USER_ID=u-1 CITY=Bern\n\nThen this\nUSER_ID  u-2\nand some words\nCITY     Rome\nend\n"
    assert "look like a record" in read(text).refusal


def test_what_is_above_and_below_records_is_named() -> None:
    text = "One user:\n*** 1. row ***\nuser_id: u-1\ncity: Bern\n1 row in set (0.00 sec)\n\nThanks\n"
    assert read(text).changes == (
        "Left out above the table: “One user:”.",
        "Left out below the table: “Thanks”.",
    )


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            "* Record 1\nuser_id u-1\n  city Bern\n",
            "Line 3: expected a field and its value; found “  city Bern”.",
        ),
        (
            "user_id|u-1\ncity|Bern\n\nuser_id|u-2\n",
            "The record at line 4 has other fields than the others, or one of them twice.",
        ),
        (
            "user_id,u-1\ncity,Bern\nuser_id,u-2\nuser_id,u-3\n",
            "The record at line 3 has other fields than the others, or one of them twice.",
        ),
    ],
)
def test_records_that_are_not_whole_are_refused(text: str, refusal: str) -> None:
    detected = read(text)
    assert (detected.refusal, detected.text) == (refusal, "")


@pytest.mark.parametrize(
    "text",
    ["USER_ID,Bern\nRome,x\n", 'USER_ID,"a"b\nCITY,x\n', "USER_ID,a,b\nCITY,c,d\nUSER_ID,e,f\nCITY,g,h\n"],
)
def test_what_may_be_a_heading_and_its_rows_is_no_such_record(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is not None
    assert "each line" not in detected.words


def test_titles_without_records_between_them_count_none() -> None:
    text = "item 1\nitem 2\nUSER_ID  u-1\nCITY     Bern\n"
    detected = detect(TEXTS, "", text)
    assert detected is None or detected.refusal or "Left out above" in " ".join(detected.changes)


@pytest.mark.parametrize(
    "text", ["USER_ID = :\nCITY = Bern:\n", "USER_ID -> :\nCITY -> Bern:\n", "USER_ID|:\nCITY|Bern:\n"]
)
def test_a_first_value_that_ends_with_a_colon_is_no_caption(text: str) -> None:
    assert users(text) == [(":", "Bern:")]
    assert read(f"Fields:\n{text}").changes == ("Left out above the table: “Fields:”.",)


def test_what_does_not_show_before_a_record_hides_none() -> None:
    text = "\u200b*** 1. row ***\nuser_id: u-1\ncity: Bern\n*** 2. row ***\nuser_id: u-2\ncity: Rome\n"
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]


def test_variables_of_a_shell_are_fields() -> None:
    schema = users_schema(CITY="string", PLAN="string")
    for text in (
        "USER_ID=00417\nCITY='St. Gallen'\nPLAN=\"Gold\"\n",
        "export USER_ID=00417\nexport CITY='St. Gallen'\nexport PLAN=Gold\n",
        "set USER_ID=00417\r\nset CITY=St. Gallen\r\nset PLAN=Gold\r\n",
    ):
        detected = detect(schema, "", text)
        assert detected is not None
        assert detected.words == "1 record of variables of a shell"
        assert json.loads(detected.text) == [{"USER_ID": "00417", "CITY": "St. Gallen", "PLAN": "Gold"}]
    assert detect(schema, "", "USER_ID=$ID\nCITY=Bern\nPLAN=Gold\n") is None


def test_rows_that_cqlsh_has_expanded_are_records() -> None:
    row = "@ Row {}\n---------+-------\n user_id | u-{}\n city    | Bern\n\n"
    assert users(row.format(1, 1) + row.format(2, 2) + "(2 rows)\n") == [("u-1", "Bern"), ("u-2", "Bern")]


def test_an_id_that_is_written_as_a_name_is_no_name_of_a_field() -> None:
    detected = detect(
        users_schema(AGE=["null", "int"], VIP="boolean", CITY="string"), "", "USER_ID,AGE,VIP,CITY\nUSERID,,f,0\n"
    )
    assert detected is not None
    assert json.loads(detected.text) == [{"USER_ID": "USERID", "AGE": None, "VIP": False, "CITY": "0"}]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_records_beside_one_another_may_have_a_heading_above_them(separator: str) -> None:
    text = "Field,First,Second\nUSER_ID,u-1,u-2\nCITY,Bern,Rome\nPLAN,Gold,\n".replace(",", separator)
    detected = detect(users_schema(CITY="string", PLAN=["null", "string"]), "", text)
    assert detected is not None
    assert json.loads(detected.text) == [
        {"USER_ID": "u-1", "CITY": "Bern", "PLAN": "Gold"},
        {"USER_ID": "u-2", "CITY": "Rome", "PLAN": None},
    ]
    assert detected.changes[0] == f"Left out above the table: “{separator.join(('Field', 'First', 'Second'))}”."
