"""Answers and events of services in JSON: records come back from what writers make of them, after the services' documents."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests.records.pasted.round_trip.values import (
    NAMES,
    OF_EACH,
    Values,
    any_texts,
    came_back,
    cell,
    objects,
    plain_ids,
    rows,
)

# As DynamoDB, Firestore and the Data APIs name the types of values.
DYNAMODB = {str: "S", bool: "BOOL", int: "N", float: "N", type(None): "NULL"}
FIRESTORE = {
    str: "stringValue",
    bool: "booleanValue",
    int: "integerValue",
    float: "doubleValue",
    type(None): "nullValue",
}
DATA_API = {str: "stringValue", bool: "booleanValue", int: "longValue", float: "doubleValue", type(None): "isNull"}


def in_dynamodb(value: Any) -> Any:
    kind = DYNAMODB[type(value)]
    return {kind: True if value is None else repr(value) if kind == "N" else value}


def in_firestore(value: Any) -> Any:
    return {FIRESTORE[type(value)]: str(value) if type(value) is int else value}


def in_data_api(value: Any) -> Any:
    return {DATA_API[type(value)]: True if value is None else value}


def as_text(value: Any) -> str | None:
    return None if value is None else cell(value, "", "true", "false")


def typed(values: Values, of: Any) -> list[dict[str, Any]]:
    return [{name: of(value) for name, value in record.items()} for record in objects(values)]


def without_id(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "USER_ID"}


def in_base64(record: dict[str, Any]) -> str:
    return base64.b64encode(json.dumps(record).encode()).decode()


def athena(values: Values) -> Any:
    rows: list[Any] = [{"Data": [{"VarCharValue": name} for name in NAMES]}]
    # What is null has no value.
    rows += [{"Data": [{} if each is None else {"VarCharValue": as_text(each)} for each in row]} for row in values]
    columns = [{"Name": name, "Type": "varchar"} for name in NAMES]
    return {"ResultSet": {"Rows": rows, "ResultSetMetadata": {"ColumnInfo": columns}}}


def bigquery(values: Values) -> Any:
    fields = [{"name": name, "type": "STRING"} for name in NAMES]
    rows = [{"f": [{"v": as_text(each)} for each in row]} for row in values]
    return {"kind": "bigquery#queryResponse", "schema": {"fields": fields}, "rows": rows}


def data_api(values: Values) -> Any:
    columns = [{"label": name, "name": name, "typeName": "x"} for name in NAMES]
    return {"records": [[in_data_api(each) for each in row] for row in values], "columnMetadata": columns}


def firestore(values: Values) -> Any:
    path = "projects/p/databases/(default)/documents/users"
    return {
        "documents": [
            {"name": f"{path}/{number}", "fields": each} for number, each in enumerate(typed(values, in_firestore))
        ]
    }


def dynamodb_stream(values: Values) -> Any:
    return {
        "Records": [
            {"eventName": "INSERT", "dynamodb": {"Keys": {"USER_ID": each["USER_ID"]}, "NewImage": each}}
            for each in typed(values, in_dynamodb)
        ]
    }


def hits(values: Values) -> Any:
    found = [{"_index": "users", "_id": row[0], "_score": 1.0, "_source": record} for row, record in both(values)]
    return {"took": 1, "hits": {"total": {"value": len(values), "relation": "eq"}, "hits": found}}


def both(values: Values) -> Any:
    return zip(values, objects(values), strict=True)


def django(values: Values) -> Any:
    # As dumpdata writes them, with the id as the primary key.
    return [
        {
            "model": "shop.user",
            "pk": row[0],
            "fields": {name.lower(): value for name, value in without_id(record).items()},
        }
        for row, record in both(values)
    ]


FORMATS: dict[str, Any] = {
    "data": lambda values: {"data": objects(values)},
    "input": lambda values: {"input": {"datasetArn": "x", "users": objects(values)}},
    "BatchWriteItem": lambda values: {
        "RequestItems": {"users": [{"PutRequest": {"Item": each}} for each in typed(values, in_dynamodb)]}
    },
    "a stream of DynamoDB": dynamodb_stream,
    "Firestore": firestore,
    "Athena": athena,
    "BigQuery": bigquery,
    "the Data API of RDS": data_api,
    "edges": lambda values: {
        "data": {"users": {"edges": [{"node": each, "cursor": "x"} for each in objects(values)], "pageInfo": {}}}
    },
    "JSON:API": lambda values: {
        "data": [{"type": "users", "id": row[0], "attributes": without_id(record)} for row, record in both(values)]
    },
    "OData": lambda values: {
        "@odata.context": "x",
        "value": [{"@odata.etag": "1", **each} for each in objects(values)],
    },
    "hits": hits,
    "SQS": lambda values: {"Messages": [{"MessageId": "0", "Body": json.dumps(each)} for each in objects(values)]},
    "SNS": lambda values: {
        "Records": [{"EventSource": "aws:sns", "Sns": {"Message": json.dumps(each)}} for each in objects(values)]
    },
    "SNS through SQS": lambda values: {
        "Records": [{"body": json.dumps({"Message": json.dumps(each)})} for each in objects(values)]
    },
    "EventBridge": lambda values: [
        {"source": "shop", "detail-type": "User", "detail": each} for each in objects(values)
    ],
    "Kinesis": lambda values: {
        "Records": [{"kinesis": {"data": in_base64(each)}, "eventSource": "aws:kinesis"} for each in objects(values)]
    },
    "rows below a heading": lambda values: [NAMES, *map(list, values)],
    "columns and data": lambda values: {
        "columns": NAMES,
        "index": list(range(len(values))),
        "data": [list(row) for row in values],
    },
    "columns by number": lambda values: {
        name: {str(number): value for number, value in enumerate(column)}
        for name, column in zip(NAMES, zip(*values, strict=True), strict=True)
    },
    "Django": django,
    "traits": lambda values: [
        {"userId": row[0], "traits": {name.lower(): value for name, value in without_id(record).items()}}
        for row, record in both(values)
    ],
    "names and values": lambda values: [
        [{"field": name, "value": value} for name, value in record.items()] for record in objects(values)
    ],
    "unions of Avro": lambda values: [
        record | {"AGE": None if record["AGE"] is None else {"int": record["AGE"]}} for record in objects(values)
    ],
}


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=OF_EACH)
@given(values=rows(any_texts))
def test_any_text_comes_back(name: str, values: Values) -> None:
    assert came_back(json.dumps(FORMATS[name](values), ensure_ascii=False)) == values


BY_ID: dict[str, Any] = {
    "records by their id": lambda values: {row[0]: without_id(record) for row, record in both(values)},
    "pairs of ids and records": lambda values: [[row[0], without_id(record)] for row, record in both(values)],
}


@pytest.mark.parametrize("name", BY_ID)
@settings(max_examples=OF_EACH)
# A number may be that of the record in its list, and a name without letters that of none.
@given(values=rows(any_texts, plain_ids))
def test_any_text_comes_back_from_records_by_their_id(name: str, values: Values) -> None:
    assert came_back(json.dumps(BY_ID[name](values), ensure_ascii=False)) == values
