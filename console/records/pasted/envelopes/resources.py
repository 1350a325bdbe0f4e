"""Records whose id or change stands beside their fields: JSON:API, Firestore's documents, streams of DynamoDB."""

import base64
import binascii
import re
from dataclasses import dataclass

from console.records.json.nodes import Array, Member, Node, Object, Scalar
from console.records.pasted.envelopes.klaviyo import klaviyo_event
from console.records.pasted.envelopes.pairs import pair_of
from console.records.pasted.envelopes.tracked_events import tracked_event
from console.records.pasted.tables.headings import field_named, matched_columns
from console.records.schemas.schema import Schema

# Members of a resource beside its id and its fields: "Resource Objects" of JSON:API, "Document" of Firestore.
OF_RESOURCES = frozenset(("type", "links", "relationships", "meta", "createTime", "updateTime"))
# Members with a document's fields, next to its id: Elasticsearch, CouchDB, Airtable, HubSpot, Mixpanel, and Django's
# dumps.
OF_DOCUMENTS = ("_source", "fields", "doc", "value", "data", "properties", "$properties")
IDS = ("_id", "id", "key", "pk", "$distinct_id")
# ListUsers and AdminGetUser.
ID_OF_COGNITO, ATTRIBUTES_OF_COGNITO, OWN_OF_COGNITO = "Username", ("Attributes", "UserAttributes"), "custom:"
DOCUMENT = re.compile(r".*/documents/(?:.*/)?(?P<id>[^/]+)")
BASE64 = re.compile(r"[A-Za-z0-9+/]{8,}={0,2}")
IN_BASE64 = "Data in Base64 is decoded."


@dataclass(frozen=True, slots=True)
class Resource:
    """A record with the id that stood beside its fields, and a sentence on that: "" where it has its own.

    `left_out` are the names of what else stood there.
    """

    record: Object
    note: str
    left_out: tuple[str, ...]


def resource(schema: Schema, node: Object) -> Resource | None:
    """Return the record of a resource of JSON:API or a document of Firestore, or None if an object is none."""
    if schema.entity.is_event:
        event = tracked_event(schema, node) or klaviyo_event(schema, node)
        return Resource(event[0], " ".join(event[1]), event[2]) if event else None
    members = {each.key: each.value for each in node.members}
    other = _of_cognito(schema, node) or _of_mparticle(schema, node)
    if other:
        return other
    name, fields = ("id", members.get("attributes")) if "attributes" in members else ("name", members.get("fields"))
    is_standard = name in members and isinstance(fields, Object)
    if not is_standard:
        name, fields = _document(schema, node)
    identity = members.get(name)
    text = identity.value if isinstance(identity, Scalar) else None
    if isinstance(identity, Scalar) and type(text) is int:
        text = identity.literal
    if not isinstance(fields, Object) or not isinstance(text, str):
        return None
    others = tuple(each for each in members if members[each] is not fields and each != name)
    if is_standard and not OF_RESOURCES.issuperset(others):
        return None
    match = DOCUMENT.fullmatch(text)
    if name == "name" and match is None:
        return None
    names, _notes = matched_columns(schema, [each.key for each in fields.members])
    id_field = schema.id_field.name
    if id_field in names:
        return Resource(fields, "", (name, *others))
    if not any(schema.field(each) for each in names):
        return None
    own = Member(node.start, id_field, Scalar(node.start, match["id"] if match else text))
    of = "The last part of name" if match else name
    note = f"{of} beside the fields is taken for {id_field}."
    return Resource(Object(node.start, [own, *fields.members]), note, others)


def resources(schema: Schema, node: Array) -> list[Resource]:
    """Return the records of a list all items of which are resources; none of another one."""
    found = [each for item in node.items if isinstance(item, Object) and (each := resource(schema, item))]
    return found if len(found) == node.count else []


def _of_cognito(schema: Schema, node: Object) -> Resource | None:
    """Return the record of a user of Amazon Cognito, whose attributes are names and values in a list, or None.

    Attributes of one's own have a prefix; those that are no fields are left out.
    """
    members = {each.key: each.value for each in node.members}
    attributes = next((members[name] for name in ATTRIBUTES_OF_COGNITO if name in members), None)
    name = members.get(ID_OF_COGNITO)
    if not isinstance(attributes, Array) or not isinstance(name, Scalar):
        return None
    pairs = [pair for each in attributes.items if (pair := pair_of(each))]
    own = [Member(each.start, each.key.removeprefix(OWN_OF_COGNITO), each.value) for each in pairs]
    fields = [each for each in own if field_named(schema, each.key)]
    id_field = schema.id_field.name
    if not fields or any(field_named(schema, each.key) == schema.id_field for each in fields):
        return None
    others = (*(each for each in members if each != ID_OF_COGNITO), *(each.key for each in own if each not in fields))
    note = f"{ID_OF_COGNITO} beside the attributes is taken for {id_field}."
    return Resource(Object(node.start, [Member(node.start, id_field, name), *fields]), note, others)


def _of_mparticle(schema: Schema, node: Object) -> Resource | None:
    """Return the record of a user of mParticle, whose ids stand in one object and attributes in another, or None."""
    members = {each.key: each.value for each in node.members}
    ids, attributes = members.get("user_identities"), members.get("user_attributes")
    if not isinstance(ids, Object) or not isinstance(attributes, Object):
        return None
    own = [each for each in ids.members if each.key == "customer_id"]
    if len(own) != 1 or not any(schema.field(each.key) for each in attributes.members):
        return None
    others = tuple(each for each in members if each not in ("user_identities", "user_attributes"))
    id_field = schema.id_field.name
    note = f"customer_id in user_identities is taken for {id_field}."
    return Resource(
        Object(node.start, [Member(node.start, id_field, own[0].value), *attributes.members]), note, others
    )


def _document(schema: Schema, node: Object) -> tuple[str, Node | None]:
    """Return the name of the id of a document and its fields, as search engines and databases of documents have them.

    An object that has a field of the schema beside them is the record itself.
    """
    names = [each.key for each in node.members]
    inner = [each.value for each in node.members if each.key in OF_DOCUMENTS and isinstance(each.value, Object)]
    found = [each for each in inner if any(field_named(schema, member.key) for member in each.members)]
    name = next((each for each in IDS if each in names), "")
    is_record = any(field_named(schema, each) for each in names)
    return (name, found[0]) if len(found) == 1 and name and not is_record else ("", None)


def is_removal(node: Node) -> bool:
    """Return whether a value is the event of a stream of DynamoDB by which an item was removed."""
    if not isinstance(node, Object):
        return False
    members = {each.key: each.value for each in node.members}
    name = members.get("eventName")
    return "dynamodb" in members and isinstance(name, Scalar) and name.value == "REMOVE"


def new_image(node: Object) -> Member | None:
    """Return what an item is after a change in a stream of DynamoDB, or None if an object is no change."""
    return next((each for each in node.members if each.key == "NewImage"), None)


def decoded(text: str) -> str | None:
    """Return the text that Base64 has, as records of Kinesis are; None if it is none."""
    if len(text) % 4 or not BASE64.fullmatch(text):
        return None
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
