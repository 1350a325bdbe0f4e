"""Records in files of settings: TOML, INI, symbols of Ruby in YAML, and files within YAML and JSON."""

import json

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import SCHEMA, values
from tests.records.pasted.tables.reading import TEXTS, read, users

BERN_AND_ROME = [("u-1", "Bern"), ("u-2", "Rome")]
BY_NAME = "The name before each record is taken for USER_ID: “u-1” and so on."
CSV = "USER_ID,CITY\nu-1,Bern\nu-2,Rome\n"


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("text", "words", "changes"),
    [
        (
            '# users\n[[users]]\nUSER_ID = "u-1" # one\nCITY = "Bern"\n\n[[users]]\nUSER_ID = "u-2"\nCITY = \'Rome\'\n',
            "2 users of TOML",
            (),
        ),
        ('[users.u-1]\ncity = "Bern"\n[users.u-2]\ncity = "Rome"\n', "2 users of TOML", (BY_NAME,)),
        (
            'title = "x"\nusers = [\n  { USER_ID = "u-1", CITY = "Bern" },\n  { USER_ID = "u-2", CITY = "Rome" },\n]\n',
            "2 users of TOML",
            ("Left out around the records: title.",),
        ),
        ('; users\n[u-1]\ncity=Bern\n\n[u-2]\ncity = "Rome"\n', "2 users of INI", (BY_NAME,)),
        (
            "[a]\nuser_id: u-1\ncity: Bern\n[b]\nuser_id: u-2\ncity: Rome\n",
            "2 users of INI",
            ("Left out around the records: a, b.",),
        ),
        (
            "---\n- :user_id: u-1\n  :city: :Bern\n- :user_id: u-2\n  :city: Rome\n",
            "2 users of YAML",
            ("Symbols of Ruby are read as their names.",),
        ),
        ("--- !ruby/array:Users\n- user_id: u-1\n", "", ()),
        (
            "---\n- !ruby/hash:Access\n  user_id: u-1\n  city: Bern\n- !ruby/object:User\n  user_id: u-2\n  city: Rome\n",
            "2 users of YAML",
            (),
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_settings_are_read(text: str, words: str, changes: tuple[str, ...], end: str) -> None:
    text = text.replace("\n", end)
    if not words:
        assert detect(TEXTS, "", text) is None
        return
    assert users(text) == BERN_AND_ROME
    assert (read(text).words, read(text).changes) == (words, changes)


def test_values_of_toml_are_as_they_were_typed() -> None:
    text = '[[u]]\nUSER_ID = "u-1"\nAGE = 3_4\nSCORE = 1.50\nVIP = true\nMEMBERSHIP_TYPE = 2026-11-29\n'
    detected = detect(SCHEMA, "", text)
    assert detected is not None
    assert values(text) == [("u-1", 34, 1.5, True, "2026-11-29")]
    assert '"SCORE": 1.50' in detected.text
    assert "nan" in str(read('[[u]]\nUSER_ID = "u-1"\nCITY = nan\n').text)


@pytest.mark.parametrize(
    "text",
    [
        '[[u]]\nUSER_ID = "u-1\n',
        'a = "b"\n',
        "[u-1]\nuser_id u-1\n",
        "[u-1]\n[u-2]\n",
        "[a]\nb=1\n",
        "user_id=u-1\n[a]\n",
        '[[u]]\nUSER_ID = "u-1"\n' + "# x\n" * 50_001,
        "[u-1]\n" + "x" * 200_000,
    ],
)
def test_other_settings_are_left_alone(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or " of TOML" not in detected.words + " of INI" * (detected.words == "")


@pytest.mark.parametrize(
    ("text", "words", "changes"),
    [
        (
            f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  users.csv: |\n{indented(CSV)}  b: |\n    c\n    d\n",
            "2 rows of CSV, in a text of YAML",
            ("Left out around the records: apiVersion, kind, metadata, b.",),
        ),
        (
            "files:\n- content: |-\n    USER_ID  CITY\n    u-1      Bern\n    u-2      Rome\n",
            "2 rows of a table with aligned columns, in a text of YAML",
            (),
        ),
        (
            f"{''.join(f'a{number}: 1\n' for number in range(12))}users: >+ # as they are\n\n{indented(CSV.replace('\n', '\n\n'))}",
            "2 rows of CSV, in a text of YAML",
            ("Left out around the records: a0, a1, a2, a3, a4, a5, a6, a7, a8, a9 and more.",),
        ),
        (
            json.dumps({"kind": "ConfigMap", "data": {"users.csv": CSV}}),
            "2 rows of CSV, in a text of JSON",
            ("Left out around the records: kind.",),
        ),
    ],
)
def test_a_file_within_settings_is_read(text: str, words: str, changes: tuple[str, ...]) -> None:
    assert users(text) == BERN_AND_ROME
    assert (read(text).words, read(text).changes) == (words, changes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"a: |\n{indented(CSV)}b: |\n{indented(CSV)}", "a file in YAML"),
        (json.dumps({"a": CSV, "b": CSV}), "JSON"),
    ],
)
def test_of_two_files_neither_is_taken(text: str, words: str) -> None:
    detected = read(text)
    assert (detected.words, detected.refusal) == (
        words,
        "It has records in more than one of its texts. Paste the one that you mean.",
    )


def test_a_long_text_within_settings_is_not_looked_at() -> None:
    assert detect(TEXTS, "", json.dumps({"a": CSV + " " * 200_000})) is None


def test_names_that_are_no_symbols_stay() -> None:
    assert detect(TEXTS, "", "- :user_id: u-1\n  city: Bern\n") is None


HEAD = "From: Smith, Ann <ann@shop.example>\nSent: Sunday, November 29, 2026\nTo: Ops\nSubject: new, please add\n\nHi,\n\nplease add:\n\n"
ABOVE = "Left out above the table: “From: Smith, Ann <ann@shop.example>” and 5 more lines."
SIGNED = "\nKind regards,\nAnn Smith, Sales\n"


@pytest.mark.parametrize(
    "table",
    [
        CSV,
        CSV.replace(",", "\t"),
        CSV.replace(",", ";"),
        CSV.replace(",", " | "),
        CSV.replace(",", ", "),
        "| USER_ID | CITY |\n|---|---|\n| u-1 | Bern |\n| u-2 | Rome |\n",
        "USER_ID  CITY\nu-1      Bern\nu-2      Rome\n",
        "User ID: u-1\nCity: Bern\n\nUser ID: u-2\nCity: Rome\n",
        "USER_ID=u-1 CITY=Bern\nUSER_ID=u-2 CITY=Rome\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_in_a_mail_is_read(table: str, end: str) -> None:
    text = (HEAD + table + SIGNED).replace("\n", end)
    assert users(text) == BERN_AND_ROME
    spaces = ("The space after each separator is left out.",) if ", " in table else ()
    assert read(text).changes == (ABOVE, "Left out below the table: “Kind regards,” and 1 more line.", *spaces)


@pytest.mark.parametrize(
    "ending", ["-- ", "Best", "Thanks, Ann", "Many thanks", "Mit freundlichen Grüßen", "Viele Grüße,"]
)
def test_what_ends_a_mail_is_no_row(ending: str) -> None:
    text = f"{CSV.replace(',', ', ')}\n{ending}\nAnn, Sales\n"
    assert users(text) == BERN_AND_ROME


def test_a_single_record_in_a_mail_is_read() -> None:
    assert users(f"{HEAD}User ID: u-1\nCity: Bern\n{SIGNED}") == [("u-1", "Bern")]


def test_a_broken_record_in_a_mail_is_told() -> None:
    assert read(f"{HEAD}User ID: u-1\nCity: Bern\nCity: Rome\n{SIGNED}").refusal == (
        "The record at line 1 has other fields than the others, or one of them twice."
    )


def test_words_in_a_cell_end_no_mail() -> None:
    assert users('USER_ID,CITY\nu-1,"a\n\nBest\nb"\n') == [("u-1", "a\n\nBest\nb")]
