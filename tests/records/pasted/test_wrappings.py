"""What stands around a text: what is left out with it is said, and of two texts neither is taken."""

import json

import pytest

from console.records.pasted.detection import detect
from console.records.pasted.wrappings.unwrapping import unwrapped
from tests.records.pasted.tables.reading import TEXTS, read, users

CSV = "USER_ID,CITY\nu-1,Bern\nu-2,Rome\n"
TAB = "\t"
ALIGNED = "USER_ID  CITY\n-------  --------\nu-1      Bern\nu-2      Old Rome\n"
VERTICAL = "-[ RECORD 1 ]\nuser_id | u-1\ncity    | Bern\n-[ RECORD 2 ]\nuser_id | u-2\ncity    | Rome\n"
PSQL = " user_id | city\n---------+------\n u-1     | Bern\n u-2     | Rome\n(2 rows)\n"
ONE = '{"userId": "u-1", "city": "Bern"}'
LINES = f'{ONE}\n{{"userId": "u-2", "city": "Rome"}}\n'
COMMIT = (
    "commit 4409770a84e5\nAuthor: Ann <ann@shop.example>\nDate:   Mon Nov 30 05:54:14 2026 +0000\n\n    Add users\n\n"
)
DIFF = (
    "diff --git a/users.csv b/users.csv\nnew file mode 100644\nindex 0000000..25d414c\n--- a/users.csv\n"
    "+++ b/users.csv\n@@ -1,3 +1,3 @@\n USER_ID,CITY\n-u-1,Bonn\n+u-1,Bern\n u-2,Rome\n"
)
BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]


@pytest.mark.parametrize(
    ("text", "words", "changes"),
    [
        (
            "[\n  {\n    \x1b[32m\"userId\"\x1b[0m: \x1b[1;38;5;9m'u-1'\x1b[m, city: 'Bern'\n  }, {userId: 'u-2', city: 'Rome'}\n]",
            "nearly JSON: text put in straight double quotes, names put in double quotes, in colours",
            ("The codes of colours are left out.",),
        ),
        (
            '\x1b]0;title\x07\x1b(B[{"userId": "u-1", "city": "Bern"}, {"userId": "u-2", "city": \x1b[32m"Rome"\x1b[0m}]',
            "2 users, in colours",
            ("The codes of colours are left out.",),
        ),
        (
            f"\x1b[1m{CSV}\x1b[0m",
            "2 rows of CSV, in colours",
            ("The codes of colours are left out.",),
        ),
        (f"Please add:\n{{noformat}}\n{CSV}{{noformat}}\n", "2 rows of CSV, in a block of code", ()),
        (f"{{code:title=users.csv|theme=x}}\n{CSV}{{code}}", "2 rows of CSV, in a block of code", ()),
        (f"[code=csv]{CSV}[/code] thanks", "2 rows of CSV, in a block of code", ()),
        (
            "On Monday\nAnn wrote:\n\n" + "".join(f"> {line}\n" for line in CSV.splitlines()),
            "2 rows of CSV, in a quotation",
            ("Left out above the quotation: “On Monday Ann wrote:”.",),
        ),
        (
            f"$ cd data\n$ cat users.csv\n{CSV}$ ",
            "2 rows of CSV, in a session",
            ("Left out around the output: “$ cd data $ cat users.csv $”.",),
        ),
        (
            f"shop=# select *\nshop-# from users;\n{PSQL}\nshop=# \\q\n",
            "2 rows of a psql table, in a session",
            ("Left out around the output: “shop=# select * shop-# from users; shop=…”.",),
        ),
        (
            f"hive (shop)> select * from users;\nOK\n{CSV.replace(',', TAB)}Time taken: 0.123 seconds, Fetched: 2 row(s)\nhive (shop)> ",
            "2 rows of a spreadsheet, in a session",
            ("Left out around the output: “hive (shop)> select * from users; hive (…”.",),
        ),
        (
            "spark-sql> select * from users;\nu-1\tBern\nu-2\tRome\nTime taken: 0.5 seconds, Fetched 2 row(s)\n",
            "2 rows of a spreadsheet, in a session",
            (
                "Left out around the output: “spark-sql> select * from users;”.",
                "These are rows without a heading. Put the names of the fields in the first line.",
                "The columns are taken in the schema's order: USER_ID, CITY.",
            ),
        ),
        (
            "OK\nu-1|Bern\nu-2|Rome\nRun Time: real 0.001 user 0.000 sys 0.000\n",
            "2 rows with bars",
            (
                "These are rows without a heading. Put the names of the fields in the first line.",
                "The columns are taken in the schema's order: USER_ID, CITY.",
            ),
        ),
        (
            f"In [3]: users\nOut[3]: \n{ALIGNED.replace('Old ', '')}",
            "2 rows of a table with aligned columns, after a prompt, in a session",
            ("Left out around the output: “In [3]: users”.",),
        ),
        (
            f"Hello Ann,\nplease add:\n\n{VERTICAL}\nThanks\n",
            "2 records of psql",
            (
                "Left out above the table: “Hello Ann,” and 1 more line.",
                "Left out below the table: “Thanks”.",
            ),
        ),
        (
            f"Users of Monday\n\n{CSV}\nThanks, Ann\nfrom the shop\nin the old town\n",
            "2 rows of CSV",
            (
                "Left out above the table: “Users of Monday”.",
                "Left out below the table: “Thanks, Ann” and 2 more lines.",
            ),
        ),
        (
            f"Users:\n{PSQL}\nThanks, Ann\n",
            "2 rows of a psql table",
            ("Left out above the table: “Users:”.", "Left out below the table: “Thanks, Ann”."),
        ),
    ],
)
def test_what_stands_around_a_text_is_left_out(text: str, words: str, changes: tuple[str, ...]) -> None:
    for line_break in ("\n", "\r\n"):
        detected = read(text.replace("\n", line_break))
        assert (detected.words, detected.changes) == (words, changes)
        assert users(text.replace("\n", line_break)) == BERN_AND_ROME


