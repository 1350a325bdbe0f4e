"""What a pasted text has beside the fields of the schema, which one press leaves out and names."""

import json

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import SCHEMA, read, values

GOLD, BASIC = ("u-1", 34, 1.5, True, "Gold"), ("u-2", None, 2.0, False, "Basic")
HEADING = "id,USER_ID,AGE,SCORE,VIP,MEMBERSHIP_TYPE,created_at\n"
ROWS = "1,u-1,34,1.5,true,Gold,2026-01-02\n2,u-2,,2,false,Basic,\n"
OPTIONAL = users_schema(AGE=["null", "int"], CITY=["null", "string"])


@pytest.mark.parametrize(
    "text",
    [
        HEADING + ROWS,
        (HEADING + ROWS).replace(",", "\t"),
        "| id | user_id | age | score | vip | membership_type | created_at |\n|-|-|-|-|-|-|-|\n"
        "| 1 | u-1 | 34 | 1.5 | t | Gold | 2026-01-02 |\n| 2 | u-2 |  | 2 | f | Basic | |\n",
        "[\n  User { id: 1, userId: 'u-1', age: 34, score: 1.5, vip: true, membershipType: 'Gold', created_at: null },\n"
        "  User { id: 2, userId: 'u-2', age: null, score: 2, vip: false, membershipType: 'Basic', created_at: null }\n]",
    ],
)
def test_what_no_field_is_for_is_left_out_and_named_by_the_press(text: str) -> None:
    assert values(text) == [GOLD, BASIC]
    assert read(text).changes[-1] == "Left out, as the schema has no field for them: id and created_at."


def test_a_single_name_is_named_alone_and_of_many_the_first_ten() -> None:
    assert read("USER_ID,AGE,plan\nu-1,3,x\n", OPTIONAL).changes == (
        "Left out, as the schema has no field for it: plan.",
    )
    names = ",".join(f"n{number}" for number in range(12))
    text = f"USER_ID,AGE,{names}\nu-1,3{',' * 12}\n"
    sentence = "Left out, as the schema has no field for them: n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and others."
    assert read(text, OPTIONAL).changes == (sentence,)


def test_json_whose_values_change_loses_what_no_field_is_for_in_the_same_press() -> None:
    text = '[{"USER_ID": 7, "AGE": 3, "tags": ["a"]}]'
    assert values(text, OPTIONAL) == [("7", 3, None)]
    assert read(text, OPTIONAL).changes == (
        "7 becomes “7”.",
        "Left out, as the schema has no field for it: tags.",
    )


def test_the_moment_of_a_form_is_left_out() -> None:
    text = '"Timestamp","User ID","Age"\n"2026/11/30 9:12:03 AM GMT+1","u-1","3"\n'
    assert values(text, OPTIONAL) == [("u-1", 3, None)]
    assert read(text, OPTIONAL).changes == ("Left out, as the schema has no field for it: Timestamp.",)


def test_json_in_which_nothing_else_changes_is_record_input() -> None:
    assert detect(OPTIONAL, "", '[{"USER_ID": "u-1", "AGE": 3, "tags": ["a"]}]') is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # Near to a field without a value.
        ("USER_ID,AGE,CITTY,plan\nu-1,3,Bern,x\n", ["USER_ID", "AGE", "CITTY"]),
        ("USER_ID,AGE,CITTY\nu-1,3,Bern\n", ["USER_ID", "AGE", "CITTY"]),
        # Nothing but the id would be left.
        ("USER_ID,town\nu-1,Bern\n", ["USER_ID", "town"]),
        # Of another type of dataset.
        ("USER_ID,AGE,SESSION_ID\nu-1,3,s-1\n", ["USER_ID", "AGE", "SESSION_ID"]),
        # No name of a column.
        ("USER_ID  AGE  |\nu-1      3    4\n", ["USER_ID", "AGE", "|"]),
    ],
)
def test_what_may_be_a_field_stays(text: str, kept: list[str]) -> None:
    assert list(json.loads(read(text, OPTIONAL).text)[0]) == kept


def test_it_stays_where_a_required_field_is_missing() -> None:
    text = "USER_ID,AGE,SCORE,VIP,tier\nu-1,34,1.5,true,Gold\n"
    assert json.loads(read(text).text)[0]["tier"] == "Gold"
    assert SCHEMA.field("MEMBERSHIP_TYPE") is not None


def test_members_beside_properties_stay() -> None:
    text = "{'userId': 'u-1', 'properties': {'age': 3, 'x': f()}, 'name': 'Ann'}".replace("f()", "[1, {'userId': 2}]")
    text = text.replace("'userId': 'u-1'", "'userId': 'u-1', 'properties': 5")
    assert '"name"' in read(text, OPTIONAL).text


def test_an_id_of_mongodb_is_the_id_where_no_other_one_is() -> None:
    assert values("[{ _id: 'u-1', age: 3, city: 'Bern' }]", OPTIONAL) == [("u-1", 3, "Bern")]
    assert read("[{ _id: 'u-1', age: 3, city: 'Bern' }]", OPTIONAL).changes == ("_id is taken for USER_ID.",)
    assert values("[{ _id: 'x', userId: 'u-1', age: 3 }]", OPTIONAL) == [("u-1", 3, None)]
    for other in ("accountId: 'x'", "id: ''"):
        assert "_id, which the database" in " ".join(
            read(f"[{{ _id: 'u', {other}, age: 3, city: 'B' }}]", OPTIONAL).changes
        )
    assert '"u-1"' not in read("[{ _id: null, age: 3, city: 'Bern' }]", OPTIONAL).text


def test_of_a_thousand_names_none_is_left_out() -> None:
    names = {f"n{number}": 1 for number in range(1001)}
    assert '"n1000"' in read(json.dumps([{"USER_ID": 7, "AGE": 3, **names}]), OPTIONAL).text
