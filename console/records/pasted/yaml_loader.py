"""PyYAML, told to read plain values as YAML 1.2's core schema and JSON have them."""

import re
from typing import Any

import yaml

# A request has four levels; deep nesting takes PyYAML more than its share of time.
DEEPEST_LEVEL = 8
BOOLEANS = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
NULLS = re.compile(r"(?:null|Null|NULL|~|)\Z")
# Numbers are those of JSON: an id such as 0042 stays text, as it was typed.
WHOLE_NUMBERS = re.compile(r"-?(?:0|[1-9][0-9]{0,400})\Z")
NUMBERS = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z")


class _Loader(yaml.CSafeLoader):
    """Reads plain values as YAML 1.2 does: no dates, no yes and no, no numbers to the base 60, no key twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(mapping) < len(node.value):
            raise yaml.YAMLError("A key appears twice.")
        return mapping


# Its own resolvers take the place of those that it would inherit.
_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", BOOLEANS, list("tTfF"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", NULLS, ["n", "N", "~", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", WHOLE_NUMBERS, list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", NUMBERS, list("-0123456789"))


def load_yaml(text: str) -> Any:
    """Return the value of a YAML text, or None if it is no YAML, or has aliases or deep nesting."""
    try:
        return yaml.load(text, Loader=_Loader) if _is_plain(text) else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _is_plain(text: str) -> bool:
    """Say whether a YAML text has neither aliases nor deep nesting; it is read no further than to the first."""
    level = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        level += isinstance(event, yaml.CollectionStartEvent)
        level -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or level > DEEPEST_LEVEL:
            return False
    return True
