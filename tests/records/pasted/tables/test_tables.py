"""Tables in the ways of single programs: what belongs to a cell or a row, and what does not."""

import json

import pytest

from console.records.pasted.tables.sql.script import read_script
from tests.records.literal_schemas import users_schema
from tests.records.pasted.tables.reading import read, users

SCHEMA = users_schema(AGE=["null", "int"], SCORE="double", VIP="boolean", MEMBERSHIP_TYPE="categorical string")


def test_many_rows_of_one_statement_are_read() -> None:
    table = read_script(SCHEMA, "INSERT INTO users (user_id) VALUES " + "(1),\n" * 4_000 + "(1)")
    assert table is not None
    assert [line for line, _row in table.rows[:3]] == [1, 2, 3]
    assert len(table.rows) == 4_001


@pytest.mark.parametrize(
    "footer",
    [
        "(2 rows)",
        "\n(2 rows affected)",
        "\n2 rows selected.\n\n",
        "  2 record(s) selected.\n",
        "2 rows in set (0.00 sec)\n",
        "Query OK, 2 rows affected (0.01 sec)",
        "(2 rows)\n\nTime: 0.512 ms\n",
        "(1,024 rows)\n(2 rows)\n(3 rows)\n",
    ],
)
def test_a_count_of_rows_below_a_table_is_no_user(footer: str) -> None:
    aligned = f"USER_ID    CITY\n---------- ----------\nu-1        Bern\nu-2        Rome\n{footer}"
    assert users(aligned) == [("u-1", "Bern"), ("u-2", "Rome")]
    separated = f"USER_ID,CITY\nu-1,Bern\nu-2,Rome\n{footer}"
    assert users(separated) == [("u-1", "Bern"), ("u-2", "Rome")]


def test_a_row_that_only_begins_as_a_count_is_kept() -> None:
    assert users('USER_ID,CITY\n2 rows,Bern\n"u","a\n2 rows in set"') == [
        ("2 rows", "Bern"),
        ("u", "a\n2 rows in set"),
    ]
    assert users("USER_ID CITY\n2 rows\n3 towns\n") == [("2", "rows"), ("3", "towns")]


def test_a_number_that_begins_before_the_dashes_above_it_is_in_one_column() -> None:
    text = "USER_ID    CITY X\n-------    ---- -\nu-1        Bern 1\nu-2      Geneva 2\n"
    assert users(text) == [("u-1", "Bern"), ("u-2", "Geneva")]


def test_a_word_across_two_columns_is_refused() -> None:
    detected = read("USER_ID CITY\n------- ----\nu-1     Bern\nu-2345678 Rome\n")
    assert (detected.words, detected.refusal, detected.text) == (
        "a table with aligned columns",
        "Line 4: “u-2345678” stands in two columns. Align the columns, or paste CSV or JSON.",
        "",
    )


def test_a_list_of_powershell_has_its_values_behind_colons() -> None:
    text = "\nUSER_ID : u-1\nCITY    : Bern: old town\n\nUSER_ID : u-2\nCITY    : \n\nUSER_ID : u-3\nCITY    :\n"
    assert read(text).words == "3 records of PowerShell"
    assert users(text) == [("u-1", "Bern: old town"), ("u-2", ""), ("u-3", "")]
    # Where a line is none of such a list, it is no list of Miller's either.
    assert "Miller" not in read(f"{text}More    none\n").words


@pytest.mark.parametrize(
    ("separator", "types"),
    [
        ("\t", "String\tLowCardinality(Nullable(String))"),
        (",", '"String","Nullable(String)"'),
        (",", "UUID,FixedString(8)"),
    ],
)
def test_a_line_of_types_is_no_user(separator: str, types: str) -> None:
    text = f"USER_ID{separator}CITY\n{types}\nu-1{separator}Bern\nString{separator}b\n"
    assert users(text) == [("u-1", "Bern"), ("String", "b")]
    assert read(text).changes == ("The line of types below the heading is left out.",)


