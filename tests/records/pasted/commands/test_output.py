"""A command with what it printed below: the output is read, or the command where that is the request."""

from typing import Any

import pytest

from tests.records.pasted.commands.reading import PUT_USERS
from tests.records.pasted.pressing import BASIC, GOLD, read, values

JSON = '[{"userId":"u-1","age":34,"score":1.5,"vip":true,"membershipType":"Gold"}]'
CSV = "USER_ID,AGE,SCORE,VIP,MEMBERSHIP_TYPE\nu-1,34,1.5,true,Gold\nu-2,,2.0,false,Basic\n"
ITEM = '{"USER_ID": {"S": "u-1"}, "AGE": {"N": "34"}, "SCORE": {"N": "1.5"}, "VIP": {"BOOL": true}, "MEMBERSHIP_TYPE": {"S": "%s"}}'
MORE_THAN_ONE = "This is more than one command. Paste one at a time."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '$ aws dynamodb get-item --table-name users --key \'{"USER_ID":{"S":"u-1"}}\'\n'
            f'{{\n    "Item": {ITEM % "Gold"}\n}}\n',
            [GOLD],
        ),
        (f'aws dynamodb scan --table-name users\n{{"Items": [{ITEM % "O'Brien"}]}}\n$ ', [(*GOLD[:4], "O'Brien")]),
        (f"$ aws dynamodb query \\\n>   --table-name users \\\n>   --query 'Items[]'\n{JSON}\n", [GOLD]),
        (f"# users\naws dynamodb query \\\n  --table-name users \\\n  --query 'Items[]'\n{JSON}\n", [GOLD]),
        (f"ann@host:~/x$ awslocal s3 cp s3://b/u.csv -\n{CSV}ann@host:~/x$ \n", [GOLD, BASIC]),
        (f"PS C:\\> aws s3 cp s3://b/u.csv -\n{CSV}\nPS C:\\> ", [GOLD, BASIC]),
        (f"C:\\data> aws s3 cp s3://b/u.csv -\n{CSV}\nC:\\data>", [GOLD, BASIC]),
        (f"curl -s https://shop.example/users | jq .\n{JSON}", [GOLD]),
        (f"curl https://shop.example/users \\\n  -d '{{\n\"q\": 1}}'\n{JSON}", [GOLD]),
        (f"$ curl https://shop.example/users -d @- <<EOF\n{{}}\nEOF\n{JSON}", [GOLD]),
        (f"$ curl -i https://shop.example/users\nHTTP/2 200\ncontent-type: application/json\n\n{JSON}", [GOLD]),
        ("$ aws dynamodb scan --output text\nu-1\t34\t1.5\ttrue\tGold\nu-2\tnull\t2.0\tfalse\tBasic\n", [GOLD, BASIC]),
        (
            "$ aws s3 cp s3://b/u.yaml -\n- USER_ID: u-1\n  AGE: 34\n  SCORE: 1.5\n  VIP: true\n  MEMBERSHIP_TYPE: Gold\n",
            [GOLD],
        ),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_the_output_of_another_command_is_read(text: str, expected: list[Any], line_break: str) -> None:
    assert values(text.replace("\n", line_break)) == expected


def test_the_command_above_an_output_is_named() -> None:
    detected = read(f"$ aws s3 cp \\\n  s3://b/u.json -\n{JSON}\n$ ")
    assert detected.words == "1 user, in the output of an AWS CLI command"
    assert detected.changes == ("Left out above the output: “$ aws s3 cp \\ s3://b/u.json -”.",)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("{}", "{}"),
        (
            "\nAn error occurred (ThrottlingException) when calling the PutUsers operation: Rate exceeded",
            "An error occurred (ThrottlingException) …",
        ),
        ("HTTP/2 200", "HTTP/2 200"),
    ],
)
def test_of_a_request_with_its_answer_the_records_are_read(answer: str, said: str) -> None:
    detected = read(f'$ {PUT_USERS} --users \'[{{"userId": "u-1"}}]\'\n{answer}\n$ ')
    assert detected.text == '[\n  {\n    "USER_ID": "u-1"\n  }\n]'
    assert detected.changes == (f"Left out below the command: “{said}”.",)


@pytest.mark.parametrize(
    ("text", "words", "refusal"),
    [
        (
            "$ aws s3 ls\n2026-11-30 05:12:44   120 a.txt\n",
            "an AWS CLI command",
            "This is a different AWS CLI command. Expected aws personalize-events put-users. "
            "In its output below, no users were found.",
        ),
        (
            "curl https://shop.example/\n<users><user id='u-1'/></users>\n",
            "the output of a curl command",
            "Paste the records as JSON, CSV or a table's text instead.",
        ),
        (
            f"$ {PUT_USERS} --users file://u.json\n{{}}",
            "an AWS CLI command",
            "--users names a file on your machine, which the console cannot read. Paste the file's content instead.",
        ),
        (f"$ aws s3 ls\na\n$ aws s3 cp s3://b/u.json -\n{JSON}", "an AWS CLI command", MORE_THAN_ONE),
        (f"aws s3 ls\naws s3 cp s3://b/u.json -\n{JSON}", "an AWS CLI command", MORE_THAN_ONE),
        (f"{PUT_USERS} --users userId=u-1\nls", "an AWS CLI command", MORE_THAN_ONE),
        (f"docker ps\nsudo {PUT_USERS} --users userId=u-1\n{JSON}", "an AWS CLI command", MORE_THAN_ONE),
        ("aws s3 cp 'a\nb", "an AWS CLI command", "A quote of this command is not closed."),
        # More than is tried.
        (
            f"aws s3 cp '{('a' * 2_000 + chr(10)) * 150}",
            "an AWS CLI command",
            "A quote of this command is not closed.",
        ),
    ],
)
def test_says_why_neither_command_nor_output_is_read(text: str, words: str, refusal: str) -> None:
    detected = read(text)
    assert (detected.words, detected.refusal) == (words, refusal)
