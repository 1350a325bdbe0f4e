"""Answers and events of services, whose records stand in envelopes and typed values of their own."""

import base64
import json
from typing import Any

import pytest

from console.records.pasted.detection import detect
from tests.records.literal_schemas import events_schema, users_schema
from tests.records.pasted.pressing import BASIC, GOLD, SCHEMA, read, values

NAMES = ["USER_ID", "AGE", "SCORE", "VIP", "MEMBERSHIP_TYPE"]
FIRST: dict[str, Any] = {"USER_ID": "u-1", "AGE": 34, "SCORE": 1.5, "VIP": True, "MEMBERSHIP_TYPE": "Gold"}
SECOND: dict[str, Any] = {"USER_ID": "u-2", "AGE": None, "SCORE": 2.0, "VIP": False, "MEMBERSHIP_TYPE": "Basic"}
USERS = [FIRST, SECOND]
DYNAMODB: list[dict[str, Any]] = [
    {
        "USER_ID": {"S": "u-1"},
        "AGE": {"N": "34"},
        "SCORE": {"N": "1.5"},
        "VIP": {"BOOL": True},
        "MEMBERSHIP_TYPE": {"S": "Gold"},
    },
    {
        "USER_ID": {"S": "u-2"},
        "AGE": {"NULL": True},
        "SCORE": {"N": "2.0"},
        "VIP": {"BOOL": False},
        "MEMBERSHIP_TYPE": {"S": "Basic"},
    },
]
FIRESTORE: list[dict[str, Any]] = [
    {
        "USER_ID": {"stringValue": "u-1"},
        "AGE": {"integerValue": "34"},
        "SCORE": {"doubleValue": 1.5},
        "VIP": {"booleanValue": True},
        "MEMBERSHIP_TYPE": {"stringValue": "Gold"},
    },
    {
        "USER_ID": {"stringValue": "u-2"},
        "AGE": {"nullValue": None},
        "SCORE": {"doubleValue": 2},
        "VIP": {"booleanValue": False},
        "MEMBERSHIP_TYPE": {"stringValue": "Basic"},
    },
]
DOCUMENT = "projects/p/databases/(default)/documents/users/"
DATA_API = [
    [{"stringValue": "u-1"}, {"longValue": 34}, {"doubleValue": 1.5}, {"booleanValue": True}, {"stringValue": "Gold"}],
    [
        {"stringValue": "u-2"},
        {"isNull": True},
        {"doubleValue": 2.0},
        {"booleanValue": False},
        {"stringValue": "Basic"},
    ],
]
ATHENA_HEADING = {"Data": [{"VarCharValue": name} for name in NAMES]}
ATHENA = [
    {"Data": [{"VarCharValue": text} for text in ("u-1", "34", "1.5", "true", "Gold")]},
    {"Data": [{"VarCharValue": "u-2"}, {}, *({"VarCharValue": text} for text in ("2.0", "false", "Basic"))]},
]
COLUMN_INFO = {"ColumnInfo": [{"Name": name, "Type": "varchar"} for name in NAMES]}


def _without_id(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "USER_ID"}


def _in_base64(record: dict[str, Any]) -> str:
    return base64.b64encode(json.dumps(record).encode()).decode()