@pytest.mark.parametrize(
    "types", ["VARCHAR,VARCHAR", "text,character varying", "object,object", "(text),(text)", 'varchar(20),"int"']
)
def test_types_of_databases_and_data_frames_are_no_user(types: str) -> None:
    text = f"USER_ID,CITY\n{types}\nu-1,Bern\n"
    assert users(text) == [("u-1", "Bern")]
    assert read(text).changes == ("The line of types below the heading is left out.",)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("USER_ID,CITY\n-------,----\nu-1,Bern\nu-2,-\n", "Line 2 is left out: a rule of dashes."),
        ("USER_ID\tCITY\n=======\t=\nu-1\tBern\nu-2\t-\n", "Line 2 is left out: a rule of dashes."),
        ("USER_ID,CITY\nu-1,Bern\nUSER_ID,CITY\nu-2,-\n", "Line 3 is left out: the heading again."),
        (
            "USER_ID;CITY\nu-1;Bern\n\nUSER_ID;CITY\nUSER_ID;CITY\nu-2;-\n",
            "2 lines are left out, the first of them line 4: the heading again.",
        ),
    ],
)
def test_a_rule_and_the_heading_again_are_no_users_and_said(text: str, left_out: str) -> None:
    assert users(text) == [("u-1", "Bern"), ("u-2", "-")]
    assert read(text).changes == (left_out,)


def test_dashes_in_quotes_and_single_ones_are_values() -> None:
    assert users('USER_ID,CITY\n"---","---"\n-,-\n') == [("---", "---"), ("-", "-")]


@pytest.mark.parametrize("heading", ["ITEM_ID,PRICE", "Item ID,Price,Colour", "CITY,USER_ID", "i.item_id,i.price"])
def test_of_two_tables_below_each_other_none_is_taken(heading: str) -> None:
    detected = read(f"USER_ID,CITY\nu-1,Bern\n\n{heading}\nf-1,3\n")
    assert detected.text == ""
    assert detected.refusal == "It has more than one table: line 4 is a heading too. Paste the one that you mean."


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (
            "USER_ID,CITY\n#u-0,Bern\nu-1,Rome\n",
            ("Line 2 begins with # and is taken for a record: “#u-0”.",),
        ),
        (
            "USER_ID,CITY\nu-1,Bern\n# u-2,Rome\n#u-3,Rome\n",
            ("Line 3 begins with # and is taken for a record: “# u-2”, and 1 more.",),
        ),
        ("USER_ID,CITY\n#1,Bern\n#2,Rome\n", ()),
    ],
)
def test_a_row_that_begins_as_a_comment_is_named(text: str, changes: tuple[str, ...]) -> None:
    assert len(users(text)) == 2 + text.count("# u-2")
    assert read(text).changes == changes


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("USER_ID,CITY\n\u201cu-1\u201d,\u201eBern\u201c\n\u2018u-2\u2019,\u00abRome\u00bb\n", 4),
        ("USER_ID\tCITY\n`u-1`\t Bern\nu-2\t\u201dRome\u201d\n", 2),
        (
            "┌─────────┬─────────┬────────┐\n│ (index) │ USER_ID │ CITY   │\n├─────────┼─────────┼────────┤\n"
            "│ a       │ 'u-1'   │ 'Bern' │\n│ b       │ 'u-2'   │ 'Rome' │\n└─────────┴─────────┴────────┘\n",
            4,
        ),
    ],
)
def test_quotes_around_cells_are_no_part_of_them(text: str, count: int) -> None:
    detected = read(text)
    assert f"Quotes are left out: {count} cells stand in them." in detected.changes
    records = json.loads(detected.text)
    assert [(each["USER_ID"], each["CITY"].strip()) for each in records] == [("u-1", "Bern"), ("u-2", "Rome")]


def test_quotes_within_a_cell_are_part_of_it() -> None:
    assert users("USER_ID,CITY\nu-1,\u201ca\u201d or \u201cb\u201d\nu-2,\u2018it\u2019s\u2019\n") == [
        ("u-1", "\u201ca\u201d or \u201cb\u201d"),
        ("u-2", "it\u2019s"),
    ]


def test_one_cell_in_quotes_is_counted_as_one() -> None:
    assert read("USER_ID,CITY\nu-1,\u201cBern\u201d\n").changes == ("Quotes are left out: 1 cell stands in them.",)


def test_markup_in_cells_of_markdown_is_read_as_what_it_stands_for() -> None:
    detected = read(
        "| USER\\_ID | CITY |\n|---|---|\n| u\\-1 | a&#124;b &amp; &lt;c&#x3e; |\n| u-2 | d<br>e<BR/>f \\| \\d &nosuch; |\n"
    )
    assert [(each["USER_ID"], each["CITY"]) for each in json.loads(detected.text)] == [
        ("u-1", "a|b & <c>"),
        ("u-2", "d\ne\nf | \\d &nosuch;"),
    ]
    assert detected.changes == ("Markup of Markdown in 3 cells is read as what it stands for: “u\\-1”.",)


