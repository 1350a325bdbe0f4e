"""Records in YAML."""

import re
from collections.abc import Iterator
from dataclasses import replace

from console.records.json.nodes import Array, Node, Object, quoted
from console.records.pasted.detected import Found, Refusal
from console.records.pasted.reader import bare_words, not_variables, records_in
from console.records.pasted.values.dialect import YAML
from console.records.pasted.yaml.reading import read_yaml_nodes
from console.records.pasted.yaml.symbols import without_symbols
from console.records.schemas.schema import Schema

QUOTED_NAME = re.compile(r"[\"'\u201c\u201d\u2019]\s*:")
# A call or an expression, and a word that a program has for a variable.
CODE = re.compile(r"[()`*+]|\|\||&&|\?\?|\A[A-Za-z_$][\w$]*(?:\.[\w$]+)+\Z")
# What follows the name of a member without a value, not even an empty one.
NO_VALUE = re.compile(r"\s*+[,}]")
SPREAD = "..."
WITHOUT_VALUE = "{} stands there without a value: in a program it is a variable. Write its value."


def read_yaml(schema: Schema, target: str, text: str) -> Found | None:
    """Return the records of a text in YAML, or None; raise Refusal if it may be code."""
    is_flow = text.lstrip().startswith(("[", "{"))
    # With names in quotes it is JSON that is not finished, or another language.
    root = None if is_flow and QUOTED_NAME.search(text) else read_yaml_nodes(text)
    # Where the records go is told by the page.
    variables = [name for name in _variables(text, root) if name != schema.entity.target] if root and is_flow else []
    root, symbols = without_symbols(root) if root else (None, ())
    found = records_in(schema, target, root) if root else None
    if found is None:
        return None
    if variables:
        raise Refusal(WITHOUT_VALUE.format(quoted(variables[0])))
    bare = [word for record in found.records for word in bare_words(record)] if is_flow else []
    code = next((word for word in bare if CODE.search(word)), "")
    if code:
        raise Refusal(f"In YAML {quoted(code)} is a text, and in a program code. If it is a text, put it in quotes.")
    words = f"{schema.entity.counted(found.number)} of YAML"
    return replace(found, words=words, notes=(*symbols, *found.notes, *not_variables(bare)), dialect=YAML)


def _variables(text: str, node: Node) -> Iterator[str]:
    """Yield the members of a text's objects in braces that have a name alone, as programs write variables."""
    if isinstance(node, Array):
        for item in node.items:
            yield from _variables(text, item)
    if isinstance(node, Object):
        for each in node.members:
            is_there = text.startswith(each.key, each.start)
            if is_there and (each.key.startswith(SPREAD) or NO_VALUE.match(text, each.start + len(each.key))):
                yield each.key
            yield from _variables(text, each.value)
