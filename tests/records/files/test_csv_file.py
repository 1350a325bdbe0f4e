"""CSV files of users, row by row."""

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.entities import ITEMS
from console.records.files.csv_file import NO_COLUMN, EntityRecord, csv_heading, csv_row, validate_csv
from console.records.problems import LineFault
from console.records.schemas.schema import read_entity_schema
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(AGE=["null", "int"], SPEND="float", MEMBER=["null", "boolean"], CITY=["null", "string"])
HEADING = "USER_ID,AGE,SPEND,MEMBER,CITY\n"
FLOAT = "a number (float)"


def validated(text: str, *, reveal: bool = True) -> list[EntityRecord | tuple[int, str | None, str]]:
    """Return what is validated of a file: its users, and line, field and sentence of what is wrong."""
    return [
        each if isinstance(each, EntityRecord) else (each.line, each.field, each.sentence(reveal=reveal))
        for each in validate_csv(SCHEMA, io.StringIO(text, newline=""))
    ]


@pytest.mark.parametrize(
    ("text", "users"),
    [
        (HEADING + "u,30,1.5,TRUE,Zürich\n", [("u", {"age": 30, "spend": 1.5, "member": True, "city": "Zürich"})]),
        (HEADING + "u,,2,,\n", [("u", {"age": None, "spend": 2, "member": None, "city": None})]),
        ("\ufeffspend,user_id\r\n1,u\r\n2,v", [("u", {"spend": 1}), ("v", {"spend": 2})]),
        ('\ufeff"USER_ID", Spend \n"u", 1 \n', [("u", {"spend": 1})]),
        ('USER_ID,SPEND,CITY\nu,1,"a ""b"",\r\nc"\n', [("u", {"spend": 1, "city": 'a "b",\r\nc'})]),
        ("\n\r\n USER_ID,SPEND\n\n  \nu,1\n\n\nv,2\n\n", [("u", {"spend": 1}), ("v", {"spend": 2})]),
        ("USER_ID,SPEND\ru,1\rv,2", [("u", {"spend": 1}), ("v", {"spend": 2})]),
        ("USER_ID,SPEND\nu,1\nu,2\n", [("u", {"spend": 1}), ("u", {"spend": 2})]),
        (HEADING, []),
        (HEADING + 'u,"",2,"",""\n', [("u", {"age": None, "spend": 2, "member": None, "city": ""})]),
    ],
)
def test_takes(text: str, users: list[tuple[str, dict[str, Any]]]) -> None:
    assert validated(text) == [EntityRecord(user_id, properties) for user_id, properties in users]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [(1, None, "Expected a heading with the names of the schema's fields; found no text.")]),
        ("\ufeff\n\n", [(1, None, "Expected a heading with the names of the schema's fields; found no text.")]),
        (
            "USER_ID;AGE;CITY;SPEND\nu;1;x;2\n",
            [
                (
                    1,
                    None,
                    "Expected commas between the names of columns; found semicolons. Save the file as CSV with commas.",
                )
            ],
        ),
        (
            "USER_ID\tSPEND\nu\t2\n",
            [(1, None, "Expected commas between the names of columns; found tabs. Save the file as CSV with commas.")],
        ),
        (
            "\nAGE,CITY\n1,x\n",
            [
                (2, "USER_ID", "Expected a column USER_ID; found none."),
                (2, "SPEND", "Expected a column SPEND; found none."),
            ],
        ),
        (
            "USER_ID,SPENT,SPEND,spend\nu,1,1,1\n",
            [
                (1, "SPENT", "Expected a field of the schema; found “SPENT”. The nearest field is SPEND."),
                (1, "SPEND", "Expected each field once; found it again as “spend”, after “SPEND”. Keep one."),
            ],
        ),
        (
            "USER_ID,SPEND,\nu,1,\n",
            [
                (
                    1,
                    "",
                    "Expected a field of the schema; found “”. Remove it, or write the name of the field that it is for.",
                )
            ],
        ),
        (
            '"USER_ID"x,SPEND\nu,1\n',
            [
                (
                    1,
                    None,
                    "Expected cells whose double quotes are closed at their end; found a quote that is not closed, or text after it. Close each quote, and write a quote inside a cell twice.",
                )
            ],
        ),
    ],
)
def test_says_what_is_wrong_with_the_heading_and_ends(text: str, faults: list[tuple[int, str | None, str]]) -> None:
    assert validated(text) == faults


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        ("u,1", [(4, None, "Expected as many cells as the heading has, 5; found 2.")]),
        ("u,1,2,true,x,", [(4, None, "Expected as many cells as the heading has, 5; found 6.")]),
        (
            ",x,,yes,x",
            [
                (4, "USER_ID", "Expected text, 1 to 256 characters (string); found an empty cell."),
                (
                    4,
                    "AGE",
                    "Expected a whole number (int), or no value; found the text “x”.",
                ),
                (4, "SPEND", f"Expected {FLOAT}; found an empty cell."),
                (
                    4,
                    "MEMBER",
                    "Expected true or false (boolean), or no value; found the text “yes”. Write true or false.",
                ),
            ],
        ),
        (
            "u,007,1e400,,",
            [
                (
                    4,
                    "AGE",
                    "Expected a whole number (int), or no value; found the text “007”. Leave out the zeros before it.",
                ),
                (4, "SPEND", "Expected a number from -3.4028235e38 to 3.4028235e38 (float); found the text “1e400”."),
            ],
        ),
        ("u,,1,,\ud800", [(4, "CITY", "Expected whole characters; found half of a surrogate pair.")]),
        (
            '"u\nv",,1,,',
            [(4, "USER_ID", "Expected text, 1 to 256 characters (string); found the text “u\ufffdv”.")],
        ),
        (
            '"u"x,,1,,',
            [
                (
                    4,
                    None,
                    "Expected cells whose double quotes are closed at their end; found a quote that is not closed, or text after it. Close each quote, and write a quote inside a cell twice.",
                )
            ],
        ),
    ],
)
def test_says_what_is_wrong_with_a_row_and_goes_on(row: str, faults: list[tuple[int, str | None, str]]) -> None:
    text = HEADING + '"a",1,1,,"x\ny"\n' + row + "\nb,1,1,,\n"
    first, *wrong, last = validated(text)
    assert first == EntityRecord("a", {"age": 1, "spend": 1, "member": None, "city": "x\ny"})
    assert wrong == faults
    assert last == EntityRecord("b", {"age": 1, "spend": 1, "member": None, "city": None})


