"""JSON whose end was cut: what is whole is offered, and what is left out is said."""

import pytest

from console.records.pasted.cut_json import read_cut_json
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import read, values

SCHEMA = users_schema(AGE=["null", "int"], CITY="string")
FIRST = '{"userId": "u-1", "age": 34, "city": "Bern"}'
ONE = [("u-1", 34, "Bern")]
CUT = "Its end is cut: what begins on line {} is left out: “{}”. Paste the whole of it, if that is meant."


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (f'[\n  {FIRST},\n  {{"userId": "u-2", "ci', CUT.format(3, '{"userId": "u-2", "ci')),
        (f'[{FIRST}, {{"userId": "u-2", "city": "\\', CUT.format(1, '{"userId": "u-2", "city": "\\')),
        (f'[{FIRST}, {{"userId":', CUT.format(1, '{"userId":')),
        (f'[{FIRST}, {{"userId": "u-2", "age": 3', CUT.format(1, '{"userId": "u-2", "age": 3')),
        (f'[{FIRST}, {{"userId": "u-2", "tags": ["a', CUT.format(1, '{"userId": "u-2", "tags": ["a')),
        (f'{{"data": {{"users": [{FIRST}, {{"userId"...', CUT.format(1, '{"userId"...')),
        (f"[{FIRST},", "Its end is cut behind the last of these: more may have followed."),
        (f"[{FIRST}, ...", CUT.format(1, "...")),
    ],
)
def test_whole_records_before_a_cut_are_offered(text: str, note: str) -> None:
    detected = read(text, SCHEMA)
    assert detected.words.endswith("in JSON that is cut")
    assert detected.changes[0] == note
    assert values(text, SCHEMA) == ONE


@pytest.mark.parametrize("begun", ["{", '{"us', '{"userId": "u-3", "ci'])
def test_whole_lines_before_a_cut_are_offered(begun: str) -> None:
    text = f"{FIRST}\n{FIRST.replace('u-1', 'u-2')}\n{begun}"
    assert read(text, SCHEMA).changes[0] == CUT.format(3, begun)
    assert values(text, SCHEMA) == [*ONE, ("u-2", 34, "Bern")]


@pytest.mark.parametrize(
    "text",
    [
        # Without a whole record, the problem says what is missing at the end.
        '{"userId": "u-1", "age": 34, "ci',
        '[{"userId": "u-1", "tags": [{"a": 1}, {"b"',
        # Of a text that is broken before its end, nothing is offered.
        f'[{FIRST}, {{"userId": "u-2", "city": "so "called""}}, {{"userId": "u-3", "ci',
        f"[{FIRST}]]",
        f'[{FIRST}, {{"userId": "u-2 \n", "city"',
        f'[{FIRST}, {{userId "u-2" : : 7',
        '[{"a": 1}, {"b',
        '{"a": 1, "b',
    ],
)
def test_other_texts_are_not_called_cut(text: str) -> None:
    assert read_cut_json(SCHEMA, "", text) is None
