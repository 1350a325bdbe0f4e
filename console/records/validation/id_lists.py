"""Lists of ids of record input: a request has them as an array, and a schema's field as one text with `|` between."""

from collections.abc import Iterator
from dataclasses import replace

from console.records.event_members import MOST_IN_IMPRESSION, EventMember
from console.records.json.nodes import CONTROL_CHARACTER, Array, Member, Node, Scalar, Unreadable, describe
from console.records.problems import Fault, Found
from console.records.requests import LIST_SEPARATOR
from console.records.schemas.fields import Field
from console.records.validation.rules import LONGEST_ID

NUMBER_OF_IDS = f"1 to {MOST_IN_IMPRESSION} IDs"


def with_joined_ids(field: Field, member: Member) -> Member:
    """Return a member of a record input whose value is an array of ids as their text; a wrong one cannot be read."""
    if field.member is None or not field.member.is_list or not isinstance(member.value, Array):
        return member
    array = member.value
    faults = tuple(_faults(field, field.member, array))
    if faults:
        return replace(member, value=Scalar(array.start, Unreadable(faults)))
    return replace(member, value=Scalar(array.start, _joined(array)))


def _faults(field: Field, member: EventMember, array: Array) -> Iterator[Fault]:
    """Yield what is wrong with an array: its length, each id at its own place, or the length of the text."""
    if not array.count:
        advice = "Put an ID into it, or remove the field." if field.nullable else "Put an ID into it."
        yield Fault(array.start, NUMBER_OF_IDS, Found("an empty array", "an empty array"), advice)
    elif array.count > MOST_IN_IMPRESSION:
        found = f"{array.count} IDs"
        first_too_many = array.items[MOST_IN_IMPRESSION].start
        yield Fault(first_too_many, NUMBER_OF_IDS, Found(found, found), f"Remove {array.count - MOST_IN_IMPRESSION}.")
    wrong = [fault for number, item in enumerate(array.items, 1) for fault in _faults_of_id(number, item)]
    yield from wrong
    length = 0 if wrong else len(_joined(array))
    if array.count <= MOST_IN_IMPRESSION and length > member.longest:
        expected = f"IDs of at most {member.longest} characters in all, with one more between each two"
        yield Fault(array.start, expected, Found(f"{length} characters", "more"))


def _faults_of_id(number: int, node: Node) -> Iterator[Fault]:
    expected = f"ID {number} of the array as text in double quotes, 1 to {LONGEST_ID} characters"
    if not isinstance(node, Scalar):
        yield Fault(node.start, expected, describe(node))
    elif isinstance(node.value, Unreadable):
        yield from node.value.faults
    elif not isinstance(node.value, str):
        yield Fault(node.start, expected, describe(node), "" if node.value is None else "Put it in double quotes.")
    elif len(node.value) > LONGEST_ID:
        yield Fault(node.start, expected, Found(f"{len(node.value)} characters", "more"))
    elif LIST_SEPARATOR in node.value:
        advice = f"A dataset has {LIST_SEPARATOR} between IDs: write each ID as a text of its own."
        yield Fault(node.start, f"{expected}, without {LIST_SEPARATOR}", describe(node), advice)
    elif not node.value or CONTROL_CHARACTER.search(node.value):
        yield Fault(node.start, expected, describe(node), "Remove the control characters." if node.value else "")


def _joined(array: Array) -> str:
    return LIST_SEPARATOR.join(
        item.value for item in array.items if isinstance(item, Scalar) and isinstance(item.value, str)
    )
