"""YAML as version 2 of the AWS CLI reads it, from literal text to literal JSON."""

import json

import pytest

from console.records.json.nodes import Array, Bare, Object, Scalar, Unreadable, plain_value
from console.records.json.writing import json_of
from console.records.pasted.yaml.no_yaml import NoYaml
from console.records.pasted.yaml.reading import compose_yaml, read_yaml_nodes


def written(text: str) -> str:
    """Return a YAML text as JSON."""
    node = read_yaml_nodes(text)
    assert node is not None
    return json_of(node)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("userId: u-1\nage: 34\n", '{"userId": "u-1", "age": 34}'),
        ("userId: u-1\r\nage: 34\r\n", '{"userId": "u-1", "age": 34}'),
        ("\ufeff# One user\r\n---\r\n- userId: u-1\r\n  age: 34\r\n", '[{"userId": "u-1", "age": 34}]'),
        ("--- {USER_ID: u-1}", '{"USER_ID": "u-1"}'),
        ("{USER_ID: u-1, AGE: 34}", '{"USER_ID": "u-1", "AGE": 34}'),
        (
            "- {USER_ID: u-1, AGE: 34}\n- {USER_ID: 'u 2', AGE: }\n",
            '[{"USER_ID": "u-1", "AGE": 34}, {"USER_ID": "u 2", "AGE": null}]',
        ),
        ("[{USER_ID: u-1}, {USER_ID: u-2}]", '[{"USER_ID": "u-1"}, {"USER_ID": "u-2"}]'),
        (
            "users:\n  - {userId: u-1, properties: '{\"age\": 34}'}",
            '{"users": [{"userId": "u-1", "properties": "{\\"age\\": 34}"}]}',
        ),
        (
            'users:\r\n- userId: u-1\r\n  properties: |\r\n    {"age": 34}\r\n',
            '{"users": [{"userId": "u-1", "properties": "{\\"age\\": 34}\\n"}]}',
        ),
        ("User ID: u-1\nuser-age: 34", '{"User ID": "u-1", "user-age": 34}'),
        ("userId: u\nuserId: v", '{"userId": "u", "userId": "v"}'),
    ],
)
def test_block_and_flow_style_are_read(text: str, expected: str) -> None:
    assert written(text) == expected


# As the CLI's ruamel.yaml 0.17.21 reads them, numbers as they were typed where JSON takes that.
VALUES = [
    ("1.10", "1.10"),
    ("34", "34"),
    ("-0", "-0"),
    ("1e3", "1e3"),
    ("1E+3", "1E+3"),
    ("+7", "7"),
    ("012", "12"),
    ("-012", "-12"),
    ("1_000", "1000"),
    ("1_000.50", "1000.50"),
    ("0x1F", "31"),
    ("-0x1f", "-31"),
    ("0o17", "15"),
    ("0b101", "5"),
    ("1.", "1.0"),
    (".5", "0.5"),
    ("+.5", "0.5"),
    ("007.50", "7.50"),
    ("no", '"no"'),
    ("yes", '"yes"'),
    ("on", '"on"'),
    ("y", '"y"'),
    ("true", "true"),
    ("False", "false"),
    ("TRUE", "true"),
    ("~", "null"),
    ("Null", "null"),
    ("", "null"),
    ("1:30", '"1:30"'),
    ("2026-11-21", '"2026-11-21"'),
    ("2026-11-21T10:00:00Z", '"2026-11-21T10:00:00Z"'),
    (".nan", '".nan"'),
    (".inf", '".inf"'),
    ("1,5", '"1,5"'),
    ("_", '"_"'),
    ("-_", '"-_"'),
    ("0x_", '"0x_"'),
    ("'012'", '"012"'),
    ('"1.10"', '"1.10"'),
    ("!!str 012", '"012"'),
    ("!!int '012'", "12"),
    ("!!float 3", "3"),
    ("!!bool 'true'", "true"),
    ("!!null ''", "null"),
]


@pytest.mark.parametrize(("typed", "expected"), VALUES)
def test_a_value_is_what_the_cli_reads(typed: str, expected: str) -> None:
    assert written(f"a: {typed}") == f'{{"a": {expected}}}'
    json.loads(expected)


