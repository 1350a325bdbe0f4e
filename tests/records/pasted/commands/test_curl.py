"""curl's arguments, from literal text to literal records."""

import json

import pytest

from console.records.entities import INTERACTIONS
from console.records.pasted.detection import detect
from tests.records.literal_schemas import users_schema
from tests.records.pasted.commands.reading import ARN, ONE, ONE_READ, read, records, refusal

URL = "https://personalize-events.us-east-1.amazonaws.com/users"
BODY = f'{{"datasetArn":"{ARN}","users":{ONE}}}'
ESCAPED = BODY.replace("\\", "\\\\").replace('"', '\\"')


@pytest.mark.parametrize(
    "text",
    [
        f"curl {URL} --data '{BODY}'",
        f"$ curl -sS -X POST {URL} -H 'Content-Type: application/json' -d '{BODY}'",
        f"curl --silent -XPOST -H'Content-Type: application/json' -d'{BODY}' {URL}",
        f"curl -vd '{BODY}' {URL} | jq .",
        f"curl -ks {URL} --json '{BODY}'",
        f"curl {URL} --data-raw '{BODY}' --compressed",
        f'curl --location --request POST "$ENDPOINT/users" --user "$KEY:$SECRET" --data-ascii \'{BODY}\'',
        f"curl {URL} --data-binary @- <<'EOF'\n{BODY}\nEOF\n",
        f"curl {URL} -d @/dev/stdin <<'EOF'\n{BODY}\nEOF\n",
        f"echo '{BODY}' | curl {URL} -d @-",
        f'curl.exe -X POST {URL} ^\r\n  -H "Content-Type: application/json" ^\r\n  -d "{ESCAPED}"\r\n',
        f"curl.exe -X POST {URL} `\n  -H 'Content-Type: application/json' `\n  -d '{ESCAPED}'",
        f"awscurl --service personalize --region us-east-1 -X POST -d '{BODY}' {URL}",
        # As a browser copies a request for cmd.exe, and for bash.
        f'curl ^"{URL}^" ^\r\n  -H ^"content-type: application/json^" ^\r\n  --data-raw '
        '^"' + ESCAPED.replace("\\", "^\\").replace('"', '^"').replace("{", "^{").replace("}", "^}") + '^"',
        f"curl '{URL}' \\\n  -H 'accept: */*' \\\n  --data-raw $'{BODY.replace('\\', '\\\\')}'",
        f'C:\\>curl {URL} -d "{ESCAPED}"',
        f"curl -X POST {URL} \u2013H \u2018Content-Type: application/json\u2019 \u2013d \u2018{BODY.replace('"', '”')}\u2019",
        f"curl {URL} --json '{BODY[:20]}' --json '{BODY[20:]}'",
    ],
)
def test_the_request_of_curl_is_read(text: str) -> None:
    command = read(text)
    assert command.refusal == ""
    assert (command.words, command.target, command.records) == ("a curl command", ARN, ONE_READ)


def test_what_a_request_has_beside_its_events_stands_in_each_of_them() -> None:
    body = '{"trackingId":"t-1","userId":"u-1","sessionId":"s-1","eventList":[{"itemId":"a","eventType":"Watch"}]}'
    assert records(f"curl $URL/events -d '{body}'", INTERACTIONS) == [
        {"userId": "u-1", "sessionId": "s-1", "itemId": "a", "eventType": "Watch"}
    ]


