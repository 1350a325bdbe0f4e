"""Records in SQL that are no rows: documents, calls with names and values, and what placeholders stand for."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, read, users

BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]
ONE, TWO = "{'USER_ID': 'u-1', 'CITY': 'Bern'}", "{'USER_ID': 'u-2', 'CITY': 'Rome'}"
BOUND = "INSERT INTO users (user_id, city) VALUES"
NO_VALUES = (
    "The values of its placeholders are not behind it, or not as lists that can be read. Paste the values as JSON, or "
    "statements that have them in them."
)


@pytest.mark.parametrize(
    "text",
    [
        f'INSERT INTO "Users" VALUE {ONE};\nINSERT INTO "Users" VALUE {TWO};\n',
        f"INSERT INTO Users << {ONE}, {TWO} >>",
        'INSERT INTO shop.users JSON \'{"user_id": "u-1", "city": "Bern"}\';\n'
        'INSERT INTO shop.users JSON \'{"user_id": "u-2", "city": "Rome"}\';',
        'INSERT INTO users FORMAT JSONEachRow {"user_id": "u-1", "city": "Bern"}\n{"user_id": "u-2", "city": "Rome"}',
        f"INSERT INTO users [{ONE}, {TWO}];",
    ],
)
def test_documents_are_records(text: str) -> None:
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == ()
    assert read(text).words.endswith("as documents in SQL")


def test_escapes_of_json_in_an_insert_statement_are_its_own() -> None:
    text = 'INSERT INTO users FORMAT JSONEachRow\n{"user_id": "u-1", "city": "a\\\\"}\n'
    assert users(text) == [("u-1", "a\\")]
    assert read(text).changes == ()


def test_quotes_in_documents_are_those_of_sql() -> None:
    text = "INSERT INTO users VALUE {'user_id': 'u-1', 'city': 'L''Aquila \\ \"x\"'} ON CONFLICT DO NOTHING;"
    assert users(text) == [("u-1", 'L\'Aquila \\ "x"')]
    assert read(text).changes == ("Left out behind the rows: “ON CONFLICT DO NOTHING”.",)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            f"INSERT INTO users VALUE {ONE};\nDELETE FROM users;",
            "Line 2: expected an INSERT statement with a document.",
        ),
        (f"INSERT INTO users << {ONE}, {{x >>", "Line 1: expected an INSERT statement with a document."),
        (
            f"INSERT INTO users << {', '.join([ONE] * 1001)} >>",
            "Expected 1 to 10 users at a time; found more than 1000.",
        ),
    ],
)
def test_documents_with_other_statements_are_refused(text: str, refusal: str) -> None:
    assert (read(text).words, read(text).refusal) == ("documents in SQL", refusal)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO orders VALUE {'id': 1}",
        "INSERT INTO users VALUE 'x'",
        "INSERT INTO users VALUE {'user_id': f'{x}'}",
        "SELECT 1",
        "SELECT JSON_OBJECT('user_id', city) FROM users",
        "SELECT JSON_OBJECT('id', 1)",
        "SELECT JSON_OBJECT()",
    ],
)
def test_others_are_left_alone(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or not detected.text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT OBJECT_CONSTRUCT('USER_ID', 'u-1', 'CITY', 'Bern')\nUNION ALL "
        "SELECT OBJECT_CONSTRUCT('USER_ID', 'u-2', 'CITY', 'Rome');",
        "SELECT json_build_array(json_build_object('user_id', 'u-1', 'city', 'Bern'), "
        "jsonb_build_object('user_id', 'u-2', 'city', 'Rome'));",
        "JSON_ARRAY(JSON_OBJECT('user_id': 'u-1', 'city': 'Bern'), "
        "JSON_OBJECT(KEY 'user_id' VALUE 'u-2', KEY 'city' VALUE 'Rome' ABSENT ON NULL RETURNING CLOB))",
        "INSERT INTO t SELECT NAMED_STRUCT('user_id', 'u-1', 'city', 'Bern'), map('user_id', 'u-2', 'city', 'Rome')",
    ],
)
def test_calls_with_names_and_values_are_objects(text: str) -> None:
    assert users(text) == BERN_AND_ROME
    assert (read(text).words, read(text).changes) == ("2 users, as objects in SQL", ())


@pytest.mark.parametrize(
    "text",
    [
        f"2026-11-30 03:06:47,864 INFO sqlalchemy.engine.Engine {BOUND} (?, ?)\n"
        "2026-11-30 03:06:47,865 INFO sqlalchemy.engine.Engine [generated in 0.00143s] [('u-1', 'Bern'), ('u-2', 'Rome')]",
        f"INFO {BOUND} (%(user_id)s, %(city)s)\nINFO [cached since 1s ago] "
        "[{'user_id': 'u-1', 'city': 'Bern'}, {'user_id': 'u-2', 'city': 'Rome'}]",
        f"(0.001) {BOUND} (%s, %s); args=('u-1', 'Bern'); alias=default\n"
        f"(0.002) {BOUND} (%s, %s); args=('u-2', 'Rome'); alias=default\n",
        f'cur.executemany("{BOUND} (%s, %s)", [("u-1", "Bern"), ("u-2", "Rome")])',
        f'Executing: {BOUND} ($1::text, $2) RETURNING *; ["u-1", "Bern"]\n'
        f"Executing: {BOUND} (:user_id, :city) {{'user_id': 'u-2', 'city': 'Rome'}}",
    ],
)
def test_values_of_placeholders_are_read(text: str) -> None:
    assert users(text) == BERN_AND_ROME
    assert (read(text).words, read(text).changes) == ("2 users, as values of placeholders in SQL", ())


@pytest.mark.parametrize(
    "behind",
    [
        "(user_id, city))",
        "\nDETAIL:  parameters: $1 = 'u-1'",
        "[('u-1', 'Bern', 3)]",
        "[('u-1', ['Bern'])]",
        "{'a': 1}",
        "[1] " * 21 + "('u-1', 'Bern')",
        "",
    ],
)
def test_placeholders_whose_values_are_not_there_are_told(behind: str) -> None:
    detected = read(f"{BOUND} (%s, %s) {behind}")
    assert (detected.words, detected.refusal) == ("an INSERT statement with placeholders", NO_VALUES)


@pytest.mark.parametrize(
    ("behind", "line"),
    [
        ("\n[('u-1', 'Bern'),\n ('u-2', 'Rome'),\n ('u-3', 'Par", 3),
        ("\n[('u-1', 'Bern'),\n ('u-2', 'Ro", 3),
        ("\n[(17, 'Bern'),\n (18, 'Ro", 3),
        ("\n[{'user_id': 'u-1', 'city': 'Bern'},\n {'user_id': 'u-2', 'ci", 3),
        (" ('u-1', 'Bern')\n\n('u-2', 'Rome')", 3),
    ],
)
def test_more_values_of_placeholders_are_not_left_out(behind: str, line: int) -> None:
    detected = read(f"{BOUND} (?, ?){behind}")
    assert (detected.words, detected.refusal) == (
        "an INSERT statement with placeholders",
        f"Line {line}: more values stand outside of the list that was read. If that list is cut, complete it; otherwise "
        "put all rows into one list.",
    )


def test_code_behind_values_of_placeholders_is_left_out() -> None:
    text = f'cur.execute("{BOUND} (?, ?)", ["u-1", "Bern"])\nprint("saved", rows[0], f(a))'
    assert users(text) == [("u-1", "Bern")]


def test_placeholders_of_other_tables_are_not_looked_at() -> None:
    assert detect(TEXTS, "", "INSERT INTO orders (id, total) VALUES (?, ?) [(1, 2)]") is None
