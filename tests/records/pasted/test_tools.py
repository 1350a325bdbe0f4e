"""What tools put around records: the words of a log, the quotes of a database, a record in each column."""

import json

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import SCHEMA, values
from tests.records.pasted.tables.reading import TEXTS, read, users

BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]
INSERT = 'INSERT INTO "users" ("user_id", "city") VALUES'
BOUND = f"{INSERT} ($1, $2)"
CODE = "Code stands beside its records"


@pytest.mark.parametrize(
    "text",
    [
        f"Executing (default): {INSERT} ('u-1','Bern'),('u-2','Rome') RETURNING \"user_id\";",
        f"(0.001) {INSERT} ('u-1', 'Bern'); args=('u-1', 'Bern'); alias=default\n"
        f"(0.002) {INSERT} ('u-2', 'Rome'); args=('u-2', 'Rome'); alias=default\n",
        f"I, [2026-11-30T08:15:57.278418 #2285]  INFO -- : (0.000061s) {INSERT} ('u-1', 'Bern'),\n ('u-2', 'Rome')",
    ],
)
def test_statements_behind_the_words_of_a_log_are_read(text: str) -> None:
    assert users(text) == BERN_AND_ROME
    assert read(text).words == "2 rows of INSERT statements, behind the prefixes of its lines"
    assert read(text).changes[0].startswith("What stands before each line is left out: “")


def test_what_stands_behind_a_statement_of_a_log_is_named() -> None:
    text = f"(0.001) {INSERT} ('u-1', 'Bern'); args=('u-1', 'Bern')\n"
    assert "What stands behind each statement is left out: “args=('u-1', 'Bern')” and so on." in read(text).changes


@pytest.mark.parametrize(
    "text",
    [
        f"-- {INSERT} ('u-1', 'Bern');",
        f"EXPLAIN {INSERT} ('u-1', 'Bern');",
        f"a: {INSERT} ('u-1', 'Bern');\nquite other words b: {INSERT} ('u-2', 'Rome');",
        f"a: {INSERT} ('u-1', 'Bern');\n{INSERT} ('u-2', 'Rome');",
    ],
)
def test_statements_behind_other_words_are_no_log(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or "behind the prefixes" not in detected.words


def test_a_long_log_of_sql_is_left_alone() -> None:
    text = "".join(f"(0.001) {INSERT} ('u-{number}', 'Bern');\n" for number in range(2_000))
    detected = detect(TEXTS, "", text)
    assert detected is None or "behind the prefixes" not in detected.words


def test_values_that_postgresql_logs_are_read() -> None:
    lines = (
        "2026-11-29 10:15:02.113 UTC [812] LOG:  execute <unnamed>: INSERT INTO users (user_id, age, score, vip, "
        "membership_type) VALUES ($1, $2, $3, $4, $5)\n"
        "2026-11-29 10:15:02.113 UTC [812] DETAIL:  parameters: $1 = 'u-1', $2 = NULL, $3 = '1.5', $4 = 't', $5 = 'Zoë''s'\n"
    )
    assert values(lines) == [("u-1", None, 1.5, True, "Zoë's")]


def test_values_that_rails_logs_are_read() -> None:
    pairs = '[["user_id", "u-1"], ["city", "Bern"]]'
    assert users(f"  User Create (0.6ms)  {BOUND}  {pairs}\n") == [("u-1", "Bern")]


@pytest.mark.parametrize(
    "behind",
    ["$1 = 'u-1'", "$2 = 'u-1', $1 = 'Bern'", "$1 = u, $2 = 'Bern'", "$1 = 'u-1', $2 = 'Bern', $3 = 'x'"],
)
def test_values_that_do_not_fit_the_placeholders_are_refused(behind: str) -> None:
    assert "values of its placeholders are not behind it" in read(f"{BOUND}\nDETAIL: parameters: {behind}\n").refusal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("INSERT INTO users (user_id, city) VALUES ('u-1', 'Zoë\\'s'), ('u-2', 'Rome');", ("u-1", "Zoë's")),
        ("INSERT INTO users (user_id, city) VALUES ('u-1', q'[Zoë's]');", ("u-1", "Zoë's")),
        ("INSERT INTO users (user_id, city) VALUES ('u-1', nq'!Zoë's!');", ("u-1", "Zoë's")),
        (
            "USE [Shop]\nGO\nSET NOCOUNT ON\nINSERT [dbo].[Users] ([USER_ID], [CITY]) VALUES (N'u-1', N'Bern')\nGO\n",
            ("u-1", "Bern"),
        ),
        ("INSERT INTO users (user_id, city) VALUES ('u-1', 'C:\\');", ("u-1", "C:\\")),
    ],
)
def test_texts_are_read_as_each_database_writes_them(text: str, found: tuple[str, str]) -> None:
    assert users(text)[0] == found


