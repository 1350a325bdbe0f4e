"""Tables that are drawn in some other way, or with blanks alone, and what numbers, titles and documents they have."""

import json

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import users_schema
from tests.records.pasted.tables.reading import TEXTS, read, users

NUMBERED = "The column # of row numbers is left out."
UNNAMED = "The unnamed first column of row numbers is left out."
TABLES = {
    "a title of the AWS CLI": (
        "------------------\n|      Scan      |\n+----------+-----+\n|   CITY   | USER_ID |\n+----------+-----+\n"
        "|  Bern    |  u-1 |\n|  Old Rome|  u-2 |\n+----------+-----+\n",
        ("Left out above the table: “|      Scan      |”.",),
    ),
    "Hive's names": (
        "+----------------+-------------+\n| users.user_id  | users.city  |\n+----------------+-------------+\n"
        "| u-1            | Bern        |\n| u-2            | Old Rome    |\n+----------------+-------------+\n"
        "2 rows selected (0.3 seconds)\n",
        (),
    ),
    "types behind polars' names": (
        "┌───────────────┬────────────┐\n│ USER_ID (str) ┆ CITY (str) │\n╞═══════════════╪════════════╡\n"
        "│ u-1           ┆ Bern       │\n│ u-2           ┆ Old Rome   │\n└───────────────┴────────────┘\n",
        (),
    ),
    "borders of polars alone": (
        "shape: (2, 2)\n┌─────────────────────┐\n│ USER_ID   CITY      │\n╞═════════════════════╡\n"
        "│ u-1       Bern      │\n│ u-2       Old Rome  │\n└─────────────────────┘\n",
        (),
    ),
    "rich's minimal box": (
        "          ╷          \n  USER_ID │ CITY     \n╶─────────┼─────────╴\n  u-1     │ Bern     \n  u-2     │ Old Rome \n"
        "          ╵          \n",
        (),
    ),
    "rich's simple box": (
        "                      \n  USER_ID   CITY      \n ──────────────────── \n  u-1       Bern      \n  u-2       Old Rome  \n",
        (),
    ),
    "Nushell's numbers": (
        "╭───┬─────────┬──────────╮\n│ # │ USER_ID │   CITY   │\n├───┼─────────┼──────────┤\n│ 0 │ u-1     │ Bern     │\n"
        "│ 1 │ u-2     │ Old Rome │\n╰───┴─────────┴──────────╯\n",
        (NUMBERED,),
    ),
    "a box without a line below its heading": (
        "┏───┬─────────┬──────────┓\n│ # │ USER_ID │   CITY   │\n│ 0 │ u-1     │ Bern     │\n│ 1 │ u-2     │ Old Rome │\n"
        "┗───┴─────────┴──────────┛\n",
        (NUMBERED,),
    ),
    "ClickHouse's names in the edge": (
        "   ┌─USER_ID─┬─CITY─────┐\n1. │ u-1     │ Bern     │\n2. │ u-2     │ Old Rome │\n   └─────────┴──────────┘\n",
        (),
    ),
    "ClickHouse's blanks": (
        "    USER_ID   CITY     \n\n1.  u-1       Bern     \n2.  u-2       Old Rome \n",
        (UNNAMED,),
    ),
    "a data frame of Julia": (
        "2\u00d72 DataFrame\n Row │ USER_ID  CITY\n     │ String   String?\n─────┼───────────────────\n   1 │ u-1      Bern\n"
        "   2 │ u-2      Old Rome\n",
        ("The column Row of row numbers is left out.",),
    ),
    "an index with a name": ("         CITY    \nUSER_ID          \nu-1      Bern    \nu-2      Old Rome\n", ()),
    "a data frame in two parts": (
        "  USER_ID  \\\n0     u-1   \n1     u-2   \n\n       CITY  \n0      Bern  \n1  Old Rome  \n",
        (UNNAMED,),
    ),
    "a data.table of R": ("   USER_ID  CITY\n1:     u-1  Bern\n2:     u-2  Old Rome\n", (UNNAMED,)),
    "rows and columns of a spreadsheet": (
        "\tA\tB\n1\tUSER_ID\tCITY\n2\tu-1\tBern\n3\tu-2\tOld Rome\n",
        ("Left out above the table: “A\tB”.", "The column 1 of row numbers is left out."),
    ),
    "rows without a heading in borders": (
        "+-----+----------+\n| u-1 | Bern     |\n| u-2 | Old Rome |\n+-----+----------+\n",
        (
            "These are rows without a heading. Put the names of the fields in the first line.",
            "The columns are taken in the schema's order: USER_ID, CITY.",
        ),
    ),
}


