"""A user's known record in a text that was typed."""

import pytest

from console.records.editing import with_known_record
from tests.records.schemas import users_schema

SCHEMA = users_schema(AGE="int", TOTAL_SPEND="float")
PROPERTIES = '{"age": 34, "totalSpend": 129.90, "shoeSize": {"eu": 44}}'
LAID_OUT = '{\n  "USER_ID": "ada",\n  "AGE": 34,\n  "TOTAL_SPEND": 129.90,\n  "shoeSize": {\n    "eu": 44\n  }\n}'
ALONE = '{\n  "USER_ID": "ada"\n}'


def test_an_empty_text_becomes_the_record_with_its_values_as_they_are() -> None:
    assert with_known_record(SCHEMA, " \n", "ada", PROPERTIES) == LAID_OUT


def test_properties_that_are_no_object_leave_the_id() -> None:
    assert with_known_record(SCHEMA, "", "ada", "{}") == ALONE
    assert with_known_record(SCHEMA, "", "ada", "[1]") == ALONE


@pytest.mark.parametrize("text", ["{", '{"USER_ID": "ada" "AGE": 1}', "nothing"])
def test_a_text_that_cannot_be_read_has_no_place_for_it(text: str) -> None:
    assert with_known_record(SCHEMA, text, "ada", "{}") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"user_id": "ada", "AGE": 1}', '{"USER_ID": "ada"}'),
        ('[{"userId": "ada"}]', '[{"USER_ID": "ada"}]'),
        ('{"USER_ID": "eve"}', '[{"USER_ID": "eve"}, {"USER_ID": "ada"}]'),
        ('[{"USER_ID": "ada", "AGE": 1}, {"USER_ID": "eve"}]', '[{"USER_ID": "ada"}, {"USER_ID": "eve"}]'),
        ('[{"USER_ID": "ada"}, {"USER_ID": "eve"}, {"userId": "ada"}]', '[{"USER_ID": "ada"}, {"USER_ID": "eve"}]'),
        ('[1, {"USER_ID": ["ada"]}, {"AGE": "ada"}]', '[1, {"USER_ID": ["ada"]}, {"AGE": "ada"}, {"USER_ID": "ada"}]'),
        ("[]", '[{"USER_ID": "ada"}]'),
    ],
)
def test_stands_where_the_user_is_or_last(text: str, expected: str) -> None:
    found = with_known_record(SCHEMA, text, "ada", "{}")
    assert found is not None
    assert (
        " ".join(found.split()).replace("[ ", "[").replace(" ]", "]").replace("{ ", "{").replace(" }", "}") == expected
    )
