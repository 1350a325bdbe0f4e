"""CSV files in batches: they give what `validate_csv` gives row by row, and see each fault."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.files import csv_batches
from console.records.files.columns import columns_schema
from console.records.files.csv_batches import CsvTable, FaultyCsv
from console.records.files.csv_file import EntityRecord, validate_csv
from console.records.schemas.schema import Schema
from tests.records.generated import Generated, generated
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(AGE=["null", "int"], CITY=["null", "string"], KIND="categorical string")
# Found row by row, and in batches: the line, the id and the properties of each record; None if something is wrong.
type Records = list[tuple[int, str, dict[str, Any]]] | None

PLAIN = (*(None,) * 4, "", " ", "0", "-0", "007", "1.0", "1.50", "1e3", "1_000", "+1", "null", "true", "True", "Gold", "u-1", "é", "N/A", "  x", "x|", "2147483648", "99999999999999", "1.2E+12")  # fmt: skip
ODD = (*PLAIN, "a,b", "a\nb", 'a"b', "9" * 400, "1" * 257, "x\x00")


def one_by_one(schema: Schema, text: str, *, others_ignored: bool = False) -> Records:
    lines = io.StringIO(text, newline="")
    found = list(validate_csv(schema, lines, others_ignored=others_ignored))
    if not all(isinstance(each, EntityRecord) for each in found):
        return None
    return [(each.line, each.entity_id, dict(each.properties)) for each in found if isinstance(each, EntityRecord)]


def in_batches(schema: Schema, text: str, *, others_ignored: bool = False) -> Records:
    try:
        table = CsvTable(schema, io.StringIO(text, newline=""), others_ignored=others_ignored)
        return [
            (number, record_id, json.loads(properties))
            for _batch, done in table.batches()
            for number, record_id, properties in zip(done.numbers, done.ids, done.properties, strict=True)
        ]
    except FaultyCsv:
        return None


@pytest.fixture(autouse=True, params=[40, 1 << 16])
def characters(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of a row or two, and as they are."""
    monkeypatch.setattr(csv_batches, "CHARACTERS_IN_A_BATCH", request.param)


def test_lines_without_anything_are_no_batch() -> None:
    blank = "\n" * 100
    assert in_batches(SCHEMA, f"USER_ID,KIND\n{blank}u-1,Gold\n{blank}") == [(102, "u-1", {"kind": "Gold"})]


def test_gives_records_with_their_lines() -> None:
    text = "\ufeff\n AGE ,USER_ID,KIND\r\n30,u-1,Gold\r\n\r\n,u-2,\r\n31,u-3,Basic"
    assert in_batches(SCHEMA, text) == [
        (3, "u-1", {"age": 30, "kind": "Gold"}),
        (5, "u-2", {"age": None, "kind": ""}),
        (6, "u-3", {"age": 31, "kind": "Basic"}),
    ]


def test_reads_quotes_with_what_is_in_them() -> None:
    text = 'USER_ID,"CITY",KIND\nu-1,,a\nu-2,"",b\n"u-3","x\n\n""y""",c\n\nu-4,z,d\n'
    assert in_batches(SCHEMA, text) == [
        (2, "u-1", {"city": None, "kind": "a"}),
        (3, "u-2", {"city": "", "kind": "b"}),
        (4, "u-3", {"city": 'x\n\n"y"', "kind": "c"}),
        (8, "u-4", {"city": "z", "kind": "d"}),
    ]


def test_long_rows_with_quotes_are_batches_of_their_own() -> None:
    long = "x" * 40
    assert in_batches(SCHEMA, f'USER_ID,KIND\n"u-1",{long}\n"u-2",{long}\n') == [
        (2, "u-1", {"kind": long}),
        (3, "u-2", {"kind": long}),
    ]


def test_leaves_columns_out_that_are_to_be_ignored() -> None:
    text = "MORE,USER_ID,KIND,MORE\n\0,u-1,a,\n"
    assert in_batches(SCHEMA, text, others_ignored=True) == [(2, "u-1", {"kind": "a"})]
    assert in_batches(SCHEMA, text) is None


def test_blanks_are_no_rows_of_one_column_unless_they_are_in_quotes() -> None:
    ids = users_schema()
    assert in_batches(ids, "USER_ID\n  \nu-1\n\n") == [(3, "u-1", {})]
    assert in_batches(ids, 'USER_ID\n  \n"  "\n') == [(3, "  ", {})]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "USER_ID\nu-1\n",
        '"USER_ID,KIND\n',
        "USER_ID,KIND,KIND\n",
        "USER_ID,KIND\nu-1,a,b\n",
        "USER_ID,KIND\nu-1\n",
        'USER_ID,KIND\n"u-1"\n',
        'USER_ID,KIND\nu-1,a\nu-2,"b\n',
        "USER_ID,AGE,KIND\nu-1,1,a\nu-2,x,a\n",
        "USER_ID,KIND\nu-1," + "x" * 200_000,
    ],
)
def test_sees_that_something_is_wrong(text: str) -> None:
    assert in_batches(SCHEMA, text) is None
    assert one_by_one(SCHEMA, text) is None


@given(generated(), st.data())
def test_gives_what_a_validation_row_by_row_gives(made: Generated, data: st.DataObject) -> None:
    schema = columns_schema(made.entity, made.text)
    names = data.draw(st.permutations([field.name for field in schema.fields]))
    plain = [made.record.get(name) for name in names]
    odd = data.draw(st.sampled_from([(), PLAIN, ODD]))
    text = io.StringIO(newline="")
    form: dict[str, Any] = data.draw(
        st.fixed_dictionaries(
            {
                "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NOTNULL]),
                "lineterminator": st.sampled_from(["\n", "\r\n"]),
            }
        )
    )
    writer = csv.writer(text, **form)
    writer.writerow(names)
    for _row in range(data.draw(st.integers(0, 4))):
        cells = [cell if cell is None or isinstance(cell, str) else json.dumps(cell) for cell in plain]
        writer.writerow([data.draw(st.sampled_from([cell, cell, cell, *odd])) for cell in cells])
        text.write(data.draw(st.sampled_from(["", "", "", "\n", " \n"])))
    written = text.getvalue().encode(errors="replace").decode()
    assert in_batches(schema, written) == one_by_one(schema, written)