def test_a_table_with_spaces_is_found_among_paragraphs() -> None:
    assert users(f"Hello Ann,\n\n{ALIGNED}\n\nThanks\n") == [("u-1", "Bern"), ("u-2", "Old Rome")]


@pytest.mark.parametrize(
    "below",
    [
        *(
            ">>> ",
            "sqlite> ",
            "mysql> ",
            "MariaDB [shop]> ",
            "postgres=# ",
            "shop=> ",
            "scala> ",
            "In [4]: ",
            "$ ",
            "> ",
            "% ",
        ),
        *("ann@web1:~/shop$ ", "[ann@web1 shop]$ ", "ann@mac shop % ", "PS C:\\shop> ", "C:\\shop>", "bash-5.2$ "),
        *("irb(main):002:0> ", "Thanks, Ann", "Best regards", "\nIn [4]: ", "\nBest,", "\nPlease add both by Monday."),
    ],
)
def test_what_stands_below_a_table_with_spaces_is_no_row(below: str) -> None:
    detected = read(f"{ALIGNED}{below}")
    assert users(f"{ALIGNED}{below}") == [("u-1", "Bern"), ("u-2", "Old Rome")]
    assert detected.changes == (f"Left out below the table: “{below.strip()}”.",)


FRAME = "  USER_ID      CITY\n0     u-1      Bern\n1     u-2  Old Rome\n"
NAMES = "USER_ID  AGE  CITY\nann        7  Bern\nbob       19  Old Rome\n"


@pytest.mark.parametrize("below", ["Done.", "etc.", "exit", "(END)", "--More--", "Process finished now"])
def test_words_that_touch_a_data_frame_are_no_row(below: str) -> None:
    assert users(f"{FRAME}{below}\n") == [("u-1", "Bern"), ("u-2", "Old Rome")]
    assert f"Left out below the table: “{below}”." in read(f"{FRAME}{below}").changes


