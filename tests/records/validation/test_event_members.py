"""Events of requests: both ways validate them alike, and what is valid survives a file."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.records.entities import ACTION_INTERACTIONS, INTERACTIONS, Entity
from console.records.files.columns import columns_schema
from console.records.files.csv_file import EntityRecord, csv_heading, csv_row, validate_csv
from console.records.schemas.schema import Schema, read_entity_schema
from console.records.validation.validation import (
    properties_json,
    validate_member,
    validate_member_with_places,
)

TYPES: list[Any] = ["string", "int", "long", "float", "double", "boolean"]
ANY: st.SearchStrategy[Any] = (
    st.sampled_from([None, True, 7, -0.0, 1.5, 2**70, "7", "1.5", "true", "Taken", "a|b", "", "x" * 1001, [], {}])
    | st.text(max_size=3)
    | st.integers()
    | st.floats(allow_nan=False)
)


def field(name: str, type_: Any, categorical: bool = False) -> dict[str, Any]:
    return {"name": name, "type": type_, **({"categorical": True} if categorical else {})}


@st.composite
def schema_texts(draw: st.DrawFn, entity: Entity) -> str:
    """Give the schema of a dataset of interactions: its required fields, some reserved ones, and up to five others."""
    an_object = "ITEM_ID" if entity is INTERACTIONS else "ACTION_ID"
    fields = [field("USER_ID", "string"), field(an_object, "string"), field("TIMESTAMP", "long")]
    fields.append(field("EVENT_TYPE", "string"))
    reserved = {"IMPRESSION": "string", "RECOMMENDATION_ID": "string"}
    if entity is INTERACTIONS:
        reserved |= {"EVENT_VALUE": "float", "EVENT_ATTRIBUTION_SOURCE": "string"}
    for name in draw(st.lists(st.sampled_from(sorted(reserved)), unique=True)):
        fields.append(field(name, draw(st.sampled_from([reserved[name], ["null", reserved[name]]]))))
    for number in range(draw(st.integers(0, 5))):
        type_ = draw(st.sampled_from(TYPES))
        type_ = draw(st.sampled_from([type_, [type_, "null"]]))
        fields.append(field(f"FIELD_{'ABCDE'[number]}", type_, "string" in type_ and draw(st.booleans())))
    return json.dumps({"type": "record", "name": "Interactions", "fields": draw(st.permutations(fields))})


entities = st.sampled_from([INTERACTIONS, ACTION_INTERACTIONS])


def valid_value(data: st.DataObject, schema: Schema, name: str) -> Any:
    each = schema.field(name)
    assert each is not None
    if each.nullable and data.draw(st.booleans()):
        return None
    if name == "EVENT_TYPE":
        return data.draw(st.sampled_from(["Taken", "NOT TAKEN", "viewed"]))
    if name == "EVENT_ATTRIBUTION_SOURCE":
        return data.draw(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=5))
    if "string" in each.types:
        # Neither the controls that ids may not have, nor halves of characters.
        visible = st.characters(codec="utf-8", min_codepoint=0x20, exclude_categories=("Cc", "Zl", "Zp"))
        return data.draw(st.text(visible, min_size=1, max_size=5).filter(lambda made: "|" not in made))
    if "boolean" in each.types:
        return data.draw(st.booleans())
    if {"int", "long"} & set(each.types):
        return data.draw(st.integers(-(2**31), 2**31 - 1))
    return data.draw(st.floats(-(2.0**90), 2.0**90, width=32))


@given(st.data())
def test_both_ways_validate_any_event_alike(data: st.DataObject) -> None:
    entity = data.draw(entities)
    schema = read_entity_schema(entity, data.draw(schema_texts(entity)))
    names = [each.name for each in schema.fields]
    beside = data.draw(st.dictionaries(st.sampled_from([each.name for each in schema.fields if each.member]), ANY))
    inside = data.draw(st.none() | st.dictionaries(st.sampled_from([*names, "x"]) | st.text(max_size=2), ANY))
    text = None if inside is None else json.dumps(inside)
    single = {
        name: value for name, value in beside.items() if value is not None and not isinstance(value, list | dict)
    }
    quick = validate_member(schema, single, text)
    assert repr(quick) == repr(validate_member_with_places(schema, single, text))


@given(st.data())
def test_an_event_that_is_valid_survives_a_file_of_its_schemas_columns(data: st.DataObject) -> None:
    entity = data.draw(entities)
    text = data.draw(schema_texts(entity))
    schema = read_entity_schema(entity, text)
    own = [each for each in schema.fields if not each.is_added]
    beside: dict[str, Any] = {"USER_ID": "u"}
    inside: dict[str, Any] = {}
    for each in own:
        if not each.is_id:
            (beside if each.member else inside)[each.name] = valid_value(data, schema, each.name)
    given_beside = {name: value for name, value in beside.items() if value is not None}
    validated = validate_member(schema, given_beside, json.dumps(inside))
    assert not isinstance(validated, list), [fault.sentence() for fault in validated]
    columns = columns_schema(entity, text)
    assert [each.name for each in columns.fields] == [each.name for each in own]
    lines = [csv_heading(columns), csv_row(columns, "u", properties_json(validated))]
    (record,) = validate_csv(columns, lines)
    assert isinstance(record, EntityRecord), record
    assert record.entity_id == "u"
    # What was left out is an empty cell, which is null.
    there = {name: value for name, value in record.properties.items() if value is not None}
    assert there == {name: value for name, value in validated.items() if value is not None}
