"""Events as trackers have them: Amplitude, Braze, Google Analytics, Mixpanel, RudderStack and Segment."""

from collections.abc import Iterable

from console.records.json.nodes import Array, Member, Object, Scalar, enumerated, quoted
from console.records.pasted.tables.headings import matched_columns
from console.records.property_names import match_key
from console.records.schemas.schema import Schema

# Trackers' names for an event's values and its type, as `match_key` returns them.
VALUES = ("properties", "eventproperties", "params", "customattributes")
TYPES = ("event", "eventname", "eventtype", "name")
# When Segment and RudderStack sent and received an event: `timestamp` beside these is when it happened.
HAPPENED, TRANSPORT = "timestamp", ("originaltimestamp", "sentat", "receivedat")
LEFT_OUT = "{}, which say when the event was sent, are left out: timestamp is when it happened."
INNER = "The fields in {} are taken as if they stood beside the type of the event."


def times_of_transport(names: Iterable[str]) -> list[str]:
    """Return the names of an event, among all of its names, that say when a tracker sent and received it.

    There are none without two of them beside `timestamp`: in a request `sentAt` alone is when an event happened.
    """
    found = {match_key(name): name for name in names}
    times = [found[key] for key in TRANSPORT if key in found]
    return times if HAPPENED in found and len(times) > 1 else []


def tracked_event(schema: Schema, node: Object) -> tuple[Object, tuple[str, ...], tuple[str, ...]] | None:
    """Return an event with its values beside its type, sentences on that, and the names of what is left out.

    None if an object is no event of a tracker, names no item or action, or has a field twice.
    """
    inner = [each for each in node.members if match_key(each.key) in VALUES and isinstance(each.value, Object)]
    beside = [each for each in node.members if isinstance(each.value, Scalar)]
    transport = times_of_transport(each.key for each in beside)
    beside = [each for each in beside if each.key not in transport]
    types = [each for name in TYPES for each in beside if match_key(each.key) == name]
    if len(inner) != 1 or not isinstance(inner[0].value, Object) or not types:
        return None
    notes = [INNER.format(quoted(inner[0].key))]
    notes += [LEFT_OUT.format(enumerated(transport))] if transport else []
    members = [*beside, *inner[0].value.members]
    twice = {match_key(each.key) for each in beside} & {match_key(each.key) for each in inner[0].value.members}
    if any(schema.field(name) for name in matched_columns(schema, list(twice))[0]):
        return None
    names, renamed = matched_columns(schema, [each.key for each in members])
    if "EVENT_TYPE" not in names and types[0].key == "name":
        names[members.index(types[0])] = "EVENT_TYPE"
        notes.append("name is taken for EVENT_TYPE.")
    fields = [field.name for name in names if (field := schema.field(name))]
    needed = {"EVENT_TYPE", *_objects(schema)}
    if len(set(fields)) < len(fields) or not needed <= set(fields):
        return None
    if needed <= {field.name for each in beside if (field := schema.field(each.key))}:
        # An event in the API's shape, or one whose other values stay where they are.
        return None
    own = [Member(each.start, name, each.value) for each, name in zip(members, names, strict=True)]
    others = tuple(each.key for each in node.members if not isinstance(each.value, Scalar) and each is not inner[0])
    return Object(node.start, own), (*notes, *renamed), others


def tracked_events(schema: Schema, node: Object) -> list[Object] | None:
    """Return the events of one user in a list, each with what stands beside the list; None if an object has none.

    Google Analytics is sent events so.
    """
    beside = [each for each in node.members if isinstance(each.value, Scalar)]
    lists = [each.value for each in node.members if match_key(each.key) == "events" and isinstance(each.value, Array)]
    if not beside or len(lists) != 1 or lists[0].more:
        return None
    events = [Object(each.start, [*beside, *each.members]) for each in lists[0].items if isinstance(each, Object)]
    is_list = 0 < len(events) == lists[0].count and all(tracked_event(schema, each) for each in events)
    return events if is_list else None


def _objects(schema: Schema) -> set[str]:
    """Return the fields that say what an event is about: its item or its action."""
    return {field.name for field in schema.declared_fields if field.name in ("ITEM_ID", "ACTION_ID")}
