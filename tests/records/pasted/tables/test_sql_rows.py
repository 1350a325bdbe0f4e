"""Rows in SQL beyond VALUES of one INSERT statement: what else databases and their clients have rows in."""

import json

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import values
from tests.records.pasted.tables.reading import TEXTS, read, users

BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]
INSERT = "INSERT INTO users (user_id, city) VALUES ('u-1', 'Bern'), -- Ann\n  ('u-2', 'Rome')"
ROWS = "VALUES ('u-1', 'Bern'), ('u-2', 'Rome')"
SELECTS = "SELECT N'u-1', N'Bern' UNION ALL\nSELECT N'u-2', N'Rome'"
NAMED = "SELECT 'u-1' AS user_id, 'Bern'::text AS \"city\" UNION ALL SELECT 'u-2', 'Rome'"
DUAL = "SELECT 'u-1' user_id, 'Bern' city FROM dual UNION SELECT 'u-2', 'Rome' FROM dual"


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        (f"{INSERT}\nON CONFLICT DO NOTHING\nRETURNING *;", "ON CONFLICT DO NOTHING RETURNING *"),
        (
            f"{INSERT} AS new ON DUPLICATE KEY UPDATE city = 1;",
            "AS new ON DUPLICATE KEY UPDATE city = 1",
        ),
        (f"{INSERT} AS n(a, b) ON DUPLICATE KEY UPDATE city = b;", "AS n(a, b) ON DUPLICATE KEY UPDATE city …"),
        (f"{INSERT} RETURNING user_id", "RETURNING user_id"),
        (f"INSERT INTO users (user_id, city)\n{SELECTS} RETURNING *;", "RETURNING *"),
        (f"{NAMED}\nORDER BY 1;", "ORDER BY 1"),
        (f"WITH v (user_id, city) AS ({ROWS}) SELECT * FROM v;", "SELECT * FROM v"),
        (f"WITH v AS ({NAMED}) INSERT INTO users SELECT * FROM v", "INSERT INTO users SELECT * FROM v"),
        (
            f"MERGE INTO users AS t USING ({ROWS}) AS s (user_id, city) ON a = b WHEN NOT MATCHED THEN INSERT (city) VALUES (c)",
            "ON a = b WHEN NOT MATCHED THEN INSERT (c…",
        ),
        (f"MERGE INTO users t USING ({DUAL}) s ON (t.a = s.a)", "ON (t.a = s.a)"),
    ],
)
def test_what_stands_behind_rows_is_left_out_and_named(text: str, behind: str) -> None:
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == (f"Left out behind the rows: “{behind}”.",)


def test_the_number_of_other_clauses_is_named() -> None:
    one, other = (f"INSERT INTO users (user_id) VALUES ('u-1') RETURNING {name};" for name in ("a", "b"))
    assert read(one + other).changes[0] == "Left out behind the rows: “RETURNING a”, and 1 more."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"INSERT INTO users (user_id, city)\n{SELECTS};", "INSERT statements"),
        (
            "INSERT INTO users SET user_id='u-1', city='Bern';\nREPLACE users SET user_id='u-2', city='Rome'",
            "INSERT statements",
        ),
        (f"UPSERT INTO users (user_id, city) {ROWS};", "INSERT statements"),
        (f"INSERT OVERWRITE TABLE users (user_id, city) {ROWS}", "INSERT statements"),
        (f"INSERT INTO users (user_id, city) FORMAT {ROWS}", "INSERT statements"),
        (f"INSERT INTO users (user_id, city) OUTPUT inserted.user_id {ROWS}", "INSERT statements"),
        (f"INSERT INTO users {NAMED}", "INSERT statements"),
        (f"{NAMED};", "SQL"),
        (DUAL, "SQL"),
        (f"SELECT * FROM ({ROWS}) AS t (user_id, city);", "SQL"),
        ("SELECT 'u-1' AS user_id, 'Bern' AS city;\nSELECT 'u-2' AS user_id, 'Rome' AS city;", "SQL"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_are_read_wherever_sql_has_them(text: str, words: str, end: str) -> None:
    text = text.replace("\n", end)
    assert users(text) == BERN_AND_ROME
    assert (read(text).words, read(text).changes) == (f"2 rows of {words}", ())


@pytest.mark.parametrize("text", [ROWS, "values row('u-1', 'Bern'), row('u-2', 'Rome');"])
def test_values_alone_are_rows_without_a_heading(text: str) -> None:
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == (
        "These are rows without a heading. Put the names of the fields in the first line.",
        "The columns are taken in the schema's order: USER_ID, CITY.",
    )


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            f"SELECT * FROM ({ROWS}) AS t (user_id, city) WHERE city <> 'Rome';",
            "Line 1: “WHERE city <> 'Rome'” may change its rows. Paste the rows as they are.",
        ),
        (f"{INSERT} + 1", "Line 2: expected an INSERT statement with values alone."),
        ("INSERT INTO users SET user_id=lower('U')", "Line 1: expected a value that is a text or a number."),
        ("INSERT INTO users SET user_id='u-1',\n;", "Line 1: expected a value that is a text or a number."),
        (
            "INSERT INTO users (user_id) VALUES ('u-1' || 'a')",
            "Line 1: expected a value that is a text or a number; found “'u-1' || 'a'”.",
        ),
    ],
)
def test_rows_that_are_computed_are_refused(text: str, refusal: str) -> None:
    detected = read(text)
    assert (detected.words.split(" ")[0], detected.refusal, detected.text) == ("rows", refusal, "")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO users (user_id, city) SELECT id, name FROM others",
        "SELECT user_id, city FROM users",
        "SELECT 'u-1' AS user_id, lower('B') AS city",
        "SELECT 'u-1', 'Bern'",
        "SELECT 1 AS total",
        "SELECT * FROM (VALUES (a, b)) AS t (user_id, city)",
        "SELECT * FROM (VALUES (1, 2) t",
        "SELECT * FROM (VALUES (1, 2)) AS t (id, total)",
        "values (a, b)",
    ],
)
def test_sql_without_rows_of_such_records_is_left_alone(text: str) -> None:
    assert detect(TEXTS, "", text) is None


