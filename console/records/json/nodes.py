"""JSON values with the offset where each stands, and how they are named to a person."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from console.records.problems import Fault, Found

LONGEST_SHOWN = 40
CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f]")
CONTROLLED = "text with control characters"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The value of a scalar that is no JSON; its faults say why, and it is not validated further."""

    faults: tuple[Fault, ...]


type Value = str | int | float | bool | Unreadable | None


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, number, true, false or null at offset `start`; `literal` is a number as it was typed."""

    start: int
    value: Value
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Bare(Scalar):
    """A text that stood without quotes: a cell of a table, or a word such as `nan`."""


@dataclass(frozen=True, slots=True)
class Respelled(Scalar):
    """A number that stood without quotes, and not as JSON writes it: `typed` is what stood there, such as `0150`."""

    typed: str = ""


@dataclass(frozen=True, slots=True)
class Array:
    """An array whose bracket stands at offset `start`; `more` counts the items that were read and not kept."""

    start: int
    items: list["Node"]
    more: int = 0

    @property
    def count(self) -> int:
        """How many items the text has."""
        return len(self.items) + self.more


@dataclass(frozen=True, slots=True)
class Object:
    """An object whose brace stands at offset `start`; members with equal keys are all kept, in order."""

    start: int
    members: list["Member"]


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an object: the key, the offset where it stands, and its value."""

    start: int
    key: str
    value: "Node"


type Node = Scalar | Array | Object


def is_unreadable(node: Node) -> bool:
    """Return whether a node is a scalar whose faults are reported already."""
    return isinstance(node, Scalar) and isinstance(node.value, Unreadable)


def has_unreadable(node: Node) -> bool:
    """Return whether a node is or has a scalar whose faults are reported already."""
    match node:
        case Object():
            return any(has_unreadable(member.value) for member in node.members)
        case Array():
            return any(has_unreadable(item) for item in node.items)
        case _:
            return is_unreadable(node)


def items_of(root: Node) -> list[Node]:
    """Return the items of an array, and of another value itself as the only one."""
    return root.items if isinstance(root, Array) else [root]


def plain_value(node: Node) -> Any:
    """Return a node's value as the standard library reads it; what cannot be read is None."""
    match node:
        case Object():
            return {member.key: plain_value(member.value) for member in node.members}
        case Array():
            return [plain_value(item) for item in node.items]
        case Scalar(value=Unreadable()):
            return None
        case _:
            return node.value


def node_at(root: Node, path: Iterable[str | int]) -> Node:
    """Return the node that a way of keys and positions leads to, or the last one on it that is there.

    Of members with equal keys it is the last one, whose value counts.
    """
    node = root
    for step in path:
        if isinstance(node, Object):
            found = [member.value for member in node.members if member.key == step]
        else:
            found = node.items[step : step + 1] if isinstance(node, Array) and isinstance(step, int) else []
        if not found:
            break
        node = found[-1]
    return node


def describe(node: Node) -> Found:
    """Return a node in words, for "found …"."""
    match node:
        case Array():
            return Found("an array", "an array")
        case Object():
            return Found("an object", "an object")
        case Scalar(value=None):
            return Found("null", "null")
        case Scalar(value=bool(value)):
            return Found(str(value).lower(), "true or false", str(value).lower())
        case Scalar(value=str(value)):
            return describe_text(value)
        case _:
            return Found(f"the number {shortened(node.literal)}", "a number")


def describe_text(text: str) -> Found:
    """Return a string in words, for "found …"."""
    if len(text) > LONGEST_SHOWN:
        of_length = f"of {len(text)} characters"
        return Found(f"the text {quoted(text)} {of_length}", f"text {of_length}")
    if CONTROL_CHARACTER.search(text):
        return Found(f"the text {quoted(CONTROL_CHARACTER.sub('\N{REPLACEMENT CHARACTER}', text))}", CONTROLLED)
    return Found(f"the text {quoted(text)}", "text")


def quoted(text: str) -> str:
    """Return the text in quotation marks, shortened if it is long."""
    return f"“{shortened(text)}”"


def enumerated(names: Sequence[str]) -> str:
    """Return names, one at least, as a sentence has them: "a, b and c"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def shortened(text: str) -> str:
    """Return the text, or its beginning and an ellipsis if it is long."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
