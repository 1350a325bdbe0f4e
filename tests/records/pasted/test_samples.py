"""What the Request panel shows as programs is read back as the records that it was made of."""

import json
from typing import Any

import pytest

from console.records.entities import ENTITIES
from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input
from console.records.samples import Target, java, javascript, python
from console.records.schemas.schema import read_entity_schema
from tests.records.literal_schemas import users_schema
from tests.support.examples import EXAMPLES, Example


@pytest.mark.parametrize("show", [python, javascript, java])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.slug)
def test_every_type_s_programs_are_read_back(example: Example, show: Any) -> None:
    entity = ENTITIES[example.dataset_type]
    schema = read_entity_schema(entity, json.dumps({"type": "record", "name": "Example", "fields": example.fields}))
    target = "4f2b" if example.is_event else example.arn
    body = {**example.body, entity.target: target}
    detected = detect(schema, target, show(Target(entity, "us-east-1", target, "http://127.0.0.1:8000/aws"), body))
    assert detected is not None
    assert detected.refusal == ""
    assert detected.words == f"1 {entity.name} of a {entity.operation} request, in a program"
    typed = validate_record_input(schema, json.dumps(example.record)).records
    assert validate_record_input(schema, detected.text).records == typed


@pytest.mark.parametrize("show", [python, javascript, java])
def test_awkward_text_is_read_back(show: Any) -> None:
    schema = users_schema(NAME="string")
    awkward = [
        "both ' and \" quotes",
        "\\ \\n \\u0041 ends with \\",
        "line\nbreak\ttab",
        "emoji 😀 שלום \u2028 \ufeff",
        "${x} #{y}",
    ]
    users = [{"userId": str(number), "properties": json.dumps({"name": text})} for number, text in enumerate(awkward)]
    detected = detect(
        schema, "arn", show(Target(ENTITIES["USERS"], "us-east-1", "arn"), {"datasetArn": "arn", "users": users})
    )
    assert detected is not None
    records = validate_record_input(schema, detected.text).records
    assert [each.properties["name"] for each in records] == awkward