def test_rows_of_another_table_are_left_out_as_those_with_values_are() -> None:
    text = f"INSERT INTO orders (id, total) SELECT 1, 2;\n{INSERT};\nINSERT INTO orders SET id=2;"
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == ("The rows of orders are left out.",)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("('u-1', 'O''Neil'),\n('u-2', NULL);", [("u-1", "O'Neil"), ("u-2", None)]),
        ("('u-1', '''s-Gravenhage'),\n('u-2', '''s-Mark')", [("u-1", "'s-Gravenhage"), ("u-2", "'s-Mark")]),
        ("('u-1', 'Kids'' Plan''');", [("u-1", "Kids' Plan'")]),
        ("('u-1', 'Bern');", [("u-1", "Bern")]),
    ],
)
def test_rows_in_parentheses_that_only_sql_has_are_its_literals(
    text: str, pairs: list[tuple[str, str | None]]
) -> None:
    detected = read(text)
    assert [(each["USER_ID"], each["CITY"]) for each in json.loads(detected.text)] == pairs
    assert detected.words == f"{len(pairs)} row{'s' if len(pairs) > 1 else ''} of SQL"


@pytest.mark.parametrize(
    ("text", "cities", "words"),
    [
        ("[('u-1', 'O''Neil'), ('u-2', '''x')]", ["O'Neil", "'x"], "a quote that is written twice read as one"),
        ("[{'user_id': 'u-1', 'city': 'O''Neil\\n'}]", ["O'Neil\n"], "a quote that is written twice read as one"),
        ("[('u-1', 'O' 'Neil'), ('u-2', '')]", ["ONeil", ""], "texts beside one another joined"),
        ("('u-1', ''), ('u-2', 'a\\tb')", ["", "a\tb"], "nearly JSON"),
    ],
)
def test_a_quote_in_a_literal_may_be_written_twice(text: str, cities: list[str], words: str) -> None:
    detected = read(text)
    assert [each["CITY"] for each in json.loads(detected.text)] == cities
    assert words in detected.words


def test_rows_of_sql_beside_other_lines_are_not_read_without_these() -> None:
    detected = detect(TEXTS, "", "('u-1', 'O''Neil');\nput('u-2', 'Rome');")
    assert detected is None or detected.refusal


def test_rows_of_literals_have_booleans_of_one_letter() -> None:
    schema = users_schema(VIP="boolean", CITY="string")
    for text in ("('u-1', t, 'Bern'),\n('u-2', f, 'Rome')", "VALUES ('u-1', t, 'Bern'), ('u-2', f, 'Rome')"):
        assert values(text, schema) == [("u-1", True, "Bern"), ("u-2", False, "Rome")]


def test_a_letter_in_the_place_of_a_text_is_a_variable() -> None:
    assert detect(users_schema(VIP="boolean", CITY="string"), "", "('u-1', t, t),\n('u-2', f, f)") is None


@pytest.mark.parametrize(
    ("value", "city"),
    [
        (r"replace('a\nb','\n',char(10))", "a\nb"),
        (r"replace(replace('it''s\r\na\\nb','\r',char(13)),'\n',char(10))", "it's\r\na\\\nb"),
        (r"replace('a\012\n','\012',char(10))", "a\n\\n"),
        (r"unistr('it''s\u000aa\\b\u00e9')", "it's\na\\b\xe9"),
    ],
)
def test_line_breaks_of_sqlites_dumps_are_read(value: str, city: str) -> None:
    detected = read(f"INSERT INTO users (USER_ID, CITY) VALUES ('u-1',{value});")
    assert json.loads(detected.text) == [{"USER_ID": "u-1", "CITY": city}]


@pytest.mark.parametrize("value", ["replace(replace('a','n',char(10))", "replace('a','b','c')", "upper('a')"])
def test_other_functions_are_no_values(value: str) -> None:
    detected = read(f"INSERT INTO users (USER_ID, CITY) VALUES ('u-1',{value});")
    assert detected.refusal.startswith("Line 1: expected a value that is a text or a number; found ")


def test_null_is_no_text_where_the_field_is_required() -> None:
    detected = read("INSERT INTO users (USER_ID, CITY) VALUES (NULL, 'NULL'), ('u-2', NULL);")
    assert json.loads(detected.text) == [{"USER_ID": None, "CITY": "NULL"}, {"USER_ID": "u-2", "CITY": None}]


def test_a_backtick_in_a_text_makes_no_escapes() -> None:
    rows = "SELECT 'u-`1' AS user_id, 'C:\\' AS city\nUNION ALL SELECT 'u-2', '`';"
    assert users(rows) == [("u-`1", "C:\\"), ("u-2", "`")]
    assert users("SELECT 'u-1' AS `user_id`, 'a\\\\b' AS `city`;") == [("u-1", "a\\b")]


def test_texts_of_set_have_the_escapes_of_mysql() -> None:
    text = "INSERT INTO users SET user_id='u-1', city='a\\\\b\\'c';"
    assert users(text) == [("u-1", "a\\b'c")]
    assert len(read(text).changes) == 1
