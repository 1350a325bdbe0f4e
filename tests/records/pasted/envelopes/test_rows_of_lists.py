"""Rows in lists, and lists in the place of categories."""

from console.records.entities import USERS
from console.records.schemas.schema import read_entity_schema
from tests.records.literal_schemas import avro
from tests.records.pasted.pressing import BASIC, GOLD, read, values

NAMES = '["USER_ID", "AGE", "SCORE", "VIP", "MEMBERSHIP_TYPE"]'


def test_a_line_of_types_below_the_names_is_no_record() -> None:
    text = (
        f'{NAMES}\n["String", "Nullable(Int32)", "Float64", "Bool", "String"]\n'
        '["u-1", 34, 1.5, true, "Gold"]\n["u-2", null, 2, false, "Basic"]\n'
    )
    assert values(text) == [GOLD, BASIC]


def test_a_list_without_categories_is_no_value_where_there_may_be_none() -> None:
    interests = {"name": "INTERESTS", "type": ["null", "string"], "categorical": True}
    schema = read_entity_schema(USERS, avro(interests))
    text = '[{"USER_ID": 1, "INTERESTS": []}, {"USER_ID": 2, "INTERESTS": ["a", "b"]}]'
    assert values(text, schema) == [("1", None), ("2", "a|b")]
    assert "[] becomes no value (null)." in read(text, schema).changes
