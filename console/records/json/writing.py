"""JSON text of what was read: values stay as they were typed."""

import json
from typing import Any

from console.records.json.nodes import Array, Node, Object

INDENT = "  "


def json_text(value: Any) -> str:
    """Return a plain value as JSON text, its characters as they are."""
    return json.dumps(value, ensure_ascii=False)


def json_of(node: Node) -> str:
    """Return a node as JSON text; numbers stay as they were typed."""
    match node:
        case Array():
            return "[" + ", ".join(json_of(item) for item in node.items) + "]"
        case Object():
            members = (f"{json_text(member.key)}: {json_of(member.value)}" for member in node.members)
            return "{" + ", ".join(members) + "}"
        case _:
            return node.literal or json_text(node.value)


def laid_out(node: Node, indent: str = "") -> str:
    """Return a node as JSON text with each item and each member on a line of its own."""
    inner = indent + INDENT
    match node:
        case Array() if node.items:
            items = ",\n".join(inner + laid_out(item, inner) for item in node.items)
            return f"[\n{items}\n{indent}]"
        case Object() if node.members:
            members = ",\n".join(
                f"{inner}{json_text(each.key)}: {laid_out(each.value, inner)}" for each in node.members
            )
            return f"{{\n{members}\n{indent}}}"
        case _:
            return json_of(node)
