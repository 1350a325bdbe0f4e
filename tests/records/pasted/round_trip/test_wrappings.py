"""What stands around records in texts, shells and files: records come back from what writers make of them."""

import json
import shlex

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    Writer,
    any_texts,
    came_back,
    objects,
    plain_ids,
    raw_texts,
    rows,
)

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"
PUT_USERS = f"aws personalize-events put-users --dataset-arn {ARN} --users"


def lines(values: Values) -> list[str]:
    return [json.dumps(each) for each in objects(values)]


def indented(values: Values) -> list[str]:
    return json.dumps(objects(values), indent=2).split("\n")


def users(values: Values) -> str:
    """Return the records as PutUsers has them, with properties as a text."""
    return json.dumps(
        [
            {
                "userId": row[0],
                "properties": json.dumps(dict(zip(("age", "score", "vip", "city"), row[1:], strict=True))),
            }
            for row in values
        ]
    )


def in_powershell(text: str) -> str:
    """Return an argument as PowerShell 7 needs it, in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def older_powershell(values: Values) -> str:
    # PowerShell before 7.3 gives a program no quotes that have no backslash before them.
    escaped, pending = "", 0
    for each in users(values):
        if each == "\\":
            pending += 1
            continue
        escaped += "\\" * (2 * pending + 1) + each if each == '"' else "\\" * pending + each
        pending = 0
    return f"PS C:\\Users\\ada> {PUT_USERS} {in_powershell(escaped)}"


def in_ansi_c(text: str) -> str:
    """Return an argument in $'…' of bash."""
    return "$'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def input_json(values: Values) -> str:
    request = json.dumps({"datasetArn": ARN, "users": json.loads(users(values))}, indent=2)
    return f"aws personalize-events put-users --cli-input-json file:///dev/stdin <<'EOF'\n{request}\nEOF\n"


def file_above(values: Values) -> str:
    return f"cat > users.json <<'EOF'\n{users(values)}\nEOF\n{PUT_USERS} file://users.json\n"


def curl(values: Values) -> str:
    body = json.dumps({"users": objects(values)})
    return f"curl -X POST https://example.com/users \\\n  -H 'Content-Type: application/json' \\\n  -d {shlex.quote(body)}\n"


def rest_method(values: Values) -> str:
    body = in_powershell(json.dumps(objects(values)))
    return (
        f"Invoke-RestMethod -Method Post -Uri https://example.com/users -ContentType 'application/json' -Body {body}\n"
    )


def boto3(values: Values) -> str:
    return f"client.put_users(datasetArn={ARN!r}, users={json.loads(users(values))!r})\n"


def javascript_sdk(values: Values) -> str:
    return f"await client.send(new PutUsersCommand({{\n  datasetArn: {json.dumps(ARN)},\n  users: {users(values)},\n}}));\n"


def search_requests(values: Values) -> str:
    return "\n\n".join(
        f"PUT users/_doc/{row[0]}\n" + json.dumps(dict(zip(NAMES[1:], row[1:], strict=True)), indent=2)
        for row in values
    )


def mysql_batch(values: Values) -> str:
    # A column of JSON, whose backslashes, tabs and line breaks the client escapes again.
    return "JSON_OBJECT\n" + "".join(line.replace("\\", "\\\\") + "\n" for line in lines(values))


def compose(values: Values) -> str:
    body = "".join(f"      {line}\n" for line in indented(values))
    return f"configs:\n  users:\n    content: |\n{body}"


def plan(values: Values) -> str:
    # What a plan of Terraform adds.
    return "".join(f"      + {line}\n" for line in lines(values))


FORMATS: dict[str, Writer] = {
    "comments of a shell": lambda values: "".join(f"# {line}\n" for line in lines(values)),
    "comments of JavaScript": lambda values: "".join(f"// {line}\n" for line in lines(values)),
    "JSON in a quotation": lambda values: "".join(f"> {line}\n" for line in indented(values)),
    "nl": lambda values: "".join(f"{number:6}\t{line}\n" for number, line in enumerate(indented(values), 1)),
    "bat": lambda values: "".join(f"{number:4} │ {line}\n" for number, line in enumerate(indented(values), 1)),
    "grep -n": lambda values: "".join(f"{number}:{line}\n" for number, line in enumerate(lines(values), 1)),
    "git grep": lambda values: "".join(
        f"users.jsonl:{number}:{line}\n" for number, line in enumerate(lines(values), 1)
    ),
    "noformat": lambda values: "Please create:\n{noformat}\n" + "\n".join(indented(values)) + "\n{noformat}\nThanks\n",
    "code": lambda values: "{code:json}\n" + "\n".join(indented(values)) + "\n{code}\n",
    "pods": lambda values: "".join(
        f"2026-11-30T10:00:0{n}Z stdout F {line}\n" for n, line in enumerate(lines(values))
    ),
    "Compose's log": lambda values: "".join(f"web-1  | {line}\n" for line in lines(values)),
    "Python's logging": lambda values: "".join(f"INFO:root:{line}\n" for line in lines(values)),
    "a plan": plan,
    "a diff of JSON": lambda values: (
        "--- /dev/null\n+++ b/users.json\n" + "".join(f"+{line}\n" for line in indented(values))
    ),
    "a prompt of Python": lambda values: f">>> users\n{objects(values)!r}\n>>> ",
    "IPython": lambda values: f"In [1]: users\nOut[1]: {objects(values)!r}\n",
    "a label": lambda values: f"user params: {objects(values)!r}",
    "a command with file": file_above,
    "a command with its input": input_json,
    "PowerShell 7": lambda values: f"{PUT_USERS} `\n  {in_powershell(users(values))}\n",
    "an older PowerShell": older_powershell,
    "bash": lambda values: f"{PUT_USERS} {in_ansi_c(users(values))}",
    "curl": curl,
    "Invoke-RestMethod": rest_method,
    "boto3": boto3,
    "the SDK for JavaScript": javascript_sdk,
    "Compose": compose,
    "JSON in CSV": lambda values: (
        "id,payload\n"
        + "".join(f'{n},"{line.replace(chr(34), 2 * chr(34))}"\n' for n, line in enumerate(lines(values)))
    ),
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values


@settings(max_examples=OF_EACH)
# What is no word in an address has escapes there.
@given(values=rows(raw_texts, plain_ids))
def test_any_text_comes_back_from_requests_with_ids(values: Values) -> None:
    assert came_back(search_requests(values)) == values


@settings(max_examples=OF_EACH)
# A backslash before anything but a quote may be that of a text, of which the page warns.
@given(values=rows(any_texts.map(lambda text: f'{text}"')))
def test_any_text_comes_back_from_json_that_a_client_has_escaped(values: Values) -> None:
    assert came_back(mysql_batch(values)) == values
