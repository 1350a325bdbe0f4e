"""Each shape from literal text to the records that it becomes, as JSON."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.records.pasted.detected import Detected
from console.records.pasted.detection import detect
from console.records.pasted.literals.parsing import read_literal
from console.records.pasted.suggestions import suggested, suggestions
from console.records.record_input import validate_record_input
from tests.records.literal_schemas import users_schema

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"
IF_FOR_THIS = "If the records are for this one, remove datasetArn."
OF_ANOTHER = f"It is for another dataset, “other”. Expected {ARN}. If the records are for this one, remove"
SCHEMA = users_schema(AGE=["null", "int"], MEMBERSHIP_TYPE="categorical string", ACTIVE=["null", "boolean"])
ONE = {"USER_ID": "u-1", "AGE": 30, "MEMBERSHIP_TYPE": "Premium Class|Legacy Member"}


def read(text: str) -> Detected:
    detected = detect(SCHEMA, ARN, text)
    assert detected is not None
    return detected


def records(text: str) -> Any:
    """Return the records that a text becomes; they are record input, and nothing is left to detect in them."""
    detected = read(text)
    assert detected.refusal == ""
    assert detect(SCHEMA, ARN, detected.text) is None
    return json.loads(detected.text)


REQUEST = {"users": [{"userId": "u-1", "properties": '{"age": 30, "membershipType": "Premium Class|Legacy Member"}'}]}
PROPERTIES = '{\\"age\\": 30, \\"membershipType\\": \\"Premium Class|Legacy Member\\"}'

SHAPES: list[tuple[str, str, Any]] = [
    ("1 user of a PutUsers request", json.dumps(REQUEST), [ONE]),
    ("1 user of a PutUsers request", json.dumps({"datasetArn": ARN, **REQUEST}), [ONE]),
    (
        "2 lines of JSON Lines",
        '{"USER_ID": "u-1", "AGE": 30}\r\n\r\n{"userId": "u-2", "properties": {"age": 31}}\r\n',
        [{"USER_ID": "u-1", "AGE": 30}, {"USER_ID": "u-2", "AGE": 31}],
    ),
    (
        "2 users of YAML",
        f"# A comment\n---\ndatasetArn: {ARN}\nusers:\n"
        """- userId: u-1\n  properties: '{"age": 30}'\n- userId: "0042"\n  properties: |\n    {"membershipType": "no"}\n""",
        [{"USER_ID": "u-1", "AGE": 30}, {"USER_ID": "0042", "MEMBERSHIP_TYPE": "no"}],
    ),
    (
        "1 user of YAML",
        "- USER_ID: u-1\n  AGE: ~\n  MEMBERSHIP_TYPE: yes\n  ACTIVE: True\n",
        [{"USER_ID": "u-1", "AGE": None, "MEMBERSHIP_TYPE": "yes", "ACTIVE": True}],
    ),
    ("1 user of YAML", "userId: u-1\nage: 2026-11-21\n", [{"USER_ID": "u-1", "AGE": "2026-11-21"}]),
    ("1 user of YAML", "userId: u-1\nage: 1.5\nactive: 1:30\n", [{"USER_ID": "u-1", "AGE": 1.5, "ACTIVE": "1:30"}]),
    (
        # The developer guide's own command, its placeholders filled in.
        "2 users of an AWS CLI command",
        f"aws personalize-events put-users \\\n  --dataset-arn {ARN} \\\n  --users '[{{\n"
        f'      "userId": "u-1", \n      "properties": "{PROPERTIES}" \n    }}, \n'
        '    {\n      "userId": "u-2", \n      "properties": "{\\"age\\": 31}" \n    }]\'\n',
        [ONE, {"USER_ID": "u-2", "AGE": 31}],
    ),
    (
        "1 user of an AWS CLI command",
        "$ AWS_PROFILE=shop /usr/local/bin/aws --region eu-west-1 personalize-events put-users "
        """--users='{"userId": "it'\\''s", "properties": "{}"}' --no-cli-pager""",
        [{"USER_ID": "it's"}],
    ),
    (
        "1 user of an AWS CLI command",
        'aws personalize-events put-users --users "[{\\"userId\\": \\"a\\$b\\\n c\\"}]"',
        [{"USER_ID": "a$b c"}],
    ),
    (
        "2 lines of JSON Lines",
        '{"USER_ID": "a\u2028b"}\n{"USER_ID": "c\u0085d"}',
        [{"USER_ID": "a\u2028b"}, {"USER_ID": "c\u0085d"}],
    ),
    ("1 row of CSV", "USER_ID,MEMBERSHIP_TYPE\n u ,  \n", [{"USER_ID": " u ", "MEMBERSHIP_TYPE": "  "}]),
    (
        "2 users of an AWS CLI command",
        """aws personalize-events put-users --users 'userId=u-1,properties="{\\"age\\": 30}"' userId=u-2""",
        [{"USER_ID": "u-1", "AGE": 30}, {"USER_ID": "u-2"}],
    ),
    (
        "1 user of an AWS CLI command",
        "aws personalize-events put-users --users \"userId = 'a b',properties='{}'\"",
        [{"USER_ID": "a b"}],
    ),
    (
        "1 user of an AWS CLI command",
        f"aws personalize-events put-users --cli-input-json '{json.dumps({'datasetArn': ARN, **REQUEST})}'",
        [ONE],
    ),
    (
        "1 user of an AWS CLI command",
        "aws personalize-events put-users --cli-input-yaml 'users: [{userId: u-1}]'",
        [{"USER_ID": "u-1"}],
    ),
    (
        "1 user of an AWS CLI command",
        f"aws personalize-events put-users --cli-input-json '{json.dumps(REQUEST)}' --users userId=u-2",
        [{"USER_ID": "u-2"}],
    ),
    (
        "2 rows of a spreadsheet",
        "USER_ID\tage\tMembership_Type\tactive\r\nu-1\t30\tPremium Class|Legacy Member\tTRUE\r\nu-2\t\t\tfalse\r\n",
        [{**ONE, "ACTIVE": True}, {"USER_ID": "u-2", "AGE": None, "MEMBERSHIP_TYPE": "", "ACTIVE": False}],
    ),
    (
        "2 rows of CSV",
        '\ufeff"user_id", AGE ,membershipType,colour\n\n"u,""1""",007,"a\nb",red\nu-2,many,b,""\n',
        [
            {"USER_ID": 'u,"1"', "AGE": "007", "MEMBERSHIP_TYPE": "a\nb"},
            {"USER_ID": "u-2", "AGE": "many", "MEMBERSHIP_TYPE": "b"},
        ],
    ),
    ("1 user of YAML", "userId: 0042\nage: -0\nactive: no\n", [{"USER_ID": "0042", "AGE": 0, "ACTIVE": False}]),
    ("1 user of YAML", "{userId: u-1, age: 30}", [{"USER_ID": "u-1", "AGE": 30}]),
    ("1 user of YAML", "{user-id: 'u-1'}", [{"USER_ID": "u-1"}]),
    (
        "1 row of CSV with semicolons",
        "userId;age;\nu-1;1e400;;\n",
        [{"USER_ID": "u-1", "AGE": "1e400"}],
    ),
    (
        "2 users whose values are written in another way",
        json.dumps([{"userId": "u-1", "properties": json.dumps(json.dumps({"age": 30}))}, {"userId": "u-2"}]),
        [{"USER_ID": "u-1", "AGE": 30}, {"USER_ID": "u-2"}],
    ),
    (
        "nearly JSON: text put in straight double quotes, words and calls such as None and Decimal(…) written as JSON has them",
        """[{'USER_ID': 'u-1', 'AGE': None, 'ACTIVE': True, 'MEMBERSHIP_TYPE': 'it\\'s "x"'}]""",
        [{"USER_ID": "u-1", "AGE": None, "ACTIVE": True, "MEMBERSHIP_TYPE": 'it\'s "x"'}],
    ),
    ("nearly JSON: trailing commas removed", '[{"USER_ID": "u-1", "AGE": 30,},]', [{"USER_ID": "u-1", "AGE": 30}]),
    (
        "nearly JSON: comments removed",
        '// users\n[{"USER_ID": "u//1", /* the\nage */ "AGE": 30} # all\n]',
        [{"USER_ID": "u//1", "AGE": 30}],
    ),
    (
        "nearly JSON: text put in straight double quotes",
        "[{\u201cUSER_ID\u201d: \u201cu-1\u201d, \u2018MEMBERSHIP_TYPE\u2019: \u2018a\u2019}]",
        [{"USER_ID": "u-1", "MEMBERSHIP_TYPE": "a"}],
    ),
    (
        "nearly JSON: the missing outer brackets added",
        '{"USER_ID": "u-1"},\n{"USER_ID": "u-2"}',
        [{"USER_ID": "u-1"}, {"USER_ID": "u-2"}],
    ),
    (
        "nearly JSON: names put in double quotes, text put in straight double quotes",
        "[{USER_ID: 'u-1', AGE : 30, $x: {_y1: null}}]",
        [{"USER_ID": "u-1", "AGE": 30, "$x": {"_y1": None}}],
    ),
    (
        # As the SDK for JavaScript has requests in its reference.
        "1 user of a PutUsers request, nearly JSON: names put in double quotes, text put in straight double quotes, "
        "trailing commas removed, comments removed",
        f"{{\n  datasetArn: '{ARN}', /* required */\n  users: [\n    {{\n      userId: 'u-1', /* required */\n"
        """      properties: '{"age": 30}',\n    },\n    /* more items */\n  ],\n}""",
        [{"USER_ID": "u-1", "AGE": 30}],
    ),
    ("nearly JSON: the missing braces added", '"USER_ID": "u-1",\n"AGE": 30', [{"USER_ID": "u-1", "AGE": 30}]),
    ("nearly JSON: unusual spaces replaced", '[\u00a0{"USER_ID":\u2003"u\u00a01"}]', [{"USER_ID": "u\u00a01"}]),
]


