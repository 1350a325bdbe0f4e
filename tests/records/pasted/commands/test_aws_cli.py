"""The AWS CLI's arguments: which of them are read, and what is said of the others."""

from typing import Any

import pytest

from console.records.entities import INTERACTIONS, ITEMS, USERS, Entity
from console.records.json.nodes import Object
from console.records.pasted.commands.reading import MORE_THAN_ONE, read_command
from console.records.pasted.detection import detect
from tests.records.literal_schemas import users_schema
from tests.records.pasted.commands.reading import ARN, ONE, ONE_READ, PUT_USERS, read, records, refusal

SCHEMA = users_schema(AGE=["null", "int"], SCORE=["null", "double"])
REQUEST = f'{{"datasetArn": "{ARN}", "users": [{{"userId": "u-1"}}]}}'


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (
            "--users userId=u-1,properties='\"{}\"' userId=u-2",
            [{"userId": "u-1", "properties": "{}"}, {"userId": "u-2"}],
        ),
        ("""--users '{"userId": "u-1"}' '{"userId": "u-2"}'""", [{"userId": "u-1"}, {"userId": "u-2"}]),
        ("""--users '{"userId": "u-1"}'""", [{"userId": "u-1"}]),
        (f"--cli-input-json '{REQUEST}' --users userId=u-2", [{"userId": "u-2"}]),
        ("""--cli-input-json '{"users": {"userId": "u-1"}}'""", [{"userId": "u-1"}]),
        (f"--cli-input-yaml '{REQUEST}'", [{"userId": "u-1"}]),
        ("--cli-input-yaml 'users: [{userId: u-1}]'", [{"userId": "u-1"}]),
        (
            "--cli-input-yaml file:///dev/stdin <<EOF\nusers:\n- userId: u-1\n  properties: '{\"age\": 34}'\nEOF",
            [{"userId": "u-1", "properties": '{"age": 34}'}],
        ),
    ],
)
def test_the_records_of_an_option_are_read(rest: str, expected: list[Any]) -> None:
    assert records(f"{PUT_USERS} {rest}") == expected


def test_what_a_request_has_beside_its_events_stands_in_each_of_them() -> None:
    command = "aws personalize-events put-events --tracking-id $ID --user-id u-1 --session-id s-1 --event-list "
    found = read(f"{command} itemId=a,eventType=Watch,impression=a,b itemId=c,eventType=Watch", INTERACTIONS)
    assert found.target_variable == "$ID"
    assert found.records == [
        {"userId": "u-1", "sessionId": "s-1", "itemId": "a", "eventType": "Watch", "impression": ["a", "b"]},
        {"userId": "u-1", "sessionId": "s-1", "itemId": "c", "eventType": "Watch"},
    ]
    assert refusal(f"{command.replace('u-1', '$USER')} itemId=a", INTERACTIONS) == (
        "Only a shell knows the value of $USER. Write the value instead."
    )


@pytest.mark.parametrize(
    ("rest", "target"),
    [
        (f"--dataset-arn {ARN} --users userId=u", ARN),
        (f"--cli-input-json '{REQUEST}'", ARN),
        (f"--cli-input-json '{REQUEST}' --dataset-arn other", "other"),
        ("""--cli-input-json '{"datasetArn": "", "users": [{"userId": "u"}]}'""", None),
        ("""--cli-input-json '{"datasetArn": {}, "users": [{"userId": "u"}]}'""", "an object"),
        ("--users userId=u", None),
    ],
)
def test_the_target_is_the_option_s_or_the_request_s(rest: str, target: str | None) -> None:
    assert read(f"{PUT_USERS} {rest}").target == target


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("", "No users could be read from this command. Expected --users with JSON or shorthand syntax."),
        ("--users", "No users could be read from this command. Expected --users with JSON or shorthand syntax."),
        ("--users '[]'", "No users could be read from this command. Expected --users with JSON or shorthand syntax."),
        ("--users '[1]'", "Expected a list of users, each with userId and properties."),
        ("--users a=1 --users a=2", "--users is in this command twice. Keep one."),
        (
            "--users file://users.json",
            "--users names a file on your machine, which the console cannot read. Paste the file's content instead.",
        ),
        # As in the developer guide, whose quotes are broken.
        (
            """--users '[{\n    "userId": "u1",\n    "properties": "{\\"gender\\": "\\F\\"}"\n}]'""",
            "--users, line 3, column 34: Expected a comma or “}”; found “\\”.",
        ),
        (
            """--users '[{"userId": "u"},]'""",
            "--users, line 1, column 17: Expected no comma before “]”; found one. Remove the comma.",
        ),
        (
            """--users "[{'userId': 'u'}]" """,
            "--users, line 1, column 3: Expected a name in double quotes; found “'”. Write text in double quotes.",
        ),
        (
            "--users '[{“userId”: “u”}]'",
            "--users, line 1, column 3: Expected a name in double quotes; "
            "found left double quotation mark (U+201C). Write straight double quotes.",
        ),
        ("--users '[{]'", "--users, line 1, column 3: Expected a name in double quotes; found “]”."),
        (
            """--users '{"userId": "u"}' '{'""",
            "--users, line 1, column 2: Expected a name in double quotes; found the end of the text.",
        ),
        (
            """--users userId=u1,properties='{"age":34,"gender":"F"}'""",
            "--users, line 1, column 23: Expected a name and “=”; found a double quote. "
            "Shorthand syntax cannot hold this JSON. Write the whole list as JSON: [{…}].",
        ),
        (
            "--users userId=u,userId=v",
            "--users, line 1, column 10: Expected each name once; found “userId” again. "
            "Put a space between two records.",
        ),
        ("""--users 'userId="u"x'""", "--users, line 1, column 11: Expected “,”; found “x”."),
        (
            "--cli-input-json '{\"users\": '",
            "--cli-input-json, line 1, column 11: Expected a value; found the end of the text.",
        ),
        ("--cli-input-json '[]'", "--cli-input-json: Expected a PutUsers request; found an array."),
        (
            """--cli-input-json '{"items": []}'""",
            "--cli-input-json has “items”, which PutUsers does not have.",
        ),
        (
            """--cli-input-json '{"users": [], "Users": []}'""",
            "--cli-input-json has “Users” twice. Keep one.",
        ),
        (
            "--cli-input-yaml 'users: [{userId: u-1]'",
            "--cli-input-yaml, line 1, column 21: Expected YAML; did not find expected ',' or '}'.",
        ),
        ("--cli-input-yaml users", "--cli-input-yaml, line 1, column 1: Expected YAML of a mapping or a list."),
        (
            '--cli-input-yaml "users: [$USERS"',
            "Only a shell knows the value of $USERS. Write the value instead.",
        ),
    ],
)
def test_says_which_place_of_an_option_cannot_be_read_and_why(rest: str, expected: str) -> None:
    assert refusal(f"{PUT_USERS} {rest}") == expected


