"""Events of requests: both ways validate them alike."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.records.entities import ACTION_INTERACTIONS, INTERACTIONS, Entity
from console.records.schemas.schema import read_entity_schema
from console.records.validation.validation import (
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