@pytest.mark.parametrize(("text", "changes"), TABLES.values(), ids=list(TABLES))
def test_a_table_is_read_however_it_is_drawn(text: str, changes: tuple[str, ...]) -> None:
    for line_break in ("\n", "\r\n"):
        written = text.replace("\n", line_break)
        assert users(written) == [("u-1", "Bern"), ("u-2", "Old Rome")]
        assert read(written).changes == changes


@pytest.mark.parametrize(
    "rule", ["   └─────────┴──────", "   └────", "   └─────────┴──────────┘", "   ├─────────┼──────────┤"]
)
def test_a_rule_that_is_cut_leaves_no_column_out(rule: str) -> None:
    text = f"   ┌─USER_ID─┬─CITY─────┐\n1. │ u-1     │ Bern     │\n2. │ u-2     │ Old Rome │\n{rule}"
    assert users(text) == [("u-1", "Bern"), ("u-2", "Old Rome")]


def test_a_rule_without_joints_has_columns_below_the_bars_of_the_heading() -> None:
    rule = "+--------------------+\n"
    text = f"{rule}| USER_ID | CITY     |\n{rule}| u-1     | a|b      |\n| u-2     | Old Rome |\n{rule}"
    assert users(text) == [("u-1", "a|b"), ("u-2", "Old Rome")]


def test_a_word_that_is_as_near_to_one_column_as_to_the_next_is_refused() -> None:
    detected = read("   USER_ID     CITY\n1:     u-1     Bern\n2:     u-2 Old Rome\n")
    assert detected.refusal == "Words stand as near to one column as to the next one. Paste CSV or JSON."


def test_a_box_of_names_and_values_is_one_record() -> None:
    assert users("╭─────────┬──────╮\n│ USER_ID │ u-1  │\n│ CITY    │ Bern │\n╰─────────┴──────╯\n") == [
        ("u-1", "Bern")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "line_number,USER_ID,CITY\n1,u-1,Bern\n3,u-2,Rome\n",
        "1,USER_ID,CITY\n1,u-1,Bern\n2,u-2,Rome\n",
        "#,USER_ID,CITY\n5,u-1,Bern\n6,u-2,Rome\n",
        "#,USER_ID,CITY\na,u-1,Bern\n",
    ],
)
def test_a_column_that_does_not_count_the_rows_is_kept(text: str) -> None:
    assert not any("row numbers" in sentence for sentence in read(text).changes)


@pytest.mark.parametrize(
    "text",
    [
        "+---+\n| a |\n+---+\n",
        "+---+---+---+\n| a | b | c |\n+---+---+---+\n",
        "+---+---+\n",
        "+-----------+\n|     a     |\n+---+---+---+\n| b | c | d |\n+---+---+---+\n",
        "a \\\n0 b\n\nc\n0 d\n\ne\n0 f\n",
        " name\n------\n Bern\n",
        "name\n---\n",
    ],
)
def test_other_drawings_are_left_alone(text: str) -> None:
    assert detect(TEXTS, "", text) is None


DOCUMENT = '{"user_id":"u-1","city":"Bern"}'
OTHER = '{"user_id":"u-2","city":"Old Rome"}'