def test_a_mark_of_rows_that_are_left_out_is_no_row() -> None:
    for mark in ("...", "\u2026"):
        assert "Its program has left rows or columns out" in read(f"{FRAME}{mark}\n").refusal


def test_a_word_that_may_be_an_id_is_a_row_and_named() -> None:
    detected = read(f"{NAMES}exit\n")
    assert [each["USER_ID"] for each in json.loads(detected.text)] == ["ann", "bob", "exit"]
    assert detected.changes[0] == (
        "Line 4: only “exit” stands there. It is taken as a row: remove the record if it is a word below the table."
    )


def test_a_row_that_begins_as_others_is_a_row() -> None:
    assert users("USER_ID  CITY\nu-1      Bern\nu-2\n") == [("u-1", "Bern"), ("u-2", "")]


def test_an_answer_below_a_table_with_spaces_is_no_row() -> None:
    text = f">>> df.head()\n{ALIGNED}>>> df.shape\n(2, 2)\n\nThanks,\nAnn\n"
    assert users(text) == [("u-1", "Bern"), ("u-2", "Old Rome")]
    assert read(text).changes == ("Left out below the table: “>>> df.shape” and 3 more lines.",)


@pytest.mark.parametrize(
    "row",
    [
        "\nu-3      Oslo",
        "ann@b.ch Oslo",
        "ann@b.ch 5%",
        "$ 5      Oslo",
        "\nu-3 Oslo",
        "best-1   Oslo",
        "thanks   Oslo",
    ],
)
def test_a_row_that_looks_like_a_prompt_or_words_is_a_row(row: str) -> None:
    heading = "USER_ID  CITY\nu-1      Bern\n" if "  " in row else "USER_ID CITY\nu-1     Bern\n"
    found = users(f"{heading}{row}\n")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (f"{PSQL}\n{PSQL}", "It has more than one table. Paste the one that you mean."),
        (
            f"One:\n\n{ALIGNED}\nTwo:\n\n{ALIGNED}",
            "It has more than one table among its words. Paste the one that you mean.",
        ),
        (
            "Hello Ann,\n\nUSER_ID CITY\n------- ----\nu-1     Bern\nu-2345678 Rome\n",
            "Line 4: “u-2345678” stands in two columns. Align the columns, or paste CSV or JSON.",
        ),
        (
            f"{ALIGNED}\nsqlite> select * from old;\n{ALIGNED}",
            "It has more than one table. Paste the one that you mean.",
        ),
        (
            f"{{code}}{CSV}{{code}}\n[code]{CSV}[/code]",
            "It has more than one block of code. Paste the one that you mean.",
        ),
        (
            f"{CSV}\nu-3\tx\n\nu-4,Paris,x\n",
            "Line 5: expected 2 cells, as the heading has; found 1. Add what is missing, or put a cell in double quotes "
            "that has the separator in it.",
        ),
    ],
)
def test_of_two_texts_neither_is_taken(text: str, refusal: str) -> None:
    detected = read(text)
    assert (detected.refusal, detected.text) == (refusal, "")


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        (f'{LINES}{{"userId": "u-3", "city": "R"ome"}}', 3, '{"userId": "u-3", "city": "R"ome"}'),
        (f'{LINES}{{"level": "a"b"}}', 3, '{"level": "a"b"}'),
        (f'Saved {ONE}\nSaved {{"city": "a"b"}}\nSaved {ONE}', 2, 'Saved {"city": "a"b"}'),
        (f'Saved {ONE}\nSaved {{"city": "a"b"}}\nSaved {ONE}'.replace("\n", "\r\n"), 2, 'Saved {"city": "a"b"}'),
        ("Saved User{userId='u-1'}\nSaved User{userId='u-2', city='O'Neil'}", 2, None),
        ("return [\n ['user_id' => 'u-1'],\n ['user_id' => 'u-2'],\n ['user_id' => 'u", 2, "['user_id' => 'u-1'],"),
        (f"{LINES}ok then {{userId=c-2, city=Bern}}", 3, "ok then {userId=c-2, city=Bern}"),
        (f"{LINES}and user_id: 7, city: 'Bern'", 3, "and user_id: 7, city: 'Bern'"),
        (f'Id": "u-0", "city": "Rome"}}\n{LINES}', 1, 'Id": "u-0", "city": "Rome"}'),
    ],
)
def test_what_is_left_out_beside_records_is_no_broken_record(text: str, line: int, part: str | None) -> None:
    detected = read(text)
    shown = part or "Saved User{userId='u-2', city='O'Neil'}"
    assert detected.refusal == (
        f"Line {line}: “{shown}” looks like a part of records that cannot be read: something is cut, or a quote or "
        "bracket is not closed. Complete it, or leave that part out."
    )
    assert detected.text == ""


