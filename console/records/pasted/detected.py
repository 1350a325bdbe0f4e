"""What a text was detected as."""

from dataclasses import dataclass

from console.records.entities import Entity
from console.records.json.nodes import Node
from console.records.pasted.values.dialect import LITERALS, Dialect


class Refusal(ValueError):
    """A text that is known, and cannot be turned into records: its text is a sentence that says why.

    `words` are what the text was detected as, where the one who raises it knows. `other` is the type of dataset that
    it is for, where that is another one.
    """

    def __init__(self, sentence: str, words: str = "", other: Entity | None = None) -> None:
        super().__init__(sentence)
        self.words = words
        self.other = other


@dataclass(frozen=True, slots=True)
class Found:
    """Records that a reader found in a text, and what it is, in words: "" for record input as it stands.

    `count` is the number of records where not all of them were read. `notes` are sentences on what the reader did.
    """

    words: str
    records: tuple[Node, ...]
    notes: tuple[str, ...] = ()
    dialect: Dialect = LITERALS
    count: int | None = None

    @property
    def number(self) -> int:
        """How many records there are, whether they were all read or not."""
        return len(self.records) if self.count is None else self.count


@dataclass(frozen=True, slots=True)
class Detected:
    """What a text was detected as, in words, and the record input that it becomes; `refusal` says why it is none.

    `changes` are sentences on what becomes of its values and columns. `is_other_format` tells a text that is no record
    input from one whose values alone are written in another way. `other` is the type of dataset that it is for, where
    that is another one.
    """

    words: str
    text: str = ""
    refusal: str = ""
    changes: tuple[str, ...] = ()
    is_other_format: bool = True
    other: Entity | None = None
    count: int = 0
