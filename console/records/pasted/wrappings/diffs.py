"""Diffs: their new lines may be records, and the lines that they remove are none."""

import re
from collections.abc import Iterator

from console.records.pasted.detected import Refusal
from console.records.pasted.tables.surroundings import notes_on_others
from console.records.pasted.wrappings.diff_parts import IN_PART, whole_objects
from console.records.pasted.wrappings.unwrapped import Unwrapped

DIFF_LINE = re.compile(r"[-+ \\@]|(?:diff|index|new file|deleted file|old|new|similarity|rename) |\r?$")
BEGINS_DIFF = "diff --git "
HUNK = re.compile(r"@@ -[0-9]+(?:,[0-9]+)? \+[0-9]+(?:,[0-9]+)? @@")
# How a patch that is a mail ends.
VERSION = re.compile(r"-- ?\r?\n[0-9]+\.[0-9][^\n]*(?:\n\s*)?\Z")
MORE_DIFFS = "It has the changes of more than one commit. Paste those of the one that you mean."
ADDED = re.compile(r"\+(?!\+\+ |[-=+]*\+?$)")
# Neither the name of a file nor a rule.
REMOVED = re.compile(r"-(?!-- |[-=+|: ]*\r?$)")
# Not a negative number, an item of a list, a comment, or a line above a record of psql or Spark.
CERTAINLY_REMOVED = re.compile(r"-(?!\[? ?RECORD )[^-\s\d.]")
# A rule of psql with the mark, which has none that begins so.
RULE = re.compile(r"--[-+]*\+[-+]*\r?")
# The default output of diff: where lines were added, changed or deleted, and the lines of both sides.
COMMAND = re.compile(r"[0-9]+(?:,[0-9]+)?[acd][0-9]+(?:,[0-9]+)?\r?")
BETWEEN_SIDES = re.compile(r"---\r?|\\ .*|diff .*|")
OLD_MARKS = ("-", "< ")
REMOVED_RECORDS = (
    "Its {} are on lines that begin with “{}”, as those that a diff removes. If they are meant, leave the marks out."
)


def new_side(text: str) -> Unwrapped | None:
    """Return the new lines of a diff, without what a commit or a mail has above and below it, or None.

    Raises Refusal if there are the diffs of several commits.
    """
    lines = VERSION.sub("", text.strip("\r\n")).split("\n")
    plain = _sides_without_options(lines)
    if plain:
        return Unwrapped("\n".join(plain[1]), "in the new lines of a diff") if plain[1] else None
    first = _first_of_diff(lines)
    start = max(first, 0)
    end = next((number for number in range(start, len(lines)) if not DIFF_LINE.match(lines[number])), len(lines))
    diff, below = lines[start:end], lines[end:]
    if not any(ADDED.match(line) for line in diff) or (below and first < 0):
        return None
    if any(line.startswith(BEGINS_DIFF) for line in below):
        raise Refusal(MORE_DIFFS)
    around = notes_on_others(lines[:start], below, "diff")
    if any(map(HUNK.match, diff)):
        new = [line for line in diff if line.startswith(" ") or ADDED.match(line)]
        whole = whole_objects([line[1:] for line in new], [line.startswith("+") for line in new])
        if whole:
            return Unwrapped(whole, "in the new lines of a diff", (IN_PART, *around))
    return Unwrapped("\n".join(_side(diff, ADDED)), "in the new lines of a diff", around)


def old_side(text: str) -> tuple[str, str] | None:
    """Return the lines that a diff removes, with those around them, and their mark; None if it is no diff."""
    lines = VERSION.sub("", text.strip("\r\n")).split("\n")
    plain = _sides_without_options(lines)
    if plain:
        return "\n".join(plain[0]), "<"
    written = [line for line in lines if line.strip()]
    if len(written) > 1 and all(line.startswith("< ") for line in written):
        return "\n".join(line[2:] for line in written), "<"
    first = _first_of_diff(lines)
    is_table = any(map(RULE.fullmatch, written)) and all(line.startswith("-") for line in written)
    is_certain = first >= 0 or is_table or any(map(CERTAINLY_REMOVED.match, written))
    diff = lines[max(first, 0) :]
    end = next((number for number, line in enumerate(diff) if not DIFF_LINE.match(line)), len(diff))
    if not is_certain or not any(map(REMOVED.match, diff[:end])) or (end < len(diff) and first < 0):
        return None
    return "\n".join(_side(diff[:end], REMOVED)), "-"


def _first_of_diff(lines: list[str]) -> int:
    """Return the number of the line that certainly begins a diff; -1 if none does."""
    for number, line in enumerate(lines):
        is_named = line.startswith("--- ") and "".join(lines[number + 1 : number + 2]).startswith("+++ ")
        if line.startswith(BEGINS_DIFF) or is_named or HUNK.match(line):
            return number
    return -1


def _side(lines: list[str], mark: re.Pattern[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith(" ") or mark.match(line):
            yield line[1:]


def _sides_without_options(lines: list[str]) -> tuple[list[str], list[str]] | None:
    """Return the old and the new lines of what diff writes without options, or None if a text is none of that."""
    if not any(map(COMMAND.fullmatch, lines)):
        return None
    sides = [[line[2:] for line in lines if line.startswith(mark)] for mark in ("< ", "> ")]
    others = [line for line in lines if not line.startswith(("< ", "> "))]
    if not any(sides) or not all(COMMAND.fullmatch(line) or BETWEEN_SIDES.fullmatch(line) for line in others):
        return None
    return sides[0], sides[1]