@pytest.mark.parametrize(
    "around",
    [
        "{} See {{the guide}}",
        "The user_id: is the id, and city = the town of {}",
        "for user 7 we have {}",
        "interface User {{ userId: string; city: 'Bern' | 'Rome' }}\nconst u = {}",
        "saved user_id=7 as {}",
    ],
)
def test_words_beside_records_are_left_out(around: str) -> None:
    assert users(around.format(ONE)) == [("u-1", "Bern")]


def test_another_table_below_is_named_where_it_is_no_table_of_such_records() -> None:
    assert read(f"{PSQL}\n id | total\n----+-------\n  1 | 2\n").changes == (
        "Left out below the table: “id | total” and 1 more line.",
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{CSV}\nu-3,Paris\n", [*BERN_AND_ROME, ("u-3", "Paris")]),
        (f'{CSV}u-3,"a\n\nThanks, Ann"\n', [*BERN_AND_ROME, ("u-3", "a\n\nThanks, Ann")]),
        (f"{CSV.replace(',', ', ')}\nu-3, Paris\n", [*BERN_AND_ROME, ("u-3", "Paris")]),
    ],
)
def test_rows_below_a_blank_line_are_rows(text: str, found: list[tuple[str, str]]) -> None:
    assert users(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "\x1bred",
        "{code}never closed",
        "On Monday:\n> a\nand b",
        "Ann\n> a\n> b",
        "$ one\na\n$ two\nb\n",
        "$ one\n$ two\n",
        "one\n\ntwo\n\nthree",
    ],
)
def test_what_has_no_such_text_in_it_is_left_alone(text: str) -> None:
    assert detect(TEXTS, "", text) is None


@pytest.mark.parametrize(
    ("above", "below", "changes"),
    [
        ("", "", ()),
        (COMMIT, "", ("Left out above the diff: “commit 4409770a84e5” and 3 more lines.",)),
        (
            "From 4409770a84e5 Mon Sep 17 00:00:00 2001\nSubject: [PATCH] add users\n\n---\n users.csv | 3 +++\n\n",
            "-- \n2.39.5\n\n",
            ("Left out above the diff: “From 4409770a84e5 Mon Sep 17 00:00:00 20…” and 3 more lines.",),
        ),
        ("$ git diff\n", "$ ", ("Left out above the diff: “$ git diff”.", "Left out below the diff: “$”.")),
    ],
)
def test_the_new_side_of_a_commit_is_read(above: str, below: str, changes: tuple[str, ...]) -> None:
    for line_break in ("\n", "\r\n"):
        text = f"{above}{DIFF}{below}".replace("\n", line_break)
        assert users(text) == BERN_AND_ROME
        assert (read(text).words, read(text).changes) == ("2 rows of CSV, in the new lines of a diff", changes)


def test_of_two_commits_neither_is_taken() -> None:
    text = f"{COMMIT}{DIFF}\n{COMMIT}{DIFF}"
    more = "It has the changes of more than one commit. Paste those of the one that you mean."
    assert (read(text).refusal, read(text).text) == (more, "")