@pytest.mark.parametrize(("words", "text", "expected"), SHAPES)
def test_turns_a_shape_into_records(words: str, text: str, expected: Any) -> None:
    assert read(text).words == words
    assert records(text) == expected


def test_writes_one_member_a_line_and_numbers_as_they_were_typed() -> None:
    text = '{"users": [{"userId": "ü", "age": 1.50e0, "x": [1, {"y": null}]}]}'
    assert read(text).text == ('[\n  {\n    "USER_ID": "ü",\n    "AGE": 1.50e0,\n    "x": [1, {"y": null}]\n  }\n]')


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            '{"datasetArn": "arn:aws:personalize:us-east-1:000000000000:dataset/other/USERS", "users": [{"userId": "u"}]}',
            f"It is for another dataset, “arn:aws:personalize:us-east-1:0000000000…”. Expected {ARN}. {IF_FOR_THIS}",
        ),
        (
            '{"items": [{"itemId": "i"}]}',
            "It is for an Items dataset. This is a Users dataset, so paste a PutUsers request.",
        ),
        (
            '{"datasetArn": "other", "Items": [{"itemId": "i"}]}',
            "It is for an Items dataset. This is a Users dataset, so paste a PutUsers request.",
        ),
        (
            "actions:\n- actionId: a\n",
            "It is for an Actions dataset. This is a Users dataset, so paste a PutUsers request.",
        ),
        (
            "datasetArn: other\nusers:\n- userId: u\n",
            f"It is for another dataset, “other”. Expected {ARN}. {IF_FOR_THIS}",
        ),
        (
            "aws personalize-events put-users --dataset-arn other --users userId=u",
            f"{OF_ANOTHER} --dataset-arn.",
        ),
        (
            'aws personalize-events put-users --users userId=u --cli-input-json \'{"datasetArn": "other"}\'',
            f"{OF_ANOTHER} datasetArn.",
        ),
        (
            'curl https://localhost/users --data \'{"datasetArn": "other", "users": [{"userId": "u"}]}\'',
            f"{OF_ANOTHER} datasetArn.",
        ),
        ('client.put_users({dataset_arn: "other", users: [{user_id: "u"}]})', f"{OF_ANOTHER} dataset_arn."),
        ("aws s3 ls", "This is a different AWS CLI command. Expected aws personalize-events put-users."),
        (
            "aws personalize-events put-items --items x",
            "This is a different AWS CLI command. Expected aws personalize-events put-users.",
        ),
        ("aws personalize-events put-users --users 'a", "A quote of this command is not closed."),
        (
            "aws personalize-events put-users --users file://users.json",
            "--users names a file on your machine, which the console cannot read. Paste the file's content instead.",
        ),
        (
            "aws personalize-events put-users",
            "No users could be read from this command. Expected --users with JSON or shorthand syntax.",
        ),
        ('USER_ID,AGE\nu,"1\nv,2\n', "Line 2: A cell's double quotes are not closed, or are in the middle of it."),
        (
            "USER_ID,AGE\nu,1\nv\n",
            "Line 3: expected 2 cells, as the heading has; found 1. Add what is missing, or put a cell in double quotes "
            "that has the separator in it.",
        ),
        (
            "one,two\n1,2",
            "These are rows without a heading. Put the names of the fields in the first line. Each row of them needs a "
            "cell for each name.",
        ),
        (
            '{"users": [{"userId": "u"}], "users": [{"userId": "v"}]}',
            "It has records in more than one place. Paste those that you mean.",
        ),
        ('{"users": [1]}', "Expected a list of users, each with userId and properties."),
        ("<users><user/></users>", "Paste the records as JSON, CSV or a table's text instead."),
        (
            '{"datasetArn": {}, "users": [{"userId": "u"}]}',
            f"It is for another dataset, “an object”. Expected {ARN}. {IF_FOR_THIS}",
        ),
        (
            "aws personalize-events put-users --users '[1]'",
            "Expected a list of users, each with userId and properties.",
        ),
        ("- userId: u\n- 7\n", "Expected a list of users, each with userId and properties."),
        ("userId: !!timestamp 2026-11-21\n", "It has values that JSON cannot express."),
        ("USER_ID,AGE\n" + "u,1\n" * 11, "Expected 1 to 10 users at a time; found 11."),
        ('{"users": [' + '{"userId": "u"},' * 10 + '{"userId": "v"}]}', "Expected 1 to 10 users at a time; found 11."),
        ('{"USER_ID": "u"}\n' * 12, "Expected 1 to 10 users at a time; found 12."),
    ],
)
def test_says_why_a_text_cannot_become_records(text: str, refusal: str) -> None:
    assert read(text).refusal == refusal
    assert read(text).text == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        '{"USER_ID": "u"}',
        '[{"userId": "u", "properties": "{}"}]',
        '{"userId": "u", "properties": 7}',
        '{"users": []}',
        '{"users": [{}], "more": 1}',
        "USER_ID: " + "[" * 90_000,
        "USER_ID: " + "{a: " * 20_000,
        "7",
        "hello",
        "hello: world",
        "items: none",
        '{"items": [{"itemId": "i"}], "more": 1}',
        "a: &x [1]\nuserId: *x",
        "userId: [",
        "userId: u\n? [1]\n: 2\n",
        "- 1",
        "OrderedDict([('USER_ID', 'u'), 7])",
        "OrderedDict([(USER_ID, 1)])",
        "{'a': nope}",
        "{userId 'u-1'}",
        "{'a': b: 1}",
        "{'a': 'b",
        '{"a": 1 "b": 2}',
        "# a comment",
        "USER_ID,AGE",
        "USER_ID,AGE\n\n",
        '{"a": 1}\nnot JSON',
        "x" * 600_001,
    ],
)
def test_leaves_other_text_alone(text: str) -> None:
    assert detect(SCHEMA, ARN, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Hello Ann, how are you",
        "SELECT user_id, subscription_model FROM users;",
        "def add(user, model):",
        "2026-11-29 10:00:00,123 INFO started\n2026-11-29 10:00:01,456 INFO stopped",
        "web-1  | u-1,monthly\nweb-1  | u-2,yearly",
        "- u-1, monthly\n- u-2, yearly",
    ],
)
def test_words_and_code_with_commas_are_no_rows(text: str) -> None:
    assert detect(users_schema(SUBSCRIPTION_MODEL="string"), ARN, text) is None


