"""Cells of files: the values that fields take of them, what is changed, and what is wrong."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from console.records.files.checking.cell_checks import CellFault, CellRules, Change, Taken, take_cell
from console.records.files.checking.column_checks import ColumnCheck
from console.records.files.dates import DateOrder
from console.records.files.source import BadCell, Cell
from console.records.pasted.values.dialect import Dialect
from tests.records.literal_schemas import events_schema, users_schema

SCHEMA = users_schema(
    AGE=["null", "int"],
    SCORE="double",
    VIP="boolean",
    SINCE=["null", "long"],
    SEEN_TIMESTAMP=["null", "long"],
    KIND="categorical string",
    CITY=["null", "string"],
)
GERMAN = CellRules(dialect=Dialect(has_decimal_comma=True))
IN_SHEET = CellRules(is_sheet=True)
LONG_NUMBERS = CellRules(is_sheet=True, takes_long_numbers=True)
IN_JSON = CellRules(keeps_spaces=True, dialect=Dialect(has_cells=False))
STRICT = CellRules(is_strict=True)


def taken(field: str, cell: Cell, rules: CellRules = CellRules()) -> object:  # noqa: B008 (rules are frozen)
    """Return the text of a cell's value and its change, or what is wrong with it."""
    found = take_cell(SCHEMA.field(field), cell, rules)  # type: ignore[arg-type]  # The schema has it.
    return found.sentence if isinstance(found, CellFault) else (found.text, found.change and tuple(found.change))


@pytest.mark.parametrize(
    ("field", "cell", "rules", "text", "change"),
    [
        ("USER_ID", "u-1", CellRules(), "u-1", None),
        ("USER_ID", "\xa0u-1 ", CellRules(), "u-1", ("spaces", "“\xa0u-1 ”", "“u-1”")),
        ("USER_ID", 123, IN_SHEET, "123", None),
        ("USER_ID", "000123", IN_SHEET, "000123", None),
        ("USER_ID", 7001000000000011, LONG_NUMBERS, "7001000000000011", None),
        ("USER_ID", '="00123"', CellRules(), "00123", ("formula", '="00123"', "00123")),
        ("AGE", "34", CellRules(), "34", None),
        ("AGE", "34.0", CellRules(), "34", ("number", "34.0", "34")),
        ("AGE", 34.0, IN_SHEET, "34", ("number", "34.0", "34")),
        ("AGE", 34, IN_SHEET, "34", None),
        ("AGE", None, CellRules(), "null", None),
        ("AGE", "  ", CellRules(), "null", None),
        ("AGE", "N/A", CellRules(), "null", ("missing", "N/A", "no value")),
        ("AGE", "1 234", CellRules(), "1234", ("number", "1 234", "1234")),
        ("SCORE", "1,5", CellRules(), "1.5", ("number", "1,5", "1.5")),
        ("SCORE", "0,001", GERMAN, "0.001", ("number", "0,001", "0.001")),
        ("SCORE", "1\xa0234.5", CellRules(), "1234.5", ("number", "1\xa0234.5", "1234.5")),
        ("SCORE", "1234.50", CellRules(), "1234.50", None),
        ("SCORE", Decimal("0.10"), IN_JSON, "0.10", None),
        ("VIP", "True", CellRules(), "true", None),
        ("VIP", "WAHR", CellRules(), "true", ("boolean", "WAHR", "true")),
        ("VIP", False, IN_SHEET, "false", None),
        ("SINCE", "2024-05-30", CellRules(), "1717027200", ("date", "2024-05-30", "1717027200")),
        ("SINCE", datetime(2021, 3, 14, 15, 30), IN_SHEET, "1615735800", ("date", "2021-03-14T15:30:00", "1615735800")),
        ("SINCE", date(1969, 12, 31), IN_SHEET, "-86400", ("date", "1969-12-31", "-86400")),
        ("SEEN_TIMESTAMP", "1717027200000", CellRules(), "1717027200", ("milliseconds", "1717027200000", "1717027200")),
        ("KIND", "Gold|Founder", CellRules(), '"Gold|Founder"', None),
        ("KIND", 7, IN_SHEET, '"7"', None),
        ("CITY", "N/A", CellRules(), '"N/A"', None),
        ("CITY", "", CellRules(), '""', None),
        ("CITY", " Köln ", IN_JSON, '" Köln "', None),
        ("CITY", date(2024, 5, 30), IN_SHEET, '"2024-05-30"', ("date", "2024-05-30", "2024-05-30")),
        ("AGE", " 34 ", STRICT, "34", None),
        ("VIP", "TRUE", STRICT, "true", None),
        ("CITY", " Köln", STRICT, '" Köln"', None),
        ("AGE", "", STRICT, "null", None),
    ],
)  # fmt: skip
def test_takes(field: str, cell: Cell, rules: CellRules, text: str, change: tuple[str, str, str] | None) -> None:
    assert taken(field, cell, rules) == (text, change)


