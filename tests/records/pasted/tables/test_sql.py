"""Scripts of SQL: what is a row of the table that is meant, and what else stands in a dump."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, read, users

INSERT = "INSERT INTO users (user_id, city) VALUES"


@pytest.mark.parametrize(
    "text",
    [
        "INSERT [dbo].[users] ([USER_ID], [CITY]) VALUES (N'u-1', N'Bern')\nGO\n"
        "INSERT [dbo].[users] ([USER_ID], [CITY]) VALUES (CAST(N'u-2' AS nvarchar(10)), CAST(N'Rome' AS Text))\r\nGO\r\n",
        "REM INSERTING into USERS\nInsert into USERS (USER_ID,CITY) values ('u-1','Bern');\n/\n"
        "Insert into USERS (USER_ID,CITY) values ('u-2',cast('Rome' as varchar(9)));\nPROMPT done\n",
        "INSERT ALL\n  INTO users (user_id, city) VALUES ('u-1', 'Bern')\n"
        "  INTO users (user_id, city) VALUES ('u-2', 'Rome')\nSELECT * FROM dual;\n",
        "/*!40101 SET NAMES utf8mb4 */;\n/* unlike */ -- it's\n# a comment\n"
        "INSERT IGNORE INTO `shop`.`users` (`user_id`, `city`) VALUES ('u-1',\"Bern\"),(_utf8mb4'u-2','Rome');\n",
        "REPLACE INTO users (user_id, city) VALUES ('u-1', 'Bern');\ninsert or replace into users (user_id, city) values\n"
        "('u-2', E'R\\157me'::character varying(20));".replace("\\157", "o"),
        "\\restrict a'b\nCOPY public.users (user_id, city) FROM stdin;\nu-1\tBern\nu-2\tRome\n\\.\n\n\\unrestrict a'b\n",
        "COPY users (user_id, city) FROM stdin WITH (FORMAT text);\nu-1\tBern\nu-2\tRome",
    ],
)
def test_rows_are_read_as_each_database_writes_them(text: str) -> None:
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]
    assert users(text.replace("\r\n", "\n").replace("\n", "\r\n")) == [("u-1", "Bern"), ("u-2", "Rome")]
    assert read(text).changes == ()


def test_what_else_a_dump_has_is_named() -> None:
    detected = read(
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n"
        "CREATE TABLE IF NOT EXISTS users (user_id TEXT CHECK (user_id <> ','), -- its name, (and more\n"
        "  city VARCHAR(20) DEFAULT '),', PRIMARY KEY (user_id));\n"
        "INSERT INTO users VALUES('u-1','Bern');\nCREATE TABLE orders (id, total);\nINSERT INTO orders VALUES (1, now());\n"
        "INSERT INTO logs (id, at) VALUES (1, ';');\nDELETE FROM sqlite_sequence;\n"
        "CREATE FUNCTION f() AS $a$ SELECT 1; UPDATE users SET city = ''; $a$;\nCOMMIT;\n"
    )
    assert detected.changes == (
        "The columns are those of CREATE TABLE: user_id, city.",
        "The rows of orders are left out.",
        "The rows of logs are left out.",
        "7 statements without rows are left out: PRAGMA, BEGIN, CREATE, DELETE, ….",
    )
    assert '"USER_ID": "u-1",\n    "CITY": "Bern"' in detected.text


def test_rows_of_other_tables_are_named() -> None:
    copied = "COPY public.orders (id, total) FROM stdin;\n1\t2\n\\.\n\nCOPY users (user_id, city) FROM stdin;\nu-1\tBern\n\\.\n"
    assert users(copied) == [("u-1", "Bern")]
    assert read(copied).changes == ("The rows of orders are left out.",)


def test_a_definition_without_its_end_has_the_columns_that_it_has() -> None:
    assert users("CREATE TABLE users (user_id, city;\nINSERT INTO users VALUES ('u-1', 'Bern');") == [("u-1", "Bern")]


def test_rows_that_no_columns_are_named_for_are_in_the_order_of_the_schema() -> None:
    detected = read("SET NAMES utf8;\nINSERT INTO users VALUES ('u-1', 'Bern');\n")
    assert detected.words == "1 row of INSERT statements"
    assert detected.changes == (
        "These are rows without a heading. Put the names of the fields in the first line.",
        "The columns are taken in the schema's order: USER_ID, CITY.",
        "1 statement without rows is left out: SET.",
    )
    assert users("INSERT INTO a VALUES (1);\nINSERT INTO users (user_id, city) VALUES ('u-1', 'Bern');") == [
        ("u-1", "Bern")
    ]


@pytest.mark.parametrize(
    ("text", "city", "changes"),
    [
        (
            "INSERT INTO `users` (`user_id`, `city`) VALUES ('u-1','O\\'Hare \\\"x\\\\n\\n\\% ''y');",
            "O'Hare \"x\\n\n\\% 'y",
            ("Backslashes are read as MariaDB and PostgreSQL write them: \\t is a tab, \\n a line break.",),
        ),
        (f"{INSERT} ('u-1', E'a\\nb\\\\c');", "a\nb\\c", None),
        (
            f"{INSERT} ('u-1', 'a\\nb');",
            "a\\nb",
            (
                "Backslashes stay as they are. "
                "If a database client wrote \\t for a tab or \\n for a line break, put those in.",
            ),
        ),
        (
            f"SET standard_conforming_strings = on;\n{INSERT} ('u-1', 'a\\nb');",
            "a\\nb",
            ("1 statement without rows is left out: SET.",),
        ),
        (
            'COPY users (user_id, city) FROM stdin;\nu-1\ta\\tb\\\\N "c"\n\\.\n',
            'a\tb\\N "c"',
            ("Backslashes are read as MariaDB and PostgreSQL write them: \\t is a tab, \\n a line break.",),
        ),
    ],
)
def test_escapes_are_undone_where_the_database_is_certain(
    text: str, city: str, changes: tuple[str, ...] | None
) -> None:
    assert users(text) == [("u-1", city)]
    assert changes is None or read(text).changes == changes


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            f"{INSERT} ('u-1', 'Bern');\nINSERT INTO members (user_id, city) VALUES ('m-1', 'Rome');",
            "It has rows of users and of members. Paste those that you mean.",
        ),
        (
            f"{INSERT} ('u-1', 'Bern');\nUPDATE users SET city = 'Rome';",
            "Line 2: UPDATE changes rows of users. Paste them as they are now.",
        ),
        (
            f"{INSERT} ('u-1', 'Bern')\nAT ONCE;",
            "Line 2: expected an INSERT statement with values alone.",
        ),
        (f"{INSERT} ('u-1', x'42');", "Line 1: expected a value that is a text or a number; found “x'42'”."),
        (f"{INSERT} ('u-1', b'2');", "Line 1: expected a value that is a text or a number; found “b'2'”."),
        (f"{INSERT} ('u-1', E'\\x41');", "Line 1: expected a value that is a text or a number; found “E'\\x41'”."),
        (
            "COPY users (user_id, city) FROM stdin;\nu-1\n\\.\n",
            "Line 2: expected 2 cells, as the heading has; found 1. Add what is missing, or put a cell in double quotes "
            "that has the separator in it.",
        ),
        (
            "COPY users (user_id, city) FROM stdin;\n" + "u\tb\n" * 12 + "\\.\n",
            "Expected 1 to 10 users at a time; found 12.",
        ),
        (
            "INSERT INTO users VALUES ('u-1', 'Bern', 7);",
            "These are rows without a heading. Put the names of the fields in the first line. "
            "Each row of them needs a cell for each name.",
        ),
    ],
)
def test_what_is_not_certain_is_refused(text: str, refusal: str) -> None:
    detected = read(text)
    assert (detected.refusal, detected.text) == (refusal, "")


def test_bits_are_numbers() -> None:
    assert users("INSERT INTO users (user_id, city) VALUES ('u-1', b'101');") == [("u-1", "5")]


@pytest.mark.parametrize(
    "text",
    [
        "COPY users (user_id, city) FROM stdin;\n\\.\n",
        "SELECT 1; INSERT INTO users",
        "Copy this into the box.",
        "(INTO)",
    ],
)
def test_a_script_without_rows_is_left_alone(text: str) -> None:
    assert detect(TEXTS, "", text) is None


def test_semicolons_in_dollars_of_postgresql_end_no_statement() -> None:
    text = (
        "CREATE FUNCTION g() RETURNS int AS $$ SELECT 1; $$ LANGUAGE sql;\n"
        "CREATE FUNCTION f() RETURNS int AS $body$ SELECT '$$;' $body$ LANGUAGE sql;\n"
        "INSERT INTO users (user_id, city) VALUES ('u-1', 'Bern|x');\n"
    )
    assert users(text) == [("u-1", "Bern|x")]
    assert detect(TEXTS, "", f"SELECT {'$a' * 6000}") is None
    assert detect(TEXTS, "", "SELECT $$ USER_ID; no end") is None
