"""curl's own reading of its arguments: `curl https://…/users --data '{"datasetArn": …}'`. Source: curl's manual."""

from dataclasses import dataclass, field

from console.records.entities import Entity
from console.records.json.nodes import Array, Node, Scalar
from console.records.pasted.commands.command import Command
from console.records.pasted.commands.values import body_of_another, read_request, read_value, set_records, set_target
from console.records.pasted.commands.words import Call, NotRead, Word, refuse_unknown

# The options that have the request's body, by what curl puts between two of them.
BODY = {"-d": "&", "--data": "&", "--data-raw": "&", "--data-binary": "&", "--data-ascii": "&", "--json": ""}
# The options without a value; each other one of curl's has one.
FLAGS = frozenset(f"-{letter}" for letter in "fgGiIkLnNsSv012346#jOJRapqlZ")
LONG_FLAGS = frozenset(
    f"--{name}"
    for name in (
        *("anyauth", "basic", "compressed", "disable", "fail", "fail-with-body", "globoff", "http1.0", "http1.1"),
        *("http2", "http2-prior-knowledge", "http3", "include", "insecure", "ipv4", "ipv6", "location"),
        *("location-trusted", "netrc", "no-buffer", "no-keepalive", "no-progress-meter", "path-as-is"),
        *("progress-bar", "raw", "retry-all-errors", "retry-connrefused", "show-error", "silent", "ssl-no-revoke"),
        *("styled-output", "tcp-nodelay", "tlsv1.2", "tlsv1.3", "verbose"),
    )
)


@dataclass(slots=True)
class _Body:
    name: str = ""
    word: Word = field(default_factory=Word)


def read_curl(entity: Entity, command: Command, call: Call, arguments: list[Word]) -> None:
    """Set what a call of curl with these arguments says of the records of a type; raise NotRead if nothing."""
    body = _body(call, arguments)
    if not body.name:
        raise NotRead(f"This command has no request body. Expected a {entity.operation} request after --data.")
    root = read_value(body.name, body.word)
    if isinstance(root, Array) and root.items:
        # Another service may take a list of records.
        refuse_unknown(body.word)
        members: dict[str, Node] = {entity.member: root}
    else:
        command.body = body_of_another(entity, body.word, root)
        members = read_request(entity, body.name, body.word, root)
    set_target(command, entity.target, members.get(entity.target, Scalar(0, None)), body.word.unknown)
    set_records(entity, command, f"a {entity.operation} request after {body.name}", members)


def _body(call: Call, arguments: list[Word]) -> _Body:
    """Return the request's body, and the last option that has a part of it."""
    body = _Body()
    rest = iter(arguments)
    for word in rest:
        name, value = _option(word)
        if name in FLAGS | LONG_FLAGS or not name.startswith("-"):
            continue
        value = value or next(rest, Word())
        if name not in BODY:
            continue
        part = _part(name, value, call)
        between = BODY[name] if body.name else ""
        body = _Body(name, Word(body.word.text + between + part.text, body.word.unknown + part.unknown))
    return body


def _option(word: Word) -> tuple[str, Word | None]:
    """Return an option's name, and its value if that is in the same word: `-XPOST`; of several flags the last."""
    text = word.text
    if text.startswith("--"):
        return text, None
    if not text.startswith("-") or len(text) < 3:
        return text, None
    for position in range(1, len(text)):
        name = f"-{text[position]}"
        if name not in FLAGS:
            value = text[position + 1 :]
            return name, Word(value, word.unknown) if value else None
    return name, None


def _part(name: str, value: Word, call: Call) -> Word:
    if name == "--data-raw" or not value.text.startswith("@"):
        return value
    if value.text not in ("@-", "@/dev/stdin") or call.given is None:
        raise NotRead(
            f"{name} names a file on your machine, which the console cannot read. Paste the file's content instead."
        )
    return call.given