@pytest.mark.parametrize(
    ("text", "words", "changes"),
    [
        (
            f"  row_to_json\n----------------\n {DOCUMENT}\n {OTHER}\n(2 rows)\n",
            "2 users as JSON in rows of a psql table",
            (),
        ),
        (
            f"  json_agg\n----------------\n [{DOCUMENT},   +\n  {OTHER}]\n(1 row)\n",
            "2 users as JSON in rows of a psql table",
            (),
        ),
        (
            f" id | doc\n----+---------\n  1 | {DOCUMENT}\n  2 | {OTHER}\n(2 rows)\n",
            "2 users as JSON in rows of a psql table",
            ("Left out beside the JSON: id.",),
        ),
        (
            f"*** 1. row ***\nr: [{DOCUMENT}, {OTHER}]\n",
            "2 users as JSON in records of MySQL or MariaDB",
            (),
        ),
        (
            ' user_id | doc\n---------+---------\n u-1     | {"city": "Bern"}\n u-2     | {"city": "Old Rome"}\n',
            "2 users as JSON in rows of a psql table",
            (),
        ),
    ],
)
def test_records_in_a_column_of_json_are_read(text: str, words: str, changes: tuple[str, ...]) -> None:
    detected = read(text)
    assert (detected.words, detected.changes) == (words, changes)
    assert users(text) == [("u-1", "Bern"), ("u-2", "Old Rome")]


@pytest.mark.parametrize(
    "text",
    [
        f" a | b\n---+---\n {DOCUMENT} | {DOCUMENT}\n",
        " a | b\n---+---\n 1 | [2]\n",
        " a | b\n---+---\n 1 | [2\n",
        " id | doc\n----+---------\n  1 | [{}]\n",
    ],
)
def test_a_column_that_has_no_records_is_left_as_it_is(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or "as JSON" not in detected.words


def test_a_document_beside_the_id_need_not_be_a_record_of_its_own() -> None:
    text = ' user_id | doc\n---------+---------\n u-1     | {"x": 1, "city": "Bern"}\n'
    assert json.loads(read(text).text) == [{"USER_ID": "u-1", "CITY": "Bern"}]


def test_of_more_documents_than_can_be_sent_the_number_is_told() -> None:
    documents = ", ".join([DOCUMENT] * 11)
    detected = read(f"  json_agg\n----------------\n [{documents}]\n(1 row)\n")
    assert detected.refusal == "Expected 1 to 10 users at a time; found 11."


def test_a_number_without_its_zero_has_one() -> None:
    detected = detect(users_schema(SCORE="double"), "", "USER_ID      SCORE\n---------- -------\nu-1           -.25\n")
    assert detected is not None
    assert detected.changes == ("-.25 becomes -0.25.",)
    assert json.loads(detected.text) == [{"USER_ID": "u-1", "SCORE": -0.25}]


def boxed(second: str, *, has_rule: bool = True) -> str:
    """Return a box of a heading, a second row, and two users below a rule."""
    rule = ["├─────────┼─────────┼────────────────────────────────────────────┤"] if has_rule else []
    lines = [
        "┌─────────┬─────────┬────────────────────────────────────────────┐",
        "│ user_id │  city   │                     at                     │",
        f"│ {second.replace('|', '│')} │",
        *rule,
        "│ u-1     │ Bern    │ 2026-11-03 09:14:55+00                     │",
        "│ u-2     │ Rome    │ 2026-11-03 09:14:55+00                     │",
        "└─────────┴─────────┴────────────────────────────────────────────┘",
    ]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "name",
    [
        "timestamp with time zone",
        "timestamp with time zone[]",
        "struct(a timestamp with time zone, b integer)",
        "double precision",
        "character varying(20)",
        "timestamp_ns",
    ],
)
def test_types_of_several_words_are_no_record(name: str) -> None:
    text = boxed(f"varchar | varchar | {name:<42}")
    assert [json.loads(read(text).text)[place]["USER_ID"] for place in (0, -1)] == ["u-1", "u-2"]
    assert read(text).words == "2 rows of a table in a box"


def test_types_in_a_box_without_a_rule_are_left_out() -> None:
    detected = read(boxed(f"varchar | varchar | {'timestamp with time zone':<42}", has_rule=False))
    assert detected.words == "2 rows of a table in a box"
    assert detected.changes == (
        "The line of types below the heading is left out.",
        "Left out, as the schema has no field for it: at.",
    )


@pytest.mark.parametrize("second", ["u-0     | Bern    ", "anna    | varchar "])
def test_a_row_of_several_words_above_a_rule_is_a_record(second: str) -> None:
    detected = read(boxed(f"{second}| {'with time zone':<42}"))
    assert detected.words == "3 rows of a table in a box"
