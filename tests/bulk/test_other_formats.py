"""Files in the formats of pasted text: SQL, YAML, Markdown, printed tables and JSON that is no list of records."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from console.bulk.models import Import, Stage
from console.bulk.uploading import store
from console.bulk.uploading.uploads import UploadError
from tests.bulk.importing import checked, ids_of, sent, uploaded
from tests.conftest import LOYALTY

pytestmark = pytest.mark.usefixtures("demo")

NAMES = ("USER_ID", "AGE", "MEMBERSHIP_TYPE", "MEMBER_SINCE", "TOTAL_SPEND", "NEWSLETTER", "CITY")
ROWS = (
    ("u-1", "34", "Gold", "1700000000", "12.5", "true", "Ostvale"),
    ("u-2", "35", "Basic", "1700000001", "13.5", "false", "Bern"),
)


def line(cells: tuple[str, ...]) -> str:
    return " | ".join(cells)


MARKDOWN = "\n".join([f"| {line(NAMES)} |", f"|{' --- |' * len(NAMES)}", *(f"| {line(row)} |" for row in ROWS), ""])
PSQL = "\n".join(
    [
        f" {line(NAMES)} ",
        "-+-".join("-" * len(name) for name in NAMES),
        *(f" {line(row)} " for row in ROWS),
        "(2 rows)",
        "",
    ]
)
SQL = f"""BEGIN;
INSERT INTO users ({", ".join(NAMES)}) VALUES
 ('u-1', 34, 'Gold', 1700000000, 12.5, true, 'Ostvale'),
 ('u-2', 35, 'Basic', 1700000001, 13.5, false, 'Bern');
COMMIT;
"""
YAML = "".join(
    f"{'- ' if name == 'USER_ID' else '  '}{name}: {cell}\n"
    for row in ROWS
    for name, cell in zip(NAMES, row, strict=True)
)
COLUMNS = json.dumps(
    {name: {str(place): row[column] for place, row in enumerate(ROWS)} for column, name in enumerate(NAMES)}
)
PYTHON = """# As notebooks have it.
users = [
    {'USER_ID': 'u-1', 'AGE': 34, 'MEMBERSHIP_TYPE': 'Gold', 'MEMBER_SINCE': 1700000000, 'TOTAL_SPEND': 12.5, 'NEWSLETTER': True, 'CITY': 'Ostvale'},
    {'USER_ID': 'u-2', 'AGE': 35, 'MEMBERSHIP_TYPE': 'Basic', 'MEMBER_SINCE': 1700000001, 'TOTAL_SPEND': 13.5, 'NEWSLETTER': False, 'CITY': 'Bern'},
]
"""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (MARKDOWN, "2 rows of a Markdown table"),
        (PSQL, "2 rows of a psql table"),
        (SQL, "2 rows of INSERT statements"),
        (YAML, "2 users of YAML"),
        (COLUMNS, "2 users in columns instead of rows"),
        (PYTHON, "2 users, among other text"),
        ("\ufeff" + SQL.replace("\n", "\r\n"), "2 rows of INSERT statements"),
    ],
    ids=["Markdown", "psql", "SQL", "YAML", "columns", "Python", "SQL of Windows"],
)
def test_is_read_as_pasted_text(content: str, words: str) -> None:
    made = checked(content, name="users.txt")
    assert made.look["words"].startswith(words)
    assert made.look["notes"][0] == "Rows are numbered as the records in it."
    assert (made.row_count, made.valid_count, made.invalid_count) == (2, 2, 0)
    assert ids_of(made) == ["u-1", "u-2"]


def test_is_unpacked_and_sent() -> None:
    made = sent(gzip.compress(SQL.encode()), name="users.sql.gz")
    assert (made.stage, made.created_count) == (Stage.DONE, 2)


def test_the_file_is_that_of_its_records() -> None:
    made = uploaded(MARKDOWN, name="users.md")
    made.refresh_from_db()
    with store.local_file(made) as path:
        content = path.read_bytes()
    assert (made.file_size, made.received) == (len(content), len(content))
    assert [json.loads(each)["USER_ID"] for each in content.splitlines()] == ["u-1", "u-2"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            "INSERT INTO users VALUES ('u-1', 34, 'Female', 'Gold', NULL, 1700000000, 12.5, NULL, true, 3, 'Bern');\n",
            "It was read as 1 row of INSERT statements, and nothing says which field each column is. Put the names of "
            "the fields in the first line, or into the INSERT statements.",
        ),
        (
            "| USER_ID | AGE | CITY |\n|---|---|---|\n| u-1 | 34 | Bern\nand Biel |\n",
            "Line 4: expected 3 cells, as the heading has.",
        ),
        ('a:1:{i:0;a:1:{s:7:"USER_ID";s:3:"u-1";}}', "serialized PHP: "),
        ("<?xml version='1.0'?><users><user id='u-1'/></users>", "It is a page of HTML or XML, which some programs "),
        (
            "Good morning,\nplease find the users attached.\n",
            "No heading was found in the first 20 rows of the file. ",
        ),
        ("x" * 50 + "\n" + "y\n" * 200_000, "characters."),
        ('{"users": [{"USER_ID": "u-1", "AGE": 34}, {"USER_ID": ', "The file ends in the middle of record 2, "),
    ],
    ids=["no columns", "short row", "PHP", "XML", "words", "long", "cut"],
)
def test_what_is_not_read_is_said(content: str, problem: str) -> None:
    with pytest.raises(UploadError) as caught:
        uploaded(content, name="users.txt")
    assert problem in str(caught.value)


def test_rows_whose_columns_are_to_be_named_stay_rows() -> None:
    made = uploaded("Kunde;Alter;Stadt\nk-1;34;Bern\nk-2;35;Basel\n")
    assert made.look["words"] == "a CSV file (semicolons, UTF-8)"
    assert made.look["heading"] == ["Kunde", "Alter", "Stadt"]


def test_the_command_says_what_it_read(tmp_path: Path) -> None:
    out = io.StringIO()
    (tmp_path / "users.sql").write_text(SQL)
    call_command(
        "import_records",
        "local",
        LOYALTY,
        str(tmp_path / "users.sql"),
        username="operator",
        check_only=True,
        stdout=out,
    )
    assert out.getvalue().splitlines()[:2] == [
        "users.sql: 2 rows of INSERT statements",
        "  Rows are numbered as the records in it.",
    ]
    assert Import.objects.get().valid_count == 2
