"""Schemas within what services answer and programs have, as people paste them into the editor of a schema."""

import json

import pytest

from console.records.entities import USERS
from console.records.pasted.schemas.detection import detect_schema, examine_schema

# What each text below has, in other words.
SCHEMA = {
    "type": "record",
    "name": "Users",
    "fields": [{"name": "USER_ID", "type": "string"}, {"name": "AGE", "type": ["null", "int"]}],
    "version": "1.0",
}
LAID_OUT = """{
  "type": "record",
  "name": "Users",
  "fields": [
    {
      "name": "USER_ID",
      "type": "string"
    },
    {
      "name": "AGE",
      "type": [
        "null",
        "int"
      ]
    }
  ],
  "version": "1.0"
}"""
JSON = (
    '{"type": "record", "name": "Users", "fields": [{"name": "USER_ID", "type": "string"}, '
    '{"name": "AGE", "type": ["null", "int"]}], "version": "1.0"}'
)
ESCAPED = JSON.replace('"', r"\"")
PYTHON = (
    "{'type': 'record', 'name': 'Users',\n    # Who reads\n    'fields': [{'name': 'USER_ID', 'type': 'string'},\n"
    "    {'name': 'AGE', 'type': ['null', 'int']},], 'version': '1.0'}"
)
TYPESCRIPT = (
    "{ type: 'record', name: 'Users', // who reads\n  fields: [{ name: 'USER_ID', type: 'string' },\n"
    "  { name: 'AGE', type: ['null', 'int'] }], version: '1.0' }"
)
ITEMS = JSON.replace("Users", "Items").replace("USER_ID", "ITEM_ID")
NEARLY = "nearly JSON: text put in straight double quotes, trailing commas removed, comments removed"
NAMES = "nearly JSON: names put in double quotes, text put in straight double quotes, comments removed"
BOTO3 = (
    "{'schema': {'name': 'x', 'schemaArn': 'arn:aws:personalize:us-east-1:000000000000:schema/x', "
    f"'schema': '{JSON}', 'creationDateTime': datetime.datetime(2026, 1, 2, 3, 4, tzinfo=tzlocal())}}, "
    "'ResponseMetadata': {'RequestId': 'r', 'HTTPStatusCode': 200}}"
)
TEMPLATE = """Resources:
  Readers:
    Type: AWS::Personalize::Schema
    Properties:
      Name: !Sub '${AWS::StackName}-readers'
      Schema: """