READ: dict[str, Any] = {
    "documents of Firestore": {
        "documents": [{"name": f"{DOCUMENT}u-{number}", "fields": each} for number, each in enumerate(FIRESTORE, 1)]
    },
    "fields of Firestore": {"fields": FIRESTORE},
    "Athena": {"ResultSet": {"Rows": [ATHENA_HEADING, *ATHENA]}},
    "Athena with its columns": {
        "UpdateCount": 0,
        "ResultSet": {"Rows": [ATHENA_HEADING, *ATHENA], "ResultSetMetadata": COLUMN_INFO},
    },
    "Athena with names in other cases": {
        "ResultSet": {
            "Rows": [ATHENA_HEADING, *ATHENA],
            "ResultSetMetadata": {"ColumnInfo": [{"Name": name.swapcase(), "Type": "varchar"} for name in NAMES]},
        },
    },
    "Athena's second page": {"ResultSet": {"Rows": ATHENA, "ResultSetMetadata": COLUMN_INFO}},
    "the Data API of Redshift": {
        "Records": DATA_API,
        "ColumnMetadata": [{"label": name.lower(), "name": name.lower(), "typeName": "x"} for name in NAMES],
        "TotalNumRows": 2,
    },
    "the Data API of RDS": {"records": DATA_API, "columnMetadata": [{"name": name, "label": name} for name in NAMES]},
    "the Data API of RDS in the order of the schema": {"numberOfRecordsUpdated": 0, "records": DATA_API},
    "BigQuery": {
        "kind": "bigquery#queryResponse",
        "schema": {"fields": [{"name": name, "type": "STRING"} for name in NAMES]},
        "rows": [
            {"f": [{"v": value} for value in ("u-1", "34", "1.5", "true", "Gold")]},
            {"f": [{"v": value} for value in ("u-2", None, "2.0", "false", "Basic")]},
        ],
    },
    "a batch of DynamoDB": {"users": [{"PutRequest": {"Item": each}} for each in DYNAMODB]},
    "a request of a batch of DynamoDB": {
        "RequestItems": {"shop": [{"PutRequest": {"Item": each}} for each in DYNAMODB]}
    },
    "a stream of DynamoDB": {
        "Records": [
            {
                "eventName": "MODIFY",
                "dynamodb": {"Keys": {"USER_ID": each["USER_ID"]}, "OldImage": each, "NewImage": each},
            }
            for each in DYNAMODB
        ]
    },
    "GraphQL": {"data": {"users": {"edges": [{"node": each, "cursor": "x"} for each in USERS], "pageInfo": {}}}},
    "GraphQL called as items": {"items": {"edges": [{"node": each} for each in USERS]}},
    "nodes of GraphQL": {"data": {"users": {"nodes": USERS}}},
    "Elasticsearch": {"hits": {"total": {"value": 2}, "hits": [{"_id": "1", "_source": each} for each in USERS]}},
    "OData": {"@odata.context": "x", "value": [{"@odata.etag": "1", **each} for each in USERS]},
    "JSON:API": {
        "data": [{"type": "users", "id": each["USER_ID"], "attributes": _without_id(each)} for each in USERS]
    },
    "JSON:API with the id among the attributes": {
        "data": [{"type": "users", "id": "7", "attributes": each} for each in USERS]
    },
    "Salesforce": {
        "done": True,
        "records": [{"attributes": {"type": "Contact", "url": "/x"}, **each} for each in USERS],
    },
    "Kinesis": {"Records": [{"kinesis": {"data": _in_base64(each)}, "eventSource": "aws:kinesis"} for each in USERS]},
    "GetRecords of Kinesis": {"Records": [{"Data": _in_base64(each), "PartitionKey": "p"} for each in USERS]},
    "messages of SQS": {"Messages": [{"MessageId": "0", "Body": json.dumps(each)} for each in USERS]},
    "SNS through SQS": {"Records": [{"body": json.dumps({"Message": json.dumps(each)})} for each in USERS]},
    "EventBridge": [{"source": "shop", "detail-type": "User", "detail": each} for each in USERS],
}


