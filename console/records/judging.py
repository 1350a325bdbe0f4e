"""Judging one user's values against a schema: the same rules for record input and for the local service."""

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from console.records.nodes import Array, Member, Node, Object, Scalar, Unreadable, describe, quoted
from console.records.problems import Fault, Found
from console.records.reading import MOST_FAULTS, read_json
from console.records.rules import CONTROL_CHARACTER, in_words, typed, validator
from console.records.schema import USER_ID, Field, Schema
from console.records.template import placeholder

# The constraint of User.properties in the service's API model.
LONGEST_PROPERTIES = 24000
NOTHING = Found("none", "none")


@dataclass(frozen=True, slots=True)
class UserRecord:
    """One user's id and properties, valid for a schema; properties are by property name, in the schema's order."""

    user_id: str
    properties: Mapping[str, Any]

    @property
    def properties_json(self) -> str:
        """The properties as the JSON text that PutUsers takes."""
        return json.dumps(self.properties, ensure_ascii=False, separators=(",", ":"))

    def as_request_member(self) -> dict[str, str]:
        """Return the user as PutUsers takes it; a user without properties is an id alone."""
        if not self.properties:
            return {"userId": self.user_id}
        return {"userId": self.user_id, "properties": self.properties_json}


@dataclass(slots=True)
class Draft:
    """What was found of one user so far: a member for each field that was given, and the faults.

    `complete` is false if some of what was given cannot be read, so that nothing can be called missing.
    """

    start: int
    complete: bool = True
    given: dict[str, Member] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def judge_user(schema: Schema, user_id: str, properties: str | None) -> UserRecord | list[Fault]:
    """Return the user that a member of PutUsers' `users` stands for, or what is wrong with it.

    `properties` is the JSON text of the request. Offsets of the faults are offsets of that text.
    """
    draft = Draft(start=0)
    draft.given[USER_ID] = Member(0, "userId", Scalar(0, user_id))
    if properties is not None:
        reading = read_json(properties)
        if reading.root is None or reading.faults:
            return reading.faults
        if not isinstance(reading.root, Object):
            return [Fault(0, "properties that are the text of a JSON object", describe(reading.root))]
        take_properties(schema, draft, reading.root)
    record = finish(schema, draft)
    return record if record and not draft.faults else draft.faults


def take_fields(schema: Schema, draft: Draft, members: list[Member]) -> None:
    """Match members with the schema's fields, and add what cannot be matched to the draft's faults."""
    for member in members:
        if len(draft.faults) >= MOST_FAULTS:
            return
        known = schema.field(member.key)
        if known is None:
            draft.faults.append(_unknown_field(schema, member))
        elif known.name in draft.given:
            first = draft.given[known.name]
            found = f"it again as {quoted(member.key)}, after {quoted(first.key)}"
            fault = Fault(member.start, "each field once", Found(found, "it again"), "Keep one.", field=known.name)
            draft.faults.append(fault)
        else:
            draft.given[known.name] = member


def take_properties(schema: Schema, draft: Draft, properties: Object) -> None:
    """Match the members of `properties` with the schema's fields other than USER_ID."""
    own = [member for member in properties.members if schema.field(member.key) is schema.field(USER_ID)]
    for member in own:
        found = Found(quoted(member.key), "userId inside properties")
        advice = "Write userId beside properties, not inside."
        draft.faults.append(Fault(member.start, "metadata fields only", found, advice, field=USER_ID))
    take_fields(schema, draft, [member for member in properties.members if member not in own])


def finish(schema: Schema, draft: Draft, *, refuse_placeholders: bool = False) -> UserRecord | None:
    """Judge a draft's values, add what is wrong to its faults, and return the user if its values are valid."""
    faults = list(_faults_of_values(schema, draft, refuse_placeholders=refuse_placeholders))
    draft.faults += faults
    if faults:
        return None
    values = {name: _plain(member.value) for name, member in draft.given.items()}
    record = UserRecord(
        values[USER_ID],
        {each.property_name: typed(each, values[each.name]) for each in schema.metadata_fields if each.name in values},
    )
    length = len(record.properties_json)
    if length <= LONGEST_PROPERTIES:
        return record
    expected = f"properties of at most {LONGEST_PROPERTIES} characters as JSON text"
    found = f"{length} characters"
    draft.faults.append(Fault(draft.start, expected, Found(found, found)))
    return None


def _faults_of_values(schema: Schema, draft: Draft, *, refuse_placeholders: bool) -> Iterator[Fault]:
    by_name = {each.name: each for each in schema.fields}
    values = {name: _plain(member.value) for name, member in draft.given.items()}
    invalid: dict[str, None] = {}
    for error in validator(schema).iter_errors(values):
        names = error.path or [each.name for each in schema.fields if not each.nullable and each.name not in values]
        invalid.update(dict.fromkeys(str(name) for name in names))
    for name, member in draft.given.items():
        each = by_name[name]
        if isinstance(member.value, Scalar) and isinstance(member.value.value, Unreadable):
            yield from (replace(fault, field=name) for fault in member.value.value.faults)
        elif refuse_placeholders and values[name] == placeholder(each):
            yield _untouched_placeholder(each, member)
        elif name in invalid:
            found = describe(member.value)
            yield Fault(member.value.start, in_words(each), found, _advice(each, member.value), field=name)
    for name in invalid:
        if name not in draft.given and (draft.complete or name == USER_ID):
            advice = f"Add it: the schema does not let {name} be left out."
            yield Fault(draft.start, in_words(by_name[name]), NOTHING, advice, field=name)


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


def _unknown_field(schema: Schema, member: Member) -> Fault:
    by_spelling = {spelling: each for each in schema.fields for spelling in (each.name, each.property_name)}
    lowered = {spelling.lower(): each for spelling, each in by_spelling.items()}
    nearest = difflib.get_close_matches(member.key[:64].lower(), lowered, n=1, cutoff=0.0)[0]
    advice = f"The nearest field is {lowered[nearest].name}."
    found = Found(quoted(member.key), "a name that is not one of them")
    return Fault(member.start, "a field of the schema", found, advice, field=member.key[:64])


def _untouched_placeholder(each: Field, member: Member) -> Fault:
    found = f"the template's placeholder {quoted(placeholder(each))}"
    advice = (
        "Replace it with the user's value, or remove the field."
        if each.nullable
        else ("Replace it with the user's value.")
    )
    return Fault(member.value.start, in_words(each), Found(found, "a placeholder"), advice, field=each.name)


def _advice(each: Field, node: Node) -> str:
    """Return how to mend a value, where that is certain."""
    if not isinstance(node, Scalar):
        return "Fields hold single values."
    if node.value is None:
        return "This field is not nullable."
    is_number = isinstance(node.value, int | float) and not isinstance(node.value, bool)
    if is_number and each.types == ("string",):
        return f'Write "{node.literal}".' if len(node.literal) <= 40 else "Put it in double quotes."
    if isinstance(node.value, float) and node.value.is_integer() and abs(node.value) < 2**53:
        return f"Write {int(node.value)}."
    if isinstance(node.value, str) and CONTROL_CHARACTER.search(node.value):
        return "Remove the control characters."
    if isinstance(node.value, str) and node.value.lower() in ("true", "false") and "boolean" in each.types:
        return f"Write {node.value.lower()}."
    return ""