@pytest.mark.parametrize(
    ("text", "entity", "expected"),
    [
        ("aws s3 ls", USERS, "This is a different AWS CLI command. Expected aws personalize-events put-users."),
        (PUT_USERS, ITEMS, "This is a different AWS CLI command. Expected aws personalize-events put-items."),
        (
            "aws personalize-events",
            USERS,
            "This is a different AWS CLI command. Expected aws personalize-events put-users.",
        ),
        ("aws $OPTIONS put-users", USERS, "Only a shell knows the value of $OPTIONS. Write the value instead."),
    ],
)
def test_says_which_command_is_expected(text: str, entity: Entity, expected: str) -> None:
    assert refusal(f"{text} ", entity) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "aws",
        "hello",
        "userId: u-1",
        "USER_ID,AGE\nu-1,34",
        "# made with aws personalize-events put-users\nusers:\n- userId: u-1\n",
        "time aws 7",
        "env says that aws personalize-events is down",
        "echo aws curl",
        "sudo true\necho aws curl",
        "$ 5.00 for aws personalize-events put-users",
        "set a = 1;\nCOPY users FROM stdin;\ncurl\t34\naws\t35\n",
        "sep=;\nUSER_ID;CITY\nu-1;AWS\ncurl;Bern\n",
        "sep=;\nUSER_ID;CITY\nu-1;curl",
        "$users = [{'USER_ID' => 'u-1', 'CITY' => 'curl' }];",
    ],
)
def test_other_text_is_no_command(text: str) -> None:
    command = read_command(USERS, text)
    assert command is None or command.refusal.startswith("This is a different")


def test_equal_keys_are_kept_for_the_validation_to_name() -> None:
    (record,) = read(f"""{PUT_USERS} --users '[{{"userId": "u", "userId": "v"}}]'""").nodes
    assert isinstance(record, Object)
    assert [member.key for member in record.members] == ["userId", "userId"]


def test_typographic_quotes_and_dashes_are_read_and_named() -> None:
    command = read("aws personalize-events put-users \u2013users \u2018[{“userId”: “it\u2019s “u””}]\u2019")
    assert command.refusal == "--users, line 1, column 20: Expected a comma or “}”; found “u”."
    command = read(
        f"aws personalize-events put-users —dataset-arn {ARN} \u2013-users \u2018[{{“userId”: “it\u2019s”}}]\u2019"
    )
    assert (command.target, command.records) == (ARN, [{"userId": "it\u2019s"}])
    assert command.notes == [
        "typographic quotes were read as straight ones",
        "typographic dashes were read as “--”",
    ]


def test_detection_says_what_a_variable_is_taken_for_and_keeps_numbers_as_typed() -> None:
    text = f"""{PUT_USERS} --dataset-arn $ARN --users '[{{"userId": "u-1", "properties": "{{\\"score\\": 1.10}}"}}]'"""
    detected = detect(SCHEMA, ARN, text)
    assert detected is not None
    assert detected.words == "1 user of an AWS CLI command"
    assert detected.changes == ("$ARN is taken for this dataset.",)
    assert detected.text == '[\n  {\n    "USER_ID": "u-1",\n    "SCORE": 1.10\n  }\n]'


def test_words_below_a_command_are_named() -> None:
    command = read(f"{PUT_USERS} --dataset-arn {ARN} --users '{ONE}'\n\nThanks a lot, it's\nNina")
    assert (command.refusal, command.records) == ("", ONE_READ)
    assert command.notes == ["Left out below the command: “Thanks a lot, it's Nina”"]


@pytest.mark.parametrize(
    "below", ["aws s3 ls", "rm -r x", "Get-Item x", "Thanks -x", "Echo done > file", "Thanks; rm x"]
)
def test_what_may_be_another_command_is_no_words(below: str) -> None:
    assert refusal(f"{PUT_USERS} --dataset-arn {ARN} --users '{ONE}'\n\n{below}") == MORE_THAN_ONE
    assert refusal(f"{PUT_USERS} --dataset-arn {ARN} --users '[x]'\n\nThanks, Nina") != ""
