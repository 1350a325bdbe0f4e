"""Profiles of records: how full fields are, and what values they have most often."""

from typing import Any

import pytest

from console.records import profile
from console.records.profile import FieldProfile, Profiler
from console.records.schemas.fields import Field

CITY = Field("CITY", ("string",), True, False)
GENRES = Field("GENRES", ("string",), True, True)
AGE = Field("AGE", ("int", "float"), True, False)
NEWSLETTER = Field("NEWSLETTER", ("boolean", "int"), True, False)


def profiles(field: Field, *values: Any) -> FieldProfile:
    """Return the profile of a field in records that have some values."""
    profiler = Profiler([field])
    for value in values:
        profiler.add({field.property_name: value})
    (found,) = profiler.profiles()
    return found


def test_counts_records_with_a_value_and_the_values() -> None:
    found = profiles(CITY, "Bern", "Rome", None, "Bern", "", "Bern")
    assert (found.filled, found.of_all, found.percent, found.different) == (5, 6, 83.3, 3)
    assert found.values == [("Bern", 3), ("Rome", 1), ("", 1)]
    assert not found.is_all_different
    assert (found.least, found.greatest) == (None, None)


def test_a_record_counts_once_for_each_of_its_categories() -> None:
    found = profiles(GENRES, "Drama|Action", "Drama|Drama", "Comedy")
    assert found.filled == 3
    assert found.values[0] == ("Drama", 2)
    assert sorted(found.values) == [("Action", 1), ("Comedy", 1), ("Drama", 2)]


def test_of_numbers_there_are_the_least_and_the_greatest() -> None:
    found = profiles(AGE, 30, 9, 61.5, 30)
    assert (found.least, found.greatest, found.different) == (9, 61.5, 3)
    assert found.values[0] == (30, 2)


def test_true_is_not_1() -> None:
    found = profiles(NEWSLETTER, True, 1, True)
    assert found.values == [(True, 2), (1, 1)]
    assert (found.least, found.greatest) == (1, 1)


def test_of_many_values_those_of_one_record_are_not_shown() -> None:
    assert profiles(CITY, *"abcdef").is_all_different
    assert profiles(CITY, *"abcdefa").values == [("a", 2)]
    few = profiles(CITY, *"abcde")
    assert (len(few.values), few.is_all_different) == (5, False)


@pytest.mark.parametrize(
    ("values", "percent"),
    [(2000 * [1] + [None], 99.9), ([1], 100.0), (2000 * [None] + [1], 0.1), ([None], 0.0), ([], 0.0)],
)
def test_a_field_is_full_where_no_value_is_missing(values: list[Any], percent: float) -> None:
    assert profiles(AGE, *values).percent == percent


def test_no_more_values_are_told_apart_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "MOST_DIFFERENT", 2)
    found = profiles(CITY, "a", "b", "c", "a", "c")
    assert (found.different, found.has_more, found.values) == (2, True, [("a", 2), ("b", 1)])
    long = profiles(CITY, "x" * 101, "a", "x" * 101)
    assert (long.filled, long.different, long.has_more, long.values) == (3, 1, True, [("a", 1)])
