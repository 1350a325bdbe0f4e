"""JSON in a column of a table whose lines stand in rows of their own, as SnowSQL shows a VARIANT."""

import pytest

from console.records.pasted.tables.documents_on_lines import with_whole_documents
from tests.records.pasted.tables.reading import read, users

RULE = "+----------------------+\n"
ALONE = (
    f'{RULE}| V                    |\n|----------------------|\n| {{                    |\n|   "city": "Bern",    |\n'
    f'|   "user_id": "u-1"   |\n| }}                    |\n| {{                    |\n|   "city": "Rome",    |\n'
    f'|   "user_id": "u-2"   |\n| }}                    |\n{RULE}2 Row(s) produced. Time Elapsed: 0.1s\n'
)
WITH_ID = (
    "+-----+--------------------+\n| ID  | V                  |\n|-----+--------------------|\n"
    '| u-1 | {                  |\n|     |   "city": "Bern"   |\n|     | }                  |\n'
    '| u-2 | {                  |\n|     |   "city": "Rome"   |\n|     | }                  |\n'
    "+-----+--------------------+\n"
)


@pytest.mark.parametrize(
    "text",
    [ALONE, WITH_ID, WITH_ID.replace("ID ", "USER_ID").replace("u-", "    u-").replace("|     |", "|         |")],
)
def test_each_document_is_a_record(text: str) -> None:
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]


def test_the_column_of_the_id_is_said() -> None:
    assert read(WITH_ID).changes == ("ID is taken for USER_ID.",)
    own = ALONE.replace("| V ", "|ID|V").replace("| ", "| |")
    assert "ID is taken for USER_ID." not in read(own).changes


@pytest.mark.parametrize(
    "rows",
    [
        [["u-1", " {"], ["u-2", '  "a": 1'], ["", " }"]],
        [["", " {"], ["", '  "a": 1']],
        [["{", "{"]],
        [["u-1", "x"]],
    ],
)
def test_other_rows_stay(rows: list[list[str]]) -> None:
    numbered = list(enumerate(rows))
    assert with_whole_documents(numbered) == numbered
