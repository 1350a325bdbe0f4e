"""Rows with a separator in a cell that has no quotes: read where one reading alone is possible, and refused elsewhere."""

import pytest

from console.records.schemas.schema import Schema
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import read, values

TEXTS = users_schema(CITY="string", STATE="string")
TYPED = users_schema(CITY="string", AGE=["null", "int"], PLAN="categorical string")
ADVICE = "Put a cell in double quotes that has the separator in it, or paste JSON."


@pytest.mark.parametrize(
    ("schema", "text", "records"),
    [
        # Spaces that no other cell has.
        (
            TEXTS,
            "USER_ID,CITY,STATE\nu-1,Bern,BE\nu-2,St. Louis, MO,MO\n",
            [("u-1", "Bern", "BE"), ("u-2", "St. Louis, MO", "MO")],
        ),
        # The types of other fields.
        (
            TYPED,
            "USER_ID,CITY,AGE,PLAN\nu-1,Bern,3,a\nu-2,O,P,4,b\n",
            [("u-1", "Bern", 3, "a"), ("u-2", "O,P", 4, "b")],
        ),
        (TYPED, "USER_ID|AGE|CITY|PLAN\nu-1|3|Bern|a\nu-2||x|a|b|c\n", None),
        (
            users_schema(PLAN="string", VIP="boolean"),
            "USER_ID|PLAN|VIP\nu-1|a|t\nu-2|a|b|f\n",
            [("u-1", "a", True), ("u-2", "a|b", False)],
        ),
    ],
)
def test_a_cell_is_joined_where_nothing_else_fits(
    schema: Schema, text: str, records: list[tuple[object, ...]] | None
) -> None:
    if records is None:
        assert read(text, schema).refusal == f"Line 3: expected 4 cells, as the heading has; found 6. {ADVICE}"
    else:
        assert values(text, schema) == records


def test_the_joined_cell_is_named() -> None:
    assert read("USER_ID|CITY|STATE|n\nu-1|Bern|BE|1\nu-2|a|b|c|d\n", TEXTS).refusal
    changes = read(
        "USER_ID,AGE,CITY\nu-1,3,Bern\nu-2,4,St. Louis, MO\n", users_schema(AGE="int", CITY="string")
    ).changes
    assert changes == (
        "Line 3: “St. Louis, MO” is taken for one cell, as nothing else gives the row as many cells as its heading has.",
    )


@pytest.mark.parametrize(
    "text",
    [
        # The heading may lack a name.
        "USER_ID,CITY,STATE\nu-1,Bern,BE,x\n",
        "USER_ID,CITY,STATE\nu-1,Bern,BE,x\nu-2,Rome,RM,y\n",
        # Not without the id.
        "CITY,STATE,n\nBern,BE,1\nSt. Louis, MO,MO,2\n",
        # Two readings are possible.
        "USER_ID,CITY,STATE\nu-1,Bern,BE\nu-2,St. Louis,MO,MO\n",
        "USER_ID,CITY,STATE\nu-1, Bern,BE\nu-2,St. Louis, MO,MO\n",
        "USER_ID,CITY,STATE\nu-1,Bern,BE\nu-2,a,b,c,d,e,f\n",
        # An end of the row, or an empty last cell behind one with a bar.
        "USER_ID|CITY|STATE\nu-1|Bern|BE\nu-2|a|b|\n",
        "USER_ID|CITY|STATE\nu-2|a|b|\n",
    ],
)
def test_other_rows_are_refused(text: str) -> None:
    assert "cells, as the heading has; found" in read(text, TEXTS).refusal


def test_bars_at_the_ends_of_all_rows_are_none_of_their_cells() -> None:
    assert values("USER_ID|CITY|STATE|\nu-1|Bern|BE|\n", TEXTS) == [("u-1", "Bern", "BE")]
