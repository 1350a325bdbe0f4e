"""Texts with variables and code in them, which only their program knows, and texts that seem to have some."""

import json

import pytest

from console.records.pasted.detection import detect
from console.records.pasted.literals.parsing import read_literal, read_literal_at
from tests.records.pasted.tables.reading import TEXTS, read, users

CODE = {
    "Ruby": ("[{user_id: \"u-#{i}\", city: 'Bern'}]", "u-#{i}"),
    "Elixir": ('[%{"userId" => "u-#{i}", "city" => "Bern"}]', "u-#{i}"),
    "Ruby's key": ("[{\"user_#{i}\" => 'u', user_id: 'u-1'}]", "user_#{i}"),
    "PHP": ('[["USER_ID" => "u-$i", "CITY" => "Bern"]]', "u-$i"),
    "PHP's array": ("array(array('USER_ID' => \"u-{$i}\", 'CITY' => 'Bern'))", "u-{$i}"),
    "Perl": ('[{ USER_ID => "u-$i", CITY => "Bern" }]', "u-$i"),
    "Kotlin": ('listOf(mapOf("USER_ID" to "u-${x.id}", "CITY" to "Bern"))', "u-${x.id}"),
    "Swift": ('[["USER_ID": "u-\\(id(1))", "CITY": "Bern"]]', "u-\\(id(1))"),
    "Scala": ('Seq(Map("USER_ID" -> s"u-$i", "CITY" -> "Bern"))', "u-$i"),
    "JavaScript": ("users = [{USER_ID: `u-${i}`, CITY: 'Bern'}];", "u-${i}"),
    "Python": ("[{'USER_ID': f'u-{i}', 'CITY': 'Bern'}]", "u-{i}"),
    "Python's raw text": ("print([{'USER_ID': 'u-1', 'CITY': rF'''{a}'''}])", "{a}"),
    "C#": ('new { USER_ID = $"u-{i}", CITY = "Bern" }', "u-{i}"),
}
AS_TEXT = "Taken for text as it stands: {}. If that has a variable in it, print the records as JSON."


@pytest.mark.parametrize("language", CODE)
def test_a_text_with_a_variable_in_it_is_refused(language: str) -> None:
    text, part = CODE[language]
    assert read(text).refusal == (
        f"The text “{part}” has a variable or code in it, which only its program knows. Print the records as JSON."
    )


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("[{user_id: 'u-1', city: '#{Bern} $a'}]", "#{Bern} $a"),
        ('[{user_id: "u-1", city: "\\\\(Bern) #Bern $5 a\\\\\\#{b}"}]', "\\(Bern) #Bern $5 a\\#{b}"),
        ("[{user_id: 'u-1', city: f\"Bern\"}]", "Bern"),
        ("[{user_id: 'u-1', city: `Bern \\${a}`}]", "Bern ${a}"),
        ("[{'user_id': 'u-1', 'city': r\"\"\"#{Bern}\"\"\"}]", "#{Bern}"),
        ('[{user_id: s"u-1", city: $"Bern"}]', "Bern"),
    ],
)
def test_a_text_without_a_variable_stays_as_it_is(text: str, city: str) -> None:
    assert users(text) == [("u-1", city)]
    assert read(text).changes == ()


def test_what_is_a_variable_in_some_languages_alone_is_named() -> None:
    text = '[{userId: "u-$i", city: "${b}" + "#{a}"}]'
    assert users(text) == [("u-$i", "${b}#{a}")]
    assert read(text).changes == (AS_TEXT.format("“#{a}”, “u-$i”, “${b}”"),)


def test_a_literal_with_code_in_a_text_is_none_where_its_value_matters() -> None:
    assert read_literal('[f"{a}"]') is None
    assert read_literal_at("[f'{a}']", 0) is None
    kept = read_literal('{user_id: "#{a}"}', keeps_code=True)
    assert kept is not None
    assert kept.code == ("#{a}",)


@pytest.mark.parametrize("city", [r"C:\Users", r"\d+", r"C:\x", r"\8"])
@pytest.mark.parametrize("quote", "'\"")
def test_an_escape_that_languages_read_otherwise_is_not_its_letter(city: str, quote: str) -> None:
    # Of `\d`, Python and PHP keep the backslash, Ruby and JavaScript do not; YAML keeps it in single quotes.
    detected = detect(TEXTS, "", f"[{{user_id: 'u-1', city: {quote}{city}{quote}}}]")
    assert detected is None or f'"CITY": {json.dumps(city)}' in detected.text or detected.text == ""


@pytest.mark.parametrize(("written", "city"), [("a\\\n      b", "ab"), (r"a\_b", "a\xa0b"), (r"a\Lb", "a\u2028b")])
def test_an_escape_of_yaml_is_read_so(written: str, city: str) -> None:
    # As PyYAML writes what does not fit into 80 characters, and what does not show.
    assert users(f'[{{user_id: "u-1", city: "{written}"}}]') == [("u-1", city)]