@pytest.mark.parametrize("value", READ.values(), ids=list(READ))
def test_an_answer_becomes_its_records(value: Any) -> None:
    assert values(json.dumps(value)) == [GOLD, BASIC]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("JSON:API", ("id beside the fields is taken for USER_ID.", "Left out around the records: type.")),
        ("JSON:API with the id among the attributes", ("Left out around the records: id, type.",)),
        ("GraphQL", ("Left out around the records: pageInfo, cursor.",)),
        ("Elasticsearch", ("Left out around the records: total, _id.",)),
        (
            "OData",
            (
                "Left out around the records: @odata.context.",
                "@odata.etag, which the database or program has added, is left out.",
            ),
        ),
        (
            "Salesforce",
            (
                "Left out around the records: done.",
                "attributes, which the database or program has added, is left out.",
            ),
        ),
        (
            "a stream of DynamoDB",
            (
                "Left out around the records: eventName, Keys, OldImage.",
                "The types that a database has written beside the values are left out.",
            ),
        ),
        ("Kinesis", ("Data in Base64 is decoded.", "Left out around the records: eventSource.")),
        ("messages of SQS", ("Left out around the records: MessageId.",)),
        ("EventBridge", ("Left out around the records: source, detail-type.",)),
        (
            "Athena with its columns",
            (
                "The first row, which repeats the heading, is left out.",
                "Left out around the records: UpdateCount.",
            ),
        ),
        ("BigQuery", ("Left out around the records: kind.",)),
        (
            "documents of Firestore",
            (
                "Left out around the records: name.",
                "The types that a database has written beside the values are left out.",
            ),
        ),
        ("nodes of GraphQL", ()),
    ],
)
def test_what_becomes_of_an_answer_is_told(name: str, changes: tuple[str, ...]) -> None:
    assert read(json.dumps(READ[name])).changes == changes


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        ({"users": USERS, "total": 2, "next": None}, ("Left out around the records: total, next.",)),
        (
            [{"total": 2}, {"hit": FIRST, "rank": 3}],
            ("Left out around the records: 1 item without records, rank.",),
        ),
        ([1, [], {"user": FIRST}], ("Left out around the records: 2 items without records.",)),
        ({"0": FIRST, "u-2": SECOND}, ("Left out around the records: 0.",)),
        ({"0": FIRST, "1": SECOND}, ()),
        ({"a": FIRST, "b": SECOND}, ("Left out around the records: a, b.",)),
        (
            {"users": USERS, **{f"x{number}": 0 for number in range(11)}},
            ("Left out around the records: x0, x1, x2, x3, x4, x5, x6, x7, x8, x9 and more.",),
        ),
        ({"columns": NAMES, "index": [0], "data": [list(FIRST.values())]}, ("Left out around the records: index.",)),
    ],
)
def test_what_stands_around_records_is_named(value: Any, changes: tuple[str, ...]) -> None:
    detected = read(json.dumps(value))
    assert detected.refusal == ""
    assert detected.changes == changes


def test_what_stands_around_records_is_named_in_lines_of_json_and_in_yaml() -> None:
    lines = "".join(json.dumps({"_id": "1", "_source": each}) + "\n" for each in USERS)
    assert read(lines).changes == ("Left out around the records: _id.",)
    assert read("total: 1\nusers:\n- USER_ID: u-1\n  AGE: 34\n").changes == ("Left out around the records: total.",)


def test_a_document_of_firestore_has_its_id_in_its_name() -> None:
    document = {"name": f"{DOCUMENT}u-1", "fields": _without_id(FIRESTORE[0]), "createTime": "2026-01-01T00:00:00Z"}
    text = json.dumps({"documents": [document]})
    assert read(text).changes == (
        "The last part of name beside the fields is taken for USER_ID.",
        "Left out around the records: createTime.",
        "The types that a database has written beside the values are left out.",
    )
    assert values(text) == [GOLD]


def test_an_item_that_was_removed_is_left_out() -> None:
    events = [
        {"eventName": "INSERT", "dynamodb": {"NewImage": DYNAMODB[0]}},
        {"eventName": "REMOVE", "dynamodb": {"OldImage": DYNAMODB[1]}},
    ]
    assert values(json.dumps({"Records": events})) == [GOLD]
    assert read(json.dumps({"Records": events})).changes[0] == "1 event that removed an item is left out."
    more = read(json.dumps({"Records": [*events, events[1]]}))
    assert more.changes[0] == "2 events that removed items are left out."


def test_a_list_of_firestore_is_one_of_categories() -> None:
    kinds = {"arrayValue": {"values": [{"stringValue": "Gold"}, {"stringValue": "Founder"}]}}
    fields = {**FIRESTORE[0], "MEMBERSHIP_TYPE": kinds}
    assert values(json.dumps({"fields": fields})) == [("u-1", 34, 1.5, True, "Gold|Founder")]


def test_an_empty_list_of_firestore_stays() -> None:
    schema = users_schema(CITY="string")
    text = json.dumps({"fields": {"USER_ID": {"stringValue": "u"}, "CITY": {"arrayValue": {}}}})
    assert '"arrayValue": {}' in read(text, schema).text


