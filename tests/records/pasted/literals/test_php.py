"""What PHP and Perl dump: print_r, whose values have no quotes, var_dump and Data::Dumper."""

import pytest

from console.records.pasted.detection import detect
from console.records.pasted.php_texts import read_dumped
from tests.records.literal_schemas import users_schema
from tests.records.pasted.pressing import values
from tests.records.pasted.tables.reading import TEXTS, read, users

PRINT_R = (
    "Array\n(\n    [0] => Array\n        (\n            [userId] => u-1\n            [city] => {}\n        )\n\n)\n"
)
OBJECT = "App\\User Object\n(\n    [userId:protected] => u-1\n    [city:App\\User:private] => Bern\n)\n"
DUMP = 'array(1) {{\n  [0]=>\n  array(2) {{\n    ["userId"]=>\n    string(3) "u-1"\n    ["city"]=>\n    string({}) "{}"\n  }}\n}}\n'
DUMPER = "$VAR1 = [\n  {{\n    'userId' => 'u-1',\n    'vip' => {}\n  }}\n];\n"


def test_print_r_is_read_up_to_the_ends_of_its_lines() -> None:
    assert users(PRINT_R.format("Bern => [CH], 3")) == [("u-1", "Bern => [CH], 3")]
    assert users(OBJECT) == [("u-1", "Bern")]
    assert read(PRINT_R.format("Bern")).words == "1 user, as print_r shows them"


def test_nothing_behind_a_name_of_print_r_is_told() -> None:
    schema = users_schema(CITY=["null", "string"])
    detected = detect(schema, "", PRINT_R.format(""))
    assert detected is not None
    assert detected.changes == ("Nothing at all behind a name is taken for no value, and might be an empty text.",)


def test_a_boolean_of_print_r_without_a_value_is_refused() -> None:
    detected = detect(users_schema(CITY="boolean"), "", PRINT_R.format(""))
    assert detected is not None
    assert detected.words == "what print_r of PHP shows"
    assert detected.refusal == (
        "For CITY, it shows nothing, which is false as well as null. Print it with json_encode or var_export."
    )


@pytest.mark.parametrize(
    "text",
    [
        PRINT_R.format("Bern\nor Thun"),
        PRINT_R.removesuffix("\n)\n").format("Bern"),
        f"{PRINT_R.format('Bern')}Done\n",
        PRINT_R.format("Array\nBern"),
        "Array\n(\n" + "    [0] => Array\n(\n" * 20 + ")\n" * 20,
        "Array\n(\n" + "    [0] => x\n" * 20_001 + ")\n",
    ],
)
def test_other_lines_of_print_r_are_refused(text: str) -> None:
    assert read(text).refusal == (
        "A value of several lines does not tell where it ends. Print it with json_encode or var_export."
    )


def test_print_r_without_records_is_none() -> None:
    assert detect(TEXTS, "", "Array\n(\n    [0] => red\n    [1] => blue\n)\n") is None


@pytest.mark.parametrize("city", ['12" wide', 'St. "Gallen"', '"', "Zürich"])
def test_the_number_of_its_bytes_tells_where_a_text_of_var_dump_ends(city: str) -> None:
    assert users(DUMP.format(len(city.encode()), city)) == [("u-1", city)]
    detected = detect(TEXTS, "", DUMP.format(len(city.encode()) + 1, city))
    assert detected is not None
    assert "it cannot be read near" in detected.refusal


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("bless( do{\\(my $o = 1)}, 'JSON::PP::Boolean' )", "true"),
        ("bless( do{\\(my $o = 0)}, 'JSON::PP::Boolean' )", "false"),
        ("!!1", "true"),
        ("!!0", "false"),
    ],
)
def test_booleans_of_perl_are_read(written: str, expected: str) -> None:
    detected = detect(users_schema(VIP="boolean"), "", DUMPER.format(written))
    assert detected is not None
    assert detected.text == f'[\n  {{\n    "USER_ID": "u-1",\n    "VIP": {expected}\n  }}\n]'


def test_what_xdebug_shows_is_read() -> None:
    # PHP 8.2 with Xdebug 3.2, on a command line.
    text = (
        "/app/index.php:12:\narray(1) {\n  [0] =>\n  array(3) {\n    'USER_ID' =>\n    string(3) \"u-1\"\n    'CITY' =>\n"
        "    string(4) \"Bern\"\n    'AGE' =>\n    int(34)\n  }\n}\n"
    )
    schema = users_schema(CITY="string", AGE=["null", "int"])
    assert values(text, schema) == [("u-1", "Bern", 34)]


OBJECT_OF_DUMP = """App\\Models\\User^ {#1312
  +"user_id": "u-1"
  #city: "Bern"
  -age: null
}
"""


@pytest.mark.parametrize(
    "text",
    [
        # symfony/var-dumper 7, on a command line and as a page shows it.
        OBJECT_OF_DUMP,
        f"array:1 [\n  0 => {OBJECT_OF_DUMP.rstrip()}\n]\n",
        OBJECT_OF_DUMP.replace("App\\Models\\User^ {#1312", "{#12 \u25bc"),
        '{#1\n  +"user": {#2\n    +"user_id": "u-1"\n    +"city": "Bern"\n    +"age": null\n  }\n}\n',
    ],
)
def test_objects_of_dump_are_read(text: str) -> None:
    schema = users_schema(CITY="string", AGE=["null", "int"])
    assert values(text, schema) == [("u-1", "Bern", None)]


@pytest.mark.parametrize(
    ("shown", "city"),
    [
        ('"a"b" $c #{d} \\("e")"', 'a"b" $c #{d} \\("e")'),
        ('"""', '"'),
        ('"""\n    a\\n\n     b\\n\n    """', "a\n b\n"),
        ('"App\\Models"', "App\\Models"),
    ],
)
def test_a_text_of_dump_is_what_stands_in_its_quotes(shown: str, city: str) -> None:
    # symfony/var-dumper 5.4.
    assert users(f'array:1 [\n  0 => array:2 [\n  "user_id" => "u-1"\n  "city" => {shown}\n]\n]') == [("u-1", city)]
    assert users(f'User {{#7\n  +user_id: "u-1"\n  #city: {shown}\n}}') == [("u-1", city)]


def test_an_escape_of_dump_is_refused() -> None:
    assert read('array:2 [\n  "user_id" => "u-1"\n  "city" => "App\\entity"\n]').refusal == (
        "“\\e” in “App\\entity” is a character that does not show, or the text as it stands: dump has no escape for a "
        "backslash. Print it with json_encode."
    )


@pytest.mark.parametrize("city", ["Bern\n(CH)", '"\n  }', "\n"])
def test_a_text_of_several_lines_of_var_dump_is_read(city: str) -> None:
    assert users(DUMP.format(len(city.encode()), city)) == [("u-1", city)]


def test_objects_that_xdebug_shows_are_read() -> None:
    # PHP 8.2 with Xdebug 3.2, on a command line.
    text = (
        '/app/index.php:12:\narray(1) {\n  [0] =>\n  class App\\User#2 (3) {\n    public $userId =>\n    string(3) "u-1"\n'
        '    protected ?string $city =>\n    string(4) "Bern"\n    private readonly int|float $age =>\n    int(34)\n  }\n}\n'
    )
    assert values(text, users_schema(CITY="string", AGE=["null", "int"])) == [("u-1", "Bern", 34)]


def test_other_objects_of_dump_are_left_alone() -> None:
    assert read_dumped(TEXTS, "", OBJECT_OF_DUMP.replace("-age: null", "and so on")) is None
    assert read_dumped(TEXTS, "", "{#a\n}") is None
