"""The differences between two versions of a record, field by field."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How a field changed."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field by property name, how it changed, and both values as JSON text; "" for no value."""

    name: str
    kind: Kind
    before: str = ""
    after: str = ""


def differences(before: str, after: str) -> list[Difference]:
    """Return the differences of two JSON texts of properties: fields of the newer one in order, then removed ones.

    Values are compared as JSON text: true is not 1.
    """
    old, new = _texts(before), _texts(after)
    found = [_difference(name, old.get(name, ""), text) for name, text in new.items() if old.get(name) != text]
    lost = [Difference(name, Kind.REMOVED, before=text) for name, text in old.items() if name not in new]
    return [*found, *lost]


def _difference(name: str, before: str, after: str) -> Difference:
    return Difference(name, Kind.CHANGED if before else Kind.ADDED, before, after)


def _texts(properties: str) -> dict[str, str]:
    members: dict[str, Any] = json.loads(properties)
    return {name: json.dumps(value, ensure_ascii=False) for name, value in members.items()}
