"""Calls of PutUsers as the SDKs' documentation writes them, in the languages that AWS has SDKs for."""

import json

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import events_schema
from tests.records.pasted.pressing import GOLD, SCHEMA, read, values

ARN = "arn:aws:personalize:us-east-1:000000000000:dataset/shop/USERS"
PROPERTIES = '{"age": 34, "score": 1.5, "vip": true, "membershipType": "Gold"}'
QUOTED = json.dumps(PROPERTIES)
JAVA_USER = f'User.builder().userId("u-1").properties({QUOTED}).build()'

READ = {
    "Go": (
        "_, err := client.PutUsers(ctx, &personalizeevents.PutUsersInput{\n"
        f'\tDatasetArn: aws.String("{ARN}"),\n\tUsers: []types.User{{\n'
        f'\t\t{{UserId: aws.String("u-1"), Properties: aws.String(`{PROPERTIES}`)}},\n\t}},\n}})\n'
    ),
    "Ruby": (
        f'client.put_users({{\n  dataset_arn: "{ARN}",\n  users: [\n    {{ user_id: "u-1", properties: '
        '{ age: 34, score: 1.5, vip: true, membership_type: "Gold" }.to_json },\n  ],\n})'
    ),
    "JavaScript v2": (
        f"personalizeevents.putUsers({{\n  datasetArn: '{ARN}',\n  users: [{{ userId: 'u-1', properties: "
        "JSON.stringify({ age: 34, score: 1.5, vip: true, membershipType: 'Gold' }) }],\n}, function(err, data) {\n"
        "  if (err) console.log(err, err.stack);\n});\n"
    ),
    "JavaScript v3": (
        f"await client.send(new PutUsersCommand({{ datasetArn: '{ARN}', users: [{{ userId: 'u-1', properties: "
        f"'{PROPERTIES}' }}] }}));"
    ),
    "PHP": (
        f"$result = $client->putUsers([\n    'datasetArn' => '{ARN}',\n    'users' => [\n        ['userId' => 'u-1', "
        "'properties' => json_encode(['age' => 34, 'score' => 1.5, 'vip' => true, 'membershipType' => 'Gold'])],\n    ],\n]);"
    ),
    ".NET": (
        "var response = await client.PutUsersAsync(new PutUsersRequest\n{\n"
        f'    DatasetArn = "{ARN}",\n    Users = new List<User> {{ new User {{ UserId = "u-1", '
        f"Properties = {QUOTED} }} }}\n}});"
    ),
    "Java": f'client.putUsers(PutUsersRequest.builder().datasetArn("{ARN}").users({JAVA_USER}).build());',
    "Java v1": (
        f'client.putUsers(new PutUsersRequest().withDatasetArn("{ARN}")'
        f'.withUsers(new User().withUserId("u-1").withProperties({QUOTED})));'
    ),
    "Python": f"client.put_users(\n    datasetArn='{ARN}',\n    users=[{{'userId': 'u-1', 'properties': '{PROPERTIES}'}}],\n)",
}
VARIABLES = {
    "Go": (f'aws.String("{ARN}")', 'aws.String(os.Getenv("ARN"))'),
    "Ruby": (f'"{ARN}"', "ENV.fetch('ARN')"),
    "JavaScript v2": (f"'{ARN}'", "process.env.ARN"),
    "PHP": (f"'{ARN}'", "$arn"),
    ".NET": (f'"{ARN}"', "datasetArn"),
    "Java": (f'"{ARN}"', "datasetArn"),
    "Java v1": (f'"{ARN}"', "datasetArn"),
    "Python": (f"'{ARN}'", 'os.environ["DATASET_ARN"]'),
}


@pytest.mark.parametrize("text", READ.values(), ids=list(READ))
def test_a_call_becomes_its_users(text: str) -> None:
    assert values(text) == [GOLD]


@pytest.mark.parametrize("text", READ.values(), ids=list(READ))
def test_a_call_for_another_dataset_is_refused(text: str) -> None:
    detected = detect(SCHEMA, f"{ARN}-2", text)
    assert detected is not None
    assert detected.refusal.startswith("It is for another dataset, ")


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_in_the_place_of_the_dataset_is_taken_for_this_one(name: str) -> None:
    written, variable = VARIABLES[name]
    text = READ[name].replace(written, variable)
    assert variable in text
    assert values(text) == [GOLD]
    assert read(text).changes[0] == f"{variable} is taken for this dataset."


def test_an_expression_in_the_place_of_the_dataset_is_taken_for_this_one() -> None:
    text = READ["JavaScript v2"].replace(f"'{ARN}'", "'a' || arn")
    assert values(text) == [GOLD]
    assert read(text).changes[0] == "'a'||arn is taken for this dataset."


def test_a_builder_with_several_users_has_them_all() -> None:
    users = f"{JAVA_USER}, {JAVA_USER.replace('u-1', 'u-2')}"
    text = f"PutUsersRequest request = PutUsersRequest.builder().datasetArn(arn).users({users}).build();"
    assert [each[0] for each in values(text)] == ["u-1", "u-2"]


@pytest.mark.parametrize(
    "text",
    [
        "put_users(users=users)",
        "personalize_events.put_users(datasetArn=arn, users=load(path))",
        "client.putUsers(PutUsersRequest.builder().datasetArn(arn).users(users).build());",
        "client.putUsers(new PutUsersRequest().withUsers(new User().withUserId(a=1)));",
        "client.put_users(dataset_arn: " + "a.b(" * 40 + "1",
    ],
)
def test_a_call_whose_users_are_variables_is_told(text: str) -> None:
    detected = read(text)
    assert detected.words == "a call in a program"
    assert detected.refusal == "Its users are variables or code, which only the program knows. Print them as JSON."


def test_a_tracker_in_a_variable_is_taken_for_this_one() -> None:
    text = (
        "client.put_events(trackingId=tracking_id, userId='u-1', sessionId='s', eventList=["
        "{'eventType': 'Watch', 'itemId': 'i-1', 'sentAt': 1795946460}])"
    )
    assert "tracking_id is taken for this event tracker." in read(text, events_schema()).changes


def test_a_list_of_one_constructor_is_one_row() -> None:
    assert values('List<User> users = List.of(new User("u-1", 34, 1.5, true, "Gold"));') == [GOLD]
    assert values('Arrays.asList(new User("u-1", 34, 1.5, true, "Gold"))') == [GOLD]


def test_members_of_kotlin_have_no_commas_behind_a_variable() -> None:
    text = (
        "val request = PutUsersRequest {\n    datasetArn = usersArn\n    users = listOf(\n        User {\n"
        f'            userId = "u-1"\n            properties = """{PROPERTIES}"""\n        }}\n    )\n}}\n'
    )
    assert values(text) == [GOLD]
    assert read(text).changes == ("usersArn is taken for this dataset.",)


@pytest.mark.parametrize("joined", ["['u', 1].join('|')", "['u'].join()", "['u'].join('|', a=1)", "'u'.join('v')"])
def test_what_joins_no_texts_is_not_read(joined: str) -> None:
    assert "it cannot be read near" in read(f"[{{'USER_ID': {joined}, 'AGE': 3}}]").refusal
