"""Remarks on records, at the places where the records begin."""

import pytest

from console.records.record_input import validate_record_input
from console.records.validation.remarks import remarks_on_records, remarks_on_values
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(GENRES=["null", "string"], TAGS="categorical string")


def test_a_remark_stands_where_its_record_begins() -> None:
    text = '[{"USER_ID": "a"},\n  {"USER_ID": "b"}]'
    assert [remark.text for remark in remarks_on_records(text, {2: "Second.", 1: "First."})] == [
        "Ln 2, Col 3 · Record 2 · Second.",
        "Ln 1, Col 2 · Record 1 · First.",
    ]


def test_a_single_object_is_the_first_record() -> None:
    assert [remark.place for remark in remarks_on_records(' {"USER_ID": "a"}', {1: "Only."})] == ["Ln 1, Col 2"]


def test_nothing_to_say_is_no_remark() -> None:
    assert remarks_on_records("[]", {}) == ()


def warned(text: str) -> list[str]:
    validation = validate_record_input(SCHEMA, text)
    assert validation.problems == ()
    return [remark.text for remark in remarks_on_values(text, SCHEMA, validation.records, 0)]


def test_warns_of_a_categorical_value_that_is_long_as_a_whole() -> None:
    """The developer guide, "Endpoints and quotas" (limits): of each category, or of all, is open."""
    long = "|".join(["x" * 500, "y" * 500])
    assert warned(f'[{{"USER_ID": "a", "TAGS": "a"}},\n{{"USER_ID": "b", "TAGS": "{long}"}}]') == [
        "Ln 2, Col 26 · Record 2, TAGS · The value has 1001 characters in all. AWS's documents do not say whether 1000 "
        "is the limit for each category, or for all of them together."
    ]
    assert warned(f'{{"USER_ID": "a", "TAGS": "{long[1:]}"}}') == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[\n  {\n    "userId": "a",\n    "properties": {"tags": "USER_ID"}\n  }\n]', "Ln 4, Col 28"),
        ('[\n  {\n    "userId": "a",\n    "properties": "{\\"tags\\": \\"USER_ID\\"}"\n  }\n]', "Ln 2, Col 3"),
    ],
)
def test_a_remark_stands_at_its_value_or_at_its_record(text: str, place: str) -> None:
    (remark,) = warned(text)
    assert remark.startswith(f"{place} · Record 1, TAGS · ")


def test_a_year_is_hardly_meant_as_a_moment() -> None:
    schema = users_schema(SINCE_TIMESTAMP="long")
    text = '{"USER_ID": "a", "SINCE_TIMESTAMP": 1942}'
    (remark,) = remarks_on_values(text, schema, validate_record_input(schema, text).records, 0)
    assert remark.sentence == (
        "1942 is a moment of 1 January 1970. If it is a year, write a date: 1942-01-01T00:00:00Z."
    )


@pytest.mark.parametrize("word", ["USER_ID", "SUBSCRIPTION_MODEL"])
def test_warns_of_a_keyword_as_a_value(word: str) -> None:
    """The developer guide, "Creating schema JSON files" (how-it-works-dataset-schema)."""
    sentence = f"{word} is a keyword. AWS's documents say that keywords cannot be in the data."
    assert warned(f'{{"USER_ID": "{word}", "TAGS": "a", "GENRES": "{word}"}}') == [
        f"Ln 1, Col 13 · Record 1, USER_ID · {sentence}",
        f"Ln 1, Col {40 + len(word)} · Record 1, GENRES · {sentence}",
    ]


def test_in_a_form_a_warning_says_what_to_do_there() -> None:
    text = '{"USER_ID": "a", "TAGS": "b, c"}'
    records = validate_record_input(SCHEMA, text).records
    (remark,) = remarks_on_values(text, SCHEMA, records, 0, in_form=True)
    assert remark.sentence == "“b, c” is one category. If it is several, write | between them."
