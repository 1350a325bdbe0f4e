"""A whole command as it is copied out of a shell, a document or a chat, and the one call in it that is a request."""

import re
from collections.abc import Callable, Sequence

from console.records.entities import Entity
from console.records.json.nodes import quoted
from console.records.pasted.commands.aws_cli import SERVICE, read_aws_cli
from console.records.pasted.commands.command import Command
from console.records.pasted.commands.curl import read_curl
from console.records.pasted.commands.earlier_values import with_earlier_values
from console.records.pasted.commands.output import ANSWER, typed_and_output
from console.records.pasted.commands.surroundings import in_ascii, shell_of, without_prompts
from console.records.pasted.commands.web_request import read_web_request
from console.records.pasted.commands.words import ASSIGNMENT, Call, NotRead, Word

MORE_THAN_ONE = "This is more than one command. Paste one at a time."
# Words before a program that start it.
STARTERS = (
    *("sudo", "doas", "time", "env", "command", "nohup", "exec", "nice", "winpty"),
    *("aws-vault", "aws-sso", "chamber", "granted", "saml2aws", "op", "dotenv"),
    *("docker", "podman", "nerdctl", "kubectl", "poetry", "pipenv", "pipx", "uv", "uvx", "python", "python3", "py"),
)
PRINTERS = ("cat", "echo", "printf")
AWS = frozenset({"aws", "aws2", "awslocal", "aws-cli", "awscli"})
CURLS = frozenset({"curl", "awscurl"})
BASE_NAME = re.compile(r"(?:.*[/\\])?([^/\\]+?)(?::[\w.-]+)?(?:\.exe|\.cmd)?", re.IGNORECASE)
NAME = r"(?:aws2?|awslocal|(?:aws)?curl)(?:\.exe|\.cmd)?"
# After a name, a tab or a line break is rather between cells, and a bracket or a comma ends a text of a program.
PROGRAM = re.compile(
    rf"""(?:^|[\s|&;/\\"'])(?:{NAME}|aws-?cli(?::[\w.-]+)?)["']?(?:[ ]++(?![])}},;=])|[\\`^]\r?\n)""",
    re.IGNORECASE,
)
# How a text begins that may be a command: with a program, or with what can come before one.
BEGINNING = re.compile(
    rf"""(?:\s*+\#[^\n]*+\n)*+\s*+(?:&\s*+)?
    (?:(?P<program>(?:[^\s"']*[/\\])?{NAME}\s|(?P<quote>["'])(?:[^"'\n]*[/\\])?{NAME}(?P=quote)\s)
    |[A-Za-z_]\w*=|\$(?:env:)?\w+\s*=
    |[^\n|]*+\|\s*+(?:\w++\s++)?{NAME}\s+{SERVICE}\s
    |(?:export|set|{"|".join(sorted([*STARTERS, *PRINTERS]))})\s)""",
    re.VERBOSE | re.IGNORECASE,
)
# Below a blank line: neither programs, whose names hardly begin with a capital, nor what a shell knows.
WORDS_BELOW = re.compile(r"\n[ \t]*+\n\s*+(?=[A-Z][a-z]++[\s,.!:])(?!(?s:.*)\s-)[^|;&$<>={}\\`\"]*+\Z")
LONGEST_WORDS = 1000
DASHES = re.compile(r"[\u2010-\u2015\u2212]-?(?=[A-Za-z][A-Za-z-]*(?:=|\Z))")


def read_command(entity: Entity, text: str) -> Command | None:
    """Return what a command says of the records of a type: of the AWS CLI, curl or PowerShell; None if it is none.

    Below a command that is no request of this type, its output is what is meant.
    """
    bare = with_earlier_values(text.replace("\r\n", "\n").strip("\ufeff \t\n"))
    command = read_web_request(entity, bare) or _read(entity, bare)
    if command is None or not command.refusal:
        return command
    return _above_words(entity, bare) or _with_output(entity, command, bare)


def _above_words(entity: Entity, text: str) -> Command | None:
    """Return the request that stands above words, as in a mail, if it can be read; None if there are no words."""
    words = WORDS_BELOW.search(text, max(0, len(text) - LONGEST_WORDS))
    command = _read(entity, text[: words.start()]) if words else None
    if words is None or command is None or command.refusal or command.output:
        return None
    command.notes.append(f"Left out below the command: {quoted(' '.join(words[0].split()))}")
    return command


