"""A whole command line `aws personalize-events put-users …`, read as a POSIX shell reads it."""

import json
import re
import shlex
from dataclasses import dataclass, field
from typing import Any

from console.records.json.reading import read_json
from console.records.pasted.shorthand import read_shorthand
from console.records.pasted.yaml_input import read_yaml

BEGINNING = re.compile(r"\s*(?:[$#>]\s+)?(?:\w+=\S*\s+)*(?:\S*/)?aws2?\s")
SERVICE, OPERATION = "personalize-events", "put-users"
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
OWN_OPTIONS = ("--dataset-arn", "--users", "--cli-input-json", "--cli-input-yaml")


@dataclass(slots=True)
class Command:
    """What a command line says of the request; `refusal` says why it cannot be read."""

    dataset_arn: str | None = None
    users: Any = None
    refusal: str = ""
    options: dict[str, list[str]] = field(default_factory=dict)


def read_command(text: str) -> Command | None:
    """Return what a command line of the AWS CLI says, or None if the text is not one."""
    if len(text) > LONGEST_COMMAND or not BEGINNING.match(text):
        return None
    plain, refusal = _without_expansions(text.strip().removeprefix("$ ").removeprefix("> "))
    if refusal:
        return Command(refusal=refusal)
    words = shlex.split(plain, comments=False)
    command = Command()
    arguments = words[words.index(SERVICE) + 1 :] if SERVICE in words else []
    if arguments[:1] != [OPERATION]:
        command.refusal = f"This is another command of the AWS CLI. Expected aws {SERVICE} {OPERATION}."
        return command
    if SERVICE in arguments or any(arguments.count(name) > 1 for name in OWN_OPTIONS):
        command.refusal = MORE_THAN_ONE
        return command
    command.options = _options(arguments[1:])
    _read_options(command)
    return command


def _without_expansions(text: str) -> tuple[str, str]:
    """Return a command line with what a shell removes of it removed, or a refusal of what only a shell can know."""
    parts: list[str] = []
    for match in PART.finditer(_joined(text.replace("\r\n", "\n"))):
        kind, part = match.lastgroup, match[0]
        if kind == "open":
            return "", "A quote of this command is not closed."
        if kind == "bare" and OPERATOR.search(part):
            return "", MORE_THAN_ONE
        if (kind == "bare" and re.search(r"[$`]", part)) or (kind == "double" and EXPANSION.search(part)):
            return "", "A variable or a command within it can be known by a shell alone. Write its value."
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


def _read_options(command: Command) -> None:
    for name in OWN_OPTIONS:
        if any(value.startswith(("file://", "fileb://")) for value in command.options.get(name, [])):
            command.refusal = f"{name} names a file of another machine. Paste what is in the file."
            return
    whole = _input(command.options)
    if isinstance(whole, dict) and whole.keys() <= {"datasetArn", "users"}:
        arn = whole.get("datasetArn")
        command.dataset_arn = arn if isinstance(arn, str) else None
        command.users = whole.get("users")
    # As in the CLI, an argument of its own counts more than the member of the input.
    if command.options.get("--dataset-arn"):
        command.dataset_arn = command.options["--dataset-arn"][0]
    if command.options.get("--users"):
        command.users = _users(command.options["--users"])
    if not isinstance(command.users, list) or not command.users:
        command.refusal = "No users could be read from this command. Expected --users with JSON or shorthand syntax."


def _input(options: dict[str, list[str]]) -> Any:
    for text in options.get("--cli-input-json", []):
        return _json(text)
    for text in options.get("--cli-input-yaml", []):
        return read_yaml(text) or _json(text)
    return None


def _users(arguments: list[str]) -> Any:
    if len(arguments) == 1 and arguments[0].lstrip().startswith(("[", "{")):
        users = _json(arguments[0])
        return [users] if isinstance(users, dict) else users
    users = [read_shorthand(argument) for argument in arguments]
    return None if None in users else users


def _json(text: str) -> Any:
    """Return plain JSON, or None; an object with equal keys is none, since one of them would be lost."""
    try:
        return None if read_json(text).faults else json.loads(text, object_pairs_hook=_object)
    except ValueError:
        return None


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(members)) < len(members):
        raise ValueError("A key stands twice.")
    return dict(members)
