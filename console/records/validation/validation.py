"""Validating one record's values against a schema: the same rules for record input and for the local service."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.records.entities import Entity, RequestMember
from console.records.json.characters import BYTE_ORDER_MARK
from console.records.json.nodes import (
    CONTROL_CHARACTER,
    LONGEST_SHOWN,
    Array,
    Member,
    Node,
    Object,
    Scalar,
    Unreadable,
    describe,
    quoted,
)
from console.records.json.reading import Reading, read_json
from console.records.problems import Diagnosis, Fault, Found
from console.records.requests import Sent, request_member, sent_properties
from console.records.schemas.fields import Field
from console.records.schemas.schema import Schema
from console.records.template import placeholder
from console.records.validation.matching import Draft
from console.records.validation.number_texts import describe_number_of, describe_text_of
from console.records.validation.quick import quick_member
from console.records.validation.rules import CATEGORY_SEPARATOR, is_valid, properties_of, validator
from console.records.validation.rules_in_words import in_words

NOTHING = Found("none", "none")
# The kind of a value that is still the template's.
PLACEHOLDER = "a placeholder"
# Ignored in record input, which people paste. A request must be JSON, which never begins with one (RFC 8259, section
# 8.1); the parsers of JavaScript and Python refuse it.
MARK_FOUND = Found("a byte order mark (U+FEFF)", "a byte order mark (U+FEFF)", "a byte order mark (U+FEFF)")
# Values of types that are not numbers.
VALID = {"string": "text", "boolean": True}
ADVICE_ON_MARK = "Remove it: it is invisible, and JSON cannot begin with it."
# json.dumps would make one at each call, which takes longer than the writing.
COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Record:
    """One record's id and properties, valid for a schema; properties are by property name, in the schema's order.

    Of an event, the id is its user's, "" for nobody known, and the properties are all the rest.
    """

    entity: Entity
    record_id: str
    properties: Mapping[str, Any]

    @property
    def properties_json(self) -> str:
        """The properties as the JSON text that the request has."""
        return properties_json(self.properties)

    @property
    def sent(self) -> Sent:
        """The record as it is kept and sent: its id, and its properties as JSON text."""
        return self.record_id, self.properties_json

    @property
    def length(self) -> int:
        """The length of the properties of the request, in characters of JSON text."""
        return len(properties_json(sent_properties(self.entity, self.properties)))

    @property
    def has_properties(self) -> bool:
        """Whether the request has properties for the record: one without any is sent without them."""
        return bool(sent_properties(self.entity, self.properties))

    def as_request_member(self) -> RequestMember:
        """Return the record as the request has it; one without properties is an id alone."""
        return request_member(self.entity, *self.sent)


def properties_json(properties: Mapping[str, Any]) -> str:
    """Return properties as the JSON text that travels, without spaces."""
    return COMPACT.encode(properties)


def validate_properties(schema: Schema, record_id: str, properties: str | None) -> Mapping[str, Any] | list[Fault]:
    """Return the properties of a record in a request, or what is wrong with it.

    They are by property name, typed, and in the schema's order. `properties` is the JSON text of the request, and
    offsets of the faults are offsets of that text.
    """
    return validate_member(schema, {schema.id_field.name: record_id}, properties)


def validate_member(schema: Schema, beside: dict[str, Any], properties: str | None) -> Mapping[str, Any] | list[Fault]:
    """Return the properties of a member of a request, or what is wrong with it, as `validate_properties` does.

    `beside` are the values that it has beside its `properties`, by the names of the schema's fields: the id of a
    record, and of an event all members that the service model knows.
    """
    quick = quick_member(schema, beside, properties)
    return validate_member_with_places(schema, beside, properties) if quick is None else quick


def validate_properties_with_places(
    schema: Schema, record_id: str, properties: str | None
) -> Mapping[str, Any] | list[Fault]:
    """Return what `validate_properties` returns, and take the time that it takes to know the place of everything."""
    return validate_member_with_places(schema, {schema.id_field.name: record_id}, properties)


def validate_member_with_places(
    schema: Schema, beside: dict[str, Any], properties: str | None
) -> Mapping[str, Any] | list[Fault]:
    """Return what `validate_member` returns, and take the time that it takes to know the place of everything."""
    draft = Draft(start=0)
    reading: Reading | None = None
    draft.given = {name: Member(0, name, Scalar(0, value)) for name, value in beside.items()}
    if properties is not None:
        if properties.startswith(BYTE_ORDER_MARK):
            return [Fault(0, "a JSON object", MARK_FOUND, ADVICE_ON_MARK)]
        reading = read_json(properties)
        if reading.root is None:
            return reading.faults
        if not isinstance(reading.root, Object):
            return reading.faults or [_no_object(reading.root)]
        draft.take_properties(schema, reading.root)
    values = _validated_values(schema, draft, refuse_placeholders=False)
    draft.faults += faults_outside(reading.faults if reading else [], draft.faults)
    return draft.faults if values is None or draft.faults else properties_of(schema, values)


def faults_outside(faults: list[Fault], named: list[Fault]) -> list[Fault]:
    """Return the faults of syntax that are not among those that were named with their record or field already."""
    known = {(fault.offset, fault.expected) for fault in named}
    return [fault for fault in faults if (fault.offset, fault.expected) not in known]


def _no_object(node: Node) -> Fault:
    is_text = isinstance(node, Scalar) and isinstance(node.value, str)
    advice = "Encode the object as JSON once, not twice." if is_text else ""
    return Fault(node.start, "properties that are the text of a JSON object", describe(node), advice)


def validate_draft(schema: Schema, draft: Draft, *, refuse_placeholders: bool = False) -> Record | None:
    """Validate a draft's values, add problems to its faults, and return the record if its values are valid."""
    values = _validated_values(schema, draft, refuse_placeholders=refuse_placeholders)
    if values is None:
        return None
    return Record(schema.entity, values.get(schema.id_field.name) or "", properties_of(schema, values))


