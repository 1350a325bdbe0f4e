"""YAML as `--cli-input-yaml` of the AWS CLI takes it, in block and in flow style."""

import re

from console.records.json.nodes import Array, Node, Object, items_of
from console.records.pasted.yaml.no_yaml import NoYaml

# The beginning of a mapping, or of a list of them; comments and a document's mark may come first.
BEGINNING = re.compile(
    r"(?:\s*+(?:\#[^\n]*+|---[ \t\r]*+)\n)*+\s*+(?:---[ \t]+)?(?:-\s+)*+(?:!\S++\s++)?"
    r"(?:[\[{]|(?P<quote>[\"']?):?[A-Za-z_][\w .-]*+(?P=quote)[ \t]*:(?:\s|$))"
)
# Between two documents.
DOCUMENT = re.compile(r"^---(?:[ \t\r]|$)(?!\s*\Z)", re.MULTILINE)
LONGEST_YAML = 400_000


def read_yaml_nodes(text: str) -> Node | None:
    """Return the mapping or list of a YAML text, or None if it is no such text; several documents are a list.

    Values are those that version 2 of the AWS CLI reads, and numbers stay as they were typed. Members with equal keys
    are all kept. Aliases and deep nesting are refused: nobody writes them here, and a little of either takes any
    amount of memory or time.
    """
    bare = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if not BEGINNING.match(bare):
        return None
    try:
        return _composed(text, has_documents=DOCUMENT.search(text) is not None)
    except NoYaml:
        return None


def compose_yaml(text: str) -> Node:
    """Return the mapping or list of a YAML text with the place of each part; raise NoYaml if it is none."""
    return _composed(text, has_documents=False)


def _composed(text: str, *, has_documents: bool) -> Node:
    if len(text) > LONGEST_YAML:
        raise NoYaml(0, f"Expected YAML of at most {LONGEST_YAML} characters.")
    # Most pasted texts are no YAML, and PyYAML takes a while to import.
    from console.records.pasted.yaml.loading import load_documents, load_nodes

    if has_documents:
        documents = load_documents(text)
        kinds = {type(each) for each in documents}
        # A list of records in each document is one list.
        is_of_lists = kinds == {Array}
        node: Node = Array(0, [item for each in documents for item in (items_of(each) if is_of_lists else [each])])
        node = documents[0] if len(documents) == 1 else node
        if len(documents) > 1 and kinds not in ({Array}, {Object}):
            raise NoYaml(0, "Expected YAML of mappings or of lists.")
    else:
        node = load_nodes(text)
    if not isinstance(node, Array | Object):
        raise NoYaml(0, "Expected YAML of a mapping or a list.")
    return node
