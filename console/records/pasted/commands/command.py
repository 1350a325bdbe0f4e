"""What a command says of the request."""

from dataclasses import dataclass, field
from typing import Any

from console.records.json.nodes import Node, plain_value


@dataclass(slots=True)
class Command:
    """What a command says of the request; `refusal` says why it cannot be read.

    `words` name the kind of command. `target` is what it names as its own: a dataset's ARN or a tracking id, and
    `target_name` what that is called there: an option or a member.
    `target_variable` is what was typed there if only a shell knows its value: `$ARN`. `notes` say what was read as
    something else than was typed. `body` is what another service is sent, if that is no request of the type.
    `output` is what the command printed, if that is meant, and `typed` the command.
    """

    words: str
    target: str | None = None
    target_name: str = ""
    target_variable: str = ""
    nodes: list[Node] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusal: str = ""
    body: Node | None = None
    typed: str = ""
    output: str = ""

    @property
    def records(self) -> list[Any]:
        """The records as plain values."""
        return [plain_value(node) for node in self.nodes]
