"""Invalid rows in packed blocks."""

from itertools import islice
from typing import Any

from console.bulk.checking.invalid_rows import pack_rows, problem_key, problems_of, rows_in


def some(count: int) -> list[list[Any]]:
    """Return rows of which each tenth has a problem in AGE, and all others one in CITY."""
    return [[number, ["x"], [["CITY" if number % 10 else "AGE", "It is wrong.", "text"]]] for number in range(count)]


def test_all_rows_come_back_in_order() -> None:
    assert list(rows_in(pack_rows(some(250)))) == some(250)
    assert list(rows_in(pack_rows([]))) == []


def test_some_rows_of_one_problem_are_found_over_blocks() -> None:
    packed = pack_rows(some(1000))
    age = [problem_key("AGE", "text")]
    assert [row[0] for row in rows_in(packed, age, 12)][:3] == [120, 130, 140]
    assert [row[0] for row in islice(rows_in(packed, (), 199), 2)] == [199, 200]
    assert [row[0] for row in rows_in(packed, age, 99)] == [990]
    assert list(rows_in(packed, age, 100)) == []
    assert list(rows_in(packed, [problem_key("AGE", "other")])) == []


def test_problems_are_counted_once_a_row() -> None:
    twice = [[1, ["x"], [["AGE", "It is wrong.", "text"], ["AGE", "It is bad.", "text"]]]]
    assert problems_of(twice) == {'["AGE", "text"]': 1}
