"""Calls of SDKs whose records are names, with the values that lines above give these."""

import pytest

from console.records.pasted.detection import detect
from tests.records.pasted.pressing import GOLD, SCHEMA, read, values

PROPERTIES = r'"{\"age\": 34, \"score\": 1.5, \"vip\": true, \"membershipType\": \"Gold\"}"'
USER = f'User.builder().userId("u-1").properties({PROPERTIES}).build()'
CALL = "PutUsersRequest request = PutUsersRequest.builder().datasetArn(arn).users({}).build();\nclient.putUsers(request);\n"
SECOND = USER.replace("u-1", "u-2")
READ = {
    "one": (f"User user = {USER};\n{CALL.format('user')}", 1),
    "one in a list": (f"final var user = {USER};\n{CALL.format('List.of(user)')}", 1),
    "a list": (f"List<User> users = List.of({USER}, {SECOND});\n{CALL.format('users')}", 2),
    "a list of others": (f"User a = {USER};\nUser b = {SECOND};\nvar all = List.of(a, b);\n{CALL.format('all')}", 2),
    "two": (f"User a = {USER};\n\nUser b = {SECOND};\n{CALL.format('a, b')}", 2),
    "their properties": (f"String p = {PROPERTIES};\n{CALL.format(USER.replace(PROPERTIES, 'p'))}", 1),
    "Python": (
        f"props = {PROPERTIES}\n"
        + "client.put_users(datasetArn=arn, users=[{'userId': 'u-1', 'properties': props}])\n",
        1,
    ),
}


@pytest.mark.parametrize(("text", "number"), READ.values(), ids=list(READ))
def test_records_that_lines_above_give_a_name_are_read(text: str, number: int) -> None:
    assert values(text) == [GOLD, ("u-2", *GOLD[1:])][:number]
    assert read(text).changes[0].startswith("Taken as the lines above give them: “")


NOT_READ = {
    "given twice": f"User user = {USER};\nuser = {SECOND};\n{CALL.format('user')}",
    "changed": f'User user = {USER};\nuser.setUserId("u-3");\n{CALL.format("user")}',
    "not a literal": f"User user = User.builder().userId(id).build();\n{CALL.format('user')}",
    "what a function is given": f"var user = {USER};\nvoid add(User user) {{\n{CALL.format('user')}}}\n",
    "in another block": f"if (a) {{\n  User user = {USER};\n}}\n{CALL.format('user')}",
    "an argument of another call": f"other(\n    user={USER},\n)\n{CALL.format('user')}",
    "not there": CALL.format("user"),
    "more names than are looked at": "".join(f"int a{n} = 1;\n" for n in range(21)) + CALL.format("a1"),
    "longer than is looked at": f"User user = {USER};\n{'// ' * 34_000}\n{CALL.format('user')}",
}


@pytest.mark.parametrize("text", NOT_READ.values(), ids=list(NOT_READ))
def test_records_that_are_not_certain_are_refused(text: str) -> None:
    detected = detect(SCHEMA, "", text)
    assert detected is not None
    assert "Print them as JSON." in detected.refusal or "Code stands beside its records" in detected.refusal


def test_of_two_requests_none_is_taken() -> None:
    one, two = (CALL.format(each).replace("request", f"request{each[-8]}") for each in (USER, SECOND))
    assert read(one + two).refusal == "It has more than one request of PutUsers. Paste the one that you mean."


def test_members_of_javascript_without_a_value_have_that_of_their_name() -> None:
    program = (
        "const datasetArn = 'ARN';\nconst users = [{ userId: 'u-1', properties: JSON.stringify("
        '{ age: 34, score: 1.5, vip: true, membershipType: "Gold" }) }];\n'
        "await client.send(new PutUsersCommand({ datasetArn, users }));\n"
    )
    own, other = (f"arn:aws:personalize:us-east-1:000000000000:dataset/{name}/USERS" for name in ("shop", "outlet"))
    detected = detect(SCHEMA, own, program.replace("ARN", own))
    assert detected is not None
    assert detected.changes[0] == "Taken as the lines above give them: “datasetArn”, “users”."
    refused = detect(SCHEMA, own, program.replace("ARN", other))
    assert refused is not None
    assert refused.refusal.startswith("It is for another dataset")