def test_backslashes_in_cells_of_markdown_stay_where_the_heading_has_none() -> None:
    assert users("| USER_ID | CITY |\n|---|---|\n| u\\-1 | a\\:b \\| C:\\x\\_y |\n") == [
        ("u\\-1", "a\\:b | C:\\x\\_y")
    ]
    assert users("| USER_ID | CITY |\n|---|---|\n| u\\-1 | a\\:b |\n") == [("u\\-1", "a\\:b")]


ESCAPED = [("user_7_x", "Zoë's a*b")]


@pytest.mark.parametrize(
    "text",
    [
        "| USER_ID | CITY |\n|---|---|\n| user_7\\_x | Zoë\\'s a\\*b |\n",
        "+------------+--------------+\n| USER_ID    | CITY         |\n+============+==============+\n"
        "| user_7\\_x | Zoë\\'s a\\*b |\n+------------+--------------+\n",
        "  USER_ID      CITY\n  ------------ --------------\n  user_7\\_x   Zoë\\'s a\\*b\n",
    ],
)
def test_backslashes_that_are_certainly_those_of_markdown_are_left_out_and_said(text: str) -> None:
    assert users(text) == ESCAPED
    assert "Markup of Markdown in 2 cells is read as what it stands for: “user_7\\_x”." in read(text).changes


@pytest.mark.parametrize(
    "text",
    [
        "+------------+--------------+\n| USER_ID    | CITY         |\n+------------+--------------+\n"
        "| user_7\\_x | Zoë\\'s a\\*b |\n+------------+--------------+\n",
        "USER_ID      CITY\n------------ --------------\nuser_7\\_x   Zoë\\'s a\\*b\n",
        "+============+==============+\n| USER_ID    | CITY         |\n+============+==============+\n"
        "| user_7\\_x | Zoë\\'s a\\*b |\n| C:\\x       | Bern         |\n+------------+--------------+\n",
    ],
)
def test_backslashes_in_tables_of_other_programs_stay(text: str) -> None:
    assert users(text)[0] == ("user_7\\_x", "Zoë\\'s a\\*b")


def test_escapes_of_json_in_markdown_are_its_own() -> None:
    text = '| id | doc |\n|---|---|\n| 1 | {"USER_ID": "u-1", "CITY": "\\"Bern\\""} |\n'
    assert users(text) == [("u-1", '"Bern"')]


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("USER_ID,CITY\nu-1,'Bern'\nu-2,'Zoë\\'s'\n", "Zoë's"),
        ("USER_ID\tCITY\nu-1\t'Bern'\nu-2\t'Zoë''s'\n", "Zoë's"),
        ("USER_ID = 'u-1'\nCITY = 'Bern'\n\nUSER_ID = 'u-2'\nCITY = \"Zoë's\"\n", "Zoë's"),
        ("USER_ID,CITY\nu-1,'Bern'\nu-2,'Zoë\\'s\\n'\n", "'Zoë\\'s\\n'"),
    ],
)
def test_quotes_around_all_texts_of_a_column_are_left_out(text: str, city: str) -> None:
    assert users(text)[1] == ("u-2", city)


def test_quotes_that_not_all_cells_of_a_column_have_stay_and_are_named() -> None:
    text = "USER_ID,CITY\nu-1,Bern\nu-2,'Zoë\"'s'\n"
    assert users(text)[1] == ("u-2", "'Zoë\"'s'")
    assert read(text).changes == ("Line 3: “'Zoë\"'s'” keeps its quotes, which not all cells of its column have.",)


@pytest.mark.parametrize(
    ("cells", "example"),
    [
        (("[u-1](https://a/u-9)", '[u-2](/u-8 "User 8")'), "“[u-1](https://a/u-9)” is “u-1”"),
        (("**u-1**", "__u-2__"), "“**u-1**” is “u-1”"),
        (("**[u-1](/9)**", "[**u-2**](/8)"), "“**[u-1](/9)**” is “u-1”"),
    ],
)
def test_links_and_emphasis_of_a_whole_column_of_markdown_are_left_out(cells: tuple[str, str], example: str) -> None:
    text = f"| USER_ID | CITY |\n|---|---|\n| {cells[0]} | **Bern** |\n| {cells[1]} | |\n"
    assert users(text) == [("u-1", "Bern"), ("u-2", "")]
    assert read(text).changes == (
        f"Links and emphasis of Markdown are left out of USER_ID: {example}.",
        "Links and emphasis of Markdown are left out of CITY: “**Bern**” is “Bern”.",
    )


