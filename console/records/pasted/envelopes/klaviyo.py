"""Events as Klaviyo's API has them: the user, the type and the time stand beside the properties of an event."""

from console.records.json.nodes import Member, Object, Scalar
from console.records.pasted.tables.headings import matched_columns
from console.records.schemas.schema import Schema

PROPERTIES = ("event_properties", "properties")
# The fields, and where their values stand in a resource of type `event`; the first place that is there counts.
PLACES: dict[str, tuple[tuple[str, ...], ...]] = {
    "USER_ID": (
        ("attributes", "profile", "data", "attributes", "external_id"),
        ("attributes", "profile", "data", "id"),
        ("relationships", "profile", "data", "id"),
    ),
    "EVENT_TYPE": (("attributes", "metric", "data", "attributes", "name"),),
    "EVENT_VALUE": (("attributes", "value"),),
    "TIMESTAMP": (("attributes", "timestamp"), ("attributes", "time"), ("attributes", "datetime")),
}


def klaviyo_event(schema: Schema, node: Object) -> tuple[Object, tuple[str, ...], tuple[str, ...]] | None:
    """Return an event of Klaviyo as a record, sentences on what was taken for which field, and what is left out.

    None if an object is no such event.
    """
    kind, attributes = _at(node, ("type",)), _at(node, ("attributes",))
    if not isinstance(kind, Scalar) or kind.value != "event" or not isinstance(attributes, Object):
        return None
    inner = [(each.key, each.value) for each in attributes.members if each.key in PROPERTIES]
    properties = inner[0][1] if len(inner) == 1 else None
    if not isinstance(properties, Object):
        return None
    names, notes = matched_columns(schema, [each.key for each in properties.members])
    members = [Member(each.start, name, each.value) for name, each in zip(names, properties.members, strict=True)]
    taken: list[str] = []
    used = {inner[0][0]}
    for name, places in PLACES.items():
        found = next(((place, value) for place in places if (value := _at(node, place)) is not None), None)
        if name in names or found is None or not isinstance(found[1], Scalar):
            continue
        members.append(Member(found[1].start, name, found[1]))
        taken.append(f"{'.'.join(found[0])} is taken for {name}.")
        used.update(found[0])
    others = (each.key for each in (*node.members, *attributes.members) if each.key not in used)
    left_out = tuple(name for name in others if name != "attributes")
    return Object(node.start, members), (*notes, *taken), left_out


def _at(node: Object, path: tuple[str, ...]) -> object:
    value: object = node
    for name in path:
        members = value.members if isinstance(value, Object) else []
        value = next((each.value for each in members if each.key == name), None)
    return value