def _with_output(entity: Entity, whole: Command, text: str) -> Command:
    """Return what the command at the beginning of a text says, and its output; `whole` if the text is all command."""
    typed, output = typed_and_output(text, has_prompt=not BEGINNING.match(text)) or (text, "")
    if not output or any((match := BEGINNING.match(line)) and match["program"] for line in output.split("\n")):
        return whole
    command = _read(entity, typed)
    if command is None:
        return whole
    if SERVICE not in typed:
        command.typed, command.output = typed, output
        return command
    if not ANSWER.match(output):
        return whole
    command.notes.append(f"Left out below the command: {quoted(output.strip())}")
    return command


def _read(entity: Entity, bare: str) -> Command | None:
    """Return what a text without output is as a command; None if it is none."""
    prompt = None
    if not BEGINNING.match(bare):
        bare, prompt = without_prompts(bare)
    beginning, program = BEGINNING.match(bare), PROGRAM.search(bare)
    if not beginning or not program or not (beginning["program"] or SERVICE in bare or "curl" in bare):
        return None
    command = Command("a curl command" if "curl" in program[0].lower() else "an AWS CLI command")
    straight = in_ascii(bare)
    if straight != bare:
        command.notes.append("typographic quotes were read as straight ones")
    try:
        found = _request(shell_of(straight, prompt)(straight))
        if found is None:
            return None
        read, call, arguments = found
        read(entity, command, call, _with_dashes(command, arguments))
    except NotRead as problem:
        command.refusal = problem.refusal
    return command


type Read = Callable[[Entity, Command, Call, list[Word]], None]


def _request(calls: Sequence[Call]) -> tuple[Read, Call, list[Word]] | None:
    """Return the one call of the AWS CLI or curl, how it is read, and its arguments; None if there is none.

    Raise NotRead if there are others beside what gives it its input and what takes its output.
    """
    found = [(position, *program) for position, call in enumerate(calls) if (program := _program(call))]
    if not found:
        return None
    position, read, arguments = found[0]
    call = calls[position]
    before = position - 1 if call.is_piped else position
    if len(found) > 1 or before > 0 or not all(each.is_piped for each in calls[position + 1 :]):
        raise NotRead(MORE_THAN_ONE)
    if call.is_piped and call.given is None:
        call.given = _printed(calls[position - 1])
    if call.file:
        raise NotRead(
            f"{call.file} is a file on your machine, which the console cannot read. Paste its content instead."
        )
    return read, call, arguments


def _program(call: Call) -> tuple[Read, list[Word]] | None:
    """Return how a call's program reads its arguments, and these; None if it is another program's call."""
    is_started = False
    for position, word in enumerate(call.words):
        match = BASE_NAME.fullmatch(word.text)
        name = match[1].lower() if match else ""
        if name in AWS | CURLS:
            return (read_curl if name in CURLS else read_aws_cli), call.words[position + 1 :]
        is_started = is_started or name in STARTERS
        if not is_started and not ASSIGNMENT.fullmatch(word.text):
            return None
    return None


def _printed(call: Call) -> Word:
    """Return what a call prints; raise NotRead if only a shell can say."""
    program, *words = call.words
    if program.text == "cat" and not words and call.given:
        return call.given
    if program.text == "echo" and words and not words[0].text.startswith("-"):
        return _joined(words)
    if program.text == "echo" and words and words[0].text == "-n":
        return _joined(words[1:])
    if program.text == "printf" and len(words) == 2 and words[0].text in ("%s", "%s\\n"):
        return words[1]
    if program.text == "cat":
        raise NotRead("cat names a file on your machine, which the console cannot read. Paste its content instead.")
    raise NotRead(f"Only a shell knows what {program.text} prints. Write that instead.")


def _joined(words: list[Word]) -> Word:
    return Word(" ".join(word.text for word in words), [source for word in words for source in word.unknown])


def _with_dashes(command: Command, words: list[Word]) -> list[Word]:
    """Return words with the dashes of options that a program for text has turned into one."""
    found = [Word(_with_dash(word.text), word.unknown, word.is_quoted) for word in words]
    if any(new.text != old.text for new, old in zip(found, words, strict=True)):
        command.notes.append("typographic dashes were read as “--”")
    return found


def _with_dash(text: str) -> str:
    match = DASHES.match(text)
    if match is None:
        return text
    rest = text[match.end() :]
    return f"-{rest}" if len(rest) == 1 else f"--{rest}"