def test_an_id_keeps_what_json_would_not_keep_of_a_number() -> None:
    assert written("userId: 0042\nITEM_ID: 1_000\nimpression: [007, 7]\nage: 0042") == (
        '{"userId": "0042", "ITEM_ID": "1_000", "impression": ["007", 7], "age": 42}'
    )


def test_nodes_stand_where_they_were_typed() -> None:
    root = read_yaml_nodes("\ufeffa: é\r\nb: [1, {c: 2}]")
    assert isinstance(root, Object)
    first, second = root.members
    assert (first.start, first.value) == (1, Bare(4, "é"))
    assert isinstance(second.value, Array)
    assert (second.start, second.value.start, second.value.items[0]) == (7, 10, Scalar(11, 1, "1"))


@pytest.mark.parametrize(
    "typed", ["!!timestamp 2026-11-21", "!!int x", "!!binary AAAA", "!Ref x", "!!set {a}", "!Sub [a]"]
)
def test_a_value_of_another_type_cannot_be_read(typed: str) -> None:
    root = read_yaml_nodes(f"a: {typed}")
    assert isinstance(root, Object)
    (member,) = root.members
    assert isinstance(member.value, Scalar)
    assert isinstance(member.value.value, Unreadable)
    (fault,) = member.value.value.faults
    kind = typed.split()[0].removeprefix("!!")
    assert fault.sentence() == f"Expected a value that JSON has too; found a value of the type {kind}."
    assert plain_value(root) == {"a": None}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "hello",
        "# a comment",
        "<a: b>",
        "a: &x [1]\nb: *x",
        "a: [",
        "a: {",
        "? [1]\n: 2",
        "a:\n ? [1]\n : 2",
        "a: " + "[" * 90_000,
        "a: \x01",
        "{'a': b: 1}",
    ],
)
def test_other_text_is_no_yaml(text: str) -> None:
    assert read_yaml_nodes(text) is None


@pytest.mark.parametrize(
    ("text", "offset", "sentence"),
    [
        ("a: [1\nb: 2", 7, "Expected YAML; did not find expected ',' or ']'."),
        ("\ufeffa: [1\nb: 2", 8, "Expected YAML; did not find expected ',' or ']'."),
        ("a: &x 1\nb: *x", 0, "Expected YAML without aliases, of at most 10 levels and 50000 values."),
        ("a: \x01", 0, "Expected YAML; it has characters that YAML does not have."),
        ("a: \ud800", 0, "Expected YAML; it has characters that YAML does not have."),
        ("a:\n ? [1]\n : 2", 6, "Expected a name that is text."),
        ("hello", 0, "Expected YAML of a mapping or a list."),
        ("", 0, "Expected YAML of a mapping or a list."),
        ("a: " + "x" * 400_000, 0, "Expected YAML of at most 400000 characters."),
    ],
)
def test_says_where_a_text_is_no_yaml_and_why(text: str, offset: int, sentence: str) -> None:
    with pytest.raises(NoYaml) as raised:
        compose_yaml(text)
    assert (raised.value.offset, raised.value.sentence) == (offset, sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('---\na: "x"\n---\na: y\n---\n', [{"a": "x"}, {"a": "y"}]),
        ("- a: 1\n---\n- a: 2\n- a: 3\n...\n---\n", [{"a": 1}, {"a": 2}, {"a": 3}]),
        ("# one\n---\na: 1\n--- # no more\n", {"a": 1}),
        ("- \n  a: 1\n-\n  a: 2\n", [{"a": 1}, {"a": 2}]),
    ],
)
def test_several_documents_are_one_list(text: str, expected: object) -> None:
    node = read_yaml_nodes(text)
    assert node is not None
    assert plain_value(node) == expected


@pytest.mark.parametrize("text", ["a: 1\n---\n- a: 2\n", "a: 1\n---\nx\n", "a: 1\n---\n[\n"])
def test_documents_of_other_kinds_are_not_read(text: str) -> None:
    assert read_yaml_nodes(text) is None


def test_an_argument_of_the_cli_is_one_document() -> None:
    with pytest.raises(NoYaml):
        compose_yaml("a: 1\n---\na: 2\n")