@pytest.mark.parametrize(
    ("above", "below", "changes"),
    [
        ("These users (2)\n", "", ("Left out above the table: “These users (2)”.",)),
        ("Hi Bob,\nplease add these\n", "", ("Left out above the table: “Hi Bob,” and 1 more line.",)),
        ("Please add:\n", "", ("Left out above the table: “Please add:”.",)),
        ("", "Thanks, Ann", ("Left out below the table: “Thanks, Ann”.",)),
        ("", "Thanks,\nAnn\n", ("Left out below the table: “Thanks,” and 1 more line.",)),
        ("", ">>> ", ("Left out below the table: “>>>”.",)),
        ("(both users)\n", "$ ", ("Left out above the table: “(both users)”.", "Left out below the table: “$”.")),
    ],
)
@pytest.mark.parametrize(
    "fields",
    [
        "User ID: u-1\nCity: Bern\n\nUser ID: u-2\nCity: Rome\n",
        "user_id : u-1\ncity    : Bern\n\nuser_id : u-2\ncity    : Rome\n",
        "user_id = u-1\ncity = Bern\n\nuser_id = u-2\ncity = Rome\n",
    ],
)
def test_words_that_touch_records_are_left_out_alone(
    fields: str, above: str, below: str, changes: tuple[str, ...]
) -> None:
    for line_break in ("\n", "\r\n"):
        text = f"{above}{fields}{below}".replace("\n", line_break)
        assert users(text) == BERN_AND_ROME
        assert read(text).changes == changes


def test_a_prompt_that_touches_records_of_miller_is_left_out_alone() -> None:
    assert users("user_id u-1\ncity    Bern\n\nuser_id u-2\ncity    Rome\n$ ") == BERN_AND_ROME


def test_a_record_that_cannot_be_read_beside_others_is_not_left_out() -> None:
    text = "User ID: u-1\nCity: Bern\n\nUser ID: u-2\nof Italy\nCity: Rome\n\nSee you\n"
    assert read(text).refusal == (
        "The lines from “User ID: u-2” on look like a record, and one of them is no field with a value. Put one field "
        "on each line, and a blank line before other words."
    )


CUT = "the last row may be cut, since it does not end with"
MARKDOWN = "|USER_ID|CITY|\n|---|---|\n|u-1|Bern|\n|u-2|Rome"
ROWS = "<tr><th>USER_ID</th><th>CITY</th></tr>\n<tr><td>u-1</td><td>Bern</td></tr>\n<tr><td>u-2</td><td>Rome"
QUOTED = '"USER_ID","CITY"\n"u-1","Bern"\n"u-2",'


BOX = "┌─────────┬──────┐\n│ USER_ID │ CITY │\n├─────────┼──────┤\n│ u-1     │ Bern │\n"


