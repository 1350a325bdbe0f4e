"""Calls of PutUsers in ten languages: records come back from what writers make of them.

Each text is escaped as its language does: of what the languages allow, the writers use the escapes that formatters and
`inspect`-like functions write.
"""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import OF_EACH, Values, Writer, any_texts, came_back, in_quotes, rows

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"
LINES = {"\n": "\\n", "\t": "\\t"}


def users(values: Values) -> Iterator[tuple[str, str]]:
    """Yield the id and the properties of each record, as the API has them."""
    for row in values:
        properties = dict(zip(("age", "score", "vip", "city"), row[1:], strict=True))
        yield row[0], json.dumps(properties, ensure_ascii=False)


def in_utf_16(text: str) -> str:
    """Return a text in double quotes, as Java, C# and JavaScript write one: what does not show by its UTF-16."""
    shown = ""
    for each in text:
        if each in LINES or each in '"\\':
            shown += LINES.get(each, f"\\{each}")
        elif each.isprintable():
            shown += each
        else:
            code = each.encode("utf-16-be")
            shown += "".join(f"\\u{code[place : place + 2].hex()}" for place in range(0, len(code), 2))
    return f'"{shown}"'


def in_go(text: str) -> str:
    own = LINES | {each: f"\\U{ord(each):08x}" for each in text if not each.isprintable() and each not in LINES}
    return in_quotes(text, '"', own)


def in_braces(text: str) -> str:
    """Return a text as Rust and Swift write one, with \\u{…} for what does not show."""
    return in_quotes(text, '"', LINES, "\\u{{{:x}}}")


def in_ruby(text: str) -> str:
    return in_braces(text).replace("#", "\\#")


def in_kotlin(text: str) -> str:
    return in_utf_16(text).replace("$", "\\$")


def in_php(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def boto3(values: Values) -> str:
    given = [{"userId": user_id, "properties": properties} for user_id, properties in users(values)]
    return f"import boto3\n\nclient = boto3.client('personalize-events')\nclient.put_users(\n    datasetArn={ARN!r},\n    users={given!r},\n)\n"


def javascript(values: Values) -> str:
    given = "".join(
        f"    {{ userId: {in_utf_16(user_id)}, properties: {in_utf_16(properties)} }},\n"
        for user_id, properties in users(values)
    )
    return f'await client.send(new PutUsersCommand({{\n  datasetArn: "{ARN}",\n  users: [\n{given}  ],\n}}));\n'


def java(values: Values) -> str:
    given = ",\n".join(
        f"        User.builder().userId({in_utf_16(user_id)}).properties({in_utf_16(properties)}).build()"
        for user_id, properties in users(values)
    )
    return (
        f'client.putUsers(PutUsersRequest.builder()\n    .datasetArn("{ARN}")\n    .users(\n{given})\n    .build());\n'
    )


def go(values: Values) -> str:
    given = "".join(
        f"\t\t{{\n\t\t\tUserId:     aws.String({in_go(user_id)}),\n\t\t\tProperties: aws.String({in_go(properties)}),\n\t\t}},\n"
        for user_id, properties in users(values)
    )
    return (
        "_, err := client.PutUsers(context.TODO(), &personalizeevents.PutUsersInput{\n"
        f'\tDatasetArn: aws.String("{ARN}"),\n\tUsers: []types.User{{\n{given}\t}},\n}})\n'
    )


def ruby(values: Values) -> str:
    given = "".join(
        f"    {{ user_id: {in_ruby(user_id)}, properties: {in_ruby(properties)} }},\n"
        for user_id, properties in users(values)
    )
    return f'client.put_users({{\n  dataset_arn: "{ARN}",\n  users: [\n{given}  ]\n}})\n'


def php(values: Values) -> str:
    given = "".join(
        f"        ['userId' => {in_php(user_id)}, 'properties' => {in_php(properties)}],\n"
        for user_id, properties in users(values)
    )
    return f"$result = $client->putUsers([\n    'datasetArn' => '{ARN}',\n    'users' => [\n{given}    ],\n]);\n"


def dot_net(values: Values) -> str:
    given = ",\n".join(
        f"        new User {{ UserId = {in_utf_16(user_id)}, Properties = {in_utf_16(properties)} }}"
        for user_id, properties in users(values)
    )
    return (
        "await client.PutUsersAsync(new PutUsersRequest\n{\n"
        f'    DatasetArn = "{ARN}",\n    Users = new List<User>\n    {{\n{given}\n    }}\n}});\n'
    )


def rust(values: Values) -> str:
    given = "".join(
        f"    .users(User::builder().user_id({in_braces(user_id)}).properties({in_braces(properties)}).build()?)\n"
        for user_id, properties in users(values)
    )
    return f'client\n    .put_users()\n    .dataset_arn("{ARN}")\n{given}    .send()\n    .await?;\n'


def kotlin(values: Values) -> str:
    given = ",\n".join(
        f"        User {{\n            userId = {in_kotlin(user_id)}\n            properties = {in_kotlin(properties)}\n        }}"
        for user_id, properties in users(values)
    )
    return f'client.putUsers {{\n    datasetArn = "{ARN}"\n    users = listOf(\n{given}\n    )\n}}\n'


def swift(values: Values) -> str:
    given = ",\n".join(
        f"        PersonalizeEventsClientTypes.User(properties: {in_braces(properties)}, userId: {in_braces(user_id)})"
        for user_id, properties in users(values)
    )
    return (
        "let output = try await client.putUsers(input: PutUsersInput(\n"
        f'    datasetArn: "{ARN}",\n    users: [\n{given}\n    ]\n))\n'
    )


def tools_for_powershell(values: Values) -> str:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    given = ",\n".join(
        f"  @{{ UserId = {quoted(user_id)}; Properties = {quoted(properties)} }}"
        for user_id, properties in users(values)
    )
    return f'Write-PERSEUser -DatasetArn "{ARN}" -User @(\n{given}\n)\n'


FORMATS: dict[str, Writer] = {
    "Python": boto3,
    "JavaScript": javascript,
    "Java": java,
    "Go": go,
    "Ruby": ruby,
    "PHP": php,
    ".NET": dot_net,
    "Rust": rust,
    "Kotlin": kotlin,
    "Swift": swift,
    "PowerShell": tools_for_powershell,
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back_from_a_call_of_an_sdk(name: str, values: Values) -> None:
    assert came_back(FORMATS[name](values)) == values
