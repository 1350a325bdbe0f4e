"""Rows whose cells databases wrap: of BigQuery, Athena and the Data APIs of RDS and Redshift."""

from console.records.json.nodes import Array, Node, Object, Scalar
from console.records.pasted.values.typed_values import unwrapped_value

# {"f": [{"v": "u-1"}]} of BigQuery, and {"Data": [{"VarCharValue": "u-1"}, {}]} of Athena.
ROWS = ("f", "Data")
CELL = "v"


def cells_of(node: Node) -> list[Node] | None:
    """Return the values of a row, without what its database wraps them in; None if a value is no row."""
    if isinstance(node, Object) and len(node.members) == 1 and node.members[0].key in ROWS:
        node = node.members[0].value
    return [_cell(each) for each in node.items] if isinstance(node, Array) else None


def _cell(node: Node) -> Node:
    match node:
        case Object(start=start, members=[]):
            return Scalar(start, None)
        case Object(members=[member]) if member.key == CELL:
            return member.value
        case _:
            return unwrapped_value(node)