def test_links_and_emphasis_of_some_cells_of_markdown_stay_and_are_named() -> None:
    text = "| USER_ID | CITY |\n|---|---|\n| u-1 | *Bern* |\n| __u2__ | _Rome_ |\n"
    assert users(text) == [("u-1", "*Bern*"), ("__u2__", "_Rome_")]
    assert read(text).changes == (
        "Line 4: “__u2__” keeps its markup, which not all cells of USER_ID have. Leave it out unless it is meant.",
    )


def test_escaped_asterisks_of_markdown_are_no_emphasis() -> None:
    assert users("| USER\\_ID | CITY |\n|---|---|\n| \\*\\*u\\*\\* | **a\\*b** |\n") == [("**u**", "a*b")]


def test_markup_in_one_cell_is_counted_as_one() -> None:
    changes = read("| USER_ID | CITY |\n|---|---|\n| u-1 | a &amp; b |\n").changes
    assert changes == ("Markup of Markdown in 1 cell is read as what it stands for: “a &amp; b”.",)
    bordered = "+---------+-----------+\n| USER_ID | CITY      |\n+---------+-----------+\n| u-1     | a &amp; b |\n"
    assert users(bordered) == [("u-1", "a &amp; b")]


@pytest.mark.parametrize(
    ("cities", "changes"),
    [
        (
            ["Bern on ..."],
            ("1 cell ends with “...”, as cells do that a program has cut: “Bern on ...”. Print the whole of them.",),
        ),
        (
            ["Bern on ...", "Rome at the river", "Paris o..."],
            ("2 cells end with “...”, as cells do that a program has cut: “Bern on ...”. Print the whole of them.",),
        ),
        (["Bern...", "Rome at the river"], ()),
    ],
)
def test_cells_that_look_cut_are_told(cities: list[str], changes: tuple[str, ...]) -> None:
    rows = "".join(f"|    u-{number}|{city:>20}|\n" for number, city in enumerate(cities))
    rule = f"+-------+{'-' * 20}+\n"
    assert read(f"{rule}|USER_ID|{'CITY':>20}|\n{rule}{rows}{rule}").changes == changes
    lines = "".join(f"{number}     u-{number}  {city:>20}\n" for number, city in enumerate(cities))
    assert read(f"  USER_ID  {'CITY':>20}\n{lines}").changes[1:] == changes
    # Of a file, no cell is cut.
    assert read("USER_ID,CITY\n" + "".join(f"u,{city}\n" for city in cities)).changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ann  10:02\n```USER_ID,CITY\nu-1,Bern```",
        "```\nUSER_ID,CITY\nu-1,Bern``` \nThanks",
        "````csv title=x\nUSER_ID,CITY\nu-1,Bern\n````",
        "~~~{r, echo=FALSE}\nUSER_ID,CITY\nu-1,Bern\n  ~~~",
        "```never closed is ``` this one\n~~~\nUSER_ID,CITY\nu-1,Bern\n~~~",
    ],
)
def test_a_fence_may_stand_beside_the_lines_within_it(text: str) -> None:
    assert users(text) == [("u-1", "Bern")]
    assert users(text.replace("\n", "\r\n")) == [("u-1", "Bern")]


def test_of_more_aligned_rows_than_can_be_sent_the_number_is_told() -> None:
    detected = read("USER_ID  CITY\n" + "u-1      Old Bern\n" * 11)
    assert detected.words == "11 rows of a table with aligned columns"
    assert detected.refusal == "Expected 1 to 10 users at a time; found 11."
    assert detected.text == ""


def test_bars_with_spaces_around_them_keep_cells_apart() -> None:
    # psql 15 --tuples-only.
    assert users(" u-1 | Gold|Family\n u-2 | Free\n") == [("u-1", "Gold|Family"), ("u-2", "Free")]
    assert users("USER_ID | CITY\nu-1 | a|b\nu-2 | c\n") == [("u-1", "a|b"), ("u-2", "c")]


def test_a_footer_in_quotes_is_no_row() -> None:
    # A report of Salesforce.
    text = '"USER_ID","CITY"\n"u-1","Bern"\n\n\n"Users"\n"Generated By:  Ann Lee  30/11/2026, 10:00"\n"Example AG"\n'
    assert users(text) == [("u-1", "Bern")]
    assert read(text).changes == ('Left out below the table: “"Users"” and 2 more lines.',)
