"""Listings, templates and pages with a schema, and texts that say columns in another way than Avro does."""

import html
import json

import pytest

from console.records.pasted.schemas.detection import detect_schema

SCHEMA = {
    "type": "record",
    "name": "Users",
    "fields": [{"name": "USER_ID", "type": "string"}, {"name": "AGE", "type": ["null", "int"]}],
    "version": "1.0",
}
JSON = (
    '{"type": "record", "name": "Users", "fields": [{"name": "USER_ID", "type": "string"}, '
    '{"name": "AGE", "type": ["null", "int"]}], "version": "1.0"}'
)
LINES = (
    "{",
    '  "type": "record", "name": "Users", "version": "1.0",',
    '  "fields": [{"name": "USER_ID", "type": "string"}, {"name": "AGE", "type": ["null", "int"]}]',
    "}",
)
TERRAFORM = (
    'resource "awscc_personalize_schema" "u" {\n  schema = jsonencode({\n    type = "record"\n    name = "Users"\n'
    '    fields = [\n      { name = "USER_ID", type = "string" },\n      { name = "AGE", type = ["null", "int"] }\n    ]\n'
    '    version = "1.0"\n  })\n}\n'
)


def template(schema: object) -> str:
    """Return a template of CloudFormation with a value in the place of the schema."""
    resource = {"Type": "AWS::Personalize::Schema", "Properties": {"Name": "u", "Schema": schema}}
    return json.dumps({"Resources": {"S": resource}})


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{number} {line}\n" for number, line in enumerate(LINES, 1)),
        "".join(f"{number:4}   │ {line}\n" for number, line in enumerate(LINES, 1)),
        "".join(f"{number}\n{line}\n" for number, line in enumerate(LINES, 1)),
        html.escape("\n".join(LINES)),
        f"<pre>{html.escape(JSON)}</pre>".replace("&quot;", "&#34;"),
        TERRAFORM,
        TERRAFORM.replace("\n", "\r\n"),
        template({"Fn::Join": ["", [JSON[:40], JSON[40:]]]}),
        template({"Fn::Join": [", ", JSON.split(", ")]}),
        template({"Fn::Sub": JSON}),
        template({"Fn::Sub": [JSON, {}]}),
    ],
)
def test_a_schema_in_a_listing_a_page_or_a_template_is_read(text: str) -> None:
    detected = detect_schema(text)
    assert detected is not None
    assert detected.refusal == ""
    assert json.loads(detected.text) == SCHEMA


@pytest.mark.parametrize(
    "schema",
    [
        {"Fn::Join": ["", [JSON[:40], {"Ref": "Part"}, JSON[40:]]]},
        {"Fn::Join": ["", [JSON[:40], "${Part}", JSON[40:]]]},
        {"Fn::Sub": {"Ref": "Schema"}},
        {"Fn::Join": []},
    ],
)
def test_a_schema_that_only_its_template_knows_is_left_alone(schema: object) -> None:
    assert detect_schema(template(schema)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CREATE EXTERNAL TABLE `users`(\n  `user_id` string, \n  `age` int)", "a CREATE TABLE statement"),
        ("create table if not exists users (user_id text);", "a CREATE TABLE statement"),
        ("root\n |-- USER_ID: string (nullable = false)\n |-- AGE: integer (nullable = true)\n", "a schema of Spark"),
        ("message Users {\n  required binary USER_ID (STRING);\n  optional int32 AGE;\n}", "a schema of Parquet"),
        ('syntax = "proto3";\nmessage Users {\n  string user_id = 1;\n}', "a schema of Protocol Buffers"),
        ("message Users {\n  string user_id = 1;\n}", "a schema of Protocol Buffers"),
        (
            "+---------+-------------+\n| Field   | Type        |\n+---------+-------------+\n| user_id | varchar(64) |\n",
            "a table of columns and their types",
        ),
        ("col_name\tdata_type\tcomment\nuser_id\tstring\t\n", "a table of columns and their types"),
        (
            " Column  |  Type   | Collation\n---------+---------+----------\n user_id | text    |\n",
            "a table of columns and their types",
        ),
        ('[{"Name": "user_id", "Type": "string"}, {"Name": "age", "Type": "int"}]', "columns of AWS Glue"),
        ('{"Table": {"StorageDescriptor": {"Columns": []}}}', "a table of AWS Glue"),
        (
            '{"type": "struct", "fields": [{"name": "USER_ID", "type": "string", "nullable": false}]}',
            "a schema of Spark",
        ),
        ('{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}', "a JSON Schema"),
    ],
)
def test_columns_that_are_no_avro_schema_are_said_to_be_none(text: str, words: str) -> None:
    detected = detect_schema(text)
    assert detected is not None
    assert (detected.words, detected.refusal) == (
        words,
        'It is no Avro schema. Write each column as a field, such as {"name": "AGE", "type": ["null", "int"]}.',
    )


@pytest.mark.parametrize("address", ["s3://b/users.avsc", "https://example.com/users.avsc"])
def test_a_schema_at_an_address_is_not_read(address: str) -> None:
    detected = detect_schema(f"aws personalize create-schema --name u --schema {address}")
    assert detected is not None
    assert detected.refusal == (
        "--schema names a file by its address, which the console does not read. Paste the file's content instead."
    )


IN_A_FILE = "It takes the schema from a file, which the console cannot read. Paste the file's content instead."
NO_SCHEMA = "It has no schema that can be read without running it. Paste the schema's JSON."
ROWS = "They are records, and no schema. Paste the schema's JSON."


@pytest.mark.parametrize(
    ("text", "words", "refusal"),
    [
        (
            "import boto3\np = boto3.client('personalize')\nwith open('schema.json') as f:\n"
            "    r = p.create_schema(name='u', schema=f.read())\n",
            "a program",
            IN_A_FILE,
        ),
        ("const schema = fs.readFileSync('users.avsc', 'utf8');", "a program", IN_A_FILE),
        ('resource "aws_personalize_schema" "u" {\n  schema = file("u.json")\n}', "a Terraform resource", IN_A_FILE),
        (
            "schemas:\n- name: u\n  schemaArn: arn:aws:personalize:eu-west-1:123456789012:schema/u\n",
            "the names of schemas",
            "What is in them does not stand there. Paste what DescribeSchema returns.",
        ),
        ("USER_ID,AGE,PLAN\nu-1,34,Gold", "rows of a table", ROWS),
        ("USER_ID\tAGE\r\nu-1\t34\r\n", "rows of a table", ROWS),
        ("import users_schema\nput(users_schema.text)", "a program", NO_SCHEMA),
        ("client.create_schema(name=name, schema=text)", "a program", NO_SCHEMA),
    ],
)
def test_what_names_a_schema_that_stands_elsewhere_says_what_to_paste(text: str, words: str, refusal: str) -> None:
    detected = detect_schema(text)
    assert detected is not None
    assert (detected.words, detected.refusal, detected.text) == (words, refusal, "")


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "record", "doc": "of the file (old)", "name": "Users"',
        "schema = open(x)\nfields = [{",
        "Users, and more",
        "x",
    ],
)
def test_of_what_may_be_a_schema_json_says_what_is_wrong(text: str) -> None:
    assert detect_schema(text) is None


def test_an_event_of_cloudtrail_is_called_so() -> None:
    event = {
        "eventName": "CreateSchema",
        "requestParameters": {"schema": JSON},
        "responseElements": {"schemaArn": "a"},
    }
    detected = detect_schema(json.dumps(event))
    assert detected is not None
    assert (detected.words, json.loads(detected.text)) == ("an event of AWS CloudTrail", SCHEMA)
