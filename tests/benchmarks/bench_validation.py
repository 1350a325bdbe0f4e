"""Validating many records, as the local service does, and CSV files of many rows."""

import tracemalloc
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from console.records.files.csv_file import EntityRecord, validate_csv
from console.records.validation.validation import validate_properties
from tests.records.tables import SCHEMA_OF_25, SCHEMA_OF_ROWS, csv_lines, users_of_25_fields

ROWS = 100_000


def validate_all(users: list[tuple[str, str]]) -> int:
    """Validate users as PutUsers does, keep what comes of them, and return how many are valid."""
    validated = [validate_properties(SCHEMA_OF_25, user_id, properties) for user_id, properties in users]
    return sum(not isinstance(each, list) for each in validated)


def validate_file(path: Path) -> int:
    """Read and validate a CSV file, and return how many of its rows are valid."""
    with path.open(newline="", encoding="utf-8") as file:
        return sum(isinstance(each, EntityRecord) for each in validate_csv(SCHEMA_OF_ROWS, file))


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_validating_records_of_a_schema_with_25_fields(benchmark: BenchmarkFixture, count: int) -> None:
    users = users_of_25_fields(count)
    assert benchmark(validate_all, users) == count
    benchmark.extra_info["records_per_second"] = per_second(benchmark, count)
    peak = peak_memory(users)
    benchmark.extra_info["peak_memory"] = peak
    assert peak < 100_000_000


@pytest.mark.parametrize("wrong_each", [0, 100], ids=["all right", "1 % wrong"])
def test_validating_a_csv_file(benchmark: BenchmarkFixture, tmp_path: Path, wrong_each: int) -> None:
    path = tmp_path / "users.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        file.writelines(csv_lines(ROWS, wrong_each=wrong_each))
    wrong = ROWS // wrong_each if wrong_each else 0
    assert benchmark(validate_file, path) == ROWS - wrong
    benchmark.extra_info["rows_per_second"] = per_second(benchmark, ROWS)


def per_second(benchmark: BenchmarkFixture, count: int) -> int | None:
    """Return how many of so many a second takes, or None if nothing was timed."""
    return round(count / benchmark.stats.stats.median) if benchmark.stats else None


def peak_memory(users: list[tuple[str, str]]) -> int:
    """Return the most bytes that Python uses while users are validated."""
    tracemalloc.start()
    try:
        validate_all(users)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return peak