@pytest.mark.parametrize(
    "value",
    [
        {"type": "users", "id": "u-1", "attributes": {"name": "x"}},
        {"data": "abcd" * 4, "a": "/w=="},
        {"data": "/////w=="},
        {"data": "abc=defg"},
        {"Records": [{"eventName": "REMOVE", "dynamodb": {"OldImage": DYNAMODB[0]}}]},
        {"eventName": "REMOVE", "dynamodb": {"OldImage": DYNAMODB[0]}},
        {"users": [{"x": 1}], "y": [[{"f": 1}]]},
    ],
)
def test_what_has_no_records_is_left_alone(value: Any) -> None:
    assert detect(SCHEMA, "", json.dumps(value)) is None


@pytest.mark.parametrize(
    "value",
    [
        {"name": "users/u-1", "fields": {"AGE": {"integerValue": "3"}}},
        {"id": "u-1", "attributes": {"AGE": 3}, "own": 1},
        {"id": 7, "attributes": {"AGE": 3}},
    ],
)
def test_an_id_that_may_be_that_of_something_else_is_not_taken(value: Any) -> None:
    assert "u-1" not in read(json.dumps(value)).text


def test_a_resource_is_none_of_events() -> None:
    value = {"type": "Watch", "id": "u-1", "attributes": {"ITEM_ID": "i", "TIMESTAMP": 1795946460}}
    detected = detect(events_schema(), "", json.dumps([value]))
    assert detected is None or "is taken for USER_ID" not in " ".join(detected.changes)


def test_documents_with_their_id_beside_their_fields_are_read() -> None:
    fields = {name: value for name, value in FIRST.items() if name != "USER_ID"}
    for outer, name in (
        ({"model": "shop.user", "pk": "u-1", "fields": fields}, "pk"),
        ({"id": "u-1", "properties": fields, "archived": False}, "id"),
        ({"$distinct_id": "u-1", "$properties": fields}, "$distinct_id"),
    ):
        text = json.dumps([outer])
        assert values(text) == [GOLD]
        assert f"{name} beside the fields is taken for USER_ID." in read(text).changes


def test_what_stands_beside_the_fields_of_an_event_is_left_out_and_named() -> None:
    traits = {name: value for name, value in FIRST.items() if name != "USER_ID"}
    text = json.dumps({"type": "identify", "userId": "u-1", "traits": traits, "context": {"ip": "203.0.113.1"}})
    assert values(text) == [GOLD]
    assert read(text).changes == (
        "Left out around the records: type, context.",
        "The fields in “traits” are taken as if they stood beside userId.",
    )


def test_users_of_cognito_are_read() -> None:
    schema = users_schema(AGE=["null", "int"], GENDER=["null", "string"])
    pairs = [("sub", "6f1c"), ("custom:age", "34"), ("gender", "female"), ("email", "ann@example.com")]
    user = {
        "Username": "ann",
        "Attributes": [{"Name": name, "Value": value} for name, value in pairs],
        "Enabled": True,
    }
    text = json.dumps({"Users": [user]})
    assert values(text, schema) == [("ann", 34, "female")]
    assert "Username beside the attributes is taken for USER_ID." in read(text, schema).changes
    assert "Left out around the records: Attributes, Enabled, sub, email." in read(text, schema).changes
    for other in ([], [{"Name": "colour", "Value": "red"}], [{"Name": "user_id", "Value": "u-1"}]):
        detected = detect(schema, "", json.dumps({"Users": [{**user, "Attributes": other}]}))
        assert detected is None or "Username beside" not in " ".join(detected.changes)


def test_documents_of_a_bulk_request_are_read() -> None:
    action = '{"index": {"_index": "users", "_id": "%s"}}\n'
    text = "".join(action % each["USER_ID"] + json.dumps(each) + "\n" for each in USERS)
    assert values(text) == [GOLD, BASIC]
    assert read(text).words == "2 documents of a bulk request"
    fields = {name: value for name, value in FIRST.items() if name != "USER_ID"}
    assert values(action % "u-1" + json.dumps(fields)) == [GOLD]
    for broken in (
        f"{text}{{}}\n",
        text.replace('{"index"', '{"delete"', 1).replace("\n", "\n{}\n", 1),
        f"{action % 1}x",
    ):
        detected = detect(SCHEMA, "", broken)
        assert detected is None or "bulk" not in detected.words