def test_a_variable_as_the_target_is_named() -> None:
    command = read(r"""curl $URL -d "{\"datasetArn\": \"$ARN\", \"users\": [{\"userId\": \"u\"}]}" """)
    assert (command.target_variable, command.records) == ("$ARN", [{"userId": "u"}])


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("", "This command has no request body. Expected a PutUsers request after --data."),
        ("-X", "This command has no request body. Expected a PutUsers request after --data."),
        (
            "-d @request.json",
            "-d names a file on your machine, which the console cannot read. Paste the file's content instead.",
        ),
        (
            "--data '{\"users\": [],}'",
            "--data, line 1, column 13: Expected no comma before “}”; found one. Remove the comma.",
        ),
        (
            "--data '{\"users\": []}'",
            "No users could be read from this command. Expected a PutUsers request after --data.",
        ),
        ("--data 7", "--data: Expected a PutUsers request; found the number 7."),
        (
            "--data a --data b",
            "--data, line 1, column 1: Expected a JSON value; found “a”. Write text in double quotes.",
        ),
        ("--data-raw @-", "--data-raw, line 1, column 1: Expected a value; found “@”."),
        ("--data '{\"items\": []}'", "--data has “items”, which PutUsers does not have."),
        ('-d "{\\"users\\": $USERS}"', "Only a shell knows the value of $USERS. Write the value instead."),
        (f"{URL} -d 'a", "A quote of this command is not closed."),
    ],
)
def test_says_why_a_request_of_curl_cannot_be_read(rest: str, expected: str) -> None:
    command = read(f"curl {URL} {rest}")
    assert (command.words, command.refusal) == ("a curl command", expected)
    assert refusal(f"curl {URL} {rest}") == expected


def test_a_list_that_another_service_is_sent_has_the_records() -> None:
    assert records('curl https://shop.example/users --data \'[{"userId": "u-1"}]\'') == [{"userId": "u-1"}]
    assert refusal("curl https://shop.example/users --data '[]'") == (
        "--data: Expected a PutUsers request; found an array."
    )
    assert refusal('curl https://shop.example/users --data "[{\\"userId\\": \\"$ID\\"}]"') == (
        "Only a shell knows the value of $ID. Write the value instead."
    )


RECORD = '{"userId":"u-1","age":34}'
USERS_SCHEMA = users_schema(AGE=["null", "int"])


@pytest.mark.parametrize(
    ("text", "words", "changes"),
    [
        (f"curl -X 'POST' https://shop.example/users -d '{RECORD}'", "1 user, in a curl command", ()),
        (f"curl https://shop.example/users --json '{RECORD}'", "1 user, in a curl command", ()),
        (f"curl https://shop.example/users -d '{{\"user\": {RECORD}}}'", "1 user in “user”, in a curl command", ()),
        (f"curl https://shop.example/users -d '{{\"data\": [{RECORD}]}}'", "1 user in “data”, in a curl command", ()),
        (f"irm https://shop.example/users -Method Post -Body '{RECORD}'", "1 user, in a PowerShell command", ()),
        (
            f"curl https://shop.example/users -d '{RECORD}'\n{{\"ok\": true}}\n",
            "1 user, in a curl command",
            ('Left out below the command: “{"ok": true}”.',),
        ),
    ],
)
def test_what_another_service_is_sent_is_read_as_other_json_is(
    text: str, words: str, changes: tuple[str, ...]
) -> None:
    detected = detect(USERS_SCHEMA, "", text)
    assert detected is not None
    assert (detected.words, detected.refusal, detected.changes) == (words, "", changes)
    assert json.loads(detected.text) == [{"USER_ID": "u-1", "AGE": 34}]


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        ('\'{"name": "x"}\'', "a curl command", "-d has “name”, which PutUsers does not have."),
        (
            '\'{"datasetArn": "a", "userId": "u-1"}\'',
            "a curl command",
            "-d has “userId”, which PutUsers does not have.",
        ),
        (
            '"{\\"userId\\": \\"$ID\\"}"',
            "a curl command",
            "Only a shell knows the value of $ID. Write the value instead.",
        ),
        (
            '\'{"userId": "u-1", "itemId": "a", "eventType": "x", "timestamp": 1}\'',
            "what looks like 1 item interaction",
            "This page creates users.",
        ),
        (
            f'\'{{"a": [{RECORD}], "b": [{RECORD}]}}\'',
            "a curl command",
            "It has records in more than one place: in “a” and in “b”. Paste those that you mean.",
        ),
    ],
)
def test_says_why_what_another_service_is_sent_is_not_read(body: str, words: str, expected: str) -> None:
    detected = detect(USERS_SCHEMA, "", f"curl https://shop.example/users -d {body}")
    assert detected is not None
    assert (detected.words, detected.refusal) == (words, expected)