@pytest.mark.parametrize(
    ("field", "cell", "rules", "sentence"),
    [
        ("USER_ID", None, CellRules(), "Expected text, 1 to 256 characters (string); found an empty cell. The field is required."),
        ("USER_ID", 7001000000000011, IN_SHEET, "Expected text, 1 to 256 characters (string); found a number cell of more than 15 digits, 7001000000000011. Spreadsheets keep 15 digits, so that it may not be what it was: format the column as text before the values are put into it."),
        ("USER_ID", 9007199254740993, LONG_NUMBERS, "Expected text, 1 to 256 characters (string); found a number cell of more than 15 digits, 9007199254740993. Spreadsheets keep 15 digits, so that it may not be what it was: format the column as text before the values are put into it."),
        ("USER_ID", "1.23457E+18", CellRules(), "Expected an id; found “1.23457E+18”, which a spreadsheet has rounded. Take the id from where the spreadsheet got it."),
        ("USER_ID", 1234567890123456787, IN_JSON, 'Expected text, 1 to 256 characters (string); found the number 1234567890123456787. Write "1234567890123456787".'),
        ("USER_ID", date(2024, 3, 1), IN_SHEET, "Expected text, 1 to 256 characters (string); found the date 2024-03-01."),
        ("AGE", "68 J.", CellRules(), "Expected a whole number (int), or no value; found the text “68 J.”."),
        ("AGE", "34.5", CellRules(), "Expected a whole number (int), or no value; found the text “34.5”."),
        ("AGE", date(2024, 3, 1), IN_SHEET, "Expected a whole number (int), or no value; found the date 2024-03-01."),
        ("SCORE", "", CellRules(), "Expected a number (double); found an empty cell. The field is required."),
        ("SCORE", "1,5", CellRules(dialect=Dialect(has_decimal_point=True)), "Expected a number (double); found the text “1,5”. Write it without separators, and with a point before a fraction."),
        ("SCORE", "1e999", STRICT, "Expected a number from -1.7976931348623157e308 to 1.7976931348623157e308 (double); found the text “1e999”."),
        ("VIP", "maybe", CellRules(), "Expected true or false (boolean); found the text “maybe”. Write true or false."),
        ("SINCE", "5/6/2024", CellRules(), "Expected a whole number (long), or no value; found the date “5/6/2024”. Say which of its numbers is the month: choose the order of the dates of this column."),
        ("SINCE", "2024-02-30", CellRules(), "Expected a whole number (long), or no value; found the text “2024-02-30”."),
        ("SINCE", "2024-05-30", CellRules(without=frozenset(["date"])), "Expected a whole number (long), or no value; found the text “2024-05-30”."),
        ("KIND", BadCell("the error #REF!", "Correct the formula."), CellRules(), "Expected text (categorical string); found the error #REF!. Correct the formula."),
        ("CITY", "\ud83d", CellRules(), "Expected whole characters; found half of a surrogate pair."),
    ],
)  # fmt: skip
def test_says_what_is_wrong(field: str, cell: Cell, rules: CellRules, sentence: str) -> None:
    assert taken(field, cell, rules) == sentence


@pytest.mark.parametrize(
    ("order", "seconds"), [(DateOrder.DAY_FIRST, "1717545600"), (DateOrder.MONTH_FIRST, "1714953600")]
)
def test_a_date_with_slashes_is_read_in_the_order_of_its_column(order: DateOrder, seconds: str) -> None:
    # 5 June 2024, and 6 May 2024.
    assert taken("SINCE", "5/6/2024", CellRules(date_order=order)) == (seconds, ("date", "5/6/2024", seconds))


def test_a_kind_of_change_can_be_left_out() -> None:
    rules = CellRules(without=frozenset(["spaces", "boolean"]))
    assert taken("USER_ID", " u-1", rules) == (" u-1", None)
    assert isinstance(taken("VIP", "WAHR", rules), str)


@pytest.mark.parametrize("seconds", ["-62135596801", "99999999999999999"])
def test_the_moment_of_an_event_is_within_the_years_that_requests_can_have(seconds: str) -> None:
    field = events_schema().field("TIMESTAMP")
    assert field is not None
    found = take_cell(field, seconds, CellRules())
    assert isinstance(found, CellFault)
    assert found.sentence == f"Expected a timestamp within the years 1 to 9999, in seconds; found {seconds}."


def test_what_is_hardly_meant_is_said_of_a_valid_text() -> None:
    field: Any = SCHEMA.field("KIND")
    found = take_cell(field, "Gold, Founder", CellRules())
    assert isinstance(found, Taken)
    assert [doubt.kind for doubt in found.doubts] == ["Categories that are empty or not separated"]
    assert found.change is None
    assert Change("spaces", "a", "b").kind == "spaces"


@pytest.mark.parametrize(
    ("name", "cell", "sentences"),
    [
        ("TIMESTAMP", "1764496800", []),
        ("TIMESTAMP", "946684800", []),
        # A day after now, and a second more.
        ("TIMESTAMP", "1764583200", []),
        ("TIMESTAMP", "1764583201", ["1764583201 is more than a day in the future. Check that it is when the event happened."]),
        ("TIMESTAMP", "0", ["0 is before the year 2000. Check that it is when the event happened, in seconds since 1970."]),
        ("TIMESTAMP", "-5", ["-5 is before 1970. AWS's documents ask for seconds since then."]),
        ("TIMESTAMP", "2025", ["2025 is a moment of 1 January 1970. If it is a year, write a date: 2025-01-01T00:00:00Z."]),
        ("SEEN_TIMESTAMP", "99999999999", []),
        ("SEEN_TIMESTAMP", "2025", ["2025 is a moment of 1 January 1970. If it is a year, write a date: 2025-01-01T00:00:00Z."]),
        ("SEEN_TIMESTAMP", None, []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_strict", [True, False])
def test_a_moment_that_is_hardly_meant_is_said_as_of_record_input(
    name: str, cell: Cell, sentences: list[str], is_strict: bool
) -> None:
    # 2025-11-30T10:00:00Z.
    rules = CellRules(is_strict=is_strict, now=1_764_496_800)
    schema = events_schema() if name == "TIMESTAMP" else SCHEMA
    check = ColumnCheck(schema.field(name), rules)  # type: ignore[arg-type]  # The schema has it.
    _found, has_faults = check.check([cell])
    check.count()
    assert not has_faults
    assert [doubt.sentence for doubt in check.doubts.values()] == sentences
    assert set(check.doubts) <= {"Improbable timestamps"}
