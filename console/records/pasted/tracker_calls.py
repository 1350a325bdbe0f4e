"""Calls of trackers in programs: `analytics.track("Viewed", {…})` and `analytics.identify("u-1", {…})`."""

import re
from dataclasses import replace

from console.records.entities import USERS
from console.records.json.nodes import Array, Member, Node, Object, Scalar, quoted
from console.records.pasted.detected import Found
from console.records.pasted.literals.parsing import Literal, read_literal_at
from console.records.pasted.reader import in_literal
from console.records.pasted.wrappings.broken import check_left_out
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, MOST_STARTS
from console.records.schemas.schema import Schema

# Calls of Segment, RudderStack, Mixpanel, PostHog, Amplitude, Braze and Google.
CALL = re.compile(
    r"(?:\b\w++\.(?P<method>track|capture|logEvent|logCustomEvent|identify)\(|\bgtag\(\s*+[\"']event[\"']\s*+,)\s*+"
    r"(?P<quote>[\"'])(?P<text>[^\"'\\\n]{1,256})(?P=quote)\s*+,\s*+(?=\{)"
)
TAKEN = "What is tracked, such as {}, is taken for {}."


def read_tracker_calls(schema: Schema, target: str, text: str) -> Found | None:
    """Return what calls of a tracker have: events, or the users whom they identify; None of others; raise Refusal."""
    calls = list(CALL.finditer(text)) if len(text) <= LONGEST_PROSE else []
    name = _named(schema)
    is_whole = 0 < len(calls) <= MOST_STARTS and all(
        (each["method"] == "identify") == (name == schema.id_field.name) for each in calls
    )
    if not name or not is_whole:
        return None
    read = [read_literal_at(text, each.end(), keeps_code=True) for each in calls]
    literals = [each for each in read if each and isinstance(each.node, Object)]
    if len(literals) < len(calls):
        return None
    check_left_out(schema, text, [(call.start(), each.end) for call, each in zip(calls, literals, strict=True)])
    nodes = [_with(name, call["text"], each.node) for call, each in zip(calls, literals, strict=True)]
    found = in_literal(schema, target, _together(literals, nodes), "in calls of a tracker")
    note = TAKEN.format(quoted(calls[0]["text"]), name)
    return replace(found, notes=(note, *found.notes)) if found else None


def _named(schema: Schema) -> str:
    """Return the field that the first value of a call is: the type of an event, or the id of a user."""
    if schema.entity.is_event:
        return "EVENT_TYPE"
    return schema.id_field.name if schema.entity.is_type_of(USERS) else ""


def _with(name: str, text: str, node: Node) -> Object:
    members = node.members if isinstance(node, Object) else []
    return Object(node.start, [Member(node.start, name, Scalar(node.start, text)), *members])


def _together(literals: list[Literal], nodes: list[Object]) -> Literal:
    """Return literals as one list."""
    return replace(
        literals[0],
        node=Array(0, list(nodes)),
        code=tuple(code for each in literals for code in each.code),
        perhaps_code=tuple(code for each in literals for code in each.perhaps_code),
        variables=tuple(name for each in literals for name in each.variables),
        words=tuple(word for each in literals for word in each.words),
    )
