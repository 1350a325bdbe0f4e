"""What every part of a recursive descent over the tokens of a literal has at hand."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from console.records.json.nodes import Node
from console.records.pasted.literals.cursor import Cursor, NoLiteral

MOST_VALUES = 30_000


@dataclass(slots=True)
class Descent(Cursor, ABC):
    """A place among tokens where values are read, of at most `most_values` parts.

    `members` says within how many members the place is. `variables` are what stood in the place of a request's target,
    and only its program knows. `has_links` says whether parts of the value lead to others; `structs` says
    within how many structs of Rust the place is, and `words` are names without quotes that were taken for texts.
    """

    level: int = 0
    values: int = 0
    is_powershell: bool = False
    members: int = 0
    variables: dict[str, None] = field(default_factory=dict)
    most_values: int = MOST_VALUES
    has_links: bool = False
    structs: int = 0
    words: dict[str, None] = field(default_factory=dict)

    def count(self) -> None:
        """Count a part of the value; raise NoLiteral if there are more than are read."""
        self.values += 1
        if self.values > self.most_values:
            raise NoLiteral

    @abstractmethod
    def value(self) -> Node:
        """Read a value with what follows it: strings beside each other, and calls of methods."""

    @abstractmethod
    def primary(self) -> Node:
        """Read a value without what may follow it."""
