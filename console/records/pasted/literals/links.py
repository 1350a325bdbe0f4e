"""Links to values that stand before them in the same literal, as Data::Dumper of Perl writes what it has shown."""

import re
from dataclasses import dataclass

from console.records.json.nodes import Array, Member, Node, Object, Scalar
from console.records.pasted.literals.cursor import NoLiteral

# The first value of a dump.
ROOT = re.compile(r"\$VAR1->")
STEP = re.compile(r"\[(?P<index>[0-9]+)\]|\{'(?P<name>[^']*)'\}")


@dataclass(frozen=True, slots=True)
class Link(Scalar):
    """A link that is not resolved: its value is what stands in its place."""


def link_to(start: int, text: str) -> Link:
    """Return the link of a token; raise NoLiteral if it is a variable of a program."""
    if not ROOT.match(text):
        raise NoLiteral
    return Link(start, text)


def resolved(node: Node, root: Node) -> Node:
    """Return a value with what its links lead to in the place of these; raise NoLiteral if one leads nowhere."""
    if isinstance(node, Link):
        return _followed(str(node.value), root)
    if isinstance(node, Array):
        return Array(node.start, [resolved(each, root) for each in node.items], node.more)
    if isinstance(node, Object):
        return Object(node.start, [Member(each.start, each.key, resolved(each.value, root)) for each in node.members])
    return node


def _followed(path: str, root: Node) -> Scalar:
    """Return the value at the end of a path, which is no list and no object."""
    node: Node | None = root
    for step in STEP.finditer(path):
        if step["index"] is None and isinstance(node, Object):
            node = next((each.value for each in node.members if each.key == step["name"]), None)
        elif step["index"] is not None and isinstance(node, Array) and int(step["index"]) < len(node.items):
            node = node.items[int(step["index"])]
        else:
            node = None
    if not isinstance(node, Scalar) or isinstance(node, Link):
        raise NoLiteral
    return node
