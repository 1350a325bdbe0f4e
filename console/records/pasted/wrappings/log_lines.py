"""What programs for logs put before each line: moments, levels, and the names of services, pods and files."""

import re

from console.records.json.nodes import quoted
from console.records.pasted.tables.surroundings import notes_on_others
from console.records.pasted.wrappings.unwrapped import PREFIX_LEFT_OUT, Unwrapped

LONGEST_PREFIX = 200
WORDS = "behind the prefixes of its lines"
WORD_CHARACTER = re.compile(r"\w")
# A log with records in this many lines has far more than can be sent.
MOST_LINES = 5000
MOMENT = (
    r"(?:(?:[0-9]{4}[-/])?[0-9]{2}[-/][0-9]{2}|[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4})[T :][0-9]{2}:[0-9]{2}:[0-9]{2}"
    r"(?:[.,][0-9]+)?(?:[ ]?Z|[ ]?[-+][0-9]{2}:?[0-9]{2})?"
)
LEVEL = r"(?i:trace|debug|info|notice|warn(?:ing)?|error|fatal|critical)"
FILE = r"[\w.$<>/-]+(?::[\w.<>]+)*:[0-9]+"
# One part of what stands before a line, and the one space behind it.
CERTAIN = rf"""
        (?:[^\t\n]{{1,80}}\t){{0,2}}{MOMENT}:?
      | (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ ]{{1,2}}[0-9]{{1,2}}
      | [0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:[.,][0-9]+)?
      | \[[^\[\]{{}}"'\n]{{0,60}}\]:?
      | {LEVEL}(?:(?::[\w.]+)?:|(?=[ \t]))
      | [DIWEF](?:[0-9]{{4}}|,)
      | (?:stdout|stderr)(?:[ ][FP])?
      | (?:pod|deployment|service)/[\w.-]+
      | [0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}}
"""
OTHER = rf"""
        (?:[\w.-]+[ ])?[\w./-]+\[[\w.]+\]:
      | {FILE}\]?
      | [\w.$/]+(?=[ ]+[-:][ ])
      | [0-9]+(?=[ ]+(?:[-A-Z0-9\[]|{FILE}))
      | \#[0-9]+\] | -{{1,3}} | : | \|(?=[ ]+(?:{LEVEL}|{FILE})[ ])
"""
END = r"(?:[ \t]|(?<=\w:)|(?=\r?$))"
# The parts before a log's message, each with one space after it: further spaces belong to the line.
FIRST = re.compile(rf"[ \t]*(?:{CERTAIN}){END}", re.VERBOSE)
PART = re.compile(rf"[ \t]*(?:{CERTAIN}|{OTHER}){END}", re.VERBOSE)
# The name of a service, which is the same before each line: a row of a table begins so as well.
SERVICE = re.compile(r"[\w.-]+[ ]*\|(?:[ \t]|(?=\r?$))")
WORD = re.compile(r"[ \t]*(?=\S*\w)[^\s,;|\"'{}=]+[ \t]")
# Where a line's own value begins: an object, a list, or a name with its value.
# Labels of a stream stand before its lines, as Loki's client prints them.
LABELS = re.compile(r"\{\w+=\"[^\"{}]*\"(?:, ?\w+=\"[^\"{}]*\")*\}[ \t]+(?=[\[{])")
VALUE = re.compile(r"(?:(?<=[\s:|>\]])|\A)(?:\[*\{|[A-Za-z_][\w.-]*=(?=[^\s=>]))")
EMPTY_LISTS = re.compile(r"(?<=\})(?:[ ]\[\])+\s*\Z")
# A bracket with a name and its value in it, that is not closed.
OPENED = re.compile(r"[\[({]\s*+\w++(?:=|: ?)[^\[\](){}]*\Z")
VARYING = re.compile(r"\S*[0-9]\S*|\s+|[A-Z][a-z]{2}(?= [ 0-9])")


def without_log_prefixes(text: str) -> Unwrapped | None:
    """Return a text without what a program for logs has put before each line, or None.

    That is what all lines have in the same shape: before the value that each line ends with, or before lines of
    anything else, such as a table.
    """
    lines = text.strip("\r\n").split("\n")
    return (_behind_messages(lines) or _behind_heads(lines)) if 1 < len(lines) <= MOST_LINES else None


def _behind_messages(lines: list[str]) -> Unwrapped | None:
    """Return the values that lines end with, behind prefixes of one shape; lines above and below them are named."""
    starts = [_start_of_value(line[:LONGEST_PREFIX]) for line in lines]
    numbers = [number for number, start in enumerate(starts) if start >= 0]
    if len(numbers) < 2 or any(lines[each].strip() and starts[each] < 0 for each in range(numbers[0], numbers[-1])):
        return None
    prefixes = [lines[number][: starts[number]] for number in numbers]
    if not all(map(WORD_CHARACTER.search, prefixes)) or len(set(map(shape_of, prefixes))) > 1:
        return None
    if any(map(OPENED.search, prefixes)):
        # The value begins before them.
        return None
    values = [_without_extra(lines[number][starts[number] :]) for number in numbers]
    if values[0].startswith(("[", "{")) and not all(value.rstrip().endswith(("]", "}")) for value in values):
        return None
    note = PREFIX_LEFT_OUT.format(quoted(" ".join(prefixes[0].split())))
    around = notes_on_others(lines[: numbers[0]], lines[numbers[-1] + 1 :])
    return Unwrapped("\n".join(values), WORDS, (note, *around))


def _without_extra(value: str) -> str:
    """Return the object that a line ends with, without the empty list that Monolog of PHP writes behind it."""
    return EMPTY_LISTS.sub("", value) if value.startswith("{") else value


def _start_of_value(line: str) -> int:
    """Return where the value of a line begins, behind the labels of its stream if it has some; -1 if it has none."""
    labels = LABELS.search(line)
    match = VALUE.search(line, labels.end() if labels else 0)
    return match.start() if match else -1


def _behind_heads(lines: list[str]) -> Unwrapped | None:
    """Return lines without what each of them begins with as the lines of a log do."""
    written = [line for line in lines if line.strip()]
    beginning = [0] * len(written)
    starts = beginning
    further = _behind_same(SERVICE, written, starts, is_verbatim=True) or _behind_same(FIRST, written, starts)
    while further is not None:
        starts = further
        further = _behind_same(PART, written, starts) or _behind_same(WORD, written, starts, is_verbatim=True)
    if starts is beginning:
        return None
    note = PREFIX_LEFT_OUT.format(quoted(" ".join(written[0][: starts[0]].split())))
    bare = (line[start:] for line, start in zip(written, starts, strict=True))
    return Unwrapped("\n".join(bare), WORDS, (note,))


def _behind_same(
    pattern: re.Pattern[str], lines: list[str], starts: list[int], *, is_verbatim: bool = False
) -> list[int] | None:
    """Return where lines go on behind what a pattern finds there, if it finds in all of them what is alike."""
    ends: list[int] = []
    alike: set[str] = set()
    for line, start in zip(lines, starts, strict=True):
        match = pattern.match(line, start)
        if match is None:
            return None
        alike.add(match[0].strip() if is_verbatim else shape_of(match[0]))
        if len(alike) > 1:
            return None
        ends.append(match.end())
    return ends


def shape_of(prefix: str) -> str:
    """Return what prefixes of one kind have in common: neither their numbers nor their level."""
    if prefix.endswith("\t") and len(prefix.split()) == 1:
        # The key of a message.
        return "\t"
    return VARYING.sub(" ", re.sub(LEVEL, " ", prefix)).strip()
