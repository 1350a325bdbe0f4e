"""Rows of files, checked column by column: they give what the validation of records and of CSV files gives."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.entities import INTERACTIONS
from console.records.files.checking.cell_checks import NULL, CellFault, CellRules, take_cell
from console.records.files.checking.column_checks import ColumnCheck, KindOfChange, KindOfDoubt
from console.records.files.checking.table_checks import CheckedBatch, TableCheck, problem_of_columns
from console.records.files.columns import columns_schema
from console.records.files.csv_file import EntityRecord, validate_csv
from console.records.files.source import Batch, BrokenRow, Cell
from console.records.record_input import validate_record_input
from console.records.schemas.schema import Schema, read_entity_schema
from tests.records.generated import Generated, generated
from tests.records.literal_schemas import events_schema, users_schema

SCHEMA = users_schema(AGE=["null", "int"], SCORE="double", KIND="categorical string", CITY=["null", "string"])
COLUMNS = ["USER_ID", "AGE", "SCORE", "KIND", "CITY"]
NUMBER = "a number (double)"
# What programs and people leave in cells, and what is nearly a number.
ODD = ("", " ", "0", "-0", "007", "1.0", "1e3", "1e999", "1_000", "+1", ".5", "NaN", "null", "true", "True", "1,5", "\u0661", "2147483648", "9" * 400, "u-1", "a\nb", "  x", "x\u00a0", "|", "N/A", "1" * 257, "\ud800", "1700000000000", "99999999999999", "1.2E+12")  # fmt: skip


def checked(schema: Schema, columns: Sequence[str | None], rows: Sequence[Sequence[Cell]], **rules: CellRules) -> CheckedBatch:  # fmt: skip
    """Return what a check gives of some rows, of which the first has the number 2."""
    batch = Batch(numbers=list(range(2, len(rows) + 2)), columns=list(zip(*rows, strict=True)))
    return TableCheck(schema, columns, rules).check(batch)


def test_valid_rows_become_records_in_the_order_of_the_schema() -> None:
    rows: list[list[Cell]] = [["Köln", "u-1", "34", "1.5", "Gold"], [None, "u-2", None, "2", "Basic|New"]]
    done = checked(SCHEMA, ["CITY", "USER_ID", "AGE", "SCORE", "KIND"], rows)
    assert (done.numbers, done.ids, done.invalid) == ([2, 3], ["u-1", "u-2"], [])
    assert done.properties == [
        '{"age":34,"score":1.5,"kind":"Gold","city":"Köln"}',
        '{"age":null,"score":2,"kind":"Basic|New","city":null}',
    ]


def test_rows_with_faults_are_told_from_the_others_with_all_that_is_wrong() -> None:
    rows: list[list[Cell]] = [
        ["u-1", "34", "1", "Gold", None],
        ["u-2", "x", "", "Gold", "Köln"],
        ["u-3", None, "3", "Gold", None],
    ]
    done = checked(SCHEMA, COLUMNS, rows)
    assert (done.numbers, done.ids) == ([2, 4], ["u-1", "u-3"])
    (row,) = done.invalid
    assert (row.number, row.cells) == (3, ("u-2", "x", "", "Gold", "Köln"))
    assert [(field, fault.sentence) for field, fault in row.faults] == [
        ("AGE", "Expected a whole number (int), or no value; found the text “x”."),
        ("SCORE", f"Expected {NUMBER}; found an empty cell. The field is required."),
    ]


def test_the_rows_of_batches_are_put_together() -> None:
    done = checked(SCHEMA, COLUMNS, [["u-1", "34", "1.5", "a", None]])
    below = CheckedBatch([3], ["u-2"], ["{}"], done.invalid, {"Extra"})
    done.add(below)
    assert (done.numbers, done.ids, done.row_count, done.others) == ([2, 3], ["u-1", "u-2"], 2, {"Extra"})
    assert done.properties == ['{"age":34,"score":1.5,"kind":"a","city":null}', "{}"]


def test_a_broken_row_stands_among_the_invalid_ones_by_its_number() -> None:
    batch = Batch(
        numbers=[2, 4],
        columns=[["u-1", "u-2"], ["1", "x"]],
        broken=[BrokenRow(3, "as many cells as the heading has, 2", "3", "Remove one.", "a,b,c")],
    )
    schema = users_schema(SCORE="double")
    done = TableCheck(schema, ["USER_ID", "SCORE"], {}).check(batch)
    assert [row.number for row in done.invalid] == [3, 4]
    assert [(field, fault.sentence) for field, fault in done.invalid[0].faults] == [
        ("", "Expected as many cells as the heading has, 2; found 3. Remove one.")
    ]
    assert done.invalid[0].cells == ("a,b,c",)


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        (COLUMNS, ""),
        (["USER_ID", None, "SCORE", "KIND"], ""),
        (["USER_ID", "USER_ID", "SCORE", "KIND"], "Two columns are taken for USER_ID. Choose one of them."),
        (["USER_ID", "KIND"], "The schema requires SCORE: choose the column that SCORE comes from."),
        (
            ["AGE", "CITY"],
            "The schema requires USER_ID, SCORE and KIND: choose the columns that USER_ID, SCORE and KIND come from.",
        ),
    ],
)
def test_says_what_is_wrong_with_the_fields_of_columns(columns: list[str | None], problem: str) -> None:
    assert problem_of_columns(SCHEMA, columns) == problem
    if problem:
        with pytest.raises(ValueError, match=r"^(Two|The schema)"):
            TableCheck(SCHEMA, columns, {})


def test_counts_changes_doubts_and_values_of_a_column() -> None:
    check = ColumnCheck(SCHEMA.fields[1], CellRules())
    for cells in (["34.0", "35.0", None, "34.0", "7", "N/A"], ["36.0", "37.0", None]):
        check.check(cells)
        check.count()
    assert check.changes == {
        "number": KindOfChange(5, {"34.0": "34", "35.0": "35", "36.0": "36"}),
        "missing": KindOfChange(1, {"N/A": "no value"}),
    }
    assert check.filled == 6
    kinds = ColumnCheck(SCHEMA.fields[3], CellRules())
    kinds.check(["a, b", "c; d", "Gold|New", "Gold"])
    kinds.count()
    assert kinds.doubts == {
        "Categories that are empty or not separated": KindOfDoubt(
            2, "“a, b” is one category. If it is several, write | between them."
        )
    }
    assert kinds.categories == {"a, b", "c; d", "Gold", "New"}


def test_of_rows_that_are_not_sent_nothing_is_counted() -> None:
    check = TableCheck(SCHEMA, COLUMNS, {})
    rows: list[list[Cell]] = [["u-1", "34.0", "1", "a, b", None], ["Total", "35.0", None, "c, d", None]]
    assert check.check(Batch(numbers=[2, 3], columns=list(zip(*rows, strict=True)))).ids == ["u-1"]
    by_name = {each.field.name: each for each in check.checks}
    assert by_name["USER_ID"].doubts == {}
    assert by_name["AGE"].changes == {"number": KindOfChange(1, {"34.0": "34"})}
    assert by_name["KIND"].doubts["Categories that are empty or not separated"].rows == 1


def test_true_one_and_one_point_zero_are_three_values() -> None:
    found, _wrong = ColumnCheck(SCHEMA.fields[1], CellRules()).check([1, True, 1.0])
    assert found[0] == "1"
    assert isinstance(found[1], CellFault)
    assert found[2] == "1"


def test_properties_that_are_too_long_and_events_of_nobody_are_no_records() -> None:
    schema = users_schema(**{f"TEXT_{number}": "string" for number in range(30)})
    columns = [field.name for field in schema.fields]
    done = checked(schema, columns, [["u-1", *["x" * 1000] * 30], ["u-2", *["x"] * 30]])
    assert done.ids == ["u-2"]
    assert [fault.sentence for row in done.invalid for _field, fault in row.faults] == [
        "Expected properties of at most 24000 characters as JSON text; found 30351 characters."
    ]
    only_broken = Batch(broken=[BrokenRow(2, "an object", "text")])
    assert [row.number for row in TableCheck(schema, columns, {}).check(only_broken).invalid] == [2]
    events = events_schema()
    names = ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE", "SESSION_ID"]
    rows = [[None, "i-1", "1700000000", "Watch", None], [None, "i-1", "1700000000", "Watch", "s-1"]]
    done = checked(events, names, rows)
    assert (done.ids, done.numbers) == ([""], [3])
    assert [fault.sentence for row in done.invalid for _field, fault in row.faults] == [
        "Expected USER_ID, or SESSION_ID for a user who is not known yet; found neither. Add one of them."
    ]


def test_of_an_event_only_what_travels_in_its_properties_counts() -> None:
    columns = ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE", "TEXT_0", "TEXT_1"]
    fields = [{"name": name, "type": "long" if name == "TIMESTAMP" else "string"} for name in columns]
    described = {"type": "record", "name": "Interactions", "fields": fields}
    schema = read_entity_schema(INTERACTIONS, json.dumps(described))
    row = ["u-1", "i" * 256, "1700000000", "Watch"]
    # {"text0":"…","text1":"…"}: 23 characters and the texts themselves, of 1024 at most.
    done = checked(schema, columns, [[*row, "x" * 900, "y" * 101], [*row, "x" * 900, "y" * 102]])
    assert done.numbers == [2]
    assert [fault.sentence for row in done.invalid for _field, fault in row.faults] == [
        "Expected properties of at most 1024 characters as JSON text; found 1025 characters."
    ]


@given(generated(), st.data())
def test_a_strict_check_gives_what_the_validation_of_csv_files_gives(made: Generated, data: st.DataObject) -> None:
    schema = columns_schema(made.entity, made.text)
    names = [field.name for field in schema.fields]
    plain = [_as_cell(made.record.get(name)) for name in names]
    rows = [
        [data.draw(st.sampled_from([cell, cell, cell, None, *ODD])) for cell in plain]
        for _row in range(data.draw(st.integers(1, 4)))
    ]
    # What no file has: half of a character; and a cell without quotes has no line break.
    expected: dict[int, Any] = {}
    for number, row in enumerate(rows, 2):
        found = list(validate_csv(schema, io.StringIO(_csv([names, row]), newline="")))
        if len(found) == 1 and isinstance(found[0], EntityRecord):
            expected[number] = (found[0].entity_id or "", dict(found[0].properties))
        else:
            expected[number] = [(each.field, each.sentence()) for each in found if not isinstance(each, EntityRecord)]
    rules = {name: CellRules(is_strict=True) for name in names}
    done = checked(schema, names, rows, **rules)
    got: dict[int, Any] = {
        number: (record_id, json.loads(properties))
        for number, record_id, properties in zip(done.numbers, done.ids, done.properties, strict=True)
    }
    got |= {row.number: [(name, fault.sentence) for name, fault in row.faults] for row in done.invalid}
    whole = {number: value for number, value in got.items() if not _is_about_the_row(value)}
    assert whole == {number: expected[number] for number in whole}


@given(generated())
def test_a_valid_record_of_a_page_is_one_of_a_file(made: Generated) -> None:
    schema = made.schema
    validation = validate_record_input(schema, json.dumps(made.record))
    names = list(made.record)
    done = checked(
        schema,
        names,
        [[_as_cell(value) for value in made.record.values()]],
        **{name: CellRules(without=frozenset(["spaces"])) for name in names},
    )
    if validation.records and not done.invalid:
        (record,) = validation.records
        assert done.ids == [record.record_id]
        assert json.loads(done.properties[0]) == dict(record.properties)


@given(st.sampled_from(COLUMNS), st.lists(st.sampled_from(["u-1", "34", "-5", "1.5", *ODD]) | st.text(max_size=5)))
def test_quick_ways_give_what_each_cell_gives(name: str, cells: list[str]) -> None:
    field = next(each for each in SCHEMA.fields if each.name == name)
    found, _wrong = ColumnCheck(field, CellRules()).check(cells)
    for cell, text in zip(cells, found, strict=True):
        alone = take_cell(field, cell, CellRules())
        assert text == (alone if isinstance(alone, CellFault) else alone.text)


EDGES = (
    *("0", "-0", "01", "-", "1.", ".5", "+1", "1e5", "0.5", "00.5", "-0.0", "1,5", "1 ", "", "\u0663"),
    *("999999999", "2147483647", "2147483648", "-2147483648", "-2147483649"),
    *("999999999999999999", "9223372036854775807", "9223372036854775808", "1234567890123456.5", "1" + "0" * 308),
)


@pytest.mark.parametrize("type_name", ["int", "long", "float", "double"])
@pytest.mark.parametrize("edge", EDGES)
def test_one_number_among_plain_ones_is_what_it_is_alone(type_name: str, edge: str) -> None:
    field = users_schema(AGE=["null", type_name]).fields[1]
    found, _wrong = ColumnCheck(field, CellRules()).check(["34", edge, None, "-5"])
    alone = take_cell(field, edge, CellRules())
    assert list(found) == ["34", alone if isinstance(alone, CellFault) else alone.text, NULL, "-5"]


def test_forgets_what_it_knows_of_a_long_column() -> None:
    check = ColumnCheck(SCHEMA.fields[4], CellRules())
    texts = [f"City {number}" for number in range(50_001)]
    assert check.check(texts)[0][-1] == '"City 50000"'
    assert check.check(["City 1", None])[0] == ['"City 1"', NULL]


def _is_about_the_row(value: Any) -> bool:
    """Return whether a row has only a fault that a CSV file of AWS's jobs does not have: its length."""
    return isinstance(value, list) and all(name == "" for name, _sentence in value)


def _as_cell(value: Any) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else json.dumps(value)


def _csv(rows: Sequence[Sequence[str | None]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NOTNULL)
    writer.writerows(rows)
    return out.getvalue()
