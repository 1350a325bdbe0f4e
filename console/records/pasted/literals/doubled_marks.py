"""Texts of HCL, in which `$${` and `%%{` stand for `${` and `%{`."""

import re

from console.records.json.nodes import Array, Bare, Member, Node, Object, Scalar

DOUBLED = re.compile(r"\$(?=\$\{)|%(?=%\{)")
AS_HCL = "$${ and %%{ read as HCL writes ${ and %{"


def without_doubled_marks(node: Node) -> Node:
    """Return a value whose quoted texts have single marks; the same object where none is doubled."""
    match node:
        case Array():
            items = [without_doubled_marks(item) for item in node.items]
            return node if _are_same(items, node.items) else Array(node.start, items, node.more)
        case Object():
            values = [without_doubled_marks(member.value) for member in node.members]
            if _are_same(values, [member.value for member in node.members]):
                return node
            members = zip(node.members, values, strict=True)
            return Object(node.start, [Member(member.start, member.key, value) for member, value in members])
        case Scalar(value=str() as text) if not isinstance(node, Bare) and DOUBLED.search(text):
            return Scalar(node.start, DOUBLED.sub("", text))
        case _:
            return node


def _are_same(nodes: list[Node], others: list[Node]) -> bool:
    return all(node is other for node, other in zip(nodes, others, strict=True))
