"""Records as the members of an object, each by its id or number: of Firebase, Redux and data frames."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from console.records.json.nodes import Member, Node, Object, Scalar, quoted
from console.records.pasted.tables.headings import matched_columns
from console.records.schemas.schema import Schema

# A single name that may be an id, and not only a word for the record in it.
MAY_BE_ID = re.compile(r"[0-9@-]")
TAKEN_FOR_ID = "The name before each record is taken for {}: {}{}."


@dataclass(frozen=True, slots=True)
class Keyed:
    """Records, a sentence on their ids, and the names before them that are left out."""

    records: tuple[Node, ...]
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def keyed(schema: Schema, node: Object, records: Sequence[Member]) -> Keyed | None:
    """Return the members of an object as records, if all are such; `records` are those that are.

    Where none has an id, the name before each is taken for it, unless these are the numbers of rows.
    """
    if not records or len(records) < len(node.members):
        return None
    values = [each.value for each in records if isinstance(each.value, Object)]
    names = [each.key for each in records]
    id_field = schema.id_field.name
    has_ids = schema.entity.is_event or any(id_field in _fields(schema, each) for each in values)
    is_counted = any(names == [str(first + place) for place in range(len(names))] for first in (0, 1))
    if has_ids or is_counted or "" in names:
        is_known = has_ids and is_counted
        left_out = () if is_known else tuple(each.key for each in records if not _is_among_values(each))
        return Keyed(tuple(values), left_out=left_out) if len(names) > 1 else None
    if len(names) == 1 and not (MAY_BE_ID.search(names[0]) and len(_fields(schema, values[0])) > 1):
        return None
    own = [Member(each.start, id_field, Scalar(each.start, each.key)) for each in records]
    more = " and so on" if len(names) > 1 else ""
    note = TAKEN_FOR_ID.format(id_field, quoted(names[0]), more)
    with_ids = (Object(each.start, [member, *each.members]) for member, each in zip(own, values, strict=True))
    return Keyed(tuple(with_ids), (note,))


def _fields(schema: Schema, record: Object) -> set[str]:
    names, _notes = matched_columns(schema, [each.key for each in record.members])
    return {name for name in names if schema.field(name)}


def _is_among_values(member: Member) -> bool:
    members = member.value.members if isinstance(member.value, Object) else []
    return member.key in [each.value.value for each in members if isinstance(each.value, Scalar)]
