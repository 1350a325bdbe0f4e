"""Tables in the ways of single programs: what belongs to a cell or a row, and what does not."""

import time

from console.records.pasted.tables.inserts import read_inserts
from tests.records.literal_schemas import users_schema

SCHEMA = users_schema(AGE=["null", "int"], SCORE="double", VIP="boolean", MEMBERSHIP_TYPE="categorical string")


def test_many_rows_of_one_statement_take_no_time_that_grows_with_their_square() -> None:
    statement = "INSERT INTO users (user_id) VALUES " + "(1),\n" * 79_000 + "(1)"
    started = time.process_time()
    table = read_inserts(SCHEMA, statement)
    assert time.process_time() - started < 2.5
    assert table is not None
    assert [line for line, _row in table.rows[:3]] == [1, 2, 3]
    assert len(table.rows) == 79_001
