"""Lists whose items are more than records: pairs of a key and a record, and the names above them."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values

FIRST = '{"userId": "u-1", "age": 34, "score": 1.5, "vip": true, "membershipType": "Gold"}'
SECOND = '{"userId": "u-2", "age": null, "score": 2.0, "vip": false, "membershipType": "Basic"}'
NAMES = '["vip", "userId", "age", "score", "membershipType"]'


@pytest.mark.parametrize("around", ["%s", '{"users": %s}'])
def test_pairs_of_a_key_and_a_record_are_records(around: str) -> None:
    text = around % f'[["u-1", {FIRST}], ["u-2", {SECOND}]]'
    assert values(text) == [GOLD, BASIC]
    without_ids = (
        around
        % f'[["u-1", {FIRST.replace(chr(34) + "userId" + chr(34) + ": " + chr(34) + "u-1" + chr(34) + ", ", "")}]]'
    )
    assert values(without_ids) == [GOLD]


def test_the_names_above_records_are_left_out() -> None:
    detected = read(f"[{NAMES}, {FIRST}, {SECOND}]")
    assert values(f"[{NAMES}, {FIRST}, {SECOND}]") == [GOLD, BASIC]
    assert detected.words == "2 users below their names"
    assert detected.changes == ("The list of names above the records is left out.",)


@pytest.mark.parametrize(
    "text", [f'[{NAMES}, {FIRST[:-1]}, "x": 1}}]', f'[["a"], {FIRST}]', f"[{NAMES}]", f'[["u-1", {FIRST}], ["u-2"]]']
)
def test_other_lists_lose_nothing(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    assert detected is None or "left out" not in " ".join(detected.changes)


NESTED = '{"age": 34, "score": 1.5, "vip": true, "membershipType": "Gold"}'


@pytest.mark.parametrize("text", ['[{"userId": "u-1", "traits": %s}]', '{"users": [{"userId": "u-1", "traits": %s}]}'])
def test_fields_in_an_object_of_their_own_are_taken_as_if_they_stood_beside_the_id(text: str) -> None:
    assert values(text % NESTED) == [GOLD]
    assert read(text % NESTED).changes == ("The fields in “traits” are taken as if they stood beside userId.",)


@pytest.mark.parametrize(
    "text",
    [
        '[{"userId": "u", "score": 1, "vip": true, "membershipType": "x", "home": {"age": 3, "zip": 1, "city": "Bern"}}]',
        '[{"userId": "u", "vip": true, "traits": {"vip": true, "score": 1, "membershipType": "x"}}]',
        '[{"userId": "u", "traits": {"vip": true, "score": 1}}]',
        '[{"userId": "u", "a": {"vip": true, "score": 1, "membershipType": "x"}, "b": {"age": 3}}]',
    ],
)
def test_an_object_of_something_else_stays_where_it_is(text: str) -> None:
    assert detect(SCHEMA, "", text) is None
