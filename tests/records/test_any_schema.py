"""Any schema of each type that the guide allows, and any record of it: the same, by whatever way it goes."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from botocore.session import get_session
from botocore.validate import validate_parameters
from hypothesis import given
from hypothesis import strategies as st

from console.records.files.columns import columns_schema
from console.records.files.csv_file import EntityRecord, csv_heading, csv_row, validate_csv
from console.records.form.form import FilledCard, fill_form, read_form
from console.records.pasted.detection import detect
from console.records.record_input import validate_record_input, validate_with_places
from console.records.requests import calls, request_body, with_session
from console.records.schemas.schema import Schema
from console.records.schemas.schema_rules import check_schema, check_schema_of_type
from console.records.template import example_record, record_template
from console.records.validation.validation import Record, properties_json
from tests.records.generated import Generated, generated

KEY = UUID("0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f0")


def record_of(schema: Schema, text: str) -> Record:
    """Return the one record of a text that is valid."""
    validation = validate_record_input(schema, text)
    assert validation.problems == ()
    (record,) = validation.records
    return record


def by_value(record: Record) -> tuple[str, dict[str, Any]]:
    """Return a record by its values, where what is left out is null."""
    properties = {name: value for name, value in record.properties.items() if value is not None}
    return record.record_id, properties


@given(generated())
def test_what_the_guide_allows_is_a_schema_of_its_type(made: Generated) -> None:
    check_schema_of_type(made.text, made.dataset_type, made.domain)
    check_schema(made.text, made.domain)


@given(generated())
def test_the_template_has_the_fields_of_the_schema_and_what_the_request_needs(made: Generated) -> None:
    fields = {each["name"]: each["type"] for each in json.loads(made.text)["fields"]}
    template = json.loads(record_template(made.schema))
    assert {name: value for name, value in template.items() if name in fields} == {
        name: next(each for each in ([type_] if isinstance(type_, str) else type_) if each != "null")
        for name, type_ in fields.items()
    }
    assert set(template) - set(fields) <= {"EVENT_TYPE"}


@given(generated())
def test_the_example_is_valid(made: Generated) -> None:
    record_of(made.schema, example_record(made.schema))


@given(generated(), st.sampled_from([None, 1]), st.booleans())
def test_a_record_is_valid_and_both_ways_say_so(made: Generated, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(made.record, indent=indent, ensure_ascii=ascii_only)
    record = record_of(made.schema, text)
    (with_places,) = validate_with_places(made.schema, text).records
    assert repr(record) == repr(with_places)


@given(generated())
def test_a_record_is_a_request_of_the_service_model_and_comes_back_from_it(made: Generated) -> None:
    record = record_of(made.schema, json.dumps(made.record))
    properties = with_session(made.entity, record.record_id, record.properties, KEY)
    (call,) = calls(made.entity, [(record.record_id, properties_json(properties))])
    body = request_body(made.entity, "target", call)
    shape: Any = get_session().get_service_model("personalize-events").operation_model(made.entity.operation)
    validate_parameters(with_moments(body), shape.input_shape)
    pasted = detect(made.schema, "target", json.dumps(body))
    assert pasted is not None
    assert pasted.refusal == ""
    back = record_of(made.schema, pasted.text)
    given = {name: value for name, value in properties.items() if value is not None}
    assert by_value(back) == (record.record_id, given)


def with_moments(value: Any) -> Any:
    """Return a body with its moments as boto3 takes them."""
    if isinstance(value, list):
        return [with_moments(each) for each in value]
    if not isinstance(value, dict):
        return value
    moments = ("sentAt", "timestamp")
    return {
        name: datetime.fromtimestamp(each, UTC) if name in moments else with_moments(each)
        for name, each in value.items()
    }


@given(generated())
def test_a_record_survives_the_form(made: Generated) -> None:
    text = json.dumps(made.record, ensure_ascii=False)
    form = read_form(made.schema, text)
    (card,) = form.cards
    assert (form.refusal, card.others) == ("", ())
    values = {each.field.name: (each.state, each.text) for each in card.controls}
    # As it was, and typed into a card that is empty.
    assert fill_form(made.schema, text, [FilledCard(0, values)]) == text
    typed = fill_form(made.schema, "[]", [FilledCard(None, values)])
    assert by_value(record_of(made.schema, typed)) == by_value(record_of(made.schema, text))


@given(generated())
def test_a_record_survives_a_file_of_its_schema_s_columns(made: Generated) -> None:
    record = record_of(made.schema, json.dumps(made.record))
    columns = columns_schema(made.entity, made.text)
    assert [each.name for each in columns.fields] == [each["name"] for each in json.loads(made.text)["fields"]]
    lines = [csv_heading(columns), csv_row(columns, record.record_id, record.properties_json)]
    (read,) = validate_csv(columns, lines)
    assert isinstance(read, EntityRecord), read
    # What was left out is an empty cell, which is null.
    there = {name: value for name, value in read.properties.items() if value is not None}
    sent = by_value(record)[1]
    in_columns = {each.property_name for each in columns.fields}
    assert (read.entity_id, there) == (
        record.record_id,
        {name: value for name, value in sent.items() if name in in_columns},
    )


@given(generated(), st.data())
def test_a_value_of_no_type_is_the_one_problem_and_its_place_is_named(made: Generated, data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(list(made.record)))
    text = json.dumps({**made.record, field: {"a": {"b": []}}}, indent=1)
    validation = validate_record_input(made.schema, text)
    line = next(number for number, each in enumerate(text.splitlines(), 1) if each.startswith(f' "{field}": '))
    assert [(each.field, each.line) for each in validation.problems] == [(field, line)]
    assert validation.records == ()


@given(generated(), st.data())
def test_what_the_schema_requires_is_asked_for(made: Generated, data: st.DataObject) -> None:
    avro = {each["name"]: each["type"] for each in json.loads(made.text)["fields"]}
    required = [name for name, type_ in avro.items() if isinstance(type_, str)]
    field = data.draw(st.sampled_from(required))
    text = json.dumps({name: value for name, value in made.record.items() if name != field})
    validation = validate_record_input(made.schema, text)
    assert len(validation.problems) == 1
    assert field in validation.problems[0].sentence or validation.problems[0].field == field
