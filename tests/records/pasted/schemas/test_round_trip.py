"""Random schemas, written by other libraries as tools and programs have them, come back the same."""

import json
import shlex
from collections.abc import Callable
from pprint import pformat
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from console.records.pasted.schemas.detection import detect_schema

NAMES = st.from_regex(r"[A-Z][A-Z0-9_]{0,12}", fullmatch=True)
TYPES = st.sampled_from(["string", "int", "long", "float", "double", "boolean", ["null", "string"], ["int", "null"]])
# PyYAML writes YAML 1.1, where 1e5 is a text; as the AWS CLI reads it, it is a number.
TEXTS = st.builds(
    "Of {}".format,
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff")),
)
FIELDS = st.fixed_dictionaries(
    {"name": NAMES, "type": TYPES}, optional={"categorical": st.booleans(), "doc": TEXTS, "default": st.none()}
)
SCHEMAS = st.fixed_dictionaries(
    {"type": st.just("record"), "name": NAMES, "fields": st.lists(FIELDS, min_size=1, max_size=6)},
    optional={"namespace": st.just("com.amazonaws.personalize.schema"), "version": st.just("1.0"), "doc": TEXTS},
)
WRITERS: dict[str, Callable[[Any], str]] = {
    "response": lambda schema: json.dumps({"schema": {"schemaArn": "arn:x", "schema": json.dumps(schema)}}, indent=4),
    "text of a text": lambda schema: json.dumps(json.dumps(schema)),
    "dict of Python": lambda schema: f"users_schema = {pformat(schema, sort_dicts=False)}\n",
    "call of boto3": lambda schema: f"personalize.create_schema(name='x', schema=json.dumps({schema!r}))",
    "command": lambda schema: f"aws personalize create-schema --name x --schema {shlex.quote(json.dumps(schema))}",
    "CloudFormation": lambda schema: yaml.safe_dump(
        {"Resources": {"S": {"Type": "AWS::Personalize::Schema", "Properties": {"Schema": json.dumps(schema)}}}}
    ),
    "YAML": lambda schema: yaml.safe_dump(json.loads(json.dumps(schema)), sort_keys=False, allow_unicode=True),
    "code fence": lambda schema: f"Why?\n\n```json\n{json.dumps(schema, indent=2, ensure_ascii=False)}\n```\n",
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@settings(deadline=None, max_examples=40)
@given(schema=SCHEMAS)
def test_comes_back_the_same(write: Callable[[Any], str], schema: dict[str, Any]) -> None:
    detected = detect_schema(write(schema))
    assert detected is not None
    assert detected.refusal == ""
    assert json.loads(detected.text) == schema