def test_rows_that_mysql_workbench_copies_need_no_heading() -> None:
    detected = detect(users_schema(SUBSCRIPTION_MODEL="string"), ARN, "'u-1','monthly'\n'u-2','yearly'")
    assert detected is not None
    assert [each["USER_ID"] for each in json.loads(detected.text)] == ["u-1", "u-2"]


def test_ids_in_quotes_may_have_spaces_where_there_is_no_heading() -> None:
    detected = detect(users_schema(SUBSCRIPTION_MODEL="string"), ARN, '"u 1",monthly\n"u 2",yearly')
    assert detected is not None
    assert detected.words == "2 rows of CSV"


def test_digits_that_a_spreadsheet_has_left_out_are_told() -> None:
    schema = users_schema(MEMBER_SINCE="long")
    detected = detect(schema, ARN, "USER_ID,MEMBER_SINCE\nu-1,1.79595E+09")
    assert detected is not None
    assert json.loads(detected.text) == [{"USER_ID": "u-1", "MEMBER_SINCE": 1795950000}]
    note = "1.79595E+09 looks like a number that a spreadsheet has rounded: take its last digits from there."
    assert note in detected.changes


def test_fields_may_be_called_as_the_request_s_members_are() -> None:
    schema = users_schema(USERS="string", PROPERTIES="string")
    assert detect(schema, ARN, '{"USER_ID": "u", "USERS": "x", "PROPERTIES": "y"}') is None
    lines = detect(schema, ARN, '{"USER_ID": "u", "PROPERTIES": "y"}\n{"USER_ID": "v", "PROPERTIES": "z"}')
    assert lines is not None
    assert json.loads(lines.text)[0] == {"USER_ID": "u", "PROPERTIES": "y"}