@pytest.mark.parametrize(
    ("text", "city", "changes"),
    [
        (f"{MARKDOWN}|", "Rome", ()),
        (MARKDOWN, "Rome", (f"Line 4: {CUT} a bar. Check its values.",)),
        (MARKDOWN.replace("|\n", "\n").replace("---|---", "---|---|"), "Rome", ()),
        (f"<table>{ROWS}</td></tr></table>", "Rome", ()),
        (f"{ROWS}</td></tr>", "Rome", ()),
        (ROWS, "Rome", (f"Line 3: {CUT} its tags. Check its values.",)),
        (f"<table>{ROWS}</td></tr>", "Rome", (f"Line 3: {CUT} its tags. Check its values.",)),
        (f"<table>{ROWS.replace('</td>', '')}</table>", "Rome", ()),
        (f'{QUOTED}"Café ""Rome"""', 'Café "Rome"', ()),
        (f'{QUOTED}"Café ""Rome"', 'Café "Rome', (f"Line 3: {CUT} a quote that closes. Check its values.",)),
        (f'{QUOTED}"5"""\n', '5"', ()),
        (f"{CSV}u-3,Rome".replace("u-2,Rome\n", "").replace("u-3", "u-2"), "Rome", ()),
        ("USER_ID,CITY\nu-1,Bern\nu-2,", "", (f"Line 3: {CUT} a value. Check its values.",)),
        ("USER_ID,CITY\nu-1,Bern\nu-2,\n", "", ()),
        ("USER_ID,CITY\nu-1,Bern\nu-2,Rome...\n", "Rome...", ()),
        (
            f'{QUOTED}"Ro\u2026"',
            "Ro\u2026",
            ("The last cell ends as a text does that was cut: “Ro\u2026”. Paste the whole of it.",),
        ),
        ("  USER_ID  CITY\n0     u-1  Bern\n1     u-2  Rome", "Rome", ()),
        ("USER_ID  CITY\nu-1      Bern\nu-2      Ro", "Ro", ()),
        ("USER_ID  CITY\nu-1      Bern\nu-2      ", "", (f"Line 3: {CUT} its last column. Check its values.",)),
        (" user_id | city\n---------+------\n u-1     | Bern\n u-2     | Ro", "Ro", ()),
        (f"{BOX}│ u-2     │ Ro", "Ro", (f"Line 5: {CUT} a bar. Check its values.",)),
        (f"{BOX}│ u-2     │ Rome │\n", "Rome", ()),
        (
            f"<table>{ROWS}...</td></tr></table>",
            "Rome...",
            ("The last cell ends as a text does that was cut: “Rome...”. Paste the whole of it.",),
        ),
    ],
)
def test_a_last_row_that_may_be_cut_is_named(text: str, city: str, changes: tuple[str, ...]) -> None:
    assert users(text) == [("u-1", "Bern"), ("u-2", city)]
    assert [change for change in read(text).changes if "cut" in change] == list(changes)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  USER_ID      CITY\n0     u-1  Old Rome\n1     u-2      Ber", 3),
        ("  USER_ID  Zip  CITY\n0     u-1    8  Rome\n1     u-2    9   Ulm\n2     u-3   10   U", 4),
        (" user_id | city | zip\n---------+------+-----\n u-1     | Bern |   3\n u-2     | Rom", 4),
    ],
)
def test_a_last_row_of_aligned_columns_that_may_be_cut_is_named(text: str, line: int) -> None:
    cut = f"Line {line}: {CUT} its last column. Check its values."
    assert cut in read(text).changes
    assert cut not in read(text[: text.rindex("\n") + 1]).changes


def test_a_single_row_that_may_be_cut_is_named() -> None:
    assert read("USER_ID,CITY\nu-1,Be...").changes == (
        "The last cell ends as a text does that was cut: “Be...”. Paste the whole of it.",
    )
    assert read("USER_ID,CITY\nu-1,").changes == ()


def test_a_code_fence_is_a_wrapping_of_what_is_in_it() -> None:
    found = unwrapped("Here:\n```\nuser: {}\n```\n")
    assert found is not None
    assert (found.text, found.words) == ("user: {}", "in a code fence")


def test_of_one_value_twice_the_second_is_taken() -> None:
    one = "{'USER_ID': 'u-1', 'CITY': 'Bern'}"
    assert users(f"Saved: {one}\n{one}\nThanks") == [("u-1", "Bern")]


@pytest.mark.parametrize(
    "above",
    [
        "### new user\nPOST https://api.shop.example/users HTTP/1.1\nAuthorization: Bearer {{token}}\n\n",
        "PUT /users/u-1\nAccept: */*\n\n",
        'HTTP/1.1 200 OK\nETag: W/"{1"\n\n',
    ],
)
def test_the_body_of_an_http_message_is_read(above: str) -> None:
    assert users(f"{above}user_id=u-1&city=Bern\n") == [("u-1", "Bern")]
    assert users(above + ONE) == users((above + ONE).replace("\n", "\r\n")) == [("u-1", "Bern")]
