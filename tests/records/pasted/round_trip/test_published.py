"""Tables of documents and reports: records come back from what writers make of them.

Compared with Pandoc 2.17 (`pandoc -f csv -t markdown` and `-t rst`) and Miller 6.6; the reports of Looker, Power BI and
Tableau are written by hand.
"""

import csv
import io

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    came_back,
    cell,
    columns_as_wide,
    plain_ids,
    plain_rows,
    plain_texts,
    plain_words,
    rows,
    short_scores,
    whole_ages,
)


def cells(values: Values, missing: str = "") -> list[list[str]]:
    """Return the heading and the rows as cells."""
    return [NAMES, *([cell(value, missing, "true", "false") for value in row] for row in values)]


def padded(row: list[str], widths: list[int], between: str = " ") -> str:
    return between.join(each.ljust(width) for each, width in zip(row, widths, strict=True)).rstrip()


def simple(values: Values) -> str:
    """A simple table of Pandoc: a rule of dashes below the heading for each column."""
    table = cells(values)
    widths = [width + 2 for width in columns_as_wide(table)]
    rule = " ".join("-" * width for width in widths)
    lines = [padded(table[0], widths), rule, *(padded(row, widths) for row in table[1:])]
    return "".join(f"  {line}\n" for line in lines)


def multiline(values: Values) -> str:
    """A table of Pandoc whose rows may have several lines: a blank line stands between rows."""
    table = cells(values)
    widths = [width + 2 for width in columns_as_wide(table)]
    rule = " ".join("-" * width for width in widths)
    rows_of_table = "\n\n".join(f"  {padded(row, widths)}" for row in table[1:])
    edge = "-" * len(rule)
    return f"  {edge}\n  {padded(table[0], widths)}\n  {rule}\n{rows_of_table}\n  {edge}\n"


def restructured(values: Values) -> str:
    """A simple table of reStructuredText: rules of equals signs."""
    table = cells(values)
    widths = columns_as_wide(table)
    rule = " ".join("=" * width for width in widths)
    lines = [rule, padded(table[0], widths), rule, *(padded(row, widths) for row in table[1:]), rule]
    return "".join(f"{line}\n" for line in lines)


def grid(values: Values) -> str:
    """A grid table of Pandoc: each row between rules, the heading above one of equals signs."""
    table = cells(values)
    widths = columns_as_wide(table)

    def rule(mark: str) -> str:
        return "+" + "+".join(mark * (width + 2) for width in widths) + "+\n"

    def line(row: list[str]) -> str:
        return "|" + "|".join(f" {each.ljust(width)} " for each, width in zip(row, widths, strict=True)) + "|\n"

    return rule("-") + line(table[0]) + rule("=") + "".join(line(row) + rule("-") for row in table[1:])


def pipe(values: Values) -> str:
    """A pipe table of Pandoc, whose rule has no spaces."""
    table = cells(values)
    widths = columns_as_wide(table)
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|\n"
    lines = [
        "|" + "|".join(f" {each.ljust(width)} " for each, width in zip(row, widths, strict=True)) + "|\n"
        for row in table
    ]
    return lines[0] + rule + "".join(lines[1:])


def pprint(values: Values) -> str:
    """Miller's --opprint: `-` for an empty cell, and no spaces in a cell."""
    table = cells(values, "-")
    widths = columns_as_wide(table)
    return "".join(padded(row, widths) + "\n" for row in table)


def barred(values: Values) -> str:
    """Miller's --opprint --barred, where an empty cell is blank."""
    table = cells(values)
    widths = columns_as_wide(table)
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+\n"
    lines = [
        "|" + "|".join(f" {each.ljust(width)} " for each, width in zip(row, widths, strict=True)) + "|\n"
        for row in table
    ]
    return rule + lines[0] + rule + "".join(lines[1:]) + rule


def nidx(values: Values) -> str:
    """Miller's --onidx: values alone, with a space between."""
    return "".join(" ".join(row) + "\n" for row in cells(values)[1:])


def report(heading: list[str], values: Values, true: str, false: str, *, delimiter: str = ",", mark: str = "") -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(heading)
    writer.writerows([cell(value, "", true, false) for value in row] for row in values)
    return mark + file.getvalue()


def looker(values: Values) -> str:
    heading = ["Users User ID", "Users Age", "Users Score", "Users VIP (Yes / No)", "Users City"]
    return report(heading, values, "Yes", "No")


def power_bi(values: Values) -> str:
    return report(["User ID", "Sum of Age", "Sum of Score", "VIP", "City"], values, "True", "False", mark="\ufeff")


def tableau(values: Values) -> str:
    heading = ["User Id", "SUM(Age)", "SUM(Score)", "Vip", "City"]
    return report(heading, values, "True", "False", delimiter="\t")


OF_WORDS: dict[str, Writer] = {
    "a simple table of Pandoc": simple,
    "a multiline table of Pandoc": multiline,
    "a grid table of Pandoc": grid,
    "a simple table of reStructuredText": restructured,
    "a pipe table of Pandoc": pipe,
    "Miller's barred table": barred,
}
WITHOUT_SPACES: dict[str, Writer] = {"Miller's pprint": pprint}
REPORTS: dict[str, Writer] = {"Looker": looker, "Power BI": power_bi, "Tableau": tableau}


@pytest.mark.parametrize("name", OF_WORDS)
@settings(max_examples=OF_EACH)
@given(values=plain_rows())
def test_words_come_back_from_a_table_of_a_document(name: str, values: Values) -> None:
    assert came_back(OF_WORDS[name](values)) == values


@pytest.mark.parametrize("name", WITHOUT_SPACES)
@settings(max_examples=OF_EACH)
@given(values=rows(plain_words, plain_ids))
def test_single_words_come_back(name: str, values: Values) -> None:
    assert came_back(WITHOUT_SPACES[name](values)) == values


@settings(max_examples=OF_EACH)
# A single line of words without a heading may be a sentence.
@given(values=rows(plain_words, plain_ids, age=whole_ages).filter(lambda values: len(values) > 1))
def test_values_without_a_heading_come_back(values: Values) -> None:
    assert came_back(nidx(values)) == values


@pytest.mark.parametrize("name", REPORTS)
@settings(max_examples=OF_EACH)
@given(values=rows(plain_texts, plain_ids, score=short_scores))
def test_words_come_back_from_a_report(name: str, values: Values) -> None:
    assert came_back(REPORTS[name](values)) == values
