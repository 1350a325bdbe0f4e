"""YAML as the AWS CLI takes it (`--cli-input-yaml`): the request's members, with YAML 1.2's core schema."""

import re
from typing import Any

# The beginning of a mapping, or of a list of them; comments and a document's mark may come first.
BEGINNING = re.compile(r"(?:\s*(?:#[^\n]*|---[ \t]*)\n)*\s*(?:-[ \t]+)?[\"']?[A-Za-z_]\w*[\"']?[ \t]*:(?:\s|$)")
LONGEST_YAML = 100_000


def read_yaml(text: str) -> Any:
    """Return the mapping or list of a YAML text, or None if it is no such text.

    Aliases and deep nesting are refused: nobody writes them here, and a little of either takes any amount of memory
    or time.
    """
    bare = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if len(bare) > LONGEST_YAML or not BEGINNING.match(bare):
        return None
    # Most pasted texts are no YAML, and PyYAML takes a while to import.
    from console.records.pasted.yaml_loader import load_yaml

    content = load_yaml(bare)
    return content if isinstance(content, dict | list) else None
