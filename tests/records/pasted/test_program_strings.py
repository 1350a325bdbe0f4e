"""CSV in a program or a shell, as a text of several lines."""

import pytest

from console.records.pasted.detection import detect
from console.records.pasted.wrappings.program_strings import program_string
from tests.records.pasted.tables.reading import TEXTS, read, users

CSV = "USER_ID,CITY\nu-1,Bern\nu-2,Rome"


@pytest.mark.parametrize(
    ("text", "around"),
    [
        (f"cat > u.csv <<'EOF'\n{CSV}\nEOF\n", "cat > u.csv …"),
        (f"cat > u.csv <<EOF\n{CSV}\nEOF", "cat > u.csv …"),
        (f'csv = """{CSV}\n"""\ndf = read(csv)', "csv = … df = read(csv)"),
        (f"csv = r'''\n{CSV}\n'''.strip()", "csv = … .strip()"),
        (f"const csv = `{CSV}`;", "const csv = … ;"),
        (f'$csv = @"\n{CSV}\n"@', "$csv = …"),
        (f"$csv = @'\n{CSV}\n'@", "$csv = …"),
    ],
)
def test_rows_in_a_text_of_a_program_are_read(text: str, around: str) -> None:
    assert users(text) == [("u-1", "Bern"), ("u-2", "Rome")]
    assert read(text).words == "2 rows of CSV, in a text of several lines"
    assert read(text).changes == (f"Left out around the text: “{around}”.",)


def test_a_row_that_begins_as_the_end_of_the_text_is_called_is_a_row() -> None:
    assert users(f"cat > u.csv <<'EOF'\n{CSV}\nEOF,Berlin\nEOF\n")[-1] == ("EOF", "Berlin")
    # PHP goes on behind that name.
    assert users(f"$rows = parse(<<<CSV\n{CSV}\nCSV, true);\n") == [("u-1", "Bern"), ("u-2", "Rome")]


def test_in_a_text_without_variables_a_mark_of_them_stands_for_itself() -> None:
    assert users(f"cat <<'EOF' > u.csv\n{CSV}\nEOF".replace(" > u.csv", "").replace("Rome", "$X")) == [
        ("u-1", "Bern"),
        ("u-2", "$X"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"cat > u.csv <<EOF\n{CSV}$X\nEOF", "$X"),
        (f"const csv = `{CSV}${{x}}`", "${x}"),
        (f'$csv = @"\n{CSV}$(x)\n"@', "$(x)"),
        (f'csv = """{CSV}\n""".replace("Bern", "Rome")', '.replace("Bern", "Rome")'),
        (f'csv = """{CSV}\n""" + more', "+ more"),
    ],
)
def test_what_only_the_program_knows_is_refused(text: str, code: str) -> None:
    assert read(text).refusal == (
        f"The text “{code}” has a variable or code in it, which only its program knows. Print the records as JSON."
    )


@pytest.mark.parametrize(
    "text",
    [
        f'csv = f"""\n{CSV}\n"""',
        f'a = """{CSV}"""\nb = """{CSV}"""',
    ],
)
def test_texts_of_which_it_is_not_certain_what_they_are_become_no_records(text: str) -> None:
    detected = detect(TEXTS, "", text)
    assert detected is None or detected.text == ""


def test_escapes_are_those_of_the_program() -> None:
    assert users(f'a = """{CSV}\\nu-3,Oslo"""') == [("u-1", "Bern"), ("u-2", "Rome"), ("u-3", "Oslo")]


def test_in_a_long_text_no_text_of_a_program_is_looked_for() -> None:
    assert program_string(f'a = """{CSV}"""{" " * 100_000}') is None