@pytest.mark.parametrize("properties", ['"[]"', '"not JSON"', '{"userId": "v"}', "null"])
def test_a_user_whose_properties_cannot_be_laid_out_stays_as_it_is(properties: str) -> None:
    assert records(f'{{"users": [{{"userId": "u", "properties": {properties}}}]}}') == [
        {"USER_ID": "u", "properties": json.loads(properties)}
    ]


fragments = st.sampled_from(
    [
        "aws personalize-events put-users ",
        "--users ",
        "--cli-input-yaml ",
        "userId",
        "USER_ID",
        "AGE",
        ",",
        "\t",
        "\n",
        "\r\n",
        "'",
        '"',
        "\\",
        "=",
        ":",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "//",
        "/*",
        "*/",
        "#",
        "None",
        "True",
        "age",
        "7",
        "\u201c",
        "\u201d",
        "\xa0",
        "properties",
        "users",
        "*",
        "&",
        "SCORE",
        "VIP",
        "TIMESTAMP",
        "ITEM_ID",
        ";",
        "|",
        " ",
        "  ",
        "`",
        "\\u{110000}",
        "\\ud800",
        "\\x4",
        "\\777",
        "(",
        ")",
        "<",
        ">",
        "=>",
        "::",
        ".",
        "+",
        "-",
        "--",
        "---",
        "9999999999999999999999",
        "1e999",
        "0x1F",
        "007",
        "34.0",
        "1_000",
        "1,5",
        "NaN",
        "null",
        "undefined",
        "np.float64(",
        "Decimal(",
        "datetime(",
        "2026, 11, 29",
        "timedelta(seconds=",
        "new ",
        "Date(",
        "ISODate(",
        "UUID(",
        "$date",
        "$numberLong",
        "$oid",
        "S",
        "N",
        "NULL",
        "dict(",
        "c(",
        "structure(",
        "X.builder()",
        ".build()",
        "#<struct U ",
        "<QuerySet ",
        "%{",
        ">>> ",
        "In [1]: ",
        "users = ",
        "```",
        "> ",
        "\u2502",
        "\u251c",
        "\u2500",
        "\u253c",
        "+---+",
        "|---|",
        "*** 1. row ***",
        "-[ RECORD 1 ]",
        "INSERT INTO t (USER_ID, AGE) VALUES ",
        "<tr>",
        "<td>",
        "</td>",
        "&#x110000;",
        "&#xD800;",
        "curl ",
        "\x00",
        "\x85",
        "\u2028",
        "\ud7ff",
        "\xe9",
        "\u6771",
        "u-1",
        "sep=;",
        "? ",
        "!!",
        "&a",
        "*a",
        "|-",
        "\ufeff",
        "1234567890123",
        "2026-11-29",
        "2026-11-29T10:00:00",
        "9999-12-31T23:59:59",
        "0001-01-01",
        "T00:00",
        "+00",
        "\u200b",
        '="001"',
        "$$",
        "$a",
        "9" * 5000,
    ]
)