TERRAFORM = """resource "awscc_personalize_schema" "readers" {
  name   = "readers"
  schema = jsonencode({
    type = "record"
    name = "Users"
    fields = [
      {
        name = "USER_ID"
        type = "string"
      },
      { name = "AGE", type = ["null", "int"] }
    ]
    version = "1.0"
  })
}
"""
CDK = f"""export class Readers extends Stack {{
  constructor(scope: Construct, id: string) {{
    super(scope, id);
    new personalize.CfnSchema(this, 'Schema', {{ name: 'readers', schema: JSON.stringify({TYPESCRIPT}) }});
  }}
}}"""
YAML = """type: record
name: Users
fields:
  - name: USER_ID
    type: string
  - name: AGE
    type: ["null", int]
version: '1.0'
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps({"schema": {"name": "x", "schemaArn": "arn:x", "schema": JSON}}), "a response of DescribeSchema"),
        (BOTO3, "a response of DescribeSchema"),
        ('{"Resources": {"S": {"Type": "AWS::Personalize::Schema", "Properties": {"Name": "x", "Schema": "' + ESCAPED + '"}}}}', "a CloudFormation resource"),
        (TEMPLATE + "|\n        " + LAID_OUT.replace("\n", "\n        ") + "\n", "a CloudFormation resource"),
        (TEMPLATE + f"'{JSON}'\n", "a CloudFormation resource"),
        (
            TEMPLATE + "\n        Fn::ToJsonString:\n          " + YAML.strip().replace("\n", "\n          ") + "\n",
            "a CloudFormation resource",
        ),
        ('var schema = @"' + JSON.replace('"', '""') + '";\n', "a schema in an assignment"),
        (
            "".join(f"{number:6}\t{line}\n" for number, line in enumerate(LAID_OUT.split("\n"), 1)),
            "a schema among other text",
        ),
        ("".join(f"+{line}\n" for line in LAID_OUT.split("\n")), "a schema among other text"),
        (f'String schema = """\n    {JSON}\n    """;\n', "a schema among other text"),
        (TEMPLATE + f"!Sub >-\n        {JSON}\n", "a CloudFormation resource"),
        (CDK, "a construct of the AWS CDK"),
        (f"CfnSchema(self, 'S', name='x', schema=json.dumps({PYTHON}))", "a construct of the AWS CDK"),
        (TERRAFORM, "a Terraform resource"),
        (f'resource "awscc_personalize_schema" "s" {{\n  schema = <<EOF\n{LAID_OUT}\nEOF\n}}', "a Terraform resource"),
        (f"aws personalize create-schema --name x --schema '{LAID_OUT}'", "an AWS CLI command"),
        (f'aws personalize create-schema --name x --schema "{ESCAPED}"', "an AWS CLI command"),
        (f"aws personalize create-schema --name x --schema '{ESCAPED}'", "an AWS CLI command"),
        (f"aws personalize create-schema --name x --schema='{JSON}'", "an AWS CLI command"),
        (f"PS C:\\> aws personalize create-schema `\n  --name x `\n  --schema '{ESCAPED}'", "an AWS CLI command"),
        (f"$ aws personalize create-schema --cli-input-json '{json.dumps({'name': 'x', 'schema': JSON})}'", "an AWS CLI command"),
        (f"cat > s.json <<'EOF'\n{JSON}\nEOF\naws personalize create-schema --name x --schema \"$(cat s.json)\"", "an AWS CLI command"),
        (f"SCHEMA='{JSON}'\naws personalize create-schema --name x --schema \"$SCHEMA\"", "an AWS CLI command"),
        (f"cat > s.json <<'EOF'\n{JSON}\nEOF\naws personalize create-schema --name x --schema file://s.json", "an AWS CLI command"),
        (f"response = personalize.create_schema(\n    name='x', schema=json.dumps({PYTHON}),\n)\nprint(response)", "a call of CreateSchema"),
        (f"schema = {JSON}\n\npersonalize.create_schema(name='x', schema=json.dumps(schema))", "a call of CreateSchema"),
        (f"await client.send(new CreateSchemaCommand({{ name: 'x', schema: JSON.stringify({TYPESCRIPT}) }}));", "a call of CreateSchema"),
        (f'client.createSchema(CreateSchemaRequest.builder().name("x").schema("{ESCAPED}").build());', "a call of CreateSchema"),
        (f"Our schema:\n```json\n{LAID_OUT}\n```\nWhy is it refused?", "a schema in a code fence"),
        (f"```\nls\n```\nthen\n```json\n{LAID_OUT}\n```\n", "a schema in a code fence"),
        (f"json.dumps({PYTHON})", "a schema in a program"),
        (f">>> users_schema = {PYTHON.replace("\n", "\n... ")}", "a schema after a prompt"),
        (f"users_schema = {JSON}", "a schema in an assignment"),
        (f"\ufeffconst schema: AvroSchema = {TYPESCRIPT};", "a schema in an assignment"),
        (f'schema = """\n{LAID_OUT}\n"""', "a schema in an assignment"),
        ("$schema = ['type' => 'record', 'name' => 'Users', 'fields' => [['name' => 'USER_ID', 'type' => 'string'], "
         "['name' => 'AGE', 'type' => ['null', 'int']]], 'version' => '1.0'];", "a schema in an assignment"),
        (f'"{ESCAPED}"', "a schema in quotes"),
        (json.dumps(json.dumps(JSON)), "a schema in quotes"),
        (f'{{"name": "x", "schema": "{ESCAPED}"}}', "a schema within another value"),
        (f'String s = "{{" +\n    "{ESCAPED[1:40]}" +\n    "{ESCAPED[40:]}";', "a schema among other text"),
        (f"Is {JSON} valid? See {{the guide}}.", "a schema among other text"),
        (f"commit 4409770\n\n    add\n\ndiff --git a/s b/s\n@@ -1 +1,9 @@\n-{{\n{''.join(f'+{line}\n' for line in LAID_OUT.split('\n'))}",
         "a schema among other text"),
        (json.dumps({"SchemaVersionId": "x", "SchemaDefinition": JSON, "SchemaArn": "arn:aws:glue:eu-west-1:1:schema/r/u"}),
         "a schema version of AWS Glue"),
        (f"> {LAID_OUT.replace("\n", "\n> ")}", "a schema among other text"),
        (f"Ours is {JSON}, and theirs is {JSON}.", "a schema among other text"),
        (YAML, "a schema as YAML"),
        (PYTHON, NEARLY),
        (TYPESCRIPT, NAMES),
    ],
)  # fmt: skip
def test_finds_the_schema_within_what_is_pasted(text: str, words: str) -> None:
    detected = detect_schema(text)
    assert detected is not None
    assert (detected.words, detected.refusal, detected.text) == (words, "", LAID_OUT)


@pytest.mark.parametrize(
    ("text", "words", "refusal"),
    [
        (f"{JSON}\n{ITEMS}", "2 schemas: Users and Items", "Paste the one that you mean."),
        (f"users = {JSON}\nitems = {ITEMS}\n", "2 schemas: Users and Items", "Paste the one that you mean."),
        (
            "commit 4409770\ndiff --git a/s b/s\n+1\ncommit 4409771\ndiff --git a/s b/s\n+2\n",
            "a diff",
            "It has the changes of more than one commit. Paste those of the one that you mean.",
        ),
        (
            '[{"name": "USER_ID", "type": "string"}, {"name": "AGE", "type": ["null", "int"]}]',
            "a list of fields",
            'Put them into {"type": "record", "name": "Users", "fields": […], "version": "1.0"}.',
        ),
        (
            "aws personalize create-schema \\\n  --name x --schema file://users.json",
            "an AWS CLI command",
            "--schema names a file on your machine, which the console cannot read. Paste the file's content instead.",
        ),
        (
            f"aws personalize create-schema --schema '{JSON.replace('int', "'$TYPE'")}'",
            "an AWS CLI command",
            "Only a shell knows the value of $TYPE. Write the value instead.",
        ),
        (
            'aws personalize create-schema --name x --schema "$(cat users.json)"',
            "an AWS CLI command",
            "Only a shell knows what $(cat users.json) prints. Write that instead.",
        ),
        (
            f"aws personalize create-schema --schema '{JSON[:-1]}'",
            "an AWS CLI command",
            "--schema, line 1, column 146: Expected a comma or “}”; found the end of the text.",
        ),
        (
            f"aws personalize create-schema --schema '{JSON}",
            "an AWS CLI command",
            "A quote of this command is not closed.",
        ),
        (
            YAML.replace("'1.0'", "!version 1.0"),
            "a schema as YAML",
            "It has values that JSON cannot express.",
        ),
    ],
)
def test_refuses_what_is_not_certain_or_not_here(text: str, words: str, refusal: str) -> None:
    detected = detect_schema(text)
    assert detected is not None
    assert (detected.words, detected.refusal, detected.text) == (words, refusal, "")


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        LAID_OUT,
        "\ufeff" + JSON,
        "",
        "not JSON",
        '{"fields": []}',
        '{"fields": 7}',
        JSON[:-1],
        # What JSON says of the text behind it is enough.
        f"{JSON} x",
        # A word that only its program knows.
        f"users_schema = {JSON.replace('"1.0"', 'VERSION')}",
        f"users_schema = {JSON.replace('"1.0"', 'nan')}",
        f"users_schema = {JSON.replace('"AGE"', 'nan')}",
        "[" * 14 + JSON + "]" * 14,
        '{"schema": "the fields are not known"}',
        "[" * 20 + '"fields": ' + "]" * 20,
        " " * 60_000 + PYTHON,
    ],
)
def test_takes_nothing_else_for_one(text: str) -> None:
    assert detect_schema(text) is None


def test_a_word_for_no_value_is_null() -> None:
    detected = detect_schema(
        "s = {'type': 'record', 'name': 'U', 'doc': None, 'fields': [{'name': 'A', 'type': 'int'}]}"
    )
    assert detected is not None
    assert '"doc": null' in detected.text


def test_a_command_is_read_as_its_shell_reads_it() -> None:
    schema = JSON.replace('"1.0"', "\"1.0\", \"doc\": \"the readers'\\'' club'\\''s\"")
    detected = detect_schema(f"aws personalize create-schema --name x --schema '{schema}'")
    assert detected is not None
    assert json.loads(detected.text)["doc"] == "the readers' club's"


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        # In YAML, two quotes within quotes are one.
        (TEMPLATE + "'" + JSON.replace("1.0", "a''b") + "'\n", "a'b"),
        # In a string of Python, two backslashes are one: JSON's own.
        ("schema = '" + JSON.replace("1.0", r"a\\nb") + "'; print(schema)", "a\nb"),
        ("schema = " + JSON.replace('"type": "record"', '"version": "]}", "type": "record"').replace(', "version": "1.0"', ""), "]}"),
    ],
)  # fmt: skip
def test_escapes_are_those_of_what_is_around(text: str, doc: str) -> None:
    detected = detect_schema(text)
    assert detected is not None
    assert json.loads(detected.text)["version"] == doc


def test_a_record_within_a_field_is_part_of_its_schema() -> None:
    inner = '{"type": "record", "name": "P", "fields": [{"name": "B", "type": "int"}]}'
    detected = detect_schema('s = {"type": "record", "name": "U", "fields": [{"name": "A", "type": ' + inner + "}]}")
    assert detected is not None
    assert json.loads(detected.text)["fields"][0]["type"] == json.loads(inner)


def test_numbers_stay_as_they_were_typed() -> None:
    detected = detect_schema(
        's = {"type": "record", "name": "U", "fields": [{"name": "A", "type": "float", "default": 1.10}]}'
    )
    assert detected is not None
    assert '"default": 1.10' in detected.text


def test_the_problem_of_a_detected_text_is_that_alone() -> None:
    examined = examine_schema(USERS, f"users_schema = {PYTHON}", "")
    assert examined.detected is not None
    assert [problem.text for problem in examined.validation.problems] == [
        "Ln 1, Col 1 · Detected: a schema in an assignment. Choose Use this schema."
    ]
    assert examined.validation.is_readable
    refused = examine_schema(USERS, f"{JSON} {ITEMS}", "")
    assert [problem.sentence for problem in refused.validation.problems] == [
        "Detected: 2 schemas: Users and Items. Paste the one that you mean."
    ]


def test_a_schema_as_it_stands_is_validated() -> None:
    examined = examine_schema(USERS, JSON.replace('"AGE"', '"A-B"'), "")
    assert examined.detected is None
    assert [problem.sentence for problem in examined.validation.problems] == [
        "The field name 'A-B' must consist of letters, digits and underscores, and start with a letter."
    ]
