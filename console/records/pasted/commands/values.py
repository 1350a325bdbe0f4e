"""JSON and YAML in a command's arguments and input, and the request that they say."""

from collections.abc import Sequence

from console.records.entities import Entity
from console.records.json.nodes import Array, Member, Node, Object, Scalar, describe, quoted
from console.records.json.reading import read_json
from console.records.pasted.commands.command import Command
from console.records.pasted.commands.windows_arguments import is_escaped, unescaped
from console.records.pasted.commands.words import NotRead, Word, refuse_unknown
from console.records.pasted.yaml.no_yaml import NoYaml
from console.records.pasted.yaml.reading import compose_yaml
from console.records.problems import Fault, Places
from console.records.property_names import match_key
from console.records.requests import members_of_call

# Where a request says nothing of its own: `--generate-cli-skeleton` leaves the target empty.
NO_TARGET = Scalar(0, None)


def read_value(name: str, word: Word) -> Node:
    """Return the JSON of an option, also with the backslashes that PowerShell needs; raise NotRead if it is none."""
    text, reading = word.text, read_json(word.text)
    if reading.faults and is_escaped(text):
        text = unescaped(text)
        reading = read_json(text)
    if reading.root is None or reading.faults:
        refuse_unknown(word)
        raise misread(name, text, reading.faults[0])
    return reading.root


def read_yaml_value(name: str, word: Word) -> Node:
    """Return the YAML of an option, which JSON is too; raise NotRead if it is none."""
    if word.text.lstrip().startswith(("{", "[")) and not read_json(word.text).faults:
        return read_value(name, word)
    try:
        return compose_yaml(word.text)
    except NoYaml as problem:
        refuse_unknown(word)
        raise NotRead(f"{name}{_place(word.text, problem.offset)}: {problem.sentence}") from None


def misread(name: str, text: str, fault: Fault) -> NotRead:
    """Return the refusal of an option's value that has a fault: the option, the place in it, and the fault."""
    return NotRead(f"{name}{_place(text, fault.offset)}: {fault.sentence()}")


def _place(text: str, offset: int) -> str:
    line, column = Places(text).at(offset)
    return f", line {line}, column {column}"


def read_request(entity: Entity, name: str, word: Word, root: Node) -> dict[str, Node]:
    """Return the members of a request of a type, by their names in the service model; raise NotRead if it is none."""
    if not isinstance(root, Object):
        raise NotRead(f"{name}: Expected a {entity.operation} request; found {describe(root).text}.")
    names = {match_key(each): each for each in (entity.target, *members_of_call(entity), entity.member)}
    members: dict[str, Node] = {}
    for member in root.members:
        own = names.get(match_key(member.key))
        if own is None:
            raise NotRead(f"{name} has {quoted(member.key)}, which {entity.operation} does not have.")
        if own in members:
            raise NotRead(f"{name} has {quoted(member.key)} twice. Keep one.")
        members[own] = member.value
    refuse_unknown(word, _text(members.get(entity.target, NO_TARGET)))
    return members


def body_of_another(entity: Entity, word: Word, root: Node) -> Node | None:
    """Return the objects that another service is sent, None of a request of the type; raise NotRead of a variable."""
    is_list = isinstance(root, Array) and bool(root.items) and all(isinstance(each, Object) for each in root.items)
    names = {match_key(member.key) for member in root.members} if isinstance(root, Object) else set()
    if not (names or is_list) or names & {match_key(entity.target), match_key(entity.member)}:
        return None
    refuse_unknown(word)
    return root


def _text(node: Node) -> str:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else ""


def set_target(command: Command, name: str, node: Node, unknown: Sequence[str]) -> None:
    """Set what a command names as its target, by this name; one that only a shell knows is the command's variable."""
    command.target_name = name
    text = _text(node) if isinstance(node, Scalar) else describe(node).text
    if any(source in text for source in unknown):
        command.target_variable = text
    else:
        command.target = text or None


def set_records(entity: Entity, command: Command, name: str, members: dict[str, Node]) -> None:
    """Set a command's records, each with what the request has beside all of them; raise NotRead if it has none."""
    records = members.get(entity.member)
    items = records.items if isinstance(records, Array) else [records] if isinstance(records, Object) else []
    if not items:
        raise NotRead(f"No {entity.nouns} could be read from this command. Expected {name}.")
    if not all(isinstance(item, Object) for item in items):
        raise NotRead(f"Expected a list of {entity.nouns}, each with {entity.id_property} and properties.")
    beside = [Member(0, each, members[each]) for each in members_of_call(entity) if each in members]
    command.nodes = [
        Object(item.start, [*beside, *item.members]) if beside and isinstance(item, Object) else item for item in items
    ]