def test_what_is_no_value_of_sql_is_named_with_its_line() -> None:
    text = "INSERT INTO users (user_id, city) VALUES ('u-1', 'Bern'),\n('u-2', DEFAULT);"
    assert read(text).refusal == "Line 2: expected a value that is a text or a number; found “DEFAULT”."


@pytest.mark.parametrize(
    "lines",
    [
        '2026-11-30 08:20:39 put user {"userId": "u-1", "city": "Bern"} ok\n'
        '2026-11-30 08:20:40 put user {"userId": "u-2", "city": "Rome"} ok\n',
        "ok: [localhost] => (item={'USER_ID': 'u-1', 'CITY': 'Bern'})\n"
        "ok: [localhost] => (item={'USER_ID': 'u-2', 'CITY': 'Rome'})\n",
        'put {"userId": "u-1", "city": "Bern"} in 12ms\nput {"userId": "u-2", "city": "Rome"} in 9ms\n',
    ],
)
def test_records_with_the_same_words_behind_them_are_read(lines: str) -> None:
    assert users(lines) == BERN_AND_ROME


@pytest.mark.parametrize(
    "lines",
    [
        'put {"userId": "u-1", "city": "Bern"} ok\nput {"userId": "u-2", "city": "Rome"} failed\n',
        '\'{"userId": "u-1", "city": "Bern"}\'\n\'{"userId": "u-2", "city": "Zoë\'\\\'\'s"}\'\n',
        '{"userId": "u-1", "city": "Bern"}$\n{"userId": "u-2", "city": "ZM-CM-+"}$\n',
        'put {"userId": "u-1", "city": "Bern"} ok\nor\nput {"userId": "u-2", "city": "Rome"} ok\n',
    ],
)
def test_records_with_other_words_behind_them_are_not_read_as_one_list(lines: str) -> None:
    detected = detect(TEXTS, "", lines)
    assert detected is None or detected.refusal


def test_messages_of_a_log_have_words_before_their_records() -> None:
    events = [{"message": f'INFO put: {{"userId": "{each}", "city": "{city}"}}'} for each, city in BERN_AND_ROME]
    text = json.dumps({"events": events, "nextForwardToken": "f/1"})
    assert users(text) == BERN_AND_ROME
    assert read(text).changes == (
        "What stands before the object in each text is left out: “INFO put:” and so on.",
        "Left out around the records: nextForwardToken.",
    )


@pytest.mark.parametrize("message", ['put "{x}" {"userId": "u-1"}', '{a} {"userId": "u-1"} ok', "put {userId}"])
def test_other_messages_have_no_records(message: str) -> None:
    assert detect(TEXTS, "", json.dumps({"events": [{"message": message}]})) is None


def test_labels_before_the_lines_of_a_log_are_no_records() -> None:
    lines = "".join(
        f'2026-11-29T10:15:0{place}Z {{app="shop", pod="p-{place}"}} {{"userId": "{each}", "city": "{city}"}}\n'
        for place, (each, city) in enumerate(BERN_AND_ROME)
    )
    assert users(lines) == BERN_AND_ROME


@pytest.mark.parametrize(
    "text",
    [
        'users = tolist([\n  {\n    "CITY" = "Bern"\n    "USER_ID" = "u-1"\n  },\n  {\n    "CITY" = tostring("Rome")\n'
        '    "USER_ID" = "u-2"\n  },\n])\n',
        "df = spark.createDataFrame([('u-1', 'Bern'), ('u-2', 'Rome')], ['USER_ID', 'CITY'])\n",
        'data = <<ITEMS\n[{"userId": "u-1", "city": "Bern"}, {"userId": "u-2", "city": "Rome"}]\nITEMS\n',
        "exports.seed = async function (knex) {\n  await knex('users').del();\n  await knex('users').insert([\n"
        "    { user_id: 'u-1', city: 'Bern' },\n    { user_id: 'u-2', city: 'Rome' },\n  ]);\n};\n",
        '> dput(users)\nlist(list(USER_ID = "u-1", CITY = "Bern"), list(USER_ID = "u-2", CITY = "Rome"))\n> \n> \n',
        '[]main.User len: 2, cap: 2, [\n\t{UserID: "u-1", City: *"Bern",},\n\t{UserID: "u-2", City: *"Rome",},\n]\n',
    ],
)
def test_programs_and_their_consoles_are_read(text: str) -> None:
    assert users(text) == BERN_AND_ROME


