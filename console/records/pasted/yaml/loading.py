"""PyYAML, told to read plain values as the AWS CLI does, and as JSON has them.

Version 2 of the CLI reads `--cli-input-yaml` with ruamel.yaml's `YAML(typ="safe", pure=True)`, which is YAML 1.2
(`awscli/customizations/cliinput.py`): `no` is a text, `012` is 12 and `1_000` is 1000. The patterns of numbers here
are those of its `resolver.py`. It makes dates of texts such as 2026-11-21, which JSON does not have: they stay text.
"""

import re

import yaml

from console.records.entities import ENTITIES
from console.records.json.nodes import Array, Bare, Member, Node, Object, Respelled, Scalar, Unreadable
from console.records.json.scalars import LONGEST_WHOLE_NUMBER, NUMBER, number_value
from console.records.pasted.yaml.no_yaml import NoYaml
from console.records.problems import Fault, Found
from console.records.property_names import match_key

# A request has four levels, and a schema in a template of CloudFormation nine; deep nesting takes PyYAML more than its
# share of time.
DEEPEST_LEVEL = 10
# The same limit as for JSON, names of members included.
MOST_VALUES = 50_000
BOOLEANS = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
NULLS = re.compile(r"(?:null|Null|NULL|~|)\Z")
TAG = "tag:yaml.org,2002:"
CLI_WHOLE_NUMBER = re.compile(r"[-+]?(?:0b[0-1_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)\Z")
CLI_NUMBER = re.compile(
    r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9_]+(?:[eE][-+][0-9]+)?)\Z"
)
NUMBER_PARTS = re.compile(r"\+?(?P<sign>-?)0*(?P<whole>[0-9]*)(?P<point>\.?)(?P<fraction>[0-9]*)(?P<exponent>e.*)?")
BASES = {"0x": 16, "0o": 8, "0b": 2}
# Their values are texts whatever they look like: the CLI refuses a number there, and 0042 is no 42.
TEXTS = {
    match_key(name)
    for entity in ENTITIES.values()
    for name in (
        *(entity.id_field, entity.id_property),
        *(name for each in entity.event_members if each.type == "string" for name in (each.field, each.member)),
    )
}


class _CliLoader(yaml.CSafeLoader):
    """Tells booleans, null and numbers from texts as the CLI does."""


_CliLoader.yaml_implicit_resolvers = {}
_CliLoader.add_implicit_resolver(f"{TAG}bool", BOOLEANS, list("tTfF"))
_CliLoader.add_implicit_resolver(f"{TAG}null", NULLS, ["n", "N", "~", ""])
_CliLoader.add_implicit_resolver(f"{TAG}float", CLI_NUMBER, list("-+0123456789."))
_CliLoader.add_implicit_resolver(f"{TAG}int", CLI_WHOLE_NUMBER, list("-+0123456789"))


def load_nodes(text: str) -> Node:
    """Return what a YAML text says, with the place of each part; raise NoYaml if it is no YAML that is read."""
    documents = load_documents(text, is_one=True)
    return documents[0] if documents else Scalar(0, None)


def load_documents(text: str, *, is_one: bool = False) -> list[Node]:
    """Return what each document of a YAML text says that has anything; raise NoYaml, also of two if `is_one`."""
    offset = len(text) - len(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    try:
        if not _is_plain(text):
            raise NoYaml(
                0, f"Expected YAML without aliases, of at most {DEEPEST_LEVEL} levels and {MOST_VALUES} values."
            )
        roots = [yaml.compose(text, Loader=_CliLoader)] if is_one else list(yaml.compose_all(text, Loader=_CliLoader))
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        mark = getattr(error, "problem_mark", None)
        words = getattr(error, "problem", None) or "it has characters that YAML does not have"
        raise NoYaml(offset + mark.index if mark else 0, f"Expected YAML; {words}.") from None
    return [_node(root, offset, "") for root in roots if root is not None and not _is_empty(root)]


def _is_empty(root: yaml.Node) -> bool:
    """Return whether a document has nothing, as the one behind the last mark."""
    return isinstance(root, yaml.ScalarNode) and not root.value and not root.style


def _node(node: yaml.Node, offset: int, key: str) -> Node:
    """Return a node of YAML as one of JSON; `key` is the name of the member that it is the value of."""
    start = offset + node.start_mark.index
    # A mapping with a tag of an application is an object of one of its classes.
    if isinstance(node, yaml.MappingNode) and (node.tag == f"{TAG}map" or node.tag.startswith("!")):
        return Object(start, [_member(name, value, offset) for name, value in node.value])
    if isinstance(node, yaml.SequenceNode) and node.tag == f"{TAG}seq":
        return Array(start, [_node(item, offset, key) for item in node.value])
    if isinstance(node, yaml.ScalarNode):
        scalar = _scalar(node.tag, node.value, start, is_text=match_key(key) in TEXTS)
        if scalar and isinstance(scalar.value, str) and not node.style:
            return Bare(start, scalar.value)
        if scalar:
            return scalar
    found = Found(f"a value of the type {node.tag.removeprefix(TAG)}", "a value of another type")
    return Scalar(start, Unreadable((Fault(start, "a value that JSON has too", found),)))


def _member(name: yaml.Node, value: yaml.Node, offset: int) -> Member:
    start = offset + name.start_mark.index
    if not isinstance(name, yaml.ScalarNode):
        raise NoYaml(start, "Expected a name that is text.")
    return Member(start, name.value, _node(value, offset, name.value))


def _scalar(tag: str, text: str, start: int, *, is_text: bool) -> Scalar | None:
    """Return a value that JSON has too; None if there is none."""
    kind = tag.removeprefix(TAG)
    if kind == "str":
        return Scalar(start, text)
    if kind == "null" and NULLS.match(text):
        return Scalar(start, None)
    if kind == "bool" and BOOLEANS.match(text):
        return Scalar(start, text.lower() == "true")
    if kind not in ("int", "float") or not (CLI_NUMBER.match(text) or CLI_WHOLE_NUMBER.match(text)):
        return None
    if NUMBER.fullmatch(text):
        value = number_value(text)
        # A number with a fraction, such as a version, keeps the digits as typed when it is text.
        return Scalar(start, value, text) if text.lstrip("-").isdecimal() else Respelled(start, value, text, text)
    literal = "" if is_text else _literal(text)
    return Respelled(start, number_value(literal), literal, text) if literal else Scalar(start, text)


def _literal(text: str) -> str:
    """Return a number as JSON writes it, "" if it is none: YAML has underscores, leading zeros and other bases."""
    bare = text.replace("_", "").lower()
    sign, digits = ("-" if bare.startswith("-") else ""), bare.lstrip("-+")
    base = BASES.get(digits[:2])
    if base:
        return f"{sign}{int(digits[2:], base)}" if 2 < len(digits) < LONGEST_WHOLE_NUMBER else ""
    match = NUMBER_PARTS.fullmatch(bare)
    if match is None or not any(character.isdigit() for character in bare):
        return ""
    fraction = f".{match['fraction'] or '0'}" if match["point"] else ""
    return f"{match['sign']}{match['whole'] or '0'}{fraction}{match['exponent'] or ''}"


def _is_plain(text: str) -> bool:
    """Return whether a YAML text has no aliases, deep nesting or too many values; stop at the first one."""
    level, values = 0, 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        level += isinstance(event, yaml.CollectionStartEvent)
        level -= isinstance(event, yaml.CollectionEndEvent)
        values += isinstance(event, yaml.NodeEvent)
        if isinstance(event, yaml.AliasEvent) or level > DEEPEST_LEVEL or values > MOST_VALUES:
            return False
    return True
