"""The AWS CLI's own reading of its arguments: `aws personalize-events put-users --dataset-arn … --users …`."""

from itertools import pairwise

from console.records.entities import Entity, kebab_case
from console.records.json.nodes import Array, Node, Scalar
from console.records.pasted.commands.command import Command
from console.records.pasted.commands.shorthand import read_shorthand
from console.records.pasted.commands.values import (
    misread,
    read_request,
    read_value,
    read_yaml_value,
    set_records,
    set_target,
)
from console.records.pasted.commands.words import Call, NotRead, Word, refuse_unknown
from console.records.problems import Fault
from console.records.requests import members_of_call

SERVICE = "personalize-events"
INPUTS = {"--cli-input-json": read_value, "--cli-input-yaml": read_yaml_value}
STANDARD_INPUT = ("file:///dev/stdin", "file:///dev/fd/0", "file:///proc/self/fd/0")


def read_aws_cli(entity: Entity, command: Command, call: Call, arguments: list[Word]) -> None:
    """Set what a call of the AWS CLI with these arguments says of the records of a type; raise NotRead if nothing."""
    texts = [word.text for word in arguments]
    operation = kebab_case(entity.operation)
    start = texts.index(SERVICE) + 1 if SERVICE in texts else len(texts)
    for before, word in pairwise([Word(), *arguments[: start + 1]]):
        # The value of another option says nothing of the request.
        if not before.text.startswith("--") and not word.text.startswith("--"):
            refuse_unknown(word)
    if texts[start : start + 1] != [operation]:
        raise NotRead(f"This is a different AWS CLI command. Expected aws {SERVICE} {operation}.")
    own = _option(entity.member)
    beside = {_option(name): name for name in (entity.target, *members_of_call(entity))}
    options = _options(arguments[start + 1 :], {own, *beside, *INPUTS}, call)
    members: dict[str, Node] = {}
    unknown: list[str] = []
    for name in [each for each in INPUTS if each in options]:
        for word in options[name][:1]:
            members = read_request(entity, name, word, INPUTS[name](name, word))
            unknown = word.unknown
    # As in the CLI, an argument takes precedence over the input's member.
    for name, member in beside.items():
        for word in options.get(name, [])[:1]:
            members[member] = Scalar(0, word.text)
            if member == entity.target:
                unknown = word.unknown
            else:
                refuse_unknown(word)
    if options.get(own):
        members[entity.member] = Array(0, _records(own, options[own]))
    name = _option(entity.target) if options.get(_option(entity.target)) else entity.target
    set_target(command, name, members.get(entity.target, Scalar(0, None)), unknown)
    set_records(entity, command, f"{own} with JSON or shorthand syntax", members)


def _option(member: str) -> str:
    return f"--{kebab_case(member)}"


def _options(arguments: list[Word], own: set[str], call: Call) -> dict[str, list[Word]]:
    """Return the values of each option, those of the request's own with their standard input.

    Raise NotRead where an own one is there twice, or names a file, or where no option is sure to stand.
    """
    options: dict[str, list[Word]] = {}
    name = ""
    for word in arguments:
        if word.text.startswith("--"):
            name, equals, value = word.text.partition("=")
            if name in own and name in options:
                raise NotRead(f"{name} is in this command twice. Keep one.")
            options[name] = [Word(value, word.unknown)] if equals else []
        elif name:
            options[name].append(word)
        else:
            refuse_unknown(word)
    for each in own & options.keys():
        options[each] = [_given(each, word, call) for word in options[each]]
    return options


def _given(name: str, word: Word, call: Call) -> Word:
    """Return an argument, or the standard input where it names that."""
    if not word.text.startswith(("file://", "fileb://")):
        return word
    if word.text in STANDARD_INPUT and call.given is not None:
        return call.given
    raise NotRead(
        f"{name} names a file on your machine, which the console cannot read. Paste the file's content instead."
    )


def _records(name: str, words: list[Word]) -> list[Node]:
    """Return the records of the option that has them: one array, objects, or arguments in shorthand syntax."""
    is_json = words[0].text.lstrip().startswith(("[", "{"))
    records: list[Node] = []
    for word in words:
        refuse_unknown(word)
        read = read_value(name, word) if is_json else read_shorthand(word.text)
        if isinstance(read, Fault):
            raise misread(name, word.text, read)
        records += read.items if isinstance(read, Array) and len(words) == 1 else [read]
    return records
