"""Requests that PowerShell sends, and calls of SDKs: with the dataset that they name, and without losing an id."""

import json

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import GOLD, SCHEMA, read, values

ARN = "arn:aws:personalize:eu-central-1:000000000000:dataset/GROUP/USERS"
OTHER = "arn:aws:personalize:eu-central-1:000000000000:dataset/OTHER/USERS"
PROPERTIES = '{"age": 34, "score": 1.5, "vip": true, "membershipType": "Gold"}'
IN_QUOTES = json.dumps(PROPERTIES)
REQUEST = json.dumps({"datasetArn": ARN, "users": [{"userId": "u-1", "properties": PROPERTIES}]})
# As Chrome escapes a text for PowerShell.
ESCAPED = REQUEST.replace('"', '`"')
URI = "https://personalize-events.eu-central-1.amazonaws.com/users"
SECOND = r'.users(User::builder().user_id("u-2").properties(r#"{"score": 2.0, "vip": false, "membershipType": "B"}"#).build()?)'

REQUESTS = {
    "Copy as PowerShell": (
        '$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = "Mozilla/5.0"\n'
        f'Invoke-WebRequest -UseBasicParsing -Uri "{URI}" `\n-Method "POST" `\n-WebSession $session `\n-Headers @{{\n'
        f'"authority"="x"\n  "accept"="*/*"\n}} `\n-ContentType "application/json" `\n-Body "{ESCAPED}"'
    ),
    "Invoke-RestMethod": f"Invoke-RestMethod -Method Post -Uri '{URI}' -Body '{REQUEST}' -ContentType 'application/json'",
    "a body in a variable": f"$body = '{REQUEST}'\nirm -Method Post -Uri '{URI}' -Body $body",
    "a body as a hashtable": (
        f"$body = @{{ datasetArn = '{ARN}'; users = @(@{{ userId = 'u-1'; properties = '{PROPERTIES}' }}) }} "
        f"| ConvertTo-Json -Depth 5\nInvoke-RestMethod -Uri '{URI}' -Method Post -Body $body"
    ),
    "AWS Tools for PowerShell": (
        f'Write-PERSEUser -DatasetArn "{ARN}" -User @(\n  @{{ UserId = "u-1"; Properties = \'{PROPERTIES}\' }}\n)'
    ),
    "fetch": f'await fetch("{URI}", {{\n  "headers": {{\n    "accept": "*/*"\n  }},\n  "body": {json.dumps(REQUEST)}\n}}); ;',
    "HTTPie": f'http POST {URI} datasetArn={ARN} users:=\'[{{"userId": "u-1", "properties": {IN_QUOTES}}}]\'',
    "requests of Python": f"requests.post('{URI}', headers={{'a': 'b'}}, data='{REQUEST}')".replace('\\"', '\\\\"'),
    "the SDK for Rust": (
        f'let resp = client\n    .put_users()\n    .dataset_arn("{ARN}")\n    .users(\n        User::builder()\n'
        f'            .user_id("u-1")\n            .properties(r#"{PROPERTIES}"#)\n            .build()?,\n    )\n'
        "    .send()\n    .await?;"
    ),
    "the SDK for Rust with all at once": (
        f'client.put_users().dataset_arn("{ARN}").set_users(Some(vec![User::builder().user_id("u-1")'
        f'.properties(r#"{PROPERTIES}"#).build().unwrap()])).send().await'
    ),
    "the SDK for Kotlin": (
        f'client.putUsers {{\n    datasetArn = "{ARN}"\n    users = listOf(\n        User {{\n            userId = "u-1"\n'
        f'            properties = """{PROPERTIES}"""\n        }}\n    )\n}}'
    ),
    "the SDK for Swift": (
        f'let output = try await client.putUsers(input: PutUsersInput(\n    datasetArn: "{ARN}",\n    users: [\n'
        f'        PersonalizeEventsClientTypes.User(properties: #"{PROPERTIES}"#, userId: "u-1")\n    ]\n))'
    ),
    "the SDK for Swift with types from the place": (
        f'let input = PutUsersInput(datasetArn: "{ARN}", users: [.init(properties: {IN_QUOTES}, userId: "u-1")])'
    ),
}


@pytest.mark.parametrize("text", REQUESTS.values(), ids=list(REQUESTS))
def test_a_request_of_a_program_is_read_with_its_dataset(text: str) -> None:
    assert values(text) == [GOLD]
    own = detect(SCHEMA, ARN, text)
    assert own is not None
    assert own.refusal == ""
    other = detect(SCHEMA, OTHER, text)
    assert other is not None
    assert other.refusal.startswith(f"It is for another dataset, “{ARN[:40]}…”. Expected {OTHER}.")


def test_users_of_several_calls_of_a_builder_are_all_read() -> None:
    text = REQUESTS["the SDK for Rust"].replace("    .send()", f"    {SECOND}\n    .send()")
    assert values(text) == [GOLD, ("u-2", None, 2.0, False, "B")]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            f"Invoke-RestMethod -Uri '{URI}' -Body 'x'",
            "-Body, line 1, column 1: Expected a JSON value; found “x”. Write text in double quotes.",
        ),
        (
            f'PutUsersRequest request;\nUser user;\nuser.SetUserId("u-1");\nuser.SetProperties(R"({PROPERTIES})");\n'
            "request.AddUsers(user);\nclient.PutUsers(request);",
            "Its users are variables or code, which only the program knows. Print them as JSON.",
        ),
        (
            f'client.putUsers(r -> r.datasetArn("{ARN}").users(u -> u.userId("u-1").properties({IN_QUOTES})));',
            "Its users are variables or code, which only the program knows. Print them as JSON.",
        ),
    ],
)
def test_a_request_that_cannot_be_read_is_refused(text: str, refusal: str) -> None:
    assert read(text).refusal == refusal


def test_a_text_of_swift_with_an_escape_of_its_own_is_left_alone() -> None:
    assert detect(SCHEMA, "", r'User(userId: #"u-\#(i)"#, properties: "")') is None


def test_a_builder_that_does_not_end_is_left_to_the_sentence_on_calls() -> None:
    text = 'client.put_users().dataset_arn("a").users(User::builder().user_id("u-1")'
    assert read(text).refusal == "Its users are variables or code, which only the program knows. Print them as JSON."
