"""YAML as `--cli-input-yaml` of the AWS CLI takes it, in block and in flow style."""

import re

from console.records.json.nodes import Array, Node, Object
from console.records.pasted.yaml.no_yaml import NoYaml

# The beginning of a mapping, or of a list of them; comments and a document's mark may come first.
BEGINNING = re.compile(
    r"(?:\s*+(?:\#[^\n]*+|---[ \t\r]*+)\n)*+\s*+(?:---[ \t]+)?(?:-[ \t]+)*+(?:!\S++\s++)?"
    r"(?:[\[{]|(?P<quote>[\"']?):?[A-Za-z_][\w .-]*+(?P=quote)[ \t]*:(?:\s|$))"
)
LONGEST_YAML = 400_000


def read_yaml_nodes(text: str) -> Node | None:
    """Return the mapping or list of a YAML text, or None if it is no such text.

    Values are those that version 2 of the AWS CLI reads, and numbers stay as they were typed. Members with equal keys
    are all kept. Aliases and deep nesting are refused: nobody writes them here, and a little of either takes any
    amount of memory or time.
    """
    bare = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if not BEGINNING.match(bare):
        return None
    try:
        return compose_yaml(text)
    except NoYaml:
        return None


def compose_yaml(text: str) -> Node:
    """Return the mapping or list of a YAML text with the place of each part; raise NoYaml if it is none."""
    if len(text) > LONGEST_YAML:
        raise NoYaml(0, f"Expected YAML of at most {LONGEST_YAML} characters.")
    # Most pasted texts are no YAML, and PyYAML takes a while to import.
    from console.records.pasted.yaml.loading import load_nodes

    node = load_nodes(text)
    if not isinstance(node, Array | Object):
        raise NoYaml(0, "Expected YAML of a mapping or a list.")
    return node
