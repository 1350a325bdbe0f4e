"""What people's tools put before each line of a text."""

import re
from collections.abc import Callable
from itertools import pairwise

from console.records.json.nodes import quoted
from console.records.pasted.wrappings.diffs import new_side
from console.records.pasted.wrappings.plans import without_plan
from console.records.pasted.wrappings.unwrapped import LONGEST_PROSE, PREFIX_LEFT_OUT, Unwrapped

# Before each line: of a quotation, and of a comment.
PREFIXES = {
    "in a quotation": re.compile(r"^[ \t]*> ?", re.MULTILINE),
    "in a comment": re.compile(r"^[ \t]*(?://|#(?!<)|--(?= )) ?", re.MULTILINE),
}
# How a mail begins a quotation.
MOST_LINES_OF_INTRODUCTION = 3
# Colours, moves of the cursor, and titles of windows (ECMA-48).
TERMINAL_CODE = re.compile(r"\x1b(?:\[[0-9;:?]*+[A-Za-z]|\][^\x07\x1b\n]*+(?:\x07|\x1b\\)|[()][A-Z0-9])")
# The number of a line, as `cat -n`, the pages of code hosts, bat, and editors have it.
LINE_NUMBERS = tuple(
    re.compile(rf"^[ ]*([0-9]{{1,6}})(?:{behind}|(?=\r?$))", re.MULTILINE)
    for behind in (r"\t", r"[ ]{1,3}\N{BOX DRAWINGS LIGHT VERTICAL}[ ]?", r"[ ]{2}", r"[ ]")
)
# The lines around those that bat shows, and the name of its file.
FRAME = re.compile(r"[ ]*[\u2500-\u257f][\u2500-\u257f ]*(?:\w+: [^\n]*)?\r?")
# The number of a line as grep -n writes it, or the name of its file, for git behind a commit, but no time of day.
FOUND_LINE = re.compile(
    r"(?P<file>(?:[\w./^~-]+:)?[\w.~/-]+\.[A-Za-z]\w{1,5}:)?"
    r"(?P<number>[0-9]{1,6}[:-](?![0-5][0-9](?:[:,;\t ]|$)))?(?=\S)"
)
# The same before each line of a text, with the spaces that the line itself begins with.
FOUND_TEXT = re.compile(
    r"(?P<file>(?:[\w./^~-]+:)?[\w.~/-]+\.[A-Za-z]\w{1,5}:)?(?P<number>[0-9]{1,6}:(?![0-5][0-9](?:[:,;\t ]|$)))"
)
# Right-aligned, as `nl` and `cat -n` have it.
ALIGNED_NUMBER = re.compile(r"(?=[ 0-9]{6})[ ]*+(?P<number>[0-9]{1,6})\t")
# git blame: the commit, possibly followed by the file, the author and the time.
BLAMED_LINE = re.compile(
    r"\^?[0-9a-f]{7,40}[ \t](?:(?:[\w./-]+ +)?\([^()\n]*?[ \t])?(?P<number>[0-9]{1,6})\)"
    # git annotate, which puts no space after it.
    r"(?: |(?<=\t[0-9]\))|(?<=\t[0-9]{2}\)))"
)
# Above the lines that git grep has found in it.
FILE_NAME = re.compile(r"[\w./~-]+\.[A-Za-z]\w{1,5}")
MOST_LINES_ABOVE_INDENTED = 4
INDENTED = re.compile(r"^ +\S", re.MULTILINE)


def without_prefixes(text: str) -> Unwrapped | None:
    """Return a text without what stands before each of its lines: the mark of a quotation, a comment or a diff.

    Of a diff the lines of its new side are returned, whatever a commit or a mail has above and below it. None if a
    line has no such mark. Raises Refusal if there are the diffs of several commits.
    """
    lines = text.strip("\r\n").split("\n")
    if len(lines) < 2:
        return None
    introduced = _without_introduction(lines) if len(text) <= LONGEST_PROSE else None
    if introduced:
        return introduced
    for words, prefix in PREFIXES.items():
        if all(prefix.match(line) for line in lines if line.strip()):
            return Unwrapped(prefix.sub("", text), words)
    found = without_plan(text) or _without_places(lines)
    if found:
        return found
    return new_side(text)