@given(st.lists(fragments | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_detected_or_left_alone(text: str) -> None:
    detected = detect(SCHEMA, ARN, text)
    if detected and not detected.refusal:
        json.loads(detected.text)
        for each in suggestions(SCHEMA, detected.text):
            json.loads(suggested(SCHEMA, detected.text, each.name) or "")


@pytest.mark.parametrize("text", ["-[ RECORD 1 ]", "[{'USER_ID': 'a\\ud800'}]", "x = 9 * 9 * 9"])
def test_what_is_not_whole_is_left_alone(text: str) -> None:
    assert detect(SCHEMA, ARN, text) is None


def test_equal_columns_are_kept_for_the_validation_to_name() -> None:
    text = read("USER_ID,AGE,age\nu,1,2\n").text
    (problem,) = [each for each in validate_record_input(SCHEMA, text).problems if each.field == "AGE"]
    assert problem.found == "“AGE” again"


def test_users_past_the_most_are_counted_whether_the_reading_is_known_or_not() -> None:
    user = json.dumps({"userId": "u", "properties": json.dumps(json.dumps({"AGE": 7}))})
    text = "[" + ",".join([user] * 25) + "]"
    expected = None
    validation = validate_record_input(SCHEMA, text)
    assert detect(SCHEMA, ARN, text) == expected
    assert detect(SCHEMA, ARN, text, validation.reading) == expected
    assert "25 users" in [problem.found for problem in validation.problems]


def test_an_array_within_a_record_is_kept_whole() -> None:
    numbers = list(range(100))
    assert json.loads(read(f'{{"users": [{{"userId": "u", "x": {numbers}}}]}}').text) == [
        {"USER_ID": "u", "x": numbers}
    ]


def test_lines_that_the_standard_library_alone_takes_for_json_are_nearly_json() -> None:
    detected = read('{"USER_ID": "u"}\n{"USER_ID": "v", "AGE": NaN}')
    assert detected.words.startswith("nearly JSON: words and calls such as None")
    assert json.loads(detected.text) == [{"USER_ID": "u"}, {"USER_ID": "v", "AGE": None}]


def test_a_value_with_more_parts_than_are_read_is_left_alone() -> None:
    for unit in (".trim()", " + 'a'", " * 1", ":1", " 'a'"):
        first = "1" if unit[-1] == "1" else "'a'"
        assert read_literal(first + unit * 2) is not None
        assert read_literal(first + unit * 30_001) is None


def test_so_many_rows_that_each_has_less_than_a_record_are_left_alone() -> None:
    assert detect(SCHEMA, ARN, "USER_ID,AGE\n" + "u,1\n" * 49_999) is not None
    assert detect(SCHEMA, ARN, "USER_ID,AGE\n" + "u,1\n" * 50_000) is None


def test_a_long_text_is_read_without_its_outer_wrapping_alone() -> None:
    wrapped = '>>> x = [{"USER_ID": "u-1", "AGE": 3}]'
    assert detect(SCHEMA, ARN, wrapped) is not None
    assert detect(SCHEMA, ARN, wrapped + " " * 200_000 + ";") is None
