"""IDs that several rows of a file have: the last row counts, as the last one that is sent replaces the others."""

from collections.abc import Sequence
from itertools import islice

MOST_EXAMPLES = 10


class Repeats:
    """Looks for IDs that come again among all rows of a file.

    It keeps a number for each ID instead of its text, which takes a third of the memory. That two IDs of a million
    have one number, and one of them is taken for the other, happens once in some ten million files.
    """

    def __init__(self, *, is_event: bool) -> None:
        """Begin; events have no IDs of their own, and none of them replaces another."""
        # The numbers of rows that a later row replaces, and some ids with the rows that have them.
        self.superseded: set[int] = set()
        self.examples: dict[str, list[int]] = {}
        self._is_event = is_event
        self._last: dict[int, int] = {}

    def look_at(self, ids: Sequence[str], numbers: list[int]) -> None:
        """Look at the ids of some rows, and their numbers, in the order of the file."""
        if self._is_event:
            return
        last = self._last
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
