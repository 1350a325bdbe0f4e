"""A whole command line, such as `aws personalize-events put-users …`, read as a POSIX shell reads it."""

import json
import re
import shlex
from dataclasses import dataclass, field
from typing import Any

from console.records.entities import Entity, kebab_case
from console.records.json.reading import read_json
from console.records.pasted.shorthand import read_shorthand
from console.records.pasted.yaml_input import read_yaml
from console.records.requests import members_of_call

BEGINNING = re.compile(r"\s*(?:[$#>]\s+)?(?:\w+=\S*\s+)*(?:\S*/)?aws2?\s")
SERVICE = "personalize-events"
# shlex reads character by character, and Linux takes no argument of over 131,071 bytes.
LONGEST_COMMAND = 150_000
MORE_THAN_ONE = "This is more than one command. Paste one at a time."
# The parts of a command line as a POSIX shell tells them apart (XCU 2.2, "Quoting").
PART = re.compile(
    r"""
      (?P<single>'[^']*')
    | (?P<double>"(?:[^"\\]|\\.)*")
    | (?P<escape>\\.)
    | (?P<bare>[^'"\\]+)
    | (?P<open>.)
    """,
    re.DOTALL | re.VERBOSE,
)
CONTINUED = re.compile(r"\\\n")
ESCAPED_EXPANSION = re.compile(r"\\([$`])")
EXPANSION = re.compile(r"(?<!\\)(?:\\\\)*[$`]")
OPERATOR = re.compile(r"[;&|<>()]")
INPUT_OPTIONS = ("--cli-input-json", "--cli-input-yaml")


@dataclass(slots=True)
class Command:
    """What a command line says of the request; `refusal` says why it cannot be read."""

    target: str | None = None
    records: Any = None
    refusal: str = ""
    options: dict[str, list[str]] = field(default_factory=dict)


def read_command(entity: Entity, text: str) -> Command | None:
    """Return what a command line of the AWS CLI says of the records of a type, or None if the text is not one."""
    if len(text) > LONGEST_COMMAND or not BEGINNING.match(text):
        return None
    plain, refusal = _without_expansions(text.strip().removeprefix("$ ").removeprefix("> "))
    if refusal:
        return Command(refusal=refusal)
    words = shlex.split(plain, comments=False)
    command = Command()
    arguments = words[words.index(SERVICE) + 1 :] if SERVICE in words else []
    operation = kebab_case(entity.operation)
    if arguments[:1] != [operation]:
        command.refusal = f"This is a different AWS CLI command. Expected aws {SERVICE} {operation}."
        return command
    if SERVICE in arguments or any(arguments.count(name) > 1 for name in _own_options(entity)):
        command.refusal = MORE_THAN_ONE
        return command
    command.options = _options(arguments[1:])
    _read_options(entity, command)
    return command


def _without_expansions(text: str) -> tuple[str, str]:
    """Return a command line as a shell would pass it on, or a refusal of expansions that only a shell can do."""
    parts: list[str] = []
    for match in PART.finditer(_joined(text.replace("\r\n", "\n"))):
        kind, part = match.lastgroup, match[0]
        if kind == "open":
            return "", "A quote of this command is not closed."
        if kind == "bare" and OPERATOR.search(part):
            return "", MORE_THAN_ONE
        if (kind == "bare" and re.search(r"[$`]", part)) or (kind == "double" and EXPANSION.search(part)):
            return "", "Only a shell knows the values of the variables and commands in it. Write the values instead."
        parts.append(ESCAPED_EXPANSION.sub(r"\1", part) if kind == "double" else part)
    return "".join(parts), ""


def _joined(text: str) -> str:
    """Return a text with its continued lines joined, but within single quotes, where a backslash is a character."""
    return "".join(
        match[0] if match.lastgroup == "single" else CONTINUED.sub("", match[0]) for match in PART.finditer(text)
    )


def _options(arguments: list[str]) -> dict[str, list[str]]:
    options: dict[str, list[str]] = {}
    values: list[str] = []
    for argument in arguments:
        if argument.startswith("--"):
            name, equals, value = argument.partition("=")
            values = options.setdefault(name, [])
            if equals:
                values.append(value)
        else:
            values.append(argument)
    return options


def _option(member: str) -> str:
    return f"--{kebab_case(member)}"


def _own_options(entity: Entity) -> tuple[str, ...]:
    beside = (_option(name) for name in members_of_call(entity))
    return (_option(entity.target), *beside, _option(entity.member), *INPUT_OPTIONS)


def _read_options(entity: Entity, command: Command) -> None:
    own = _option(entity.member)
    for name in _own_options(entity):
        if any(value.startswith(("file://", "fileb://")) for value in command.options.get(name, [])):
            command.refusal = (
                f"{name} names a file on your machine, which the console cannot read. "
                "Paste the file's content instead."
            )
            return
    whole = _input(command.options)
    named = (entity.target, *members_of_call(entity))
    is_request = isinstance(whole, dict) and whole.keys() <= {*named, entity.member}
    beside = {name: whole.get(name) for name in named} if is_request else {}
    command.records = whole.get(entity.member) if is_request else None
    # As in the CLI, an argument of its own counts more than the member of the input.
    beside |= {name: values[0] for name in named if (values := command.options.get(_option(name)))}
    if command.options.get(own):
        command.records = _records(command.options[own])
    target = beside.pop(entity.target, None)
    command.target = target if isinstance(target, str) else None
    if isinstance(command.records, list):
        of_call = {name: value for name, value in beside.items() if value is not None}
        command.records = [{**of_call, **each} if isinstance(each, dict) else each for each in command.records]
    if not isinstance(command.records, list) or not command.records:
        command.refusal = (
            f"No {entity.nouns} could be read from this command. Expected {own} with JSON or shorthand syntax."
        )


def _input(options: dict[str, list[str]]) -> Any:
    for text in options.get("--cli-input-json", []):
        return _json(text)
    for text in options.get("--cli-input-yaml", []):
        return read_yaml(text) or _json(text)
    return None


def _records(arguments: list[str]) -> Any:
    if len(arguments) == 1 and arguments[0].lstrip().startswith(("[", "{")):
        records = _json(arguments[0])
        return [records] if isinstance(records, dict) else records
    records = [read_shorthand(argument) for argument in arguments]
    return None if None in records else records


def _json(text: str) -> Any:
    """Return plain JSON, or None; an object with equal keys is none, since one of them would be lost."""
    try:
        return None if read_json(text).faults else json.loads(text, object_pairs_hook=_object)
    except ValueError:
        return None


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(members)) < len(members):
        raise ValueError("A key appears twice.")
    return dict(members)