def _validated_values(schema: Schema, draft: Draft, *, refuse_placeholders: bool) -> dict[str, Any] | None:
    """Return a draft's values by field name, or None if one is wrong; what is wrong is added to its faults."""
    faults = list(_faults_of_values(schema, draft, refuse_placeholders=refuse_placeholders))
    draft.faults += faults
    # Where not all was looked at, what is missing is not known.
    if faults or not draft.complete or not (schema.id_field.nullable or schema.id_field.name in draft.given):
        return None
    return {name: _plain(member.value) for name, member in draft.given.items()}


def _faults_of_values(schema: Schema, draft: Draft, *, refuse_placeholders: bool) -> Iterator[Fault]:
    by_name = {each.name: each for each in schema.fields}
    values = {name: _plain(member.value) for name, member in draft.given.items()}
    untouched = {name for name, value in values.items() if refuse_placeholders and value == placeholder(by_name[name])}
    invalid = invalid_fields(schema, values, untouched)
    for name, member in draft.given.items():
        each = by_name[name]
        if isinstance(member.value, Scalar) and isinstance(member.value.value, Unreadable):
            yield from (replace(fault, field=name) for fault in member.value.value.faults)
        elif name in untouched:
            yield _untouched_placeholder(each, member, reads_dates=draft.reads_dates)
        elif name in invalid:
            wrong = diagnosis(each, member.value)
            start, told = member.value.start, wrong.told_advice
            expected = in_words(each, reads_dates=draft.reads_dates)
            yield Fault(start, expected, wrong.found, wrong.advice, field=name, told_advice=told)
    for name in invalid:
        if name not in draft.given and draft.complete:
            expected = in_words(by_name[name], reads_dates=draft.reads_dates)
            yield Fault(draft.start, expected, NOTHING, _advice_to_add(by_name[name]), field=name)


def _advice_to_add(field: Field) -> str:
    what = "the request" if field.member and field.member.is_required else "the schema"
    return f"Add it: {what} requires {field.name}."


def invalid_fields(schema: Schema, values: dict[str, Any], untouched: Collection[str] = ()) -> list[str]:
    """Return the names of the fields whose values, by field name, break the schema's rules or are missing.

    Those of `untouched` have the template's placeholders, and are known to be wrong.
    """
    invalid: dict[str, None] = {}
    if is_valid(schema, values):
        return []
    if untouched and is_valid(schema, values | _valid_values(schema, untouched)):
        # Nothing else is wrong: there is no need to ask which fields are.
        return list(untouched)
    missing = [each.name for each in schema.fields if not each.nullable and each.name not in values]
    for error in validator(schema).iter_errors(values):
        # Each field that is missing has an error of its own, which has no path.
        if error.path:
            invalid.update(dict.fromkeys(map(str, error.path)))
        elif missing and missing[-1] not in invalid:
            invalid.update(dict.fromkeys(missing))
    return list(invalid)


def _valid_values(schema: Schema, names: Collection[str]) -> dict[str, Any]:
    """Return a value for each field of some names that its type takes, if any does."""
    return {each.name: VALID.get(each.types[0], 1) for each in schema.fields if each.name in names and each.types}


def _plain(node: Node) -> Any:
    match node:
        case Scalar(value=Unreadable()):
            return None
        case Scalar(value=value):
            return value
        case Array():
            return []
        case _:
            return {}


def _untouched_placeholder(each: Field, member: Member, *, reads_dates: bool) -> Fault:
    found = Found(f"the template's placeholder {quoted(placeholder(each))}", PLACEHOLDER)
    advice = "Replace it with a value"
    advice += ", or remove the field." if each.nullable else "."
    return Fault(member.value.start, in_words(each, reads_dates=reads_dates), found, advice, field=each.name)


def diagnosis(each: Field, node: Node) -> Diagnosis:
    """Return what is wrong with a value that a field does not take, and how to write it where that is certain."""
    found = describe(node)
    if not isinstance(node, Scalar):
        is_list = isinstance(node, Array) and each.categorical and "string" in each.types
        as_text = f"Write the categories as one text, with {CATEGORY_SEPARATOR} between them."
        return Diagnosis(found, as_text if is_list else "Fields hold single values.")
    value = node.value
    if value is None:
        return Diagnosis(found, "This field is not nullable.")
    if isinstance(value, str):
        wrong = describe_text_of(each, value)
        has_control = CONTROL_CHARACTER.search(value) and not wrong.advice
        return replace(wrong, advice="Remove the control characters.") if has_control else wrong
    if each.types != ("string",):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return Diagnosis(found)
        return describe_number_of(each, value, node.literal, found)
    if isinstance(value, bool):
        return Diagnosis(found, f'Write "{found.text}".')
    quoted_advice = "Put it in double quotes."
    advice = f'Write "{node.literal}".' if len(node.literal) <= LONGEST_SHOWN else quoted_advice
    return Diagnosis(found, advice, told_advice=quoted_advice)