def test_a_block_of_code_with_a_broken_record_is_refused() -> None:
    text = "run(() => {\n  put({ user_id: id(), city: 'Bern' });\n  put([{ user_id: 'u-2', city: 'Rome' }]);\n});\n"
    detected = detect(TEXTS, "", text)
    assert detected is None or detected.refusal


def test_two_texts_of_several_lines_are_no_wrapping() -> None:
    text = "a = <<A\nUSER_ID,CITY\nu-1,Bern\nA\nb = <<B\nUSER_ID,CITY\nu-2,Rome\nB\n"
    detected = detect(TEXTS, "", text)
    assert detected is None or detected.refusal


def test_texts_beside_one_another_are_said_to_be_joined() -> None:
    text = "[{'USER_ID': 'u-1' 'x', 'CITY': 'Bern'}]"
    assert users(text) == [("u-1x", "Bern")]
    assert "texts beside one another joined" in read(text).words


def test_texts_in_yaml_may_be_values_of_its_records() -> None:
    text = "".join(
        f'- userId: {each}\n  properties: |\n    {{\n      "city": "{city}"\n    }}\n' for each, city in BERN_AND_ROME
    )
    assert users(f"users:\n{text}") == BERN_AND_ROME


@pytest.mark.parametrize(
    "text",
    [
        "                0     1\nUSER_ID       u-1   u-2\nCITY     Old Bern  Rome\n",
        "┌─────────┬──────────┬──────────┐\n│ column  ┆ column_0 ┆ column_1 │\n╞═════════╪══════════╪══════════╡\n"
        "│ USER_ID ┆ u-1      ┆ u-2      │\n│ CITY    ┆ Old Bern ┆ Rome     │\n└─────────┴──────────┴──────────┘\n",
        "| Field | 1 | 2 |\n|---|---|---|\n| USER_ID | u-1 | u-2 |\n| CITY | Old Bern | Rome |\n",
    ],
)
def test_a_record_may_be_in_each_column(text: str) -> None:
    assert users(text) == [("u-1", "Old Bern"), ("u-2", "Rome")]


