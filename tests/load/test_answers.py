"""What is said of the answers of a load; the answers are written by hand."""

import pytest

from tests.load.answers import Answer, percentile, rows, table


def answer(page: str, milliseconds: float, problem: str = "") -> Answer:
    return {"page": page, "began": 0, "milliseconds": milliseconds, "problem": problem, "user_id": "", "group": ""}


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7], 0.95, 7),
        ([30, 10, 20], 0.5, 20),
        ([1, 2, 3, 4], 0.5, 2),
        (list(range(1, 21)), 0.95, 19),
        (list(range(1, 101)), 0.95, 95),
    ],
)
def test_a_percentile_is_one_of_the_values(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected


def test_a_table_has_a_row_for_each_page_with_its_errors() -> None:
    answers = [answer("Datasets", 12.4), answer("Sign in", 310.6), answer("Datasets", 20.5, "status 500")]
    assert table(rows(answers)) == (
        "| page | answers | p50 ms | p95 ms | max ms | errors |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| Datasets | 2 | 12 | 20 | 20 | 1 |\n"
        "| Sign in | 1 | 311 | 311 | 311 | 0 |"
    )
