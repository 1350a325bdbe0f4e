"""Records as a request has them: its members, its calls, and its body.

A record is an id and its properties by property name. Those of an event are split: what the service model has as a
member of its own, and the rest, which travels in `properties`. Source: botocore's service model of personalize-events.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from console.records.entities import NO_PROPERTIES, Entity, RequestMember
from console.records.event_members import SESSION_ID, EventMember
from console.records.property_names import match_key, property_name

LIST_SEPARATOR = "|"
# A record's id and the JSON text of its properties.
type Sent = tuple[str, str]


def request_member(entity: Entity, record_id: str, properties: str) -> RequestMember:
    """Return a record of a type as its request has it, from its properties as JSON text.

    One without properties is its id alone. Of an event, the members are those that stand in the list of events.
    """
    if not entity.is_event:
        member = {entity.id_property: record_id}
        return member if properties in ("", NO_PROPERTIES) else {**member, "properties": properties}
    event: RequestMember = {}
    for each, value in _values(entity, record_id, properties).items():
        if not each.is_of_call:
            _put(event, each.member, _as_member(each, value))
    rest = json.dumps(_rest(entity, properties), ensure_ascii=False, separators=(",", ":"))
    return event if rest == NO_PROPERTIES else {**event, "properties": rest}


def request_body(entity: Entity, target: str, records: Sequence[Sent]) -> dict[str, Any]:
    """Return the members of the request that sends records to a target: a dataset's ARN, or a tracking id.

    The records are those of one call, as `calls` makes them.
    """
    body: dict[str, Any] = {entity.target: target}
    if records and entity.grouped_by:
        for each, value in _values(entity, *records[0]).items():
            if each.is_of_call:
                _put(body, each.member, _as_member(each, value))
    return {**body, entity.member: [request_member(entity, *record) for record in records]}


def member_with_call(entity: Entity, record_id: str, properties: str) -> RequestMember:
    """Return a record as its request has it, after the members of its call, but for the target."""
    body = request_body(entity, "", [(record_id, properties)])
    (member,) = body.pop(entity.member)
    del body[entity.target]
    return {**body, **member}


def members_of_call(entity: Entity) -> tuple[str, ...]:
    """Return the names of what a request has beside its target and its records, as the service model has them."""
    return tuple(each.member for each in entity.event_members if each.is_of_call)


def calls(entity: Entity, records: Iterable[Sent]) -> list[list[Sent]]:
    """Return records by the calls that send them, in their order: a call has one value in each of some fields."""
    found: dict[tuple[Any, ...], list[Sent]] = {}
    for record in records:
        values = _values(entity, *record) if entity.grouped_by else {}
        key = tuple(value for each, value in values.items() if each.is_of_call)
        found.setdefault(key, []).append(record)
    return list(found.values())


def sent_properties(entity: Entity, properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what travels in a request's `properties`: of an event, what has no member of its own."""
    if not entity.is_event:
        return properties
    return {name: value for name, value in properties.items() if match_key(name) not in entity.event_members_by_key}


def with_session(entity: Entity, record_id: str, properties: Mapping[str, Any], key: UUID) -> Mapping[str, Any]:
    """Return the properties of an event with a session id, made of a page's key and the user where it has none."""
    name = property_name(SESSION_ID)
    if not entity.is_event or properties.get(name) is not None:
        return properties
    return {**properties, name: session_of(key, record_id)}


def session_of(key: UUID, user_id: str) -> str:
    """Return the session that a press, by its key, gives to the events of a user that have none."""
    return str(uuid5(key, user_id))


def _values(entity: Entity, record_id: str, properties: str) -> dict[EventMember, Any]:
    """Return the values of an event's members, null left out, in the order of the type."""
    given = {match_key(name): value for name, value in json.loads(properties or NO_PROPERTIES).items()}
    given[match_key(entity.id_field)] = record_id or None
    found = {each: given.get(key) for key, each in entity.event_members_by_key.items()}
    return {each: value for each, value in found.items() if value is not None or each.is_of_call}


def _rest(entity: Entity, properties: str) -> Mapping[str, Any]:
    return sent_properties(entity, json.loads(properties or NO_PROPERTIES))


def _as_member(member: EventMember, value: Any) -> Any:
    return value.split(LIST_SEPARATOR) if member.is_list else value


def _put(body: dict[str, Any], path: str, value: Any) -> None:
    if value is None:
        return
    *outer, name = path.split(".")
    for each in outer:
        body = body.setdefault(each, {})
    body[name] = value