def test_a_quote_that_is_not_closed_is_placed_where_its_row_begins() -> None:
    *_, last = validated(HEADING + 'a,1,1,,\nb,1,1,,"x\nc,1,1,,\n')
    assert isinstance(last, tuple)
    assert last[0] == 3


def test_a_cell_that_does_not_end_is_a_problem_before_it_fills_the_memory() -> None:
    lines = (HEADING, '"' + "x" * 100_000 + "\n", "x" * 600_000 + "\n", "u,1,1,,\n")
    first, last = validate_csv(SCHEMA, lines)
    assert isinstance(first, LineFault)
    assert first.line == 2
    assert isinstance(last, EntityRecord)


def test_keeps_the_values_of_the_file_to_itself_where_it_must() -> None:
    assert validated(HEADING + "u,secret,,,\n", reveal=False) == [
        (2, "AGE", "Expected a whole number (int), or no value; found text."),
        (2, "SPEND", f"Expected {FLOAT}; found an empty cell."),
    ]
    assert validated("USER_ID,SPEND,secret\n", reveal=False) == [
        (
            1,
            "secret",
            "Expected a field of the schema; found a name that is not one of them. Remove it, or write the name of the field that it is for.",
        ),
    ]


def test_names_the_pieces_of_a_problem() -> None:
    (fault,) = validate_csv(users_schema(AGE="int"), ["USER_ID,AGE\n", "u,x\n"])
    assert isinstance(fault, LineFault)
    assert (fault.line, fault.field) == (2, "AGE")
    assert fault.expected == "a whole number from -2147483648 to 2147483647 (int)"
    assert (fault.found.text, fault.found.kind) == ("the text “x”", "text")


def test_columns_of_others_may_be_ignored() -> None:
    text = 'AGE,SPENT,USER_ID,SPENT\n1,"x\ny",u,\nx,,v,\n,,,\nw\n'
    ids = users_schema()
    first, second, *wrong = validate_csv(ids, io.StringIO(text, newline=""), others_ignored=True)
    assert (first, second) == (EntityRecord("u", {}), EntityRecord("v", {}))
    assert [(each.line, each.field) for each in wrong if isinstance(each, LineFault)] == [(5, "USER_ID"), (6, None)]
    (fault,) = validate_csv(ids, ["SPENT,AGE\n", "1,2\n"], others_ignored=True)
    assert isinstance(fault, LineFault)
    assert (fault.field, fault.found) == ("USER_ID", NO_COLUMN)


