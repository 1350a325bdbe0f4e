"""Texts of kinds that are known and not read: each is told apart in a sentence on what to paste instead."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.tables.reading import TEXTS, read

# As the tools of these versions print them, or as their documentation shows.
UNREAD = {
    "pandas 3.1.1 to_latex": (
        "\\begin{tabular}{ll}\n\\toprule\nUSER_ID & CITY \\\\\n\\midrule\nu-1 & Bern \\\\\n\\end{tabular}\n",
        "a table of LaTeX",
    ),
    "MediaWiki": ('{| class="wikitable"\n! USER_ID !! CITY\n|-\n| u-1 || Bern\n|}\n', "a table of MediaWiki"),
    "psql 15 asciidoc": ("|====\n^l|user_id ^l|city\n|u-1 |Bern\n|====\n", "a table of AsciiDoc"),
    "reStructuredText": (
        ".. list-table::\n\n   * - USER_ID\n     - CITY\n   * - u-1\n     - Bern\n",
        "a list of reStructuredText",
    ),
    "PHP 8.2 serialize": ('a:2:{s:7:"USER_ID";s:3:"u-1";s:4:"CITY";s:4:"Bern";}', "serialized PHP"),
    "redis-cli 7": (' 1) "city"\n 2) "Bern"\n', "what redis-cli shows"),
    "redis-cli 7, a session": ('127.0.0.1:6379> HGETALL u-1\n1) "city"\n2) "Bern"\n', "a session of redis-cli"),
    "pyarrow": (
        'pyarrow.Table\nUSER_ID: string\nCITY: string\n----\nUSER_ID: [["u-1"]]\nCITY: [["Bern"]]\n',
        "a table of Apache Arrow",
    ),
    "Swift": ('▿ 1 element\n  ▿ User\n    - userId: "u-1"\n    - city: "Bern"\n', "what Swift's dump shows"),
    "R 4.2.2 print of a list": (
        '[[1]]\n[[1]]$USER_ID\n[1] "u-1"\n\n[[1]]$CITY\n[1] "Bern"\n\n\n',
        "what R shows of a list",
    ),
    "Erlang 25": ('[#{city => <<"Bern">>,user_id => <<"u-1">>}].\n', "a term of Erlang"),
    "Protocol Buffers": ('user {\n  user_id: "u-1"\n  city: "Bern"\n}\n', "text of Protocol Buffers"),
    "GraphQL": ('mutation { putUser(input: {userId: "u-1", city: BERN}) { id } }', "an operation of GraphQL"),
    "SQL of DataGrip": ("UPDATE public.users t SET t.city = 'Bern' WHERE t.user_id = 'u-1';", "an UPDATE statement"),
    "SQL": ("UPDATE users SET city = 'Bern' WHERE user_id = 'u-1';", "an UPDATE statement"),
    "bash": ('declare -A user=([USER_ID]="u-1" [CITY]="Bern" )', "an array of a shell"),
    "HTTPie 3": ("http POST https://api.example.com/users userId=u-1 city=Bern", "a command of HTTPie"),
}


@pytest.mark.parametrize(("text", "words"), UNREAD.values(), ids=list(UNREAD))
def test_a_text_of_a_known_kind_says_what_to_paste(text: str, words: str) -> None:
    detected = read(text)
    assert detected.words == words
    assert detected.text == ""
    assert detected.refusal.startswith(
        ("Paste ", "Print ", "Encode ", "Its lines are names and values in turn.", "It has only")
    )


@pytest.mark.parametrize("end", ["...", "…", "... (truncated 812 bytes)", "[truncated]"])
def test_json_whose_end_was_cut_says_so(end: str) -> None:
    text = f'2026-11-30 body={{"users":[{{"userId":"u-1","city":"Bern"}},{{"userId":"u-2","ci{end}'
    assert read(text).words == "JSON that is cut"
    assert read(text).refusal == "Its end was cut. Paste the whole of it, from where it was not shortened."


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{tabular}{l}\nred \\\\\n\\end{tabular}\n",
        "The users with a user_id are to be added...",
        '{"colour": "re...',
    ],
)
def test_a_text_without_names_of_fields_or_json_is_of_no_known_kind(text: str) -> None:
    assert detect(TEXTS, "", text) is None


@pytest.mark.parametrize("text", ["USER_ID\nCITY\nu-1\nBern\n", "User ID\n\nCity\n\nu-1\n\nBern\n\nu-2\n"])
def test_cells_on_lines_of_their_own_are_told_apart(text: str) -> None:
    assert read(text).words == "cells on lines of their own"
    assert read(text).refusal.startswith("Each cell stands on a line of its own, and empty ones are lost.")


@pytest.mark.parametrize("text", ["USER_ID\nCITY\n", "USER_ID\nu-1\nu-2\n"])
def test_names_alone_are_no_cells(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or detected.words != "cells on lines of their own"
