"""What database clients escape in quotes and around JSON, and JSON in a column of rows with any heading."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values

HEADING = "USER_ID,AGE,SCORE,VIP,MEMBERSHIP_TYPE"
QUOTED = (*GOLD[:4], 'a "b"')
JSON = '{"userId":"u-1","age":34,"score":1.5,"vip":true,"membershipType":"%s"}'
UNESCAPED = "Backslashes are read as MariaDB and PostgreSQL write them: \\t is a tab, \\n a line break."
IN_QUOTES = 'In quotes, a backslash is read as an escape: \\" is a quote.'
NO_HEADING = (
    "These are rows without a heading. Put the names of the fields in the first line.",
    "The columns are taken in the schema's order: USER_ID, AGE, SCORE, VIP, MEMBERSHIP_TYPE.",
)


@pytest.mark.parametrize(
    ("text", "user"),
    [
        (f'{HEADING}\n"u-1",34,1.5,true,"a \\"b\\""', QUOTED),
        (f'{HEADING}\n"u-1", 34, 1.5, true, "a \\"b\\""', QUOTED),
        ('"u-1";34;1.5;true;"a \\"b\\""\n', QUOTED),
        (f'{HEADING}\n"u-1",34,1.5,true,"\\"a\\\\b\\tc\\\nd"', (*GOLD[:4], '"a\\b\tc\nd')),
        (f'{HEADING}\n"u-1",34,1.5,true,"\\"Caf\\303\\251"', (*GOLD[:4], '"Café')),
        ("'u-1', '34', '1.5', '1', 'O\\'Brien, \"B\"'", (*GOLD[:4], 'O\'Brien, "B"')),
        ("'u-1', 34, 1.5, TRUE, 'O''Brien\\'", (*GOLD[:4], "O'Brien\\")),
    ],
)
def test_a_backslash_escapes_where_a_quote_would_end_the_cell_otherwise(text: str, user: tuple[object, ...]) -> None:
    assert values(text) == [user]
    assert (IN_QUOTES in read(text).changes) == ('\\"' in text or "\\'B" in text)


def test_rows_of_literals_of_sql_are_those_of_the_schema() -> None:
    text = "'u-1', '34', '1.5', '1', 'Gold',\n'u-2', NULL, '2.0', '0', 'Basic'"
    assert values(text) == [GOLD, BASIC]
    assert read(text).words == "2 rows of SQL"
    assert read(text).changes[:2] == NO_HEADING
    assert read("'a', 'b'\n'c', 'd'").words == "rows of CSV"


@pytest.mark.parametrize("escape", ["\\x41", "\\u0041", "\\377"])
def test_escapes_that_no_database_client_writes_are_refused(escape: str) -> None:
    detected = read(f'{HEADING}\n"u-1",34,1.5,true,"\\"{escape}"')
    assert detected.refusal == "Line 2: A cell's double quotes are not closed, or are in the middle of it."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (JSON % 'a \\\\"b\\\\"' + "\n", "1 user, with escapes of a database client"),
        (f"JSON_OBJECT('userId', user_id)\n{JSON % 'a \\\\"b\\\\"'}\n", "1 user, with escapes of a database client"),
        (f"users\n[{JSON % 'a \\\\"b\\\\"'}]\n", "1 user, with escapes of a database client"),
        (f"id\tdoc\n7\t{JSON % 'a \\\\"b\\\\"'}\n", "1 user as JSON in rows of a spreadsheet"),
    ],
)
def test_escapes_that_are_escaped_again_are_read(text: str, words: str) -> None:
    assert values(text) == [QUOTED]
    assert (read(text).words, read(text).changes[0]) == (words, UNESCAPED)


def test_json_that_is_broken_without_its_escapes_too_is_not_read() -> None:
    assert detect(SCHEMA, "", '{"userId": "u-1", "age": \\\\"') is None


@pytest.mark.parametrize(
    ("text", "words", "changes"),
    [
        (
            "@timestamp,@message\n2026-11-30 05:12:44.120,{}\n",
            "1 user as JSON in rows of CSV",
            ("Left out beside the JSON: @timestamp.",),
        ),
        ("payload\n{}\n", "1 user as JSON in rows of CSV", ()),
        (
            "partition;offset;value\n0;12;{}\n",
            "1 user as JSON in rows of CSV with semicolons",
            ("Left out beside the JSON: partition, offset.",),
        ),
    ],
)
def test_json_in_a_column_is_read_whatever_the_heading_names(text: str, words: str, changes: tuple[str, ...]) -> None:
    cell = (JSON % 'a \\"b\\"').replace('"', '""')
    pasted = text.replace("{}", f'"{cell}"')
    assert values(pasted) == [QUOTED]
    assert (read(pasted).words, read(pasted).changes) == (words, changes)


NOT_NAMED = "What stands beside the JSON is left out: the rows have no heading that names it."
FIRST, SECOND = JSON % "Gold", JSON.replace("u-1", "u-2") % "Gold"
FIRST_CELL, SECOND_CELL = (f'"{each.replace('"', '""')}"' for each in (FIRST, SECOND))
LOG = f"2026-11-29T10:00:00.123Z\t6f1d\tINFO\t{FIRST}\n2026-11-29T10:00:01.123Z\t6f1d\tINFO\t{SECOND}\n"


@pytest.mark.parametrize(
    ("text", "words", "changes"),
    [
        (f"0,{FIRST_CELL}\n1,{SECOND_CELL}\n", "2 users as JSON in rows of CSV", (NOT_NAMED,)),
        (f"0;{FIRST_CELL}\n1;{SECOND_CELL}\n", "2 users as JSON in rows of CSV with semicolons", (NOT_NAMED,)),
        (f"{FIRST_CELL}\n{SECOND_CELL}\n", "2 users as JSON in rows of CSV", ()),
        (f"| 0 | {FIRST} |\n| 1 | {SECOND} |\n", "2 users as JSON in rows with bars", (NOT_NAMED,)),
        (
            f"| 0 | {FIRST} |\n|---|---|\n| 1 | {SECOND} |\n",
            "2 users as JSON in rows of a Markdown table",
            (NOT_NAMED,),
        ),
        (f"```\n{LOG}```\n", "2 users as JSON in rows of a spreadsheet, in a code fence", (NOT_NAMED,)),
    ],
)
def test_no_row_of_json_is_taken_for_a_heading(text: str, words: str, changes: tuple[str, ...]) -> None:
    assert values(text) == [GOLD, ("u-2", *GOLD[1:])]
    assert (read(text).words, read(text).changes) == (words, changes)


def test_the_first_of_equal_rows_of_json_is_no_heading_that_comes_again() -> None:
    detected = read(f"0,{FIRST_CELL}\n0,{FIRST_CELL}\n")
    assert (detected.words, detected.changes) == ("2 users as JSON in rows of CSV", (NOT_NAMED,))


def test_of_as_many_cells_as_the_schema_has_fields_the_json_is_read() -> None:
    edge = f"+{'-' * 3}+{'-' * 3}+{'-' * 3}+{'-' * 3}+{'-' * (len(FIRST) + 2)}+"
    text = f"{edge}\n| 1 | a | b | c | {FIRST} |\n| 2 | a | b | c | {SECOND} |\n{edge}\n"
    assert values(text) == [GOLD, ("u-2", *GOLD[1:])]


def test_rows_below_one_of_json_without_a_record_are_not_read_without_it() -> None:
    cut = FIRST_CELL.replace("true,", '"')
    for first in ('"{""msg"":""start""}"', cut):
        detected = detect(SCHEMA, "", f"0,{first}\n1,{FIRST_CELL}\n2,{SECOND_CELL}\n")
        assert detected is None or detected.refusal


def test_a_name_in_brackets_is_one_of_a_heading() -> None:
    detected = read(f"Id,[Doc]\n1,{FIRST_CELL}\n2,{SECOND_CELL}\n")
    assert (detected.words, detected.changes) == ("2 users as JSON in rows of CSV", ("Left out beside the JSON: Id.",))


def test_an_array_of_json_that_psql_shows_is_read() -> None:
    element = (JSON % 'a \\"b\\"').replace("\\", "\\\\").replace('"', '\\"')
    detected = read(f' users \n-------\n {{"{element}","{element.replace("u-1", "u-2")}"}}\n(1 row)\n')
    assert values(f' users \n-------\n {{"{element}"}}\n(1 row)\n') == [QUOTED]
    assert (detected.words, detected.changes) == ("2 users as JSON in rows of a psql table", ())


@pytest.mark.parametrize(
    "text",
    [
        'a,b\n1,"{""c"": 2}"\n1\n',
        'a,b\n1,"{"c": 2}"\n',
        "a,b\n1,{c}\n",
        "," * 1001 + "\n{}" + "," * 1001,
    ],
)
def test_other_rows_with_brackets_are_not_taken_for_json(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    assert detected is None or "JSON in rows" not in detected.words


def test_texts_in_quotes_of_python_keep_their_own_escapes_in_a_grid() -> None:
    # petl 1.7, petl.look.
    text = (
        "+---------+------+-------+-------+-----------------+\n"
        "| USER_ID | AGE  | SCORE | VIP   | MEMBERSHIP_TYPE |\n"
        "+=========+======+=======+=======+=================+\n"
        "| 'u-1'   |   34 |   1.5 | True  | 'Gold'          |\n"
        "+---------+------+-------+-------+-----------------+\n"
        "| 'u-2'   | None |   2.0 | False | 'it\\'s \"Basic\"' |\n"
        "+---------+------+-------+-------+-----------------+\n"
    )
    assert values(text) == [("u-1", 34, 1.5, True, "Gold"), ("u-2", None, 2.0, False, 'it\'s "Basic"')]
