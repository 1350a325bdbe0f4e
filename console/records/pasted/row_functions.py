"""Rows in a call of R: `tibble::tribble(~USER_ID, ~AGE, "u-1", 34L)`, as datapasta writes them."""

import re
from dataclasses import replace

from console.records.json.nodes import Array, Scalar
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.literals.parsing import read_literal
from console.records.pasted.reader import in_literal
from console.records.schemas.schema import Schema

NAME = r"~(?:[\w.]++|`[^`\n]++`)"
CALL = re.compile(
    rf"\s*+(?:[\w.]++\s*+(?:<-|=)\s*+)?(?:tibble::)?(?:tribble|frame_data)\(\s*+(?P<names>{NAME}(?:\s*+,\s*+{NAME})*+)"
    r"\s*+,?(?P<values>.*)\)\s*+\Z",
    re.DOTALL,
)
WORDS = "rows of tribble"
NOT_FULL = "Each row needs a value for each of its {} names; found {} values in all."


def read_row_function(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of rows that tribble is called with, or None; raise Refusal if a row is not full."""
    match = CALL.match(text)
    literal = read_literal(f"[{match['values'].rstrip().removesuffix(',')}]") if match else None
    if match is None or literal is None or not isinstance(literal.node, Array):
        return None
    names = [each.strip().lstrip("~").strip("`") for each in match["names"].split(",")]
    values = literal.node.items
    if literal.node.more or len(values) % len(names):
        raise Refusal(NOT_FULL.format(len(names), literal.node.count), WORDS)
    heading = Array(0, [Scalar(0, name) for name in names])
    rows = [Array(0, values[start : start + len(names)]) for start in range(0, len(values), len(names))]
    return in_literal(schema, target, replace(literal, node=Array(0, [heading, *rows])), WORDS) if rows else None