def test_an_id_of_blanks_alone_is_a_row_where_it_is_in_quotes() -> None:
    lines = ["USER_ID\n", '" "\n', " \n", "\n", "u\n"]
    assert list(validate_csv(users_schema(), lines)) == [EntityRecord(" ", {}), EntityRecord("u", {})]


def test_the_records_of_other_datasets_are_read_too() -> None:
    fields = [{"name": "ITEM_ID", "type": "string"}, {"name": "PRICE", "type": "float"}]
    items = read_entity_schema(ITEMS, json.dumps({"type": "record", "name": "Items", "fields": fields}))
    assert list(validate_csv(items, ["price,item_id\n", "1.5,i\n"])) == [EntityRecord("i", {"price": 1.5})]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_tells_a_cell_without_anything_from_a_text_without_characters(line_end: str) -> None:
    schema = users_schema(A=["null", "string"], B=["null", "string"])
    rows = ["USER_ID,A,B", "u,,", 'v,"",', 'w,,""', '"a,""b""",","""",",""', 'c"d"",x",""', 'z,"x\r\n,""",', 'y,"",""']
    file = io.StringIO(line_end.join(rows), newline="")
    records = [each for each in validate_csv(schema, file) if isinstance(each, EntityRecord)]
    assert [(each.entity_id, *each.properties.values()) for each in records] == [
        ("u", None, None),
        ("v", "", None),
        ("w", None, ""),
        ('a,"b"', ',"",', ""),
        ('c"d""', 'x"', ""),
        ("z", 'x\r\n,"', None),
        ("y", "", ""),
    ]


def test_writes_what_it_reads_again() -> None:
    properties = '{"city":"a, \\"b\\"","member":false,"spend":1e-07,"age":-3}'
    assert csv_heading(SCHEMA) == HEADING
    assert csv_row(SCHEMA, "u", properties) == 'u,-3,1e-07,false,"a, ""b"""\n'
    assert csv_row(SCHEMA, "u\nv", '{"city":"","spend":2,"age":null}') == '"u\nv",,2,,""\n'
    assert csv_row(SCHEMA, " ", '{"city":" a\u2028","spend":0.1}') == " ,,0.1,, a\u2028\n"


def test_reads_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "users.csv"
    path.write_bytes('\ufeffUSER_ID,SPEND\r\n"u\u2028",1\r\n'.encode())
    with path.open(newline="", encoding="utf-8") as file:
        assert list(validate_csv(SCHEMA, file)) == [EntityRecord("u\u2028", {"spend": 1})]


def rows_without_end() -> Iterator[str]:
    yield HEADING
    while True:
        yield "u,30,1.5,true,Zurich\n"


def test_holds_no_more_than_a_row() -> None:
    tracemalloc.start()
    try:
        assert (
            sum(isinstance(each, EntityRecord) for each in islice(validate_csv(SCHEMA, rows_without_end()), 5000))
            == 5000
        )
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


rows = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20),
        st.integers(-(2**31), 2**31 - 1) | st.none(),
        st.floats(allow_nan=False, allow_infinity=False, width=32),
        st.booleans() | st.none(),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20) | st.none(),
    ),
    max_size=5,
)


@given(rows, st.sampled_from(["\n", "\r\n"]))
def test_reads_what_the_standard_library_writes(written: list[tuple[Any, ...]], line_end: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator=line_end)
    writer.writerow(["USER_ID", "AGE", "SPEND", "MEMBER", "CITY"])
    writer.writerows(written)
    file.seek(0)
    assert list(validate_csv(SCHEMA, file)) == [
        EntityRecord(user_id, {"age": age, "spend": spend, "member": member, "city": city})
        for user_id, age, spend, member, city in written
    ]


@given(st.text(alphabet='u1,"\n\r \ud800\ufeff', max_size=40))
def test_any_text_is_validated(text: str) -> None:
    for each in validate_csv(SCHEMA, io.StringIO(HEADING + text, newline="")):
        assert isinstance(each, EntityRecord) or 2 <= each.line <= len(text) + 2