def without_indent(text: str, is_heading: Callable[[str], bool]) -> Unwrapped | None:
    """Return a text without the spaces before each line from its heading on; None if there are none.

    `is_heading` says of a line whether it is one.
    """
    if not INDENTED.search(text):
        return None
    lines = text.split("\n")
    first = max((number for number, line in enumerate(lines) if line.strip() and line[0] != " "), default=-1) + 1
    tops = range(first, min(len(lines), first + MOST_LINES_ABOVE_INDENTED))
    top = next((number for number in tops if is_heading(lines[number].strip())), None)
    if top is None:
        return None
    width = min(len(line) - len(line.lstrip(" ")) for line in lines[top:] if line.strip())
    bare = "\n".join([*lines[:top], *(line[width:] for line in lines[top:])])
    return Unwrapped(bare, "", ("The spaces that all rows begin with are left out.",))


def without_numbers(text: str) -> Unwrapped | None:
    """Return a text without the numbers of its lines, if all of them are numbered in a row, or None."""
    lines = text.strip("\r\n").split("\n")
    if len(lines) < 2:
        return None
    alone = [line.strip() for line in lines[::2]]
    if len(lines) % 2 == 0 and alone == [str(number) for number in range(1, len(alone) + 1)]:
        # Copied from a page that shows the numbers in a column of their own.
        return Unwrapped("\n".join(lines[1::2]), "behind the numbers of lines")
    framed = [line for line in lines if not FRAME.fullmatch(line)]
    for pattern in LINE_NUMBERS:
        found = [match for line in framed if (match := pattern.match(line))]
        numbers = [int(match[1]) for match in found]
        if not found or len(found) < len(framed) or numbers != list(range(numbers[0], numbers[0] + len(framed))):
            continue
        bare = "\n".join(line[match.end() :] for line, match in zip(framed, found, strict=True))
        return Unwrapped(bare, "behind the numbers of lines")
    return None


def _without_places(lines: list[str]) -> Unwrapped | None:
    """Return lines without their numbers or the name of their file, as grep and nl write them, if all have them."""
    if FILE_NAME.fullmatch(lines[0].strip()):
        lines = lines[1:]
    written = [line for line in lines if line.strip()]
    for pattern in (FOUND_LINE, FOUND_TEXT, ALIGNED_NUMBER, BLAMED_LINE):
        found = [match for line in written if (match := pattern.match(line)) and match[0]]
        if len(found) < len(written) or len({match.groupdict().get("file") for match in found}) > 1:
            continue
        numbers = [match["number"] for match in found if match["number"]]
        counted = [int(number.strip(":-")) for number in numbers]
        behind = [line[each.end() :] for each, line in zip(found, written, strict=True)]
        if pattern is FOUND_TEXT and not _is_whole(counted, behind):
            continue
        is_counted = all(one < other for one, other in pairwise(counted))
        # Lines around those that grep has found have a hyphen; a year has one as well.
        if (numbers and not is_counted) or (numbers and all(number.endswith("-") for number in numbers)):
            continue
        if len(numbers) in (0, len(found)):
            bare = "\n".join(pattern.sub("", line, count=1) for line in lines)
            note = PREFIX_LEFT_OUT.format(quoted(found[0][0].strip()))
            return Unwrapped(bare, "behind the places of its lines", (note,))
    return None


def _is_whole(numbers: list[int], texts: list[str]) -> bool:
    """Return whether every line is numbered, and some text follows without a space, unlike in YAML."""
    is_counted = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return is_counted and any(text[:1].strip() for text in texts)


def _without_introduction(lines: list[str]) -> Unwrapped | None:
    """Return a quotation without its marks and the lines above it that say who wrote it, as in a mail."""
    prefix = PREFIXES["in a quotation"]
    first = next((number for number, line in enumerate(lines) if prefix.match(line)), 0)
    above = [line.strip() for line in lines[:first] if line.strip()]
    if not 0 < len(above) <= MOST_LINES_OF_INTRODUCTION or not above[-1].endswith(":"):
        return None
    if not all(prefix.match(line) for line in lines[first:] if line.strip()):
        return None
    bare = prefix.sub("", "\n".join(lines[first:]))
    return Unwrapped(bare, "in a quotation", (f"Left out above the quotation: {quoted(' '.join(above))}.",))


def without_colours(text: str) -> Unwrapped | None:
    """Return a text without the codes of a terminal, such as those of colours; None if it has none."""
    if "\x1b" not in text:
        return None
    bare = TERMINAL_CODE.sub("", text)
    return Unwrapped(bare, "in colours", ("The codes of colours are left out.",)) if bare != text else None