@pytest.mark.parametrize(
    "text",
    [
        "| Field | Type |\n|---|---|\n| USER_ID | string |\n| USER_ID | int |\n",
        "| Field | Type |\n|---|---|\n| USER_ID | string |\n| Age | int |\n| Zip | int |\n",
        "| Field |\n|---|\n| USER_ID |\n| CITY |\n",
    ],
)
def test_other_tables_have_their_records_in_rows(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or detected.refusal or "Markdown" not in detected.words


@pytest.mark.parametrize(
    "text",
    [
        "┌─────────┬────────┐\n│ (index) │ CITY   │\n├─────────┼────────┤\n│ u-1     │ 'Bern' │\n└─────────┴────────┘\n",
        "        CITY     ZIP\nUSER_ID AGE\nu-1     Bern\n",
    ],
)
def test_one_field_beside_an_index_is_no_table_of_records(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or "is taken for USER_ID" not in " ".join(detected.changes)


def test_an_index_has_the_ids_where_no_column_has_them() -> None:
    box = (
        "┌─────────┬──────┬───────┬───────┬─────────────────┐\n│ (index) │ AGE  │ SCORE │ VIP   │ MEMBERSHIP_TYPE │\n"
        "├─────────┼──────┼───────┼───────┼─────────────────┤\n│ u-1     │ 34   │ 1.5   │ true  │ Gold            │\n"
        "└─────────┴──────┴───────┴───────┴─────────────────┘\n"
    )
    assert values(box) == [("u-1", 34, 1.5, True, "Gold")]
    assert values(",AGE,SCORE,VIP,MEMBERSHIP_TYPE\nu-1,34,1.5,true,Gold\n") == [("u-1", 34, 1.5, True, "Gold")]


def test_the_names_of_an_index_stand_below_the_others() -> None:
    text = "             SCORE   VIP MEMBERSHIP_TYPE\nUSER_ID AGE                             \nu-1     34     1.5  True            Gold\n"
    assert values(text) == [("u-1", 34, 1.5, True, "Gold")]


@pytest.mark.parametrize(
    "text",
    [
        '(u-1,"Old Bern")\n(u-2,Rome)\n',
        '        u        \n-----------------\n (u-1,"Old Bern")\n (u-2,Rome)\n(2 rows)\n',
    ],
)
def test_rows_that_postgresql_shows_as_one_value_are_read(text: str) -> None:
    assert users(text) == [("u-1", "Old Bern"), ("u-2", "Rome")]


def test_words_in_parentheses_are_no_rows() -> None:
    assert detect(TEXTS, "", "(u-1,Bern)\nu-2,Rome\n") is None
    assert detect(TEXTS, "", "(see below, please)\n(both of them, too)\n") is None


def test_a_table_of_gherkin_is_read() -> None:
    text = "Given these users:\n  | USER_ID | CITY     |\n  | u-1     | a\\|b     |\n  | u-2     | Old Rome |\nWhen they are sent\n"
    assert users(text) == [("u-1", "a|b"), ("u-2", "Old Rome")]
    assert "Left out below the table: “When they are sent”." in read(text).changes


def test_a_backslash_before_a_bar_is_none_where_the_rows_fit_without() -> None:
    assert users("|USER_ID|CITY|\n|u-1\\|Bern|\n|u-2|Rome|\n") == [("u-1\\", "Bern"), ("u-2", "Rome")]


@pytest.mark.parametrize(
    "text",
    [
        "USER_ID: u-1 | CITY: Bern|x\nUSER_ID: u-2 | CITY: Rome\n",
        'USER_ID: "u-1", CITY: "Bern|x"\nUSER_ID: "u-2", CITY: "Rome"\n',
    ],
)
def test_names_and_values_have_bars_and_quotes(text: str) -> None:
    assert users(text) == [("u-1", "Bern|x"), ("u-2", "Rome")]


def test_a_separator_in_quotes_is_a_part_of_the_value() -> None:
    assert users('USER_ID: "u-1", CITY: "Bern, old"\nUSER_ID: u-2, CITY: Rome\n') == [
        ("u-1", "Bern, old"),
        ("u-2", "Rome"),
    ]


def test_the_time_below_a_result_is_no_row() -> None:
    text = "USER_ID CITY\n------- --------\nu-1     Old Bern\n\n(1 row affected)\n\n\nCompletion time: 2026-11-29T10:15:02.11+00:00\n"
    assert users(text) == [("u-1", "Old Bern")]


def test_an_index_with_the_name_of_a_field_has_no_ids() -> None:
    text = ",AGE,SCORE,VIP,MEMBERSHIP_TYPE\nUSER_ID,34,1.5,true,Gold\n"
    detected = detect(SCHEMA, "", text)
    assert detected is None or "is taken for USER_ID" not in " ".join(detected.changes)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "INSERT INTO users (user_id, city) VALUES ('u-1', 'Bern');\n-- INSERT INTO users (user_id, city) VALUES ('u-2', 'x');\n",
            "1 line that looks like a record is in comments, and left out: “-- INSERT INTO users (user_id, city) VAL…”.",
        ),
        (
            '{"userId": "u-1", "city": "Bern"}\n#{"userId": "u-2"}\n# {"userId": "u-3"}\n',
            '2 lines that look like records are in comments, and left out: “#{"userId": "u-2"}”.',
        ),
        (
            "- userId: u-1\n  city: Bern\n#- {userId: u-2, city: Rome}\n",
            "1 line that looks like a record is in comments, and left out: “#- {userId: u-2, city: Rome}”.",
        ),
    ],
)
def test_records_in_comments_are_named(text: str, note: str) -> None:
    assert users(text) == [("u-1", "Bern")]
    assert note in read(text).changes


@pytest.mark.parametrize(
    "text",
    [
        '# {"userId": "u-1", "city": "Bern"}\n# {"userId": "u-2", "city": "Rome"}\n',
        "- userId: u-1\n  city: Bern\n# the second {one}\n",
    ],
)
def test_other_comments_are_no_records(text: str) -> None:
    assert "in comments" not in " ".join(read(text).changes)


def test_an_id_that_ends_as_a_prompt_does_is_an_id() -> None:
    detected = detect(SCHEMA, "", "user_id:ab$\tage:34\nuser_id:u-2\tage:35\n")
    assert detected is not None
    assert [each["USER_ID"] for each in json.loads(detected.text)] == ["ab$", "u-2"]
