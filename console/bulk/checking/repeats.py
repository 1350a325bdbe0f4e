"""IDs that several rows of a file have: the last row counts, since the record sent last replaces the others."""

from array import array
from collections.abc import Sequence
from itertools import islice

MOST_EXAMPLES = 10
# Texts of more characters take much memory.
MOST_CHARACTERS = 40_000_000


class Repeats:
    """Finds repeated IDs among all rows of a file.

    Most files have none, which a set of IDs shows. Once there is a repeated one, or if IDs are long, it keeps a hash
    of each instead of its text. Two of a million IDs share a hash, and are confused, in about one of ten million
    files.
    """

    def __init__(self, *, is_event: bool) -> None:
        """Start without IDs; events have none, and do not replace one another."""
        # The numbers of rows that a later row replaces, and some ids with the rows that have them.
        self.superseded: set[int] = set()
        self.examples: dict[str, list[int]] = {}
        self._is_event = is_event
        # While none has come again: all of them, and the same in their order, with the numbers of their rows.
        self._seen: set[str] = set()
        self._kept: list[tuple[Sequence[str], array[int]]] = []
        self._characters = 0
        # After that: the last row of each.
        self._last: dict[int, int] | None = None

    def look_at(self, ids: Sequence[str], numbers: list[int]) -> None:
        """Add the ids and numbers of some rows, in the order of the file."""
        if self._is_event:
            return
        if self._last is None and not self._is_new(ids, numbers):
            self._last = {}
            for each, rows in self._kept:
                self._last.update(zip(map(hash, each), rows, strict=True))
            self._seen.clear()
            self._kept.clear()
        if self._last is not None:
            self._look_for_rows(self._last, ids, numbers)

    def _is_new(self, ids: Sequence[str], numbers: list[int]) -> bool:
        """Add ids and return True, unless one of them is repeated, or all of them take too much memory."""
        count = len(self._seen)
        self._characters += sum(map(len, ids))
        self._seen.update(ids)
        if len(self._seen) != count + len(ids) or self._characters > MOST_CHARACTERS:
            return False
        self._kept.append((ids, array("L", numbers)))
        return True

    def _look_for_rows(self, last: dict[int, int], ids: Sequence[str], numbers: list[int]) -> None:
        hashes = list(map(hash, ids))
        first = list(map(last.setdefault, hashes, numbers))
        if first == numbers:
            return
        for record_id, key, number, other in zip(ids, hashes, numbers, first, strict=True):
            if other != number:
                before, last[key] = last[key], number
                self.superseded.add(before)
                self._note(record_id, before, number)

    def _note(self, record_id: str, before: int, number: int) -> None:
        found = self.examples.get(record_id)
        if found is not None:
            self.examples[record_id] = [*islice(found, MOST_EXAMPLES), number]
        elif len(self.examples) < MOST_EXAMPLES:
            self.examples[record_id] = [before, number]
